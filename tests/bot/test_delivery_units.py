"""The parts of delivery on their own: pace, database, lock, redaction."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from bot.delivery import AlreadyRunning, Ledger, Outgoing, Pace, Wire, hold
from bot.delivery.courier import Courier, Run
from bot.delivery.memory import Asked
from bot.delivery.outbox import Key
from bot.delivery.sending import NotSent, Send
from bot.delivery.throttle import Throttle
from bot.dialogue import Dialogue
from bot.incoming import Incoming
from bot.logs import Redacting
from bot.render import words
from bot.responder import Access, Responder
from bot.said import Said
from bot.state import State
from bot.worker import Worker


@pytest.fixture
def ledger(tmp_path: Path):
    ledger = Ledger(tmp_path)
    yield ledger
    ledger.close()


def test_never_more_than_thirty_in_any_second():
    throttle, now, at = Throttle(), 0.0, []
    for chat in range(1, 400):
        now += throttle.wait(chat, now)
        throttle.take(chat, now)
        now += throttle.gap(now)
        throttle.left(now)
        at.append(now)
    assert max(sum(moment - 1 < other <= moment for other in at) for moment in at) <= 30
    assert 28 <= (len(at) - 1) / at[-1] <= 30


def test_what_is_held_up_together_leaves_one_by_one():
    throttle, now, at = Throttle(), 5.0, []
    for _ in range(100):
        now += throttle.gap(now)
        throttle.left(now)
        at.append(now)
    assert all(later - earlier > 0.015 for earlier, later in pairwise(at))
    assert max(sum(moment - 1 < other <= moment for other in at) for moment in at) <= 29


def test_a_chat_s_messages_are_a_second_apart_after_the_first_few():
    throttle = Throttle()
    now, at = 0.0, []
    for _ in range(10):
        now += throttle.wait(7, now)
        throttle.take(7, now)
        at.append(now)
    assert at[3] < 1
    assert all(later - earlier >= 0.99 for earlier, later in pairwise(at[5:]))


def test_a_group_gets_twenty_a_minute():
    throttle = Throttle()
    now, at = 0.0, []
    for _ in range(60):
        now += throttle.wait(-7, now)
        throttle.take(-7, now)
        at.append(now)
    assert all(later - earlier >= 60 * (20 - 11) / 20 for earlier, later in zip(at, at[20:], strict=False))
    assert at[-1] >= 120


def test_all_chats_together_get_thirty_a_second():
    throttle = Throttle()
    now, at = 0.0, []
    for chat in range(1, 10_000):
        now += throttle.wait(chat, now)
        throttle.take(chat, now)
        at.append(now)
    assert all(later - earlier >= 0.9 for earlier, later in zip(at, at[30:], strict=False))


def test_the_disk_is_waited_for(ledger: Ledger):
    assert ledger.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert ledger.connection.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_an_update_is_written_once_and_worked_on_in_order(ledger: Ledger):
    with ledger.change():
        assert ledger.inbox.put([{"update_id": 2}, {"update_id": 1}]) == 2
        assert ledger.inbox.put([{"update_id": 2}, {"update_id": 3}]) == 1
    seen = []
    for _ in range(3):
        with ledger.change():
            received = ledger.inbox.next()
            assert received is not None
            ledger.inbox.done(received.update_id)
        seen.append(received.update_id)
    assert seen == [1, 2, 3]
    with ledger.change():
        assert ledger.inbox.next() is None
        assert ledger.inbox.put([{"update_id": 2}]) == 0


def test_an_update_that_takes_the_process_down_is_given_up(ledger: Ledger):
    with ledger.change():
        ledger.inbox.put([{"update_id": 1}, {"update_id": 2}])
    seen = []
    for _ in range(4):
        with ledger.change():
            received = ledger.inbox.next()
        assert received is not None
        seen.append(received.update_id)
    assert seen == [1, 1, 1, 2]


def test_a_change_is_whole_or_not_at_all(ledger: Ledger):
    def half() -> None:
        with ledger.change():
            ledger.inbox.put([{"update_id": 1}])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with ledger.change():
        assert ledger.inbox.next() is None


def test_what_was_being_written_is_unclear_after_a_crash_unless_it_can_be_repeated(ledger: Ledger):
    with ledger.change():
        for chat, method in enumerate(("send", "edit", "answer", "delete", "document"), 1):
            ledger.outbox.add(chat, [Outgoing(method)])
            ledger.outbox.written(chat)
        ledger.outbox.add(9, [Outgoing("send")])
    with ledger.change():
        again, unknown = ledger.outbox.settle(None)
        assert (again, [p.outgoing.method for p in unknown]) == (0, ["send", "document"])
    assert [parcel.chat for parcel in ledger.outbox.heads(())] == [2, 3, 4, 9]
    states = ledger.connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
    assert dict(states) == {"ready": 4, "unknown": 2}


def test_a_chat_s_first_row_goes_before_its_second(ledger: Ledger):
    with ledger.change():
        ledger.outbox.add(1, [Outgoing("send", "a"), Outgoing("send", "b")])
        ledger.outbox.again(1, 1e12)
    (head,) = ledger.outbox.heads(())
    assert ledger.outbox.parcel(head.id).outgoing.text == "a"
    assert not ledger.outbox.heads({1})


def test_outgoing_survives_storage():
    value = Outgoing("send", "a", "b", ((Key("x", "q:1"), Key("y", copy="z")),), 1, 2, 3, 4, 5, 6, "t")
    assert Outgoing.loads(value.dumps()) == value


def test_a_slow_answer_holds_up_neither_fetching_nor_sending(ledger: Ledger, tmp_path: Path):
    other = sqlite3.connect(tmp_path / "bot.db", timeout=0, isolation_level=None)

    class Slow:
        def turn(self, text: str, state: State) -> Said:
            # Whoever else writes need not wait while the answer is worked out.
            other.execute("BEGIN IMMEDIATE")
            other.execute("COMMIT")
            return Said(words(f"{text}：一"), state)

    incoming = Incoming(chat=7, user=7, message=1, private=True, addressed=True, text="问")
    with ledger.change():
        ledger.inbox.put([{"update_id": 1}])
    responder = Responder(cast(Dialogue, Slow()), ledger, Access())
    assert Worker(ledger, responder, lambda _: incoming).step()
    other.close()
    assert [ledger.outbox.parcel(head.id).outgoing.plain for head in ledger.outbox.heads(())] == ["问：一"]


def test_what_could_not_leave_for_a_day_is_given_up(ledger: Ledger, tmp_path: Path):
    async def dead(*_: object) -> None:
        raise NotSent("network")

    async def run(act: Callable[[], object]) -> object:
        return act()

    with ledger.change():
        ledger.outbox.add(7, [Outgoing("send")])
        ledger.outbox.add(8, [Outgoing("send")])
        ledger.connection.execute("UPDATE outbox SET at = at - 90000 WHERE chat = 7")
    wire = Wire(tmp_path)
    courier = Courier(ledger, cast(Send, dead), cast(Run, run), wire, lambda _: None)

    async def once() -> None:
        task = asyncio.create_task(courier.run())
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(once())
    states = ledger.connection.execute("SELECT chat, state FROM outbox").fetchall()
    assert dict(states) == {7: "failed", 8: "ready"}


def test_memory(ledger: Ledger):
    memory = ledger.memory
    with ledger.change():
        assert memory.state("1:1") == ""
        memory.remember("1:1", "{}", 5)
        memory.remember("1:1", "{1}", None)
        memory.ask(1, 5, Asked("问", "{}"))
        number = memory.offer(1, {"question": "问"})
    assert (memory.state("1:1"), memory.last("1:1")) == ("{1}", 5)
    assert memory.asked(1, 5) == Asked("问", "{}")
    assert memory.offered(1, number) == {"question": "问"}
    assert memory.offered(2, number) is None
    ledger.prune()
    assert memory.asked(1, 5) is not None


def test_a_file_that_is_no_database(tmp_path: Path):
    (tmp_path / "bot.db").write_bytes(b"x" * 4096)
    with pytest.raises(sqlite3.Error):
        Ledger(tmp_path)


def test_the_lock_ends_with_its_process(tmp_path: Path):
    script = (
        "import sys, time, pathlib; from bot.delivery import hold\n"
        "with hold(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning), hold(tmp_path):
            pass
        process.kill()
        process.wait(30)
    with hold(tmp_path):
        pass


def test_the_token_is_in_no_record_in_any_form():
    token = "123456789:AAExample-Token_of_nobody_at_all_01"  # noqa: S105  of nobody
    formatter = Redacting([token, ""])

    def line(message: str, *args: object) -> str:
        return formatter.format(logging.LogRecord("x", logging.INFO, "x", 1, message, args, None))

    for form in (token, token.replace(":", "%3A"), token.partition(":")[2]):
        for said in (line(f"GET /bot{form}/getMe"), line("GET %s", f"/file/bot{form}/a"), line("%r", {"t": form})):
            assert form not in said
            assert "[令牌]" in said


def test_a_process_s_note_is_read_by_the_next_one_of_the_same_boot(tmp_path: Path):
    wire = Wire(tmp_path)
    assert wire.before is None
    wire.begin()
    for row in (1, 2, 3, 4097):
        wire.leaving(row)
        wire.left(row)
    wire.leaving(2)
    assert Wire(tmp_path).before == {3, 4097}  # 1 and 4097 share a place
    wire.begin()
    assert Wire(tmp_path).before == frozenset()
    assert (tmp_path / "bot.wire").stat().st_mode & 0o777 == 0o600
    raw = (tmp_path / "bot.wire").read_bytes()
    (tmp_path / "bot.wire").write_bytes(b"another boot".ljust(64, b"\0") + raw[64:])
    assert Wire(tmp_path).before is None
    (tmp_path / "bot.wire").write_bytes(raw[:99])
    assert Wire(tmp_path).before is None


def test_what_never_left_whole_is_sent_again_after_a_crash(ledger: Ledger):
    with ledger.change():
        for row in (1, 2):
            ledger.outbox.add(row, [Outgoing("send")])
            ledger.outbox.written(row)
        again, unknown = ledger.outbox.settle({2})
    assert (again, [parcel.id for parcel in unknown]) == (1, [2])
    assert [parcel.id for parcel in ledger.outbox.heads(())] == [1]


def test_whoever_asks_too_fast_is_held_until_they_slow_down():
    pace = Pace(6)
    assert [pace.hold(1, 0.0) for _ in range(6)] == [None] * 6
    assert pace.hold(1, 0.0) == pytest.approx(10.0)
    assert pace.hold(1, 5.0) == 0.0
    assert pace.hold(2, 5.0) is None
    assert pace.hold(1, 10.1) is None
    assert pace.hold(1, 10.2) == pytest.approx(9.8)


def test_the_disk_s_refusal_costs_no_try(ledger: Ledger):
    with ledger.change():
        ledger.inbox.put([{"update_id": 1}])
    for _ in range(9):
        with ledger.change():
            assert ledger.inbox.next({1}) is not None
