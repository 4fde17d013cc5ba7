"""Threads that answer, each with an engine of its own, so that one long question does not hold up the others."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.dialogue import Dialogue
from bot.home import Shelf

__all__ = ["Busy", "Desks", "Overdue"]

T = TypeVar("T")
_FEWEST, _MOST = 2, 4
# Questions that wait at most.
_WAITING = 32


class Busy(Exception):
    """More questions are waiting than are taken on."""


class Overdue(Exception):
    """An answer takes longer than anybody waits for. Its thread works on; there are others."""


class Desks:
    """To be opened and closed by the server's thread."""

    def __init__(self, data: Path | None, seconds: float) -> None:
        self._data = data
        self._seconds = seconds
        self._count = min(_MOST, max(_FEWEST, os.cpu_count() or 1))
        self._pool = ThreadPoolExecutor(self._count, "desk")
        self._own = threading.local()
        self._open = 0

    def open(self) -> None:
        """Open the store and load the dictionaries. Raises StoreError and BadSettings."""
        self._pool.submit(self._warmed).result()

    async def ask(self, work: Callable[[Dialogue], T]) -> T:
        """What `work` makes of a dialogue in one of the threads. Raises Busy, Overdue, and what it raises."""
        if self._open >= self._count + _WAITING:
            raise Busy
        self._open += 1
        future = asyncio.get_running_loop().run_in_executor(self._pool, lambda: work(self._dialogue()))
        future.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(future), self._seconds)
        except TimeoutError:
            raise Overdue from None

    def close(self) -> None:
        """Take on no more; what is being answered is waited for at the end of the process."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _warmed(self) -> None:
        self._dialogue().engine.warm()

    def _dialogue(self) -> Dialogue:
        """The thread's own."""
        found: Dialogue | None = getattr(self._own, "dialogue", None)
        if found is None:
            found = self._own.dialogue = Dialogue(Shelf(self._data))
        return found

    def _done(self, future: asyncio.Future[T]) -> None:
        self._open -= 1
        if not future.cancelled():
            future.exception()  # looked at: whoever asked may have left
