"""A bot that is killed (-9) at random moments while people ask; everything random comes from one seed."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.history import Crowd, Verdict
from tests.faults.proxy import Proxy
from tests.faults.pushing import Pusher
from tests.peer import Peer
from tests.support.program import Bot

__all__ = ["Outcome", "Plan", "kill_loop"]

# How long a killed bot's successors have to answer what is left.
_PATIENCE = 120.0
# Seconds without a new call after which nothing more is expected.
_QUIET = 2.0


@dataclass(frozen=True, slots=True)
class Plan:
    """`mode` is polling or webhook; `rate` the share of calls that something goes wrong with."""

    mode: str
    kills: int
    seed: int
    rate: float = 0.0


@dataclass(slots=True)
class Outcome:
    """`resent` and `unclear` are what the bot itself said of sends that a kill cut off; `accounts` what its records say
    of the chats where something was lost."""

    plan: Plan
    verdict: Verdict = field(default_factory=Verdict)
    resent: int = 0
    unclear: int = 0
    seconds: float = 0.0
    faults: dict[str, int] = field(default_factory=dict)
    accounts: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Nothing lost, nothing twice, all in order."""
        found = self.verdict
        return not found.lost and not found.twice and not found.unordered


def kill_loop(plan: Plan, home: Path) -> Outcome:
    """Run it in `home`, which has a store in it."""
    rng, out, start = Random(plan.seed), Outcome(plan), time.monotonic()
    with ExitStack() as stack:
        peer = stack.enter_context(Peer())
        proxy = stack.enter_context(Proxy(peer.url, Random(rng.random()), plan.rate)) if plan.rate else None
        env = {}
        if plan.mode == "webhook":
            port = _free_port()
            env = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_PORT": str(port)}
            stack.enter_context(Pusher(peer))
        bot = Bot(home, peer.token, proxy.url if proxy else peer.url, **env)
        stack.callback(_end, bot)
        crowd = Crowd(peer, rng)
        for _ in range(plan.kills):
            _round(rng, bot, crowd)
        if proxy:
            proxy.rate = 0.0
        bot.started()
        _settle(crowd, bot)
        out.verdict = crowd.verdict()
        log = bot.output()
        out.faults = dict(proxy.done) if proxy else {}
    out.accounts = _accounts(home, {chat for chat, _ in out.verdict.lost})
    out.resent = _told(log, "没有发完")
    out.unclear = _told(log, "不知是否送达")
    out.seconds = time.monotonic() - start
    assert "Traceback" not in log, log[-4000:]
    assert peer.token not in log
    return out


def _round(rng: Random, bot: Bot, crowd: Crowd) -> None:
    """One life of the bot: it ends while starting, or while it answers."""
    peer = crowd.peer
    peer.delay = rng.choice([0.0, 0.0, 0.02, 0.1])
    for _ in range(rng.randint(0, 3)):
        crowd.ask()
    early = rng.random() < 0.25
    end = rng.uniform(0.0, 2.5) if early else rng.uniform(0.0, 1.5)
    moments = sorted(rng.uniform(0.0, end) for _ in range(rng.randint(1, 3)))
    if early:
        bot.start()
    else:
        bot.started()
    begun = time.monotonic()
    for moment in moments:
        time.sleep(max(0.0, begun + moment - time.monotonic()))
        crowd.ask()
    time.sleep(max(0.0, begun + end - time.monotonic()))
    bot.kill()


def _settle(crowd: Crowd, bot: Bot) -> None:
    """Until everything is answered and the bot has fallen silent."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert bot.process is not None
        assert bot.process.poll() is None, bot.output()[-4000:]
        calls = len(crowd.peer.calls)
        time.sleep(_QUIET)
        if len(crowd.peer.calls) == calls and not crowd.verdict().lost:
            return


def _accounts(home: Path, chats: set[int]) -> list[str]:
    """What became of everything that was to be sent to `chats`, a line each."""
    (file,) = home.rglob("bot.db")
    with closing(sqlite3.connect(file)) as records:
        found = records.execute(
            "SELECT chat, id, method, question, state, tries, problem, json_extract(what, '$.notice') FROM outbox "
            "WHERE chat IN (SELECT value FROM json_each(?)) ORDER BY chat, id",
            (json.dumps(sorted(chats)),),
        )
        return [
            f"chat {chat} row {row}: {'notice' if notice else method} to {question}, {state} after {tries} more tries "
            f"{problem or ''}"
            for chat, row, method, question, state, tries, problem, notice in found
        ]


def _told(log: str, words: str) -> int:
    return sum(int(found) for found in re.findall(rf"上次结束时有 (\d+) 条消息{words}", log))


def _end(bot: Bot) -> None:
    if bot.process and bot.process.poll() is None:
        bot.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
