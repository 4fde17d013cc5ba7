"""`govreport panel`: the data set place × year × indicator, target beside result, each with its sentence and source."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.export import MEASURES, STATUSES
from bot.holdings import Filter
from bot.home import open_engine
from bot.lines import complain
from bot.sheets import Cell, csv_file, decimal_cell, one_line, workbook
from retrieval.answer.across.panel import HEADLINE, Observation
from retrieval.errors import GovreportError
from retrieval.lexicon import indicators
from retrieval.model import Figure, plain

if TYPE_CHECKING:
    from retrieval.answer.across.panel import Stated

__all__ = ["FORMS", "indicator_ids", "panel_file"]

FORMS = (".csv", ".xlsx", ".jsonl", ".parquet")


@dataclass(frozen=True, slots=True)
class _Column:
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
_COLUMNS = (
    _Column("地区", "place", 12, "报告的地区"),
    _Column("级别", "level", 8, "country、province、city、county"),
    _Column("上级", "parents", 14, "所在的省、市，由近及远"),
    _Column("年份", "year", 8, "数据的年份：目标取自当年的报告，结果取自次年的报告"),
    _Column("指标", "indicator", 22, "指标的通用名称"),
    _Column("指标代码", "indicator_id", 16, "程序词表里的代码"),
    _Column("类别", "measure", 8, "总量、增减、占比、数量"),
    _Column("单位", "unit", 10, "报告里的单位，目标与结果不同时取结果的"),
    *(_Column(f"目标{name}", f"target_{code}", width, meaning) for name, code, width, meaning in _SIDE),
    *(_Column(f"结果{name}", f"result_{code}", width, meaning) for name, code, width, meaning in _SIDE),
    _Column("结果性质", "result_status", 8, "实绩，或报告注明的预计"),
)


def indicator_ids(names: Sequence[str]) -> tuple[str, ...]:
    """The ids of indicators named as people name them; all headline ones where none is named, all of the table for
    全部. Raises GovreportError."""
    if not names:
        return HEADLINE
    if list(names) == ["全部"]:
        return tuple(indicator.id for indicator in indicators.load())
    found: list[str] = []
    for name in names:
        own = [indicator.id for indicator in indicators.load() if indicator.id == name]
        named = own or indicators.meant(name)
        if not named:
            raise GovreportError(f"没有指标“{name}”；能写的名称见 docs/reference/lexicon.md")
        found += named
    return tuple(dict.fromkeys(found))


def panel_file(
    data: Path | None, chosen: Filter, years: tuple[int, int] | None, names: Sequence[str], path: Path
) -> str:
    """Write the panel of the reports meant into a file whose ending tells its form; the line that says what is in it.

    Raises GovreportError.
    """
    form = path.suffix.lower()
    if form not in FORMS:
        raise GovreportError(f"{path.name}：能写的有 {' '.join(FORMS)}")
    asked = indicator_ids(names)
    engine = open_engine(data)
    rows = [row for row in engine.reports() if chosen.admits(row)]
    if not rows:
        raise GovreportError("没有符合条件的报告")
    told = range(years[0], years[1] + 1) if years else None
    found = list(_counted(engine.panel(rows, asked, told), len({row.place for row in rows})))
    if not found:
        raise GovreportError("这些报告没有写明这些指标")
    path.write_bytes(_written(form, found))
    return f"{path}：{_coverage(found)}"


def _counted(found: Iterable[Observation], places: int) -> Iterator[Observation]:
    """The observations, with a line now and then that says how far they are."""
    last, done = "", 0
    shown = sys.stderr.isatty()
    for observation in found:
        if observation.place != last:
            last, done = observation.place, done + 1
            if shown:
                click.echo(f"\r{done}/{places} {last}\033[K", nl=False, err=True)
        yield observation
    if shown:
        click.echo("\r\033[K", nl=False, err=True)


def _coverage(found: Sequence[Observation]) -> str:
    targets = sum(one.target is not None for one in found)
    results = sum(one.result is not None for one in found)
    both = sum(one.target is not None and one.result is not None for one in found)
    places, years = {one.place for one in found}, sorted({one.year for one in found})
    return (
        f"{len(places)} 个地区、{years[0]}—{years[-1]} 年，{len(found)} 行：有目标的 {targets}，有结果的 {results}，"
        f"两者都有的 {both}。"
    )


def _written(form: str, found: Sequence[Observation]) -> bytes:
    columns = [(column.name, column.width) for column in _COLUMNS]
    if form == ".csv":
        return csv_file(columns, map(_row, found))
    if form == ".xlsx":
        return workbook(columns, map(_row, found), _codebook(found))
    codes = [column.code for column in _COLUMNS]
    if form == ".jsonl":
        out = io.StringIO()
        for one in found:
            values = [plain(cell) if isinstance(cell, Decimal) else cell for cell in _row(one)]
            out.write(json.dumps(dict(zip(codes, values, strict=True)), ensure_ascii=False) + "\n")
        return out.getvalue().encode()
    return _parquet(codes, [_row(one) for one in found])


def _parquet(codes: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A Parquet file: numbers as doubles, years as integers, the rest as text. Raises GovreportError."""
    try:
        import pyarrow as arrow  # noqa: PLC0415  an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        complain('写 Parquet 要先安装：pip install "govreport[parquet]"')
        raise GovreportError("没有安装 pyarrow") from None
    numbers = {code for code in codes if code.endswith(("_value", "_upper"))}
    fields, arrays = [], []
    for number, code in enumerate(codes):
        cells = [row[number] for row in rows]
        if code in numbers:
            fields.append(arrow.field(code, arrow.float64()))
            arrays.append(arrow.array([None if cell is None else float(cell) for cell in cells], arrow.float64()))
        elif code == "year":
            fields.append(arrow.field(code, arrow.int32()))
            arrays.append(arrow.array(cells, arrow.int32()))
        else:
            fields.append(arrow.field(code, arrow.string()))
            arrays.append(arrow.array([None if cell is None else str(cell) for cell in cells], arrow.string()))
    out = io.BytesIO()
    parquet.write_table(arrow.table(arrays, schema=arrow.schema(fields)), out)
    return out.getvalue()


def _codebook(found: Sequence[Observation]) -> list[str]:
    """What the columns hold, how the figures were found, when and by which version."""
    return [
        f"govreport {version('govreport')}，{date.today():%Y-%m-%d} 导出；{_coverage(found)}",
        "每行是一个地区一年的一个指标：目标取自当年的政府工作报告，结果取自次年的报告；数字都是报告原文，可按原句核对。",
        "没有写明的留空；是程序按各份报告的语境认定的，不是统计部门的最终数。",
        *(f"{column.name}（{column.code}）：{column.meaning}" for column in _COLUMNS),
    ]


def _row(one: Observation) -> tuple[Cell, ...]:
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
