"""Kinds of document: what the title makes of the year, of results and plans, and of the end of the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retrieval import Engine, reports
from retrieval.figures import extract_report
from retrieval.passages import outline
from tests.support.cases import cases


@pytest.mark.parametrize("case", cases("documents"))
def test_kind(case: dict[str, Any]):
    report = reports.read(case["text"].encode(), case["name"])
    stated = [figure for passage in extract_report(report, outline(report)) for figure in passage]
    got = {
        "document": report.document.value,
        "report": report.id,
        "review": list(report.review),
        "plan": list(report.plan),
        "completeness": report.completeness.value,
        "title": report.title,
        "figures": [[figure.surface, figure.status.value, figure.period] for figure in stated],
    }
    assert got == {key: case[key] for key in got}


def test_a_communique_stands_beside_the_work_report_of_its_year(tmp_path: Path):
    """Part and kind come back from the store as they went in."""
    for case in cases("documents"):
        (tmp_path / case.values[0]["name"]).write_text(case.values[0]["text"], encoding="utf-8")
    (tmp_path / "和县-2024.txt").write_text(
        "和县2024年政府工作报告\n\n各位代表：\n\n现在，我代表县人民政府向大会报告工作，请予审议。\n\n一、2023年工作回顾\n\n"
        "2023年，前三季度全县地区生产总值131.2亿元。全年各项事业取得新的进展，人民生活持续改善。\n\n"
        "二、2024年工作安排\n\n今年，地区生产总值增长6%左右。\n\n各位代表，让我们团结奋斗，开创美好未来！\n",
        encoding="utf-8",
    )
    engine = Engine.open(tmp_path / "store.sqlite")
    list(engine.ingest([tmp_path]))
    stored = {row.id: row.document for row in engine.reports()}
    assert {"和县-2024", "和县-2024-公报"} <= set(stored)
    assert stored["和县-2024-公报"] == "communique"
    assert [figure.part for figure in engine.figures("和县-2024")] == ["Q1-3", ""]
    engine.close()
