"""The panel as a table: its columns, its rows, and the codebook that goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.export import MEASURES, STATUSES
from bot.sheets import Cell, decimal_cell, one_line, workbook
from retrieval.model import Figure

if TYPE_CHECKING:
    from retrieval.answer.across.panel import Observation, Stated

__all__ = ["COLUMNS", "codebook", "coverage", "panel_workbook", "row"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in sheets, its code in files for programs, its width in characters and what it holds."""

    name: str
    code: str
    width: int
    meaning: str


_SIDE = (
    ("数值", "value", 12, "下降为负；没有数字的（如“与经济增长同步”）为空"),
    ("上限", "upper", 8, "区间的上限"),
    ("限定", "hedge", 8, "左右、以上、以内、突破等"),
    ("原文", "surface", 14, "报告里的写法"),
    ("口径", "basis", 14, "比什么、按什么口径，报告写明的才有"),
    ("其他数", "others", 16, "同一份报告里也可能是它的另一些数"),
    ("报告", "report", 16, "报告编号"),
    ("原句", "sentence", 60, "所在的句子"),
    ("网址", "url", 30, "报告的出处，收录时写明的才有"),
)
COLUMNS = (
    Column("地区", "place", 12, "报告的地区"),
    Column("级别", "level", 8, "country、province、city、county"),
    Column("上级", "parents", 14, "所在的省、市，由近及远"),
    Column("年份", "year", 8, "数据的年份：目标取自当年的报告，结果取自次年的报告"),
    Column("指标", "indicator", 22, "指标的通用名称"),
    Column("指标代码", "indicator_id", 16, "程序词表里的代码"),
    Column("类别", "measure", 8, "总量、增减、占比、数量"),
    Column("单位", "unit", 10, "报告里的单位，目标与结果不同时取结果的"),
    *(Column(f"目标{name}", f"target_{code}", width, meaning) for name, code, width, meaning in _SIDE),
    *(Column(f"结果{name}", f"result_{code}", width, meaning) for name, code, width, meaning in _SIDE),
    Column("结果性质", "result_status", 8, "实绩，或报告注明的预计"),
)


def panel_workbook(found: Sequence[Observation]) -> bytes:
    """The observations as a workbook with the codebook on a sheet of its own."""
    return workbook([(c.name, c.width) for c in COLUMNS], map(row, found), codebook(found))


def coverage(found: Sequence[Observation]) -> str:
    """How many places, years and rows there are, and how many of them have a target and a result."""
    targets = sum(one.target is not None for one in found)
    results = sum(one.result is not None for one in found)
    both = sum(one.target is not None and one.result is not None for one in found)
    places, years = {one.place for one in found}, sorted({one.year for one in found})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"
    return (
        f"{len(places)} 个地区、{span} 年，{len(found)} 行：有目标的 {targets}，有结果的 {results}，两者都有的 {both}。"
    )


def codebook(found: Sequence[Observation]) -> list[str]:
    """What the columns hold, how the figures were found, when and by which version."""
    return [
        f"govreport {version('govreport')}，{date.today():%Y-%m-%d} 导出；{coverage(found)}",
        "每行是一个地区一年的一个指标：目标取自当年的政府工作报告，结果取自次年的报告；数字都是报告原文，可按原句核对。",
        "没有写明的留空；是程序按各份报告的语境认定的，不是统计部门的最终数。",
        *(f"{column.name}（{column.code}）：{column.meaning}" for column in COLUMNS),
    ]


def row(one: Observation) -> tuple[Cell, ...]:
    """The cells of an observation, in the order of `COLUMNS`."""
    told = one.result or one.target
    return (
        one.place,
        one.level,
        "、".join(one.parents),
        one.year,
        one.indicator.name,
        one.indicator.id,
        MEASURES[one.measure],
        told.figure.unit if told else "",
        *_side(one.target),
        *_side(one.result),
        STATUSES[one.result.figure.status] if one.result else "",
    )


def _side(cell: Stated | None) -> tuple[Cell, ...]:
    if cell is None:
        return (None, None, *("" for _ in _SIDE[2:]))
    figure, citation = cell.figure, cell.citation
    return (
        _signed(figure, figure.value),
        _signed(figure, figure.upper),
        figure.qualifier,
        one_line(figure.surface),
        one_line(figure.basis),
        "、".join(one_line(other.surface) for other in cell.others),
        citation.report,
        one_line(citation.quote),
        citation.url,
    )


def _signed(figure: Figure, value: object) -> Decimal | None:
    number = decimal_cell(value)  # type: ignore[arg-type]
    return -abs(number) if number is not None and figure.direction < 0 else number
