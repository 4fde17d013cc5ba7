"""`govreport reports` and `govreport figures`: what the store holds, as tables and files."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from bot.batch import figure_lines
from bot.export import MEASURES, STATUSES, as_csv, as_lines, as_workbook
from bot.home import open_engine
from bot.lines import complain, put_json
from bot.table import aligned, cut
from retrieval.errors import UnknownReport
from retrieval.model import Figure

__all__ = ["figure_file", "figure_table", "figures_many", "report_card", "report_table", "report_text"]

_COMPLETENESS = {"whole": "完整", "abridged": "摘要", "cut_off": "中断"}
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


def figure_file(data: Path | None, report_id: str, form: str, path: Path | None) -> None:
    """A report's figures as `csv`, `xlsx` or `jsonl`, to a file or to standard output; a workbook that would go to a
    terminal becomes a file named by the report. Raises UnknownReport."""
    engine = open_engine(data)
    stated = engine.store.figures(report_id)
    if form == "xlsx" and path is None and sys.stdout.isatty():
        path = Path(f"{report_id}.xlsx")
    out = io.BytesIO()
    if form == "jsonl":
        for line in as_lines(stated):
            put_json(out, line)
    else:
        out.write((as_csv if form == "csv" else as_workbook)(stated, engine.text(report_id)))
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(out.getvalue())
        sys.stdout.buffer.flush()
        return
    path.write_bytes(out.getvalue())
    complain(f"{path}：{len(stated)} 项数据。")


def _figure(figure: Figure) -> tuple[str, ...]:
    return (
        " ".join(figure.surface.split()),
        _SIGN[figure.direction],
        cut(" ".join(figure.indicator.split()) or "—", 36),
        MEASURES[figure.measure],
        STATUSES[figure.status],
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
