"""Processes that apply a function to what they are sent, and whose death is always noticed.

The pool of the standard library waits for ever where a process is killed while it writes a result: the pipe is
shared by all of them, so no end of file tells its reader that the rest of the message will not come. Here each
process has a pipe of its own, whose other end no one else holds.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Generic, Literal, TypeVar

__all__ = ["WorkerEnded", "Workers"]

# Seconds between two looks of a process at whether its parent lives.
_WATCH = 1.0

A = TypeVar("A")
B = TypeVar("B")


class WorkerEnded(Exception):
    """A process ended before it had an answer: killed from outside, for its memory say."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection


class Workers(Generic[A, B]):
    """Processes, each beside a thread that waits for it. To be closed; not to be used after WorkerEnded."""

    def __init__(
        self, function: Callable[[A], B], count: int = 0, *, method: Literal["fork", "spawn"] | None = None
    ) -> None:
        """Start `count` processes, one per core if 0, by a start `method` of multiprocessing.

        `function` must not raise. Where other threads run, `method` must not be fork, which copies the locks they hold.
        """
        self._all: list[_Worker] = []
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        count = count or os.cpu_count() or 1
        context = get_context(method)
        for _ in range(count):
            here, there = context.Pipe()
            process: BaseProcess = context.Process(target=_serve, args=(there, function, os.getpid()), daemon=True)
            process.start()
            # Before the next fork: the end of the process must be the end of its pipe.
            there.close()
            self._all.append(_Worker(process, here))
            self._idle.put(self._all[-1])
        self._threads = ThreadPoolExecutor(count)

    def submit(self, item: A) -> Future[B]:
        """The future value of the function; its `result` raises WorkerEnded."""
        return self._threads.submit(self._ask, item)

    def close(self) -> None:
        """End the processes, whatever they are at; what has no answer yet has WorkerEnded."""
        for worker in self._all:
            worker.process.kill()
        # Their threads read the end of their pipes, and pass by what still waits.
        self._threads.shutdown(wait=True)
        for worker in self._all:
            worker.process.join()
            worker.connection.close()

    def _ask(self, item: A) -> B:
        worker = self._idle.get()
        try:
            worker.connection.send(item)
            answer: B = worker.connection.recv()
        except (EOFError, OSError) as problem:
            raise WorkerEnded from problem
        finally:
            self._idle.put(worker)
        return answer


def _serve(connection: Connection, function: Callable[[A], B], parent: int) -> None:
    """In a process: an interrupt is the parent's affair, and so is what it does when it is told to stop.

    `parent` is the process id of the parent, told by itself: it may have been killed before this process asks.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        while True:
            connection.send(function(connection.recv()))
    except (EOFError, OSError):  # the parent is gone
        return


def _end_with(parent: int) -> None:
    """A parent that was killed tells no one, and the processes hold one another's pipes open."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)
