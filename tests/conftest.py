"""Fixtures of the whole suite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval import Engine


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over the report that ships with the program."""
    engine = Engine.open_default(tmp_path_factory.mktemp("sample"))
    yield engine
    engine.close()
