"""A few kills in each mode; `make soak` makes hundreds."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.bot.conftest import furnished
from tests.faults.killing import Plan, kill_loop
from tests.faults.recovery import recoveries


@pytest.fixture
def seed() -> int:
    """New each time; FAULTS_SEED makes a run again."""
    return int(os.environ.get("FAULTS_SEED") or random.SystemRandom().randrange(1 << 32))


@pytest.mark.timeout(400)
@pytest.mark.parametrize("how", [("polling", 2, 0.0), ("webhook", 1, 0.0), ("polling", 1, 0.15)])
def test_kills_lose_nothing_and_repeat_nothing(how: tuple[str, int, float], seed: int, store: Path, tmp_path: Path):
    mode, kills, rate = how
    found = kill_loop(Plan(mode, kills, seed, rate), furnished(store, tmp_path))
    assert found.good, f"FAULTS_SEED={seed}: {found}"
    assert found.verdict.questions >= kills


@pytest.mark.timeout(200)
def test_what_was_asked_while_the_network_was_gone_is_answered(seed: int, store: Path, tmp_path: Path):
    assert len(recoveries(furnished(store, tmp_path), seed, 2)) == 2, f"FAULTS_SEED={seed}"
