"""The figures of a report as CSV, as a workbook and as lines of JSON: for spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.sheets import Cell, csv_file, decimal_cell, one_line, workbook
from retrieval.figures import as_json
from retrieval.model import Figure, Measure, Status, plain

__all__ = ["MEASURES", "STATUSES", "as_csv", "as_lines", "as_workbook"]

STATUSES = {Status.ACTUAL: "实绩", Status.ESTIMATED: "预计", Status.TARGET: "目标"}
MEASURES = {
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
# Name and width in characters of each column.
_COLUMNS = (
    ("序号", 6), ("指标", 34), ("原文", 16), ("数值", 12), ("上限", 8), ("单位", 10), ("换算值", 18), ("换算单位", 10),
    ("限定", 8), ("升降", 6), ("类别", 6), ("性质", 6), ("时期", 11), ("地区", 12), ("口径", 14), ("范围", 10),
    ("指标代码", 16), ("所属序号", 8), ("并列组", 8), ("起", 8), ("止", 8), ("语境", 60),
)  # fmt: skip


def as_csv(stated: Sequence[tuple[int, Figure]], text: str) -> bytes:
    """The figures of a report's text, each with the number of its passage, as CSV."""
    return csv_file(_COLUMNS, _rows(stated, text))


def as_workbook(stated: Sequence[tuple[int, Figure]], text: str) -> bytes:
    """The figures as an .xlsx file."""
    return workbook(_COLUMNS, _rows(stated, text))


def as_lines(stated: Sequence[tuple[int, Figure]]) -> Iterator[dict[str, Any]]:
    """Each figure as JSON: the keys of the batch, and all else that is known of it."""
    for (_, figure), parent in zip(stated, _parents(stated), strict=True):
        yield as_json(figure) | {
            "base_unit": figure.base_unit,
            "scaled": None if figure.scaled is None else plain(figure.scaled),
            "indicator_id": figure.indicator_id,
            "basis": figure.basis,
            "scope": figure.scope,
            "parent": parent,
            "group": figure.group,
            "clause": [figure.clause.start, figure.clause.end] if figure.clause else None,
        }


def _parents(stated: Sequence[tuple[int, Figure]]) -> list[int | None]:
    """For each figure the number, from 0, of the one it is a part of."""
    first: dict[int, int] = {}
    for number, (passage, _) in enumerate(stated):
        first.setdefault(passage, number)
    return [None if figure.parent is None else first[passage] + figure.parent for passage, figure in stated]


def _rows(stated: Sequence[tuple[int, Figure]], text: str) -> Iterator[tuple[Cell, ...]]:
    """Cells in the order of the columns."""
    for number, ((_, figure), parent) in enumerate(zip(stated, _parents(stated), strict=True), 1):
        yield (
            number,
            one_line(figure.indicator),
            one_line(figure.surface),
            decimal_cell(figure.value),
            figure.upper,
            figure.unit,
            decimal_cell(figure.scaled),
            figure.base_unit,
            figure.qualifier,
            figure.direction,
            MEASURES[figure.measure],
            STATUSES[figure.status],
            int(figure.period) if figure.period.isdecimal() else figure.period,
            figure.place,
            one_line(figure.basis),
            figure.scope,
            figure.indicator_id or "",
            None if parent is None else parent + 1,
            figure.group,
            figure.span.start,
            figure.span.end,
            one_line((figure.clause or figure.span).of(text)),
        )
