"""From what came in to what goes out: one update at a time, its whole effect in one transaction of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.commands import Said, context_of
from bot.delivery.database import Ledger
from bot.delivery.memory import Asked
from bot.delivery.outbox import Outgoing, Parcel
from bot.dialogue import Dialogue
from bot.incoming import Incoming
from bot.keyboard import TEXT_ONLY, keyboard, keys_of, toggled
from bot.render import Line, Mark, Message, Origin, Part, Run, plain_text
from bot.render.telegram import UNITS, Piece, pieces, units
from bot.state import State

__all__ = ["Access", "Responder"]

# More pieces than this become a file.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Access:
    """Whom the bot serves: everyone, unless users or chats are named."""

    users: frozenset[int] = frozenset()
    chats: frozenset[int] = frozenset()

    def allows(self, incoming: Incoming) -> bool:
        """One of the two is enough."""
        return not (self.users or self.chats) or incoming.user in self.users or incoming.chat in self.chats


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, from which state of the conversation (as stored), and what is said to it."""

    text: str
    before: str
    said: Said


class Responder:
    """Handles updates in the thread that owns engine and ledger."""

    def __init__(self, dialogue: Dialogue, ledger: Ledger, access: Access) -> None:
        self._dialogue = dialogue
        self._ledger = ledger
        self._access = access

    def prepare(self, incoming: Incoming) -> Turn | None:
        """The slow part of an update, the answer itself, worked out while nothing is locked; None where it has none."""
        if not incoming.addressed or not self._access.allows(incoming) or incoming.media:
            return None
        if incoming.tap:
            kind, kept = self._kept(incoming)
            return self._option_turn(kept) if kept and kind == "q" and "question" in kept else None
        asked = self._ledger.memory.asked(incoming.chat, incoming.message) if incoming.edited else None
        if asked is not None and asked.text == incoming.text:
            return None
        return self._turn(incoming.text, asked.before if asked else self._ledger.memory.state(incoming.talk))

    def handle(self, incoming: Incoming, turn: Turn | None) -> None:
        """Write down what an update leads to, `turn` being what `prepare` found. Runs inside `Ledger.change`."""
        self._ledger.outbox.add(incoming.chat, self._outgoing(incoming, turn))

    def _turn(self, text: str, before: str, known: Turn | None = None) -> Turn:
        """What is said to `text` from a state on; `known` if it is that."""
        if known is not None and (known.text, known.before) == (text, before):
            return known
        return Turn(text, before, self._dialogue.turn(text, State.loads(before)))

    def _option_turn(self, kept: dict[str, Any], known: Turn | None = None) -> Turn:
        text, before = kept["question"], kept["state"]
        if known is not None and (known.text, known.before) == (text, before):
            return known
        return Turn(text, before, self._dialogue.question(text, State.loads(before)))

    def _outgoing(self, incoming: Incoming, turn: Turn | None) -> list[Outgoing]:
        if not incoming.addressed:
            return []
        if not self._access.allows(incoming):
            return self._denied(incoming)
        if incoming.tap:
            return self._tapped(incoming, turn)
        if incoming.media:
            return self._media(incoming)
        return self._edited(incoming, turn) if incoming.edited else self._asked(incoming, turn)

    def apology(self, incoming: Incoming) -> None:
        """When handling failed: the person is told. Runs inside `Ledger.change`."""
        line = "程序出错，这条消息没有处理好。请换个问法再试。"
        out = [self._line(incoming, line)]
        if incoming.tap:
            out = [Outgoing("answer", text=line, tap=incoming.tap)]
        self._ledger.outbox.add(incoming.chat, out)

    @staticmethod
    def _line(incoming: Incoming, text: str) -> Outgoing:
        return Outgoing("send", text, text, reply_to=_reply_to(incoming), thread=incoming.thread)

    def _denied(self, incoming: Incoming) -> list[Outgoing]:
        line = f"这个机器人只为指定的用户服务。您的用户编号是 {incoming.user}。"
        if incoming.tap:
            return [Outgoing("answer", text=line, tap=incoming.tap)]
        return [self._line(incoming, line)] if incoming.private and not incoming.edited else []

    def _media(self, incoming: Incoming) -> list[Outgoing]:
        if incoming.edited:
            return []
        if incoming.album and not self._ledger.memory.first_of_album(incoming.talk, incoming.album):
            return []
        return [self._line(incoming, TEXT_ONLY)]

    def _asked(self, incoming: Incoming, turn: Turn | None) -> list[Outgoing]:
        memory = self._ledger.memory
        before = memory.state(incoming.talk)
        said = self._turn(incoming.text, before, turn).said
        memory.remember(incoming.talk, said.state.dumps(), incoming.message)
        memory.ask(incoming.chat, incoming.message, Asked(incoming.text, before))
        return self._reply(incoming, said)

    def _edited(self, incoming: Incoming, turn: Turn | None) -> list[Outgoing]:
        """Answered anew from where the conversation stood, in the place of the old answer."""
        memory = self._ledger.memory
        asked = memory.asked(incoming.chat, incoming.message)
        if asked is None:
            return self._asked(incoming, turn)
        if asked.text == incoming.text:
            return []
        said = self._turn(incoming.text, asked.before, turn).said
        last = memory.last(incoming.talk) == incoming.message
        if last:
            memory.remember(incoming.talk, said.state.dumps(), incoming.message)
        memory.ask(incoming.chat, incoming.message, replace(asked, text=incoming.text))
        old = self._ledger.outbox.answers(incoming.chat, incoming.message)
        return _instead(self._reply(incoming, said), old)

    def _kept(self, incoming: Incoming) -> tuple[str, dict[str, Any] | None]:
        """What a button is for, and what was kept for it."""
        kind, _, number = incoming.data.partition(":")
        known = number.isascii() and number.isdigit() and len(number) < 19
        return kind, self._ledger.memory.offered(incoming.chat, int(number)) if known else None

    def _tapped(self, incoming: Incoming, turn: Turn | None) -> list[Outgoing]:
        kind, kept = self._kept(incoming)
        done = Outgoing("answer", tap=incoming.tap)
        if kept is None:
            return [replace(done, text="这个按钮已经失效，请重新提问。")]
        number = int(incoming.data.partition(":")[2])
        if kind == "q" and "question" in kept:
            return [done, *self._option(incoming, self._option_turn(kept, turn))]
        if kind == "b" and "context" in kept:
            return [done, _shut(incoming, kept, number)]
        if kind == "c" and "context" in kept:
            message = context_of(self._dialogue, kept["context"])
            if message is None:
                return [replace(done, text="这份报告已不在资料库里。")]
            return [done, *_opened(incoming, kept, number, pieces(message))]
        return [replace(done, text="这个按钮已经失效，请重新提问。")]

    def _option(self, incoming: Incoming, turn: Turn) -> list[Outgoing]:
        said, question = turn.said, turn.text
        self._ledger.memory.remember(incoming.talk, said.state.dumps(), None)
        heading = Part((Line((Run("问："), Run(question, Mark.STRONG, Origin.LABEL))),))
        return self._reply(incoming, replace(said, message=replace(said.message, parts=(heading, *said.message.parts))))

    def _reply(self, incoming: Incoming, said: Said) -> list[Outgoing]:
        """The pieces of a message; the keys hang on the last."""
        found = pieces(said.message)
        keys = keyboard(self._ledger.memory, incoming.chat, said, found[-1])
        base = Outgoing(
            "send",
            reply_to=_reply_to(incoming),
            thread=incoming.thread,
            question=None if incoming.tap else incoming.message,
        )
        if len(found) > _MOST:
            short = replace(base, text=found[0].html, plain=found[0].plain)
            return [
                short,
                replace(base, method="document", text="全文见文件", plain=_all(said.message), keys=keys, part=1),
            ]
        return [
            replace(base, text=p.html, plain=p.plain, part=n, keys=keys if n == len(found) - 1 else ())
            for n, p in enumerate(found)
        ]


def _reply_to(incoming: Incoming) -> int | None:
    """In a group one sees which question an answer is for."""
    return None if incoming.private else incoming.message


def _shut(incoming: Incoming, kept: dict[str, Any], number: int) -> Outgoing:
    keys = toggled(keys_of(kept["keys"]), number, opened=False)
    return Outgoing("edit", kept["html"], kept["plain"], keys, message=incoming.message)


def _opened(incoming: Incoming, kept: dict[str, Any], number: int, more: Sequence[Piece]) -> list[Outgoing]:
    """The reply with the context below it, in its place; as messages of their own where it would grow too long."""
    if len(more) > 1 or units(kept["plain"]) + units(more[0].plain) + 2 > UNITS:
        own = Outgoing("send", reply_to=incoming.message, thread=incoming.thread)
        return [replace(own, text=piece.html, plain=piece.plain) for piece in more[:_MOST]]
    keys = toggled(keys_of(kept["keys"]), number, opened=True)
    html, plain = f"{kept['html']}\n\n{more[0].html}", f"{kept['plain']}\n\n{more[0].plain}"
    return [Outgoing("edit", html, plain, keys, message=incoming.message)]


def _all(message: Message) -> str:
    return plain_text(replace(message, buttons=()))


def _instead(new: Sequence[Outgoing], old: Sequence[Parcel]) -> list[Outgoing]:
    """Edits of the old answer's messages; more are sent and left-over ones deleted. A file is never edited."""
    out: list[Outgoing] = []
    left = list(old)
    for outgoing in new:
        if outgoing.method == "send" and left and left[0].outgoing.method in {"send", "edit"}:
            out.append(replace(outgoing, method="edit", target=left.pop(0).id))
        else:
            out.append(outgoing)
    return [*out, *(Outgoing("delete", target=parcel.id) for parcel in left)]
