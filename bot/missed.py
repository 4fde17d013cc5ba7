"""What a person is told of a message that may not have arrived: it is not repeated, for it may have."""

from __future__ import annotations

from bot.delivery import Ledger, Outgoing, Parcel
from bot.state import State
from bot.tongue import DEFAULT, line

__all__ = ["missed"]

_TEXT = "网络或程序中断过，上面这个问题的回答可能没有送到。如果没有看到，请再问一次。"


def missed(ledger: Ledger, parcel: Parcel) -> Outgoing | None:
    """The notice of a message; None where a notice itself may not have arrived. Reads the ledger."""
    out = parcel.outgoing
    if out.notice:
        return None
    question = out.question or out.reply_to
    asked = ledger.memory.asked(parcel.chat, question) if question else None
    lang = State.loads(ledger.memory.state(f"{parcel.chat}:{asked.user}")).lang if asked else ""
    text = line(_TEXT, lang or DEFAULT)
    return Outgoing("send", text, text, reply_to=question, thread=out.thread, notice=True)
