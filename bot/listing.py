"""`govreport reports` and `govreport figures`: what the store holds, as tables."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.batch import figure_lines
from bot.home import open_engine
from bot.lines import complain
from bot.table import aligned, cut
from retrieval.errors import UnknownReport
from retrieval.model import Figure, Measure, Status

__all__ = ["figure_table", "figures_many", "report_card", "report_table", "report_text"]

_COMPLETENESS = {"whole": "完整", "abridged": "摘要", "cut_off": "中断"}
_STATUS = {Status.ACTUAL: "实绩", Status.ESTIMATED: "预计", Status.TARGET: "目标"}
_MEASURE = {
    Measure.LEVEL: "总量",
    Measure.GROWTH: "增减",
    Measure.SHARE: "占比",
    Measure.RANK: "位次",
    Measure.STREAK: "连续",
    Measure.COUNT: "数量",
    Measure.DURATION: "时长",
    Measure.MULTIPLE: "倍数",
    Measure.RATIO: "比率",
    Measure.PRICE: "价格",
    Measure.THRESHOLD: "标准",
}
_SIGN = {1: "升", -1: "降", 0: ""}


def figures_many() -> int:
    """Standard input to standard output; the exit status."""
    return 2 if figure_lines(sys.stdin.buffer, sys.stdout.buffer, complain) else 0


def figure_table(data: Path | None, report_id: str) -> str:
    """Every figure of a report. Raises UnknownReport."""
    found = open_engine(data).figures(report_id)
    if not found:
        return f"{report_id} 里没有数据。"
    rows = [("数据", "升降", "指标", "类别", "性质", "时期", "地区", "位置"), *(_figure(figure) for figure in found)]
    return "\n".join([*aligned(rows), "", f"{report_id}：{len(found)} 项数据。"])


def _figure(figure: Figure) -> tuple[str, ...]:
    return (
        " ".join(figure.surface.split()),
        _SIGN[figure.direction],
        cut(" ".join(figure.indicator.split()) or "—", 36),
        _MEASURE[figure.measure],
        _STATUS[figure.status],
        figure.period or "—",
        figure.place or "—",
        f"{figure.span.start}–{figure.span.end}",
    )


def report_table(data: Path | None) -> str:
    """A line for each report."""
    rows = open_engine(data).reports()
    if not rows:
        return "资料库是空的，请先导入报告：govreport ingest 文件或文件夹"
    table = [("编号", "地区", "年份", "正文", "段落", "数据", "来源文件")]
    table += [
        (
            r.id,
            r.place,
            str(r.year),
            _COMPLETENESS.get(r.completeness, r.completeness),
            str(r.passages),
            str(r.figures),
            r.source,
        )
        for r in rows
    ]
    places = len({row.place for row in rows})
    lines = aligned(table, right=frozenset({4, 5}))
    return "\n".join([*lines, "", f"{len(rows)} 份报告，{places} 个地区。"])


def report_card(data: Path | None, report_id: str) -> str:
    """What is known of one report. Raises UnknownReport."""
    row = next((row for row in open_engine(data).reports() if row.id == report_id), None)
    if row is None:
        raise UnknownReport(f"没有编号为 {report_id} 的报告（已收录的见 govreport reports）")
    known = [
        ("编号", row.id),
        ("标题", row.title),
        ("地区", " · ".join([row.place, *row.parents])),
        ("年份", f"{row.year}（总结 {_years(row.review)}，部署 {_years(row.plan)}）"),
        ("会议", row.meeting or ""),
        ("正文", _COMPLETENESS.get(row.completeness, row.completeness)),
        ("内容", f"{row.passages} 段，{row.figures} 项数据"),
        ("来源", row.source),
        ("网址", row.url),
        ("提醒", "；".join(row.warnings)),
    ]
    return "\n".join(aligned([(name, value) for name, value in known if value]))


def _years(years: tuple[int, int]) -> str:
    return f"{years[0]}年" if years[0] == years[1] else f"{years[0]}—{years[1]}年"


def report_text(data: Path | None, report_id: str) -> str:
    """A report exactly as read. Raises UnknownReport."""
    return open_engine(data).text(report_id)
