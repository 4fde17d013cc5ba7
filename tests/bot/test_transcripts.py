"""The conversations of tests/transcripts, held anew: in the console and in Telegram a person sees what they say.

`python -m tests.transcripts write` holds them anew; what changed is reviewed as a diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.conftest import assert_silent
from tests.peer import Peer
from tests.support.program import Bot
from tests.transcripts.console import held
from tests.transcripts.holding import in_telegram, stock
from tests.transcripts.page import page
from tests.transcripts.script import Script, scripts

SCRIPTS = scripts()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    stock(home)
    return home


@pytest.fixture(scope="module")
def talks(stocked: Path) -> dict[str, list[list[str]]]:
    """The lines of each turn of every transcript."""
    with Peer() as peer:
        bot = Bot(stocked, peer.token, peer.url, GOVREPORT_LOG_LEVEL="DEBUG")
        with bot:
            held_now = in_telegram(peer, SCRIPTS)
        assert_silent(bot, peer)
        for talk in held_now:
            assert "<script" not in page(talk)
    return {talk.script.name: [[line for e in turn for line in e.lines()] for turn in talk.events] for talk in held_now}


def seen(script: Script, where: str) -> list[list[str]]:
    return [turn.seen(where) for turn in script.turns]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_in_telegram(script: Script, talks: dict[str, list[list[str]]]):
    assert talks[script.name] == seen(script, "T")


@pytest.mark.parametrize("script", [s for s in SCRIPTS if s.shared], ids=lambda script: script.name)
def test_in_the_console(script: Script, stocked: Path):
    assert held(script, stocked) == seen(script, "C")


@pytest.mark.parametrize("script", [s for s in SCRIPTS if s.shared], ids=lambda script: script.name)
def test_both_faces_say_the_same(script: Script):
    """What only one of them shows is keys, headings of what may be asked next, and files."""
    for turn in script.turns:
        own = [line for line in turn.lines if line.startswith("T| ")]
        assert all(line[3:4] in {"▸", "["} for line in own), own
