"""Which store a face works on, and that it notices what others put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.home import Shelf, open_engine
from retrieval.errors import StoreError
from tests.support.program import run

REPORT = Path(__file__).parents[2] / "data" / "reports" / "000_e097eca750060dbf.txt"


def test_asking_does_not_make_a_store(tmp_path: Path):
    with pytest.raises(StoreError, match="没有资料库"):
        open_engine(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_report_put_in_by_another_process_is_there_at_the_next_question(tmp_path: Path):
    (tmp_path / "抚顺市-2024.txt").write_bytes(REPORT.read_bytes().replace("辽阳".encode(), "抚顺".encode()))
    run("--data", "mine", "ingest", str(REPORT), home=tmp_path)
    shelf = Shelf(tmp_path / "mine")
    engine = shelf.engine
    assert [row.id for row in engine.reports()] == ["辽阳市-2024"]
    assert shelf.engine is engine
    run("--data", "mine", "ingest", "抚顺市-2024.txt", home=tmp_path)
    assert len(shelf.engine.reports()) == 2
    again = shelf.engine
    assert again is shelf.engine
    again.close()
