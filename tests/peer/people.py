"""The people of the chats: they write, edit, tap, type behind the bot's name, and read what the bot says."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.peer.markup import entities_of
from tests.peer.shapes import Call, Shown

__all__ = ["People"]

_MADE = {"sendMessage", "sendDocument", "sendPhoto"}


class People(ABC):
    """What a test does and sees. Messages of both sides are numbered in one row: a chat can be read in order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.shown: dict[int, dict[int, Shown]] = defaultdict(dict)
        self.wrote: dict[int, dict[int, str]] = defaultdict(dict)
        self._ids = iter(range(1000, 10**9))
        self._messages = iter(range(50_000, 10**9))

    @abstractmethod
    def push(self, *updates: Any) -> None:
        """Updates to hand out, as they are."""

    def say(
        self,
        text: str | None,
        *,
        chat: int = 7,
        user: int | None = None,
        edit: int | None = None,
        language: str = "",
        **more: Any,
    ) -> int:
        """A person writes (or edits message `edit`); its message id. Entities are TDLib's own."""
        number = edit or next(self._messages)
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "群"},
            "from": _person(user or abs(chat), language),
        }
        if text is not None:
            message |= {"text": text, "entities": entities_of(text)}
        if edit:
            message["edit_date"] = int(time.time())
        self.wrote[chat][number] = text or ""
        update = {"update_id": next(self._ids), "edited_message" if edit else "message": message | more}
        self.push(update)
        return number

    def tap(self, chat: int, message: int, data: str, *, user: int | None = None, language: str = "") -> str:
        """A person taps a button; the tap's number."""
        number = next(self._ids)
        query = {
            "id": str(number),
            "from": _person(user or abs(chat), language),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message,
                "date": int(time.time()),
                "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "群"},
                "text": "…",
            },
        }
        self.push({"update_id": number, "callback_query": query})
        return str(number)

    def ask_inline(self, text: str, user: int = 7, language: str = "zh-hans") -> str:
        """A person types behind the bot's name in some chat; the query's number."""
        number = next(self._ids)
        query = {"id": str(number), "from": _person(user, language), "query": text, "offset": "", "chat_type": "sender"}
        self.push({"update_id": number, "inline_query": query})
        return str(number)

    def sent(self, chat: int = 7) -> list[Call]:
        """What was sent to a chat and accepted: a person sees it by now."""
        return [call for call in list(self.calls) if call.method in _MADE and call.done and call.chat == chat]

    def texts(self, chat: int = 7) -> list[str]:
        """The messages of the bot a person sees in a chat."""
        return [message.text for message in dict(self.shown[chat]).values()]

    def refused(self) -> list[Call]:
        """Calls that broke a rule."""
        return [call for call in list(self.calls) if call.problem and call.problem != "flood"]

    def wait(self, condition: Callable[[], Any], timeout: float = 60) -> Any:
        """Poll until the condition holds."""
        end = time.monotonic() + timeout
        while not (found := condition()):
            assert time.monotonic() < end, (
                f"not in {timeout} s; calls: {[(c.method, c.problem) for c in self.calls][-12:]}"
            )
            time.sleep(0.02)
        return found


def _person(user: int, language: str) -> dict[str, Any]:
    who = {"id": user, "is_bot": False, "first_name": "某人"}
    return who | {"language_code": language} if language else who
