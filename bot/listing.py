"""`govreport figures`: a report's figures as a table and as files."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from bot.batch import figure_lines
from bot.export import MEASURES, STATUSES, as_csv, as_lines, as_workbook
from bot.home import open_engine
from bot.lines import STDOUT, complain, put_bytes, put_json
from bot.table import aligned, cut
from retrieval.errors import NothingFound
from retrieval.model import Figure

__all__ = ["figure_file", "figure_table", "figures_many"]

_SIGN = {1: "升", -1: "降", 0: ""}


def figures_many() -> int:
    """Standard input to standard output; the exit status."""
    return 2 if figure_lines(sys.stdin.buffer, sys.stdout.buffer, complain) else 0


def figure_table(data: Path | None, report_id: str) -> str:
    """Every figure of a report. Raises UnknownReport, and NothingFound where it has none."""
    found = open_engine(data).figures(report_id)
    if not found:
        raise NothingFound(f"{report_id} 里没有数据")
    rows = [("数据", "升降", "指标", "类别", "性质", "时期", "地区", "位置"), *(_figure(figure) for figure in found)]
    return "\n".join([*aligned(rows), "", f"{report_id}：{len(found)} 项数据。"])


def figure_file(data: Path | None, report_id: str, form: str, path: Path | None) -> None:
    """A report's figures as `csv`, `xlsx`, `json` or `jsonl`, to a file or to standard output (None or `-`); a workbook
    that would go to a terminal becomes a file named by the report. Raises UnknownReport."""
    path = None if path == STDOUT else path
    engine = open_engine(data)
    stated = engine.store.figures(report_id)
    if form == "xlsx" and path is None and sys.stdout.isatty():
        path = Path(f"{report_id}.xlsx")
    out = io.BytesIO()
    if form == "jsonl":
        for line in as_lines(stated):
            put_json(out, line)
    elif form == "json":
        out.write((json.dumps(list(as_lines(stated)), ensure_ascii=False, indent=1) + "\n").encode())
    else:
        out.write((as_csv if form == "csv" else as_workbook)(stated, engine.text(report_id)))
    if path is None:
        put_bytes(out.getvalue())
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
