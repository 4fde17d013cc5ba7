"""Tables as files that spreadsheets open: CSV, and workbooks with typed numbers; text is never run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from retrieval.model import plain
from retrieval.text import fold

__all__ = ["Cell", "Column", "csv_file", "decimal_cell", "one_line", "workbook"]

Cell = str | int | Decimal | None
# A column's name, and its width in characters.
Column = tuple[str, int]
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_EXACT = 15  # significant digits a spreadsheet keeps


def csv_file(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, since Excel takes a file without one for the system's encoding. Text that a
    spreadsheet would run as a formula gets a '."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _ in columns])
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def workbook(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()) -> bytes:
    """An .xlsx file: numbers are numbers, text is text, never a formula or a link; notes have a sheet of their own."""
    from xlsxwriter import Workbook  # noqa: PLC0415  only this needs it

    out = io.BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, {"in_memory": True, **texts}) as book:
        sheet = book.add_worksheet("数据")
        bold = book.add_format({"bold": True})
        for column, (name, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(count, column, _encodable(cell))
                elif cell is not None and _fits(cell):
                    sheet.write_number(count, column, float(cell))
                elif cell is not None:
                    sheet.write_string(count, column, plain(Decimal(cell)))
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        if notes:
            told = book.add_worksheet("说明")
            told.set_column(0, 0, 100)
            for number, note in enumerate(notes):
                told.write_string(number, 0, _encodable(note))
    return out.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return plain(Decimal(cell))
    return f"'{cell}" if fold(cell[:1]).startswith(_FORMULA) else cell


def _fits(value: int | Decimal) -> bool:
    """Whether a spreadsheet's number holds the value exactly."""
    return len(Decimal(value).normalize().as_tuple().digits) <= _EXACT


def _encodable(words: str) -> str:
    return words.encode("utf-8", "replace").decode()


def decimal_cell(value: Decimal | Fraction | None) -> Decimal | None:
    """A fraction as a decimal to six places: a spreadsheet reads 1/3 as a day."""
    if isinstance(value, Fraction):
        return round(Decimal(value.numerator) / Decimal(value.denominator), 6)
    return value


def one_line(words: str) -> str:
    """Words without line ends and doubled blanks, as a cell shows them."""
    return " ".join(words.split())
