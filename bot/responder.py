"""From what came in to what goes out: one update at a time, its whole effect in one transaction of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from bot.acts.holdings import context_of
from bot.citing import reference
from bot.commands import find
from bot.delivery import Ledger, Outgoing
from bot.delivery.memory import Asked
from bot.dialogue import Dialogue
from bot.documents import downloaded, text_of
from bot.incoming import Incoming
from bot.keyboard import COMMANDS, Offer, keyboard
from bot.posting import instead, post, posted_file
from bot.render import Line, Mark, Message, Origin, Part, Run, words
from bot.render.linking import linked
from bot.render.telegram import Piece, pieces
from bot.said import Said
from bot.state import State
from bot.taps import GONE, judge, opened, shut
from bot.tongue import chosen, line, spoken
from retrieval.errors import GovreportError

__all__ = ["Access", "Beside", "Responder", "Turn"]

TEXT_ONLY = "目前只能看懂文字，请把问题打成文字发来。"
_FILE_HINT = "要核对这份文件，请用 /check 回复它。"


@dataclass(frozen=True, slots=True)
class Access:
    """Whom the bot serves: everyone, unless users or chats are named. `admins` may also fill the store."""

    users: frozenset[int] = frozenset()
    chats: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()

    def allows(self, incoming: Incoming) -> bool:
        """One of the two is enough."""
        some = self.users or self.chats
        return not some or incoming.user in self.users | self.admins or incoming.chat in self.chats


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, from which state of the conversation (as stored), and what is said to it."""

    text: str
    before: str
    said: Said


class Beside(Protocol):
    """Something that answers what is no conversation: inline queries, the keepers' commands."""

    def prepare(self, incoming: Incoming) -> list[Outgoing] | None:
        """The calls an update leads to; None where it is not for this one."""


class Responder:
    """Handles updates in the thread that owns engine and ledger; sources link to the web page at `address`, if any."""

    def __init__(
        self,
        dialogue: Dialogue,
        ledger: Ledger,
        access: Access,
        beside: tuple[Beside, ...] = (),
        address: str = "",
        *,
        download: Callable[[str], bytes] | None = None,
        busy: Callable[[Incoming], AbstractContextManager[None]] = lambda _: nullcontext(),
    ) -> None:
        """`download` gives the bytes of a file that was sent, `busy` shows that an answer is being worked on."""
        self._dialogue = dialogue
        self._ledger = ledger
        self._access = access
        self._beside = beside
        self._download = download
        self._busy = busy
        self._address = address

    def prepare(self, incoming: Incoming) -> Turn | list[Outgoing] | None:
        """The slow part of an update, the answer itself, worked out while nothing is locked; None where it has none."""
        if not incoming.addressed or not (self._access.allows(incoming) or incoming.inline):
            return None
        with self._busy(incoming) if not incoming.inline else nullcontext():
            return self._prepared(incoming)

    def _prepared(self, incoming: Incoming) -> Turn | list[Outgoing] | None:
        for other in self._beside:
            found = other.prepare(incoming)
            if found is not None:
                return found
        if incoming.media or incoming.inline:
            return None
        if incoming.tap:
            kind, kept = self._kept(incoming)
            return self._option_turn(kind, kept) if kept else None
        asked = self._ledger.memory.asked(incoming.chat, incoming.message) if incoming.edited else None
        if asked is not None and asked.text == incoming.text:
            return None
        before = asked.before if asked else self._ledger.memory.state(incoming.talk)
        return self._document(incoming, before) or self._turn(incoming.text, before)

    def _document(self, incoming: Incoming, before: str) -> Turn | None:
        """The check of a file that was sent with /check, or that a /check replies to."""
        command = find(incoming.text)
        if incoming.file is None or self._download is None or command is None or command[0].name != "check":
            return None
        try:
            text = text_of(downloaded(self._download, incoming.file), incoming.file.name or "文件.txt")
        except GovreportError as problem:
            return Turn(incoming.text, before, Said(words(f"没有核对：{problem}。"), State.loads(before)))
        return Turn(incoming.text, before, self._dialogue.turn(f"{incoming.text}\n{text}", State.loads(before)))

    def handle(self, incoming: Incoming, turn: Turn | list[Outgoing] | None) -> None:
        """Write down what an update leads to, `turn` being what `prepare` found. Runs inside `Ledger.change`."""
        out = turn if isinstance(turn, list) else self._outgoing(incoming, turn)
        self._ledger.outbox.add(incoming.chat, out)

    def _turn(self, text: str, before: str, known: Turn | None = None) -> Turn:
        """What is said to `text` from a state on; `known` if it is that."""
        if known is not None and (known.text, known.before) == (text, before):
            return known
        return Turn(text, before, self._dialogue.turn(text, State.loads(before)))

    def _option_turn(self, kind: str, kept: dict[str, Any], known: Turn | None = None) -> Turn | None:
        """The turn of a button, where it has one."""
        state = State.loads(kept.get("state", ""))
        text = COMMANDS.get(kind) or (kept.get("question") if kind == "q" else None)
        if kind in {"y", "n"}:
            # As it was asked the first time.
            text, state = state.asked, replace(state, conversation=state.before)
        if not text:
            return None
        before = state.dumps()
        if known is not None and (known.text, known.before) == (text, before):
            return known
        said = self._dialogue.turn(text, state) if text.startswith("/") else self._dialogue.question(text, state)
        return Turn(text, before, said)

    def _outgoing(self, incoming: Incoming, turn: Turn | None) -> list[Outgoing]:
        if not incoming.addressed or incoming.inline:
            return []
        if not self._access.allows(incoming):
            return self._denied(incoming)
        if incoming.tap:
            return self._tapped(incoming, turn)
        if incoming.media:
            return self._media(incoming)
        return self._edited(incoming, turn) if incoming.edited else self._asked(incoming, turn)

    def limited(self, incoming: Incoming) -> bool:
        """Whether it counts towards what a person may ask: not what goes unanswered, and not what keepers do."""
        return incoming.addressed and self._access.allows(incoming) and incoming.user not in self._access.admins

    def excuse(self, incoming: Incoming, text: str) -> None:
        """A line instead of an answer. Runs inside `Ledger.change`."""
        out = [self._line(incoming, text)]
        if incoming.tap:
            out = [Outgoing("answer", text=line(text, self._lang(incoming)), tap=incoming.tap)]
        if incoming.inline:
            out = [Outgoing("inline", tap=incoming.inline)]
        self._ledger.outbox.add(incoming.chat, out)

    def _lang(self, incoming: Incoming) -> str:
        """The person's language: chosen in this conversation, else their program's."""
        return chosen(State.loads(self._ledger.memory.state(incoming.talk)).lang, incoming.language)

    def _line(self, incoming: Incoming, text: str) -> Outgoing:
        text = line(text, self._lang(incoming))
        return Outgoing("send", text, text, reply_to=_reply_to(incoming), thread=incoming.thread)

    def _denied(self, incoming: Incoming) -> list[Outgoing]:
        text = f"这个机器人只为指定的用户服务。您的用户编号是 {incoming.user}。"
        if incoming.tap:
            return [Outgoing("answer", text=line(text, self._lang(incoming)), tap=incoming.tap)]
        return [self._line(incoming, text)] if incoming.private and not incoming.edited else []

    def _media(self, incoming: Incoming) -> list[Outgoing]:
        if incoming.edited:
            return []
        if incoming.album and not self._ledger.memory.first_of_album(incoming.talk, incoming.album):
            return []
        hint = _FILE_HINT if incoming.file is not None and self._download is not None else ""
        return [self._line(incoming, TEXT_ONLY + hint)]

    def _asked(self, incoming: Incoming, turn: Turn | None) -> list[Outgoing]:
        memory = self._ledger.memory
        before = memory.state(incoming.talk)
        said = self._turn(incoming.text, before, turn).said
        if said.forget:
            self._ledger.forget(incoming.user)
        else:
            memory.remember(incoming.talk, said.state.dumps(), incoming.message)
            memory.ask(incoming.chat, incoming.message, Asked(incoming.text, before, incoming.user))
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
        old = self._ledger.outbox.answers(incoming.chat, incoming.message)
        if said.forget:
            self._ledger.forget(incoming.user)
            return self._reply(incoming, said)
        if memory.last(incoming.talk) == incoming.message:
            memory.remember(incoming.talk, said.state.dumps(), incoming.message)
        memory.ask(incoming.chat, incoming.message, replace(asked, text=incoming.text))
        return instead(self._reply(incoming, said), old)

    def _kept(self, incoming: Incoming) -> tuple[str, dict[str, Any] | None]:
        """What a button is for, and what was kept for it."""
        kind, _, number = incoming.data.partition(":")
        known = number.isascii() and number.isdigit() and len(number) < 19
        return kind, self._ledger.memory.offered(incoming.chat, int(number)) if known else None

    def _tapped(self, incoming: Incoming, turn: Turn | None) -> list[Outgoing]:
        kind, kept = self._kept(incoming)
        done = Outgoing("answer", tap=incoming.tap)
        if kept is None:
            return [replace(done, text=line(GONE, self._lang(incoming)))]
        number = int(incoming.data.partition(":")[2])
        lang = chosen(State.loads(kept.get("state", "")).lang, incoming.language)
        if kind == "b" and kept.get("context"):
            return [done, shut(incoming, kept, number, lang)]
        if kind == "c" and kept.get("context"):
            message = context_of(self._dialogue, kept["context"])
            if message is None:
                return [replace(done, text=line("这份报告已不在资料库里。", lang))]
            return [done, *opened(incoming, kept, number, pieces(self._spoken(message, lang)), lang)]
        found = self._option_turn(kind, kept, turn)
        if found is None:
            return [replace(done, text=line(GONE, lang))]
        if kind in {"y", "n"}:
            judge(self._ledger, incoming, number, found.said, good=kind == "y")
            return [replace(done, text=line("已记下，谢谢。", lang))]
        return [done, *self._option(incoming, found, inplace=bool(kept.get("inplace")))]

    def _option(self, incoming: Incoming, turn: Turn, *, inplace: bool) -> list[Outgoing]:
        said = turn.said
        command = find(turn.text) if turn.text.startswith("/") else None
        if said.forget:
            self._ledger.forget(incoming.user)
        elif command is None or not command[0].aside:
            self._ledger.memory.remember(incoming.talk, said.state.dumps(), None)
        if command is None:
            heading = Part((Line((Run("问："), Run(turn.text, Mark.STRONG, Origin.LABEL))),))
            said = replace(said, message=replace(said.message, parts=(heading, *said.message.parts)))
        out = self._reply(incoming, said)
        if inplace and len(out) == 1 and out[0].method == "send":
            return [replace(out[0], method="edit", message=incoming.message, reply_to=None)]
        return out

    def _reply(self, incoming: Incoming, said: Said) -> list[Outgoing]:
        lang = chosen(said.state.lang, incoming.language)
        base = Outgoing(
            "send",
            reply_to=_reply_to(incoming),
            thread=incoming.thread,
            question=None if incoming.tap else incoming.message,
        )
        message = self._spoken(said.message, lang)
        if said.file is not None:
            return posted_file(message, said.file, base)
        memory = self._ledger.memory

        def keys(piece: Piece) -> Any:  # noqa: ANN401  rows of keys
            offer = Offer(said, piece, self._reference(said), lang)
            return keyboard(lambda what: memory.offer(incoming.chat, what, incoming.user), memory.fill, offer)

        return post(message, base, keys, lang)

    def _spoken(self, message: Message, lang: str) -> Message:
        return linked(spoken(message, lang), self._address)

    def _reference(self, said: Said) -> str:
        """The first report cited, as scholars cite it."""
        if said.answer is None or not said.answer.citations:
            return ""
        row = self._dialogue.engine.store.rows.get(said.answer.citations[0].report)
        return reference(row, self._dialogue.today or date.today()) if row else ""


def _reply_to(incoming: Incoming) -> int | None:
    """In a group one sees which question an answer is for."""
    return None if incoming.private else incoming.message
