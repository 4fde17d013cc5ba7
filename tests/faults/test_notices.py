"""The notice that an answer may not have arrived: said until it arrives or there is an end to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import Courier, Later, Ledger, NotSent, Outgoing, Unclear, Way, Wire
from bot.missed import missed

# Of one message, the first time included.
TRIES = 6
LOST = Unclear("ReadError")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path)
    yield made
    made.close()


def sent_by(ledger: Ledger, folder: Path, faults: Iterable[Exception]) -> list[Outgoing]:
    """An answer is sent, and each call meets the next of `faults` while there are any; what every call was of."""
    coming = iter(faults)
    got: list[Outgoing] = []

    async def send(chat: int, outgoing: Outgoing, way: Way) -> int:  # noqa: ARG001
        await way.leaving()
        way.left()
        got.append(outgoing)
        if fault := next(coming, None):
            raise fault
        return len(got)

    async def run(act: Callable[[], Any]) -> Any:
        return act()

    async def all_of_it() -> None:
        courier = Courier(ledger, send, run, Wire(folder), partial(missed, ledger))
        task = asyncio.create_task(courier.run())
        while ledger.outbox.count("ready") or ledger.outbox.count("written"):
            # Nobody waits for a pause here.
            ledger.connection.execute("UPDATE outbox SET due = 0")
            courier.wake()
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    with ledger.change():
        ledger.outbox.add(7, [Outgoing("send", "答", "答", reply_to=1, question=1)])
    asyncio.run(asyncio.wait_for(all_of_it(), 60))
    return got


@pytest.mark.parametrize("unclear", [1, 2, 4])
def test_it_is_repeated_and_the_answer_is_not(ledger: Ledger, tmp_path: Path, unclear: int):
    answer, *notices = sent_by(ledger, tmp_path, repeat(LOST, unclear))
    assert not answer.notice
    assert [one.notice for one in notices] == [True] * unclear
    assert ledger.outbox.count("sent") == 1


def test_there_is_an_end_to_it(ledger: Ledger, tmp_path: Path):
    assert len(sent_by(ledger, tmp_path, repeat(LOST))) == 1 + TRIES
    assert ledger.outbox.count("unknown") == 2


def test_what_never_arrived_is_no_repetition(ledger: Ledger, tmp_path: Path):
    faults = [LOST, *repeat(Later(0), TRIES), *repeat(NotSent("Conflict"), TRIES), LOST, LOST]
    assert len(sent_by(ledger, tmp_path, faults)) == len(faults) + 1
    assert ledger.outbox.count("sent") == 1


@pytest.mark.parametrize("left", [None, frozenset({1, 2})])
def test_a_kill_while_it_leaves_does_not_end_it(ledger: Ledger, left: frozenset[int] | None):
    with ledger.change():
        ledger.outbox.add(7, [Outgoing("send", notice=True)])
        ledger.outbox.add(8, [Outgoing("send")])
        ledger.outbox.written(1)
        ledger.outbox.written(2)
        again, unknown = ledger.outbox.settle(left)
    assert [one.chat for one in ledger.outbox.heads(())] == [7]
    assert (again, [one.chat for one in unknown]) == (0, [8])
