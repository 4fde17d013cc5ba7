"""Sends what the outbox holds: in order within a chat, chats side by side, at the pace the server allows."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from bot.delivery.database import Ledger
from bot.delivery.outage import Outage
from bot.delivery.outbox import Head, Outgoing, Parcel
from bot.delivery.sending import Later, Moved, NotSent, Offline, Refused, Send, Unclear
from bot.delivery.throttle import Throttle
from bot.delivery.wire import Wire

__all__ = ["Courier", "Run"]

log = logging.getLogger(__name__)
T = TypeVar("T")

# The longest pauses between two tries: while there is no connection, of a message that cannot be sent for another
# reason, and after the disk refused.
_OFFLINE = 1.0
_PAUSE = 60.0
_REST = 2.0
# How often what may be repeated is, while it stays unclear whether it arrived.
_REPEATS = 5
# An answer that could not leave for so long helps no one any more.
_STALE = 86400.0
# These are no messages: Telegram does not count them.
_FREE = frozenset({"answer", "inline"})


class Run(Protocol):
    """Runs a function of the ledger in the ledger's thread."""

    async def __call__(self, act: Callable[[], T]) -> T:
        """What `act` returns."""


async def _at_once() -> None:
    """What Telegram does not count waits for nothing."""


@dataclass(frozen=True, slots=True)
class _Noted:
    """A row's way: on the disk before it leaves, at its turn, in the note when it is handed over."""

    row: int
    wire: Wire
    written: Callable[[], Awaitable[None]]
    turn: Callable[[], Awaitable[None]]

    async def leaving(self) -> None:
        self.wire.leaving(self.row)
        await self.written()
        await self.turn()

    def left(self) -> None:
        self.wire.left(self.row)


class Courier:
    """One for the process. `missed` makes the notice of a message that may not have arrived, or None."""

    def __init__(
        self, ledger: Ledger, send: Send, run: Run, wire: Wire, missed: Callable[[Parcel], Outgoing | None]
    ) -> None:
        self._ledger = ledger
        self._send = send
        self._run = run
        self._wire = wire
        self._missed = missed
        self._outage = Outage()
        self._probe = 0.0
        self._throttle = Throttle()
        self._door = asyncio.Lock()
        self._busy: dict[int, asyncio.Task[None]] = {}
        # How often a row was repeated because it was unclear: tries that did not leave are no repetitions.
        self._repeated: dict[int, int] = {}
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
        pause = self._throttle.pause(time.monotonic())
        if pause > 0:
            # Nothing may go yet: looking through a long backlog would cost more than sending it.
            return pause
        busy = set(self._busy)
        waits: list[float] = []
        try:
            heads = await self._run(lambda: self._ledger.outbox.heads(busy))
        except sqlite3.Error as problem:
            log.error("outbox: %s", problem)
            return _REST
        for head in heads:
            now = time.monotonic()
            wait = max(0.0, head.due - time.time())
            if head.method not in _FREE:
                wait = max(wait, self._throttle.wait(head.chat, now))
            if wait > 0:
                waits.append(wait)
                continue
            if self._outage.since is not None:
                # One message a second is enough to find out whether the others could go.
                if now < self._probe:
                    waits.append(self._probe - now)
                    break
                self._probe = now + _OFFLINE
            if head.method not in _FREE:
                self._throttle.take(head.chat, now)
            task = asyncio.create_task(self._deliver(head))
            self._busy[head.chat] = task
            task.add_done_callback(partial(self._free, head.chat))
        return min(waits) if waits else None

    def _free(self, chat: int, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            self._release(chat)
        else:
            # A fault of ours, or the disk refused: the row stands as it was. Not at once again.
            log.error("outbox: %s", task.exception(), exc_info=task.exception())
            asyncio.get_running_loop().call_later(_REST, self._release, chat)

    def _release(self, chat: int) -> None:
        del self._busy[chat]
        self._wake.set()

    async def _deliver(self, head: Head) -> None:
        parcel = await self._run(lambda: self._ledger.outbox.parcel(head.id))
        outgoing = await self._resolved(parcel)
        if outgoing is None:
            await self._change(lambda: self._ledger.outbox.end(parcel.id, "dropped"))
            return
        box, id = self._ledger.outbox, parcel.id  # noqa: A001

        async def written() -> None:
            await self._change(lambda: box.written(id), patient=False)

        turn = _at_once if parcel.outgoing.method in _FREE else self._turn
        try:
            message = await self._send(parcel.chat, outgoing, _Noted(id, self._wire, written, turn))
        except NotSent as problem:
            await self._not_sent(parcel, problem)
            return
        except Later as problem:
            log.warning("outbox: chat asked to wait %.0f s", problem.seconds)
            due = time.time() + problem.seconds
            await self._change(lambda: box.again(id, due))
        except Moved as problem:
            new = problem.chat
            await self._change(lambda: box.again(id, 0.0, chat=new))
        except Unclear as problem:
            await self._unclear(parcel, str(problem))
        except Refused as problem:
            reason = str(problem)
            log.warning("outbox: refused: %s", reason)
            self._repeated.pop(id, None)
            await self._change(lambda: box.end(id, "failed", problem=reason))
        else:
            self._repeated.pop(id, None)
            await self._change(lambda: self._sent(parcel, outgoing, message))
        self._online()

    async def _turn(self) -> None:
        """One after the other, in the order they came."""
        async with self._door:
            while (gap := self._throttle.gap(time.monotonic())) > 0:
                await asyncio.sleep(gap)
            self._throttle.left(time.monotonic())

    async def _not_sent(self, parcel: Parcel, problem: NotSent) -> None:
        box, offline = self._ledger.outbox, isinstance(problem, Offline)
        if time.time() - parcel.at > _STALE:
            self._repeated.pop(parcel.id, None)
            await self._change(lambda: box.end(parcel.id, "failed", problem="not sent for a day"))
            return
        pause = min(_OFFLINE if offline else _PAUSE, 2.0 ** (min(parcel.tries, 6) - 2))
        if offline:
            self._probe = time.monotonic() + pause
            if self._outage.begun(time.monotonic()):
                log.warning("outbox: no connection (%s), tried again every second", problem)
        else:
            log.warning("outbox: not sent, tried again: %s", problem)
        due = time.time() + pause
        await self._change(lambda: box.again(parcel.id, due))

    def _online(self) -> None:
        lasted = self._outage.over(time.monotonic())
        if lasted is not None:
            log.warning("outbox: connected again after %.1f s", lasted)

    async def _unclear(self, parcel: Parcel, reason: str) -> None:
        box, times = self._ledger.outbox, self._repeated.pop(parcel.id, 0)
        if parcel.outgoing.repeatable and times < _REPEATS:
            self._repeated[parcel.id] = times + 1
            due = time.time() + 2.0**times
            await self._change(lambda: box.again(parcel.id, due))
        else:
            log.warning("outbox: row %d may have been delivered, not repeated: %s", parcel.id, reason)
            notice = await self._run(lambda: self._missed(parcel))
            await self._change(lambda: self.give_up(parcel, reason, notice))

    def give_up(self, parcel: Parcel, reason: str, notice: Outgoing | None) -> None:
        """Not repeated, for it may have arrived; the person is told instead. Runs inside `Ledger.change`."""
        self._ledger.outbox.end(parcel.id, "unknown", problem=reason)
        if notice is not None:
            self._ledger.outbox.add(parcel.chat, [notice])

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

    async def _change(self, act: Callable[[], object], *, patient: bool = True) -> None:
        def change() -> None:
            with self._ledger.change():
                act()

        while True:
            try:
                return await self._run(change)
            except sqlite3.OperationalError as problem:
                # What became of a message must be written down before the next one of its chat goes.
                if not patient:
                    raise
                log.error("outbox: %s, tried again", problem)
                await asyncio.sleep(_REST)
