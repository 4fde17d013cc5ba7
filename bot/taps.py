"""What a tap on a button leads to, once its turn has been worked out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.contract import trace_json
from bot.delivery import Judged, Ledger, Outgoing
from bot.incoming import Incoming
from bot.keyboard import keys_of, toggled
from bot.posting import MOST
from bot.render import plain_text
from bot.render.telegram import UNITS, Piece, units
from bot.said import Said

__all__ = ["GONE", "judge", "opened", "shut"]

GONE = "这个按钮已经失效，请重新提问。"


def shut(incoming: Incoming, kept: dict[str, Any], number: int, lang: str) -> Outgoing:
    """The reply as it was before its context was opened."""
    keys = toggled(keys_of(kept["keys"]), number, opened=False, lang=lang)
    return Outgoing("edit", kept["html"], kept["plain"], keys, message=incoming.message)


def opened(incoming: Incoming, kept: dict[str, Any], number: int, more: Sequence[Piece], lang: str) -> list[Outgoing]:
    """The reply with the context below it, in its place; as messages of their own where it would grow too long."""
    if len(more) > 1 or units(kept["plain"]) + units(more[0].plain) + 2 > UNITS:
        own = Outgoing("send", reply_to=incoming.message, thread=incoming.thread)
        return [replace(own, text=piece.html, plain=piece.plain) for piece in more[:MOST]]
    keys = toggled(keys_of(kept["keys"]), number, opened=True, lang=lang)
    html, plain = f"{kept['html']}\n\n{more[0].html}", f"{kept['plain']}\n\n{more[0].plain}"
    return [Outgoing("edit", html, plain, keys, message=incoming.message)]


def judge(ledger: Ledger, incoming: Incoming, number: int, said: Said, *, good: bool) -> None:
    """Keep what a person thinks of an answer, with how it came about."""
    if said.answer is None:
        return
    trace = json.dumps(trace_json(said.answer.trace), ensure_ascii=False)
    text = plain_text(replace(said.message, buttons=()))
    ledger.feedback.put(number, incoming.user, Judged(good, said.state.asked, text, trace))
