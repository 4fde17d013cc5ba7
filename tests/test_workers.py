"""A process that ends at any moment ends the wait for it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection

import pytest

from retrieval.workers import WorkerEnded, Workers, _serve

# Of this there is never an answer.
ENDLESS = 1000


def cut_short(self: Connection, message: bytes, *_: object) -> None:
    os.write(self.fileno(), message[: len(message) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


def answered(item: int) -> object:
    if item < 0:
        os._exit(1)
    while item == ENDLESS:
        signal.pause()
    if item == 0:
        Connection._send = cut_short  # type: ignore[attr-defined]
    return item * 2


@pytest.fixture(params=["fork", "spawn"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers[int, object]]:
    workers: Workers[int, object] = Workers(answered, 2, method=request.param)
    yield workers
    workers.close()


def test_each_item_has_its_answer(workers: Workers[int, object]):
    waiting = [workers.submit(number) for number in range(1, 50)]
    assert [future.result() for future in waiting] == [2 * number for number in range(1, 50)]


def test_a_process_that_ends_is_noticed(workers: Workers[int, object]):
    with pytest.raises(WorkerEnded):
        workers.submit(-1).result(timeout=30)


def test_a_result_cut_short_is_noticed(workers: Workers[int, object]):
    with pytest.raises(WorkerEnded):
        workers.submit(0).result(timeout=30)


def test_closing_waits_for_no_answer(workers: Workers[int, object]):
    waiting = [workers.submit(ENDLESS) for _ in range(5)]
    workers.close()
    assert [type(future.exception()) for future in waiting] == [WorkerEnded] * 5


def test_a_process_whose_parent_was_killed_before_it_asked_ends():
    ended = Process(target=int)
    ended.start()
    ended.join()
    here, there = Pipe()
    worker = Process(target=_serve, args=(there, answered, ended.pid))
    worker.start()
    worker.join(timeout=30)
    assert worker.exitcode == 1
    here.close()
