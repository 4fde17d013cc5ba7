"""Short reports in the style of real ones, for questions across reports: the figures in them are made up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from retrieval import Engine

__all__ = ["engine_over", "written"]


def written(place: str, year: int, *, results: str, targets: str, tasks: str = "") -> str:
    """The report `place` gives in January of `year`: what was done the year before, what is planned."""
    return f"""{place}政府工作报告
——{year}年1月10日在{place}人民代表大会会议上
{place[-1]}长 某某

各位代表：
现在，我代表人民政府向大会报告工作，请予审议，并请各位委员提出意见。

一、{year - 1}年工作回顾
过去一年，面对复杂严峻的形势，全{place[-1]}上下同心协力，较好完成了各项任务。{results}

二、{year}年工作安排
今年是十分重要的一年，要坚持稳中求进。今年经济社会发展的主要预期目标是：{targets}
{tasks or "做好今年工作，要突出重点，狠抓落实，让群众过上更好的日子。"}

各位代表！让我们团结奋斗，为实现目标而努力！
"""


def engine_over(folder: Path, reports: Mapping[str, str]) -> Engine:
    """An engine over reports by id."""
    files = folder / "files"
    files.mkdir()
    for name, text in reports.items():
        (files / f"{name}.txt").write_text(text, encoding="utf-8")
    engine = Engine.open(folder / "store")
    rows = engine.ingest([files])
    assert {row.report_id for row in rows} == set(reports), rows
    return engine
