"""Pictures are drawn beside the answers: no one waits for another's, and what breaks one breaks nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts import Chart, Point, Series, Shape
from bot.drawing import Studio, Undrawn, dumps, loads
from retrieval.model import Status
from tests.peer import Peer
from tests.support.program import Bot

POINTS = (Point("辽阳市", 2.0, Status.ESTIMATED, "2%"), Point("朝阳市", 6.2, Status.ACTUAL, "6.2%"))
YEARS = (Point(2022, 1.5, Status.ACTUAL, "1.5%"), Point(2023, -2.0, Status.TARGET, "下降2%"))
CHART = Chart(Shape.BARS, "地区生产总值增速", "%", (Series("增速", POINTS),), "来源：…", ("一条说明",))


def children(of: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(said["PPid"]) == of and not said["State"].strip().startswith("Z"):
            found.append(int(said["Pid"]))
    return found


@pytest.mark.parametrize("shape", Shape)
def test_a_picture_to_be_drawn_can_wait_on_the_disk(shape: Shape):
    chart = replace(CHART, shape=shape, series=(Series("一", POINTS), Series("二", YEARS)))
    assert loads(dumps(chart)) == chart


@pytest.fixture
def studio() -> Iterator[Studio]:
    studio = Studio()
    yield studio
    studio.close()


def test_a_picture_that_breaks_is_told_and_the_next_is_drawn(studio: Studio):
    async def drawn() -> bytes:
        with pytest.raises(Undrawn):
            await studio.draw(dumps(replace(CHART, series=())))
        return await studio.draw(dumps(CHART))

    assert asyncio.run(drawn()).startswith(b"\x89PNG")


def test_what_is_no_picture_is_told_as_one_that_breaks(studio: Studio):
    """What waited on the disk may be of another version."""

    async def drawn() -> None:
        with pytest.raises(Undrawn):
            await studio.draw('{"shape": "none of ours"}')

    asyncio.run(drawn())


def test_after_its_process_was_killed_there_is_another(studio: Studio):
    async def drawn() -> bytes:
        before = set(children(os.getpid()))
        await studio.draw(dumps(CHART))
        for pid in set(children(os.getpid())) - before:
            os.kill(pid, signal.SIGKILL)
        while True:
            try:
                return await studio.draw(dumps(CHART))
            except Undrawn:
                continue

    assert asyncio.run(drawn()).startswith(b"\x89PNG")


def test_nobody_waits_for_another_s_picture(bot_of: Callable[..., Bot], peer: Peer):
    with bot_of() as bot:
        peer.say("/chart 粮食和蔬菜产量各是多少", chat=1)
        peer.say("/help", chat=1)
        peer.say("/help", chat=2)
        peer.wait(lambda: len(peer.sent(1)) == 2 and peer.sent(2))
        first, second = peer.sent(1)
        assert (first.method, second.method) == ("sendPhoto", "sendMessage")
        assert peer.sent(2)[0].at < first.at
        assert bot.process is not None
        drawing = children(bot.process.pid)
        assert drawing
        bot.kill()
        end = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() for pid in drawing):
            assert time.monotonic() < end, "the drawing process outlives the bot"
            time.sleep(0.1)
