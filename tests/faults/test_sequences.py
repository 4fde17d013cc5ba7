"""Random sequences of updates, faults, kills and power cuts, over the real inbox, worker, outbox and courier.

The server is a function that remembers what it was sent; a kill is an exception at one of the moments at which a
process can die, after which nothing of the old process runs and a new one opens the same files.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.delivery import Courier, Later, Ledger, NotSent, Offline, Outgoing, Refused, Unclear, Way, Wire
from bot.delivery.throttle import Throttle
from bot.dialogue import Dialogue
from bot.incoming import Incoming
from bot.missed import missed
from bot.render import words
from bot.responder import Access, Responder
from bot.said import Said
from bot.state import State
from bot.worker import Worker
from tests.faults.history import NOTICE

# What can happen to a call.
FAULTS = ("fine", "fine", "offline", "cut in the body", "reply lost", "not carried out", "flood", "conflict", "refused")
# When a process can die during a call.
MOMENTS = ("before", "written", "in the body", "left", "answered")


class Killed(BaseException):
    """The process is no more."""


class Echo:
    """Answers at once, so that what is tested is delivery."""

    def turn(self, text: str, state: State) -> Said:
        return Said(words(f"答：{text}"), state)


class Hasty(Throttle):
    """The pace is not what is tested here."""

    def wait(self, chat: int, now: float) -> float:  # noqa: ARG002
        return 0.0

    def gap(self, now: float) -> float:  # noqa: ARG002
        return 0.0


class Server:
    """What arrived at which chat; and what goes wrong next."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()
        self.refused: set[str] = set()
        self.faults: list[str] = []
        self.moment = ""
        self.dead = False
        self._numbers = itertools.count(1)

    def _die(self, moment: str) -> None:
        if self.dead or self.moment == moment:
            self.dead = True
            raise Killed

    async def __call__(self, chat: int, outgoing: Outgoing, way: Way) -> int | None:  # noqa: ARG002
        said = outgoing.plain if not outgoing.notice else f"{NOTICE} {outgoing.reply_to}"
        fault = self.faults.pop(0) if self.faults else "fine"
        self._die("before")
        if fault == "offline":
            raise Offline("ConnectError")
        await way.leaving()
        self._die("written")
        way.left()
        if fault == "cut in the body":
            raise Offline("WriteError")
        self._die("in the body")
        if fault in {"flood", "conflict", "refused"}:
            self.refused |= {said} if fault == "refused" else set()
            raise {"flood": Later(0.05), "conflict": NotSent("Conflict"), "refused": Refused("no")}[fault]
        if fault != "not carried out":
            self.got[said] += 1
        self._die("left")
        if fault in {"reply lost", "not carried out"}:
            raise Unclear("ReadError")
        self._die("answered")
        return next(self._numbers)


class Delivery(RuleBasedStateMachine):
    """One folder, and the processes that live in it one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = Path(self.scratch.name)
        self.server = Server()
        self.asked: dict[int, dict[str, Any]] = {}
        self.numbers = itertools.count(1)
        self.ledger: Ledger
        self.birth()

    def birth(self) -> None:
        self.ledger, self.wire = Ledger(self.folder), Wire(self.folder)
        with self.ledger.change():
            _, unknown = self.ledger.outbox.settle(self.wire.before)
            for parcel in unknown:
                notice = missed(self.ledger, parcel)
                if notice is not None:
                    self.ledger.outbox.add(parcel.chat, [notice])
        self.wire.begin()
        self.server.dead, self.server.moment = False, ""
        responder = Responder(cast(Dialogue, Echo()), self.ledger, Access())
        self.worker = Worker(self.ledger, responder, _understood, minute=6000)

    def death(self) -> None:
        self.ledger.close()
        self.wire.close()

    @rule()
    def ask(self) -> None:
        number = next(self.numbers)
        self.asked[number] = {"update_id": number, "text": f"问题{number}"}
        with self.ledger.change():
            self.ledger.inbox.put([self.asked[number]])

    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        if self.asked:
            again = data.draw(st.sampled_from(sorted(self.asked)))
            with self.ledger.change():
                assert self.ledger.inbox.put([self.asked[again]]) == 0

    @rule()
    def poison(self) -> None:
        with self.ledger.change():
            self.ledger.inbox.put([{"update_id": next(self.numbers), "poison": True}])

    @rule()
    def work(self) -> None:
        self.worker.step()

    @rule()
    def kill_between(self) -> None:
        self.death()
        self.birth()

    @rule()
    def kill_while_working(self) -> None:
        with self.ledger.change():
            self.ledger.inbox.next()
        self.death()
        self.birth()

    @rule(faults=st.lists(st.sampled_from(FAULTS), max_size=4), moment=st.sampled_from(("", "", *MOMENTS)))
    def send(self, faults: list[str], moment: str) -> None:
        self.server.faults, self.server.moment = faults, moment
        asyncio.run(self._send())
        if self.server.dead:
            self.death()
            self.birth()

    @rule(faults=st.lists(st.sampled_from(FAULTS), max_size=2), moment=st.sampled_from(MOMENTS))
    def lose_power(self, faults: list[str], moment: str) -> None:
        self.server.faults, self.server.moment = faults, moment
        asyncio.run(self._send())
        self.death()
        (self.folder / "bot.wire").unlink(missing_ok=True)  # nothing waited for the disk to have it
        self.birth()

    async def _send(self) -> None:
        async def run(act: Callable[[], Any]) -> Any:
            if self.server.dead:
                raise Killed
            return act()

        notice = partial(missed, self.ledger)
        courier = Courier(self.ledger, self.server, run, self.wire, notice)
        courier._throttle = Hasty()
        task = asyncio.create_task(courier.run())
        for _ in range(20):
            await asyncio.sleep(0.002)
            if self.server.dead or not self.ledger.outbox.heads(()):
                break
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    @invariant()
    def no_answer_comes_twice(self) -> None:
        assert not [said for said, times in self.server.got.items() if times > 1 and NOTICE not in said]

    def teardown(self) -> None:
        """The faults are over: whatever was asked is answered, or its sender is told, or the server refused it."""
        self.server.faults, self.server.moment = [], ""
        with self.ledger.change():
            while self.ledger.inbox.count("new"):
                self.ledger.connection.execute("COMMIT")
                self.worker.step()
                self.ledger.connection.execute("BEGIN IMMEDIATE")
            self.ledger.connection.execute("UPDATE outbox SET due = 0")
        for _ in range(200):
            if not self.ledger.outbox.heads(()):
                break
            asyncio.run(self._send())
        for number in self.asked:
            said = f"答：问题{number}"
            told = f"{NOTICE} {number}"
            given_up = self.ledger.connection.execute("SELECT tries, state FROM inbox WHERE update_id = ?", (number,))
            tries, state = given_up.fetchone()
            assert (
                self.server.got[said]
                or self.server.got[told]
                or {said, told} & self.server.refused
                or (state, tries) == ("bad", 3)
            ), number
        self.death()
        self.scratch.cleanup()


def _understood(raw: dict[str, Any]) -> Incoming:
    number = raw["update_id"]
    return Incoming(chat=number, user=number, message=number, private=True, text=raw["text"])


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
