"""Updates that wait to be fetched: handed out until a fetch with a higher offset acknowledges them."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

__all__ = ["Updates"]

_MOST = 100


class Updates:
    """May be added to from any thread; fetched from in the loop's."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.every: list[Any] = []
        self._waiting: list[Any] = []
        self._lock = threading.Lock()
        self._loop = loop
        self._come = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, *updates: Any) -> None:
        """Whoever waits in a long poll is woken."""
        with self._lock:
            self.every.extend(updates)
            self._waiting.extend(updates)
        self._loop.call_soon_threadsafe(self._come.set)

    async def fetch(self, offset: int, limit: int, patience: float) -> list[Any]:
        """What is there from `offset` on, at the latest after `patience` seconds; those before it are forgotten."""
        end = self._loop.time() + patience
        while True:
            self._come.clear()
            ready = self._ready(offset, min(limit, _MOST))
            left = end - self._loop.time()
            if ready or left <= 0:
                return ready
            try:
                await asyncio.wait_for(self._come.wait(), left)
            except TimeoutError:
                return []

    def _ready(self, offset: int, limit: int) -> list[Any]:
        with self._lock:
            self._waiting = [
                update for update in self._waiting if not _numbered(update) or update["update_id"] >= offset
            ]
            ready = self._waiting[:limit]
            # What has no number cannot be acknowledged: it is handed out once.
            if not all(map(_numbered, ready)):
                self._waiting = [update for update in ready if _numbered(update)] + self._waiting[limit:]
            return ready


def _numbered(update: Any) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)
