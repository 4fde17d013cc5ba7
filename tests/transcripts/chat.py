"""Holds a transcript's conversation with the bot through the peer, and writes down what a person sees."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.peer import Call, Peer, Shown, parse
from tests.transcripts.script import Script, Turn

__all__ = ["Event", "Talk", "quoted"]

_KINDS = {
    "sendMessage": "",
    "editMessageText": "改为",
    "deleteMessage": "删去",
    "sendPhoto": "图",
    "sendDocument": "文件",
}
_MARK = "▸"
# Seconds of silence after which a turn counts as over, where no transcript says what is to come.
_SILENCE = 2.0


@dataclass(slots=True)
class Event:
    """Something a person sees: a message, an edit, a notice; `shown` as it was at that moment."""

    kind: str
    shown: Shown | None = None
    note: str = ""

    def lines(self) -> Iterator[str]:
        """As a transcript has it."""
        if self.shown is None:
            yield f"{_MARK} {self.kind} {self.note}".rstrip()
            return
        yield f"{_MARK} {self.kind} {self.shown.file}".rstrip()
        yield from quoted(self.shown).splitlines()
        for row in self.shown.keys:
            yield " ".join(f"[{key['text']}]" for key in row)


@dataclass(slots=True)
class Talk:
    """One conversation: `events` are those of each turn. With `writing` a turn lasts until nothing more comes."""

    peer: Peer
    script: Script
    number: int
    writing: bool = False
    events: list[list[Event]] = field(default_factory=list)
    _at: int = 0
    _asked: int = 0

    @property
    def chat(self) -> int:
        """Groups have negative numbers."""
        return -self.number if self.script.setting("chat") == "group" else self.number

    def hold(self) -> None:
        """All turns, one after the other."""
        self._at = len(self.peer.calls)
        for turn in self.script.turns:
            done = self._do(turn)
            expected = sum(line.removeprefix("T| ").startswith(_MARK) for line in turn.lines)
            self.events.append(self._silent(done) if self.writing else self._counted(done, expected))

    def _do(self, turn: Turn) -> str:
        """The tap's or the query's number, where it is one."""
        who = {"user": 5 if self.chat < 0 else self.number, "language": self.script.setting("language")}
        match turn.deed:
            case "点":
                message, data = self._key(turn.text)
                return self.peer.tap(self.chat, message, data, **who)
            case "查":
                return self.peer.ask_inline(turn.text, user=self.number, language=who["language"] or "zh-hans")
            case "改":
                self.peer.say(turn.text, chat=self.chat, edit=self._asked, **who)
            case "转":
                origin = {"type": "hidden_user", "sender_user_name": "某报", "date": 1}
                self._asked = self.peer.say(turn.text, chat=self.chat, forward_origin=origin, **who)
            case _:
                self._asked = self.peer.say(turn.text, chat=self.chat, **who)
        return ""

    def _key(self, label: str) -> tuple[int, str]:
        """The newest message with a key of that label, and what the key sends."""
        for message, shown in reversed(self.peer.shown[self.chat].items()):
            for key in (key for row in shown.keys for key in row):
                if key["text"] == label and "callback_data" in key:
                    return message, key["callback_data"]
        raise AssertionError(f"no key {label}: {self.peer.texts(self.chat)[-1]}")

    def _silent(self, tap: str) -> list[Event]:
        found: list[Event] = []
        heard = time.monotonic()
        end = heard + 60
        while (not self._over(found, tap) or time.monotonic() - heard < _SILENCE) and time.monotonic() < end:
            fresh = self._fresh(tap)
            heard = time.monotonic() if fresh else heard
            found += fresh
            time.sleep(0.05)
        return found

    def _counted(self, tap: str, expected: int) -> list[Event]:
        found: list[Event] = []

        def over() -> bool:
            found.extend(self._fresh(tap))
            return len(found) >= expected and self._over(found, tap)

        self.peer.wait(over, 100)
        return found

    def _over(self, found: list[Event], tap: str) -> bool:
        return bool(found) or tap in self.peer.answered

    def _fresh(self, tap: str) -> list[Event]:
        """What came since it was last looked."""
        out: list[Event] = []
        calls = self.peer.calls
        while self._at < len(calls):
            call = calls[self._at]
            own = self._is_own(call, tap)
            if own and not (call.done or call.problem):
                break
            self._at += 1
            out += self._events(call) if own else []
        return out

    def _is_own(self, call: Call, tap: str) -> bool:
        if call.method in _KINDS:
            return call.chat == self.chat
        return bool(tap) and tap in (call.params.get("callback_query_id"), call.params.get("inline_query_id"))

    def _events(self, call: Call) -> list[Event]:
        if call.problem:
            return [Event("未发出", note=call.problem)]
        if call.method == "answerInlineQuery":
            return list(_cards(call))
        if call.method not in _KINDS:
            return [Event("提示", note=call.params["text"])] if call.params.get("text") else []
        return [Event(_KINDS[call.method], call.shown)]


def _cards(call: Call) -> Iterator[Event]:
    for card in call.params["results"]:
        parsed = parse(card["input_message_content"]["message_text"])
        keys = card.get("reply_markup", {}).get("inline_keyboard", [])
        yield Event("卡片", Shown(parsed.text, parsed.entities, keys), f"{card['title']}／{card['description']}")
    button = call.params.get("button")
    if button:
        yield Event("按钮", note=button["text"] if isinstance(button, dict) else json.loads(button)["text"])


def quoted(shown: Shown) -> str:
    """The text with its quotes between marks, as it is read without a layout."""
    raw = shown.text.encode("utf-16-le")
    boxes = [(2 * offset, 2 * (offset + length)) for kind, offset, length in shown.entities if "BlockQuote" in kind]
    # A box of several lines holds quotes that are marked already.
    quotes = [(start, end) for start, end in boxes if "\n" not in raw[start:end].decode("utf-16-le")]
    at, to = {start for start, _ in quotes}, {end for _, end in quotes}
    edges = sorted(at | to | {0, len(raw)})
    out = ""
    for start, end in zip(edges, [*edges[1:], len(raw)], strict=True):
        out += ("”" if start in to else "") + ("“" if start in at else "") + raw[start:end].decode("utf-16-le")
    return out
