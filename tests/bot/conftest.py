"""A home with the sample store in it, a peer, and a bot that talks to the peer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from retrieval import Engine
from tests.peer import Peer
from tests.support.program import Bot


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    Engine.open_default(folder).close()
    return folder


def furnished(store: Path, home: Path) -> Path:
    shutil.copytree(store, home / "share" / "govreport")
    return home


@pytest.fixture
def home(store: Path, tmp_path: Path) -> Path:
    return furnished(store, tmp_path)


@pytest.fixture
def peer() -> Iterator[Peer]:
    with Peer() as peer:
        yield peer


@pytest.fixture
def bot_of(home: Path, peer: Peer) -> Iterator[Callable[..., Bot]]:
    """Makes bots at `home`; whatever they did, the token is in nothing they wrote."""
    made: list[Bot] = []

    def make(**env: str) -> Bot:
        made.append(Bot(home, peer.token, peer.url, GOVREPORT_LOG_LEVEL="DEBUG", **env))
        return made[-1]

    yield make
    for bot in made:
        if bot.process and bot.process.poll() is None:
            bot.stop()
        assert_silent(bot, peer)


@pytest.fixture(scope="module")
def served(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """The peer of a bot that runs for a whole module: each test takes a chat of its own."""
    with Peer() as peer:
        bot = Bot(furnished(store, tmp_path_factory.mktemp("home")), peer.token, peer.url, GOVREPORT_LOG_LEVEL="DEBUG")
        with bot:
            yield peer
        assert_silent(bot, peer)


def assert_silent(bot: Bot, peer: Peer) -> None:
    output = bot.output()
    for form in (peer.token, quote(peer.token, safe=""), peer.token.partition(":")[2]):
        assert form not in output
    assert "Traceback" not in output, output
    assert not [call for call in peer.refused() if call.problem not in {"drop", "fail", "message is not modified"}], (
        peer.refused()
    )
