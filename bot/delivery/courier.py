"""Sends what the outbox holds: in order within a chat, chats side by side, at the pace the server allows."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Protocol, TypeVar

from bot.delivery.database import Ledger
from bot.delivery.outbox import REPEATABLE, Outgoing, Parcel
from bot.delivery.throttle import Throttle

__all__ = ["Courier", "Later", "Moved", "NotSent", "Refused", "Send", "Unclear"]

log = logging.getLogger(__name__)
T = TypeVar("T")

# The longest pause between two tries over a broken network.
_PAUSE = 60.0
_REST = 5.0
# An answer that could not leave for so long helps no one any more.
_STALE = 86400.0
# These are no messages: Telegram does not count them.
_FREE = frozenset({"answer", "inline"})


class Later(Exception):
    """The server asks to wait `seconds` before the next message to this chat."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class NotSent(Exception):
    """Nothing left this machine: can be tried again."""


class Unclear(Exception):
    """The request left and no valid answer came: it may have been carried out."""


class Refused(Exception):
    """The server refused for good. The message says why."""


class Moved(Exception):
    """The group has a new number, `chat`."""

    def __init__(self, chat: int) -> None:
        super().__init__(chat)
        self.chat = chat


class Send(Protocol):
    """Makes the call and returns the new message's number, where there is one."""

    async def __call__(self, chat: int, outgoing: Outgoing, leaving: Callable[[], Awaitable[None]]) -> int | None:
        """`leaving` is awaited before the first byte leaves. Raises Later, NotSent, Unclear, Refused or Moved."""


class Run(Protocol):
    """Runs a function of the ledger in the ledger's thread."""

    async def __call__(self, act: Callable[[], T]) -> T:
        """What `act` returns."""


class Courier:
    """One for the process."""

    def __init__(self, ledger: Ledger, send: Send, run: Run) -> None:
        self._ledger = ledger
        self._send = send
        self._run = run
        self._throttle = Throttle()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There is something new to send."""
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._wake.clear()
                pause = await self._round()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)
        finally:
            # What has left should still be told its answer.
            if self._busy:
                await asyncio.wait(self._busy.values(), timeout=5)

    async def _round(self) -> float | None:
        """Start what may go; seconds until the next may."""
        busy = set(self._busy)
        waits: list[float] = []
        for parcel in await self._run(lambda: self._ledger.outbox.heads(busy)):
            now = time.monotonic()
            wait = max(0.0, parcel.due - time.time())
            if parcel.outgoing.method not in _FREE:
                wait = max(wait, self._throttle.wait(parcel.chat, now))
            if wait > 0:
                waits.append(wait)
                continue
            if parcel.outgoing.method not in _FREE:
                self._throttle.take(parcel.chat, now)
            task = asyncio.create_task(self._deliver(parcel))
            self._busy[parcel.chat] = task
            task.add_done_callback(partial(self._free, parcel.chat))
        return min(waits) if waits else None

    def _free(self, chat: int, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            self._release(chat)
        else:
            # The disk refused, say: the row stands as it was. Not at once again.
            log.error("outbox: %s", type(task.exception()).__name__)
            asyncio.get_running_loop().call_later(_REST, self._release, chat)

    def _release(self, chat: int) -> None:
        del self._busy[chat]
        self._wake.set()

    async def _deliver(self, parcel: Parcel) -> None:
        outgoing = await self._resolved(parcel)
        if outgoing is None:
            await self._change(lambda: self._ledger.outbox.end(parcel.id, "dropped"))
            return
        box, id = self._ledger.outbox, parcel.id  # noqa: A001
        try:
            message = await self._send(parcel.chat, outgoing, lambda: self._change(lambda: box.written(id)))
        except Later as problem:
            log.warning("outbox: chat asked to wait %.0f s", problem.seconds)
            due = time.time() + problem.seconds
            await self._change(lambda: box.again(id, due))
        except NotSent as problem:
            if time.time() - parcel.at > _STALE:
                await self._change(lambda: box.end(id, "failed", problem="not sent for a day"))
                return
            due = time.time() + min(_PAUSE, 2.0 ** min(parcel.tries, 6))
            log.warning("outbox: not sent, tried again: %s", problem)
            await self._change(lambda: box.again(id, due))
        except Moved as problem:
            new = problem.chat
            await self._change(lambda: box.again(id, 0.0, chat=new))
        except Unclear as problem:
            await self._unclear(parcel, str(problem))
        except Refused as problem:
            reason = str(problem)
            log.warning("outbox: refused: %s", reason)
            await self._change(lambda: box.end(id, "failed", problem=reason))
        else:
            await self._change(lambda: self._sent(parcel, outgoing, message))

    async def _unclear(self, parcel: Parcel, reason: str) -> None:
        box = self._ledger.outbox
        if parcel.outgoing.method in REPEATABLE and parcel.tries < 5:
            due = time.time() + 2.0**parcel.tries
            await self._change(lambda: box.again(parcel.id, due))
        else:
            log.warning("outbox: may have been delivered, not repeated: %s", reason)
            await self._change(lambda: box.end(parcel.id, "unknown", problem=reason))

    async def _resolved(self, parcel: Parcel) -> Outgoing | None:
        """With the message an edit is of; a message that never arrived is sent instead, and not deleted."""
        outgoing = parcel.outgoing
        if outgoing.target is None or outgoing.method not in {"edit", "delete"}:
            return outgoing
        target = outgoing.target
        message = await self._run(lambda: self._ledger.outbox.message_of(target))
        if message is not None:
            return replace(outgoing, message=message)
        return replace(outgoing, method="send") if outgoing.method == "edit" else None

    def _sent(self, parcel: Parcel, outgoing: Outgoing, message: int | None) -> None:
        box = self._ledger.outbox
        if outgoing.method == "send" and parcel.outgoing.method == "edit":
            box.become_send(parcel.id)
        if outgoing.method == "delete" and outgoing.target is not None:
            box.end(outgoing.target, "dropped")
        box.end(parcel.id, "sent", message=message)

    async def _change(self, act: Callable[[], object]) -> None:
        def change() -> None:
            with self._ledger.change():
                act()

        await self._run(change)
