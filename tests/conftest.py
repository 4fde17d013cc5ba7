"""Fixtures of the whole suite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from retrieval import Engine

# A time limit for one example measures how busy the machine is; what may cost seconds has a benchmark.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the report that ships with the program."""
    engine = Engine.open_default(tmp_path_factory.mktemp("sample"))
    yield engine
    engine.close()
