"""What the courier asks of whoever makes the calls: how a call is made, and how it may end."""

from __future__ import annotations

from typing import Protocol

from bot.delivery.outbox import Outgoing

__all__ = ["Later", "Moved", "NotSent", "Offline", "Refused", "Send", "Unclear", "Way"]


class Later(Exception):
    """The server asks to wait `seconds` before the next message to this chat."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class NotSent(Exception):
    """Nothing left this machine: can be tried again."""


class Offline(NotSent):
    """There is no connection to the server: the same holds for every other message."""


class Unclear(Exception):
    """The request left and no valid answer came: it may have been carried out."""


class Refused(Exception):
    """The server refused for good. The message says why."""


class Moved(Exception):
    """The group has a new number, `chat`."""

    def __init__(self, chat: int) -> None:
        super().__init__(chat)
        self.chat = chat


class Way(Protocol):
    """Is told how far a request has got."""

    async def leaving(self) -> None:
        """Awaited before the first byte of the body leaves."""

    def left(self) -> None:
        """It is handed over now, and may arrive."""


class Send(Protocol):
    """Makes the call and returns the new message's number, where there is one."""

    async def __call__(self, chat: int, outgoing: Outgoing, way: Way) -> int | None:
        """Raises Later, NotSent, Unclear, Refused or Moved."""
