"""`govreport panel`: the data set place × year × indicator, target beside result, each with its sentence and source."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import click

from bot.holdings import Filter
from bot.home import open_engine
from bot.lines import STDOUT, complain, put_bytes
from bot.panel_table import COLUMNS, coverage, panel_workbook, row
from bot.sheets import Cell, csv_file
from retrieval.answer.across.panel import HEADLINE, Observation
from retrieval.errors import GovreportError, NothingFound
from retrieval.lexicon import indicators
from retrieval.model import plain

__all__ = ["FORMS", "indicator_ids", "panel_file"]

FORMS = (".csv", ".xlsx", ".jsonl", ".parquet")


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
    form = ".csv" if path == STDOUT else path.suffix.lower()
    if form not in FORMS:
        raise GovreportError(f"{path.name}：能写的有 {' '.join(FORMS)}")
    asked = indicator_ids(names)
    engine = open_engine(data)
    rows = [row for row in engine.reports() if chosen.admits(row)]
    if not rows:
        raise NothingFound("没有符合条件的报告")
    told = range(years[0], years[1] + 1) if years else None
    found = list(_counted(engine.panel(rows, asked, told), len({row.place for row in rows})))
    if not found:
        raise NothingFound("这些报告没有写明这些指标")
    if path == STDOUT:
        put_bytes(_written(form, found))
        return ""
    path.write_bytes(_written(form, found))
    return f"{path}：{coverage(found)}"


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


def _written(form: str, found: Sequence[Observation]) -> bytes:
    columns = [(column.name, column.width) for column in COLUMNS]
    if form == ".csv":
        return csv_file(columns, map(row, found))
    if form == ".xlsx":
        return panel_workbook(found)
    codes = [column.code for column in COLUMNS]
    if form == ".jsonl":
        out = io.StringIO()
        for one in found:
            values = [plain(cell) if isinstance(cell, Decimal) else cell for cell in row(one)]
            out.write(json.dumps(dict(zip(codes, values, strict=True)), ensure_ascii=False) + "\n")
        return out.getvalue().encode()
    return _parquet(codes, [row(one) for one in found])


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
