"""Pictures drawn in a process of their own: each takes as long as a dozen answers, which should not wait for it."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from pydantic import TypeAdapter

from bot import charts
from bot.charts import Chart

__all__ = ["Studio", "Undrawn", "dumps", "loads"]

_CHART = TypeAdapter(Chart)
# Seconds between two looks at whether the parent lives.
_WATCH = 1.0


class Undrawn(Exception):
    """A picture could not be drawn. For the log."""


def dumps(chart: Chart) -> str:
    """A picture to be drawn, as one line of JSON: it can wait on the disk."""
    return _CHART.dump_json(chart).decode()


def loads(text: str) -> Chart:
    """The value of `dumps`."""
    return _CHART.validate_json(text)


class Studio:
    """Draws one picture after the other. The process is started by the first."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def draw(self, text: str) -> bytes:
        """The picture `dumps` describes, as PNG. Raises Undrawn."""
        if self._pool is None:
            # Threads are running here: a forked process would inherit their locks.
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin, initargs=(os.getpid(),))
        pool = self._pool
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, _drawn, loads(text))
        except BrokenProcessPool as problem:  # killed from outside, for its memory say: the next picture has a new one
            if self._pool is pool:
                self.close()
            raise Undrawn("process ended") from problem
        except Exception as problem:  # whatever a picture breaks must not stop the messages behind it
            raise Undrawn(repr(problem)) from problem

    def close(self) -> None:
        """Let the process go."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _begin(parent: int) -> None:
    """In the drawing process: an interrupt is the parent's affair, its death the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


def _drawn(chart: Chart) -> bytes:
    return charts.drawn(chart)
