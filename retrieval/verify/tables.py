"""Tables in a text, their cells told apart by bars or tabs: each number said as a clause with its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.lexicon import places
from retrieval.model import Span
from retrieval.text import Line

__all__ = ["Cell", "Clause", "clauses", "rows"]

# Lines of so many cells, and so many of them, make a table.
_CELLS, _ROWS = 2, 2
_BAR = re.compile(r"\||\t")
_RULE = re.compile(r"[|\s:-]+")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_VALUE = re.compile(rf"(?P<number>{_NUMBER.pattern})\s?(?P<unit>[^\d\s.,+-]{{0,8}})")
# 2023年(亿元), 单位:亿元
_UNIT = re.compile(r"\((?:单位:?)?(?P<unit>[^()\d]{1,8})\)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_GROWS = re.compile(r"增[速长幅]|同比|±|涨幅|增减")
_UNITS = ("单位", "计量单位")
_WHOLES = ("全国", "全省", "全区", "全市", "全县", "全州")
_TARGET = re.compile(r"目标|预期|计划")
# Heads of columns that name no thing of their own.
_BARE = re.compile(
    r"(?:指标|绝对|实际|完成|全年|当年|本年|累计|预计|实绩|年度|总)*(?:数值?|量|额|值|完成|实绩|情况|指标|名称|项目)?"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with words: `span` in the text, `text` the same folded."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A number of a table said in words: `text` holds the number's own characters at `at`. `number` is where it stands
    in the checked text, `row` its row, `beside` the label and the head that name it."""

    text: str
    at: int
    number: Span
    row: Span
    beside: tuple[Span, ...]


def rows(lines: Sequence[Line]) -> dict[int, int]:
    """For each line that is of a table the number of the line that heads it."""
    found: dict[int, int] = {}
    start = 0
    while start < len(lines):
        width = _width(lines[start])
        end = start + 1
        while width >= _CELLS and end < len(lines) and _width(lines[end]) == width:
            end += 1
        if width >= _CELLS and end - start >= _ROWS:
            found.update(dict.fromkeys(range(start, end), start))
        start = end
    return found


def clauses(head: Line, row: Line) -> Iterator[Clause]:
    """The numbers of a row, each in a clause of its own; none of the head itself, and none of a rule beneath it."""
    if row is head or _RULE.fullmatch(row.text):
        return
    heads, cells = _cells(head), _cells(row)
    label = next((cell for cell in cells if cell.text and not _VALUE.fullmatch(cell.text)), None)
    if label is None or len(heads) != len(cells):
        return
    thing = ""
    # A column of its own may tell the unit of each row's amounts.
    unit = next((cell.text for above, cell in zip(heads, cells, strict=True) if above.text in _UNITS), "")
    for above, cell in zip(heads, cells, strict=True):
        if cell is label or _NUMBER.fullmatch(above.text) or above.text in _UNITS:
            continue
        thing = _thing(above.text) or thing
        if match := _VALUE.fullmatch(cell.text):
            yield _said((label, above), cell, match, row.span, (thing, unit))


def _thing(head: str) -> str:
    """What the head of a column names by itself: GDP of GDP(亿元), nothing of 2023年 and 增速."""
    column = _GROWS.sub("", _TARGET.sub("", _YEAR.sub("", _parted(head)[0]))).strip(" %")
    return "" if _BARE.fullmatch(column) else column


def _said(beside: tuple[Cell, Cell], cell: Cell, match: re.Match[str], row: Span, told: tuple[str, str]) -> Clause:
    """The clause of a number beside its row's label and under its column's head; `told` is what its column, or that of
    the amount before a growth, names, and the unit that the row tells."""
    label, above = beside
    name, own = _parted(label.text)
    column, unit = _parted(above.text)
    year = _YEAR.search(column) or _YEAR.search(name)
    grows = bool(_GROWS.search(column))
    thing, row_unit = told
    name = _YEAR.sub("", name).strip()
    # Columns of places: | 指标 | 柳州 | 全区 |.
    thing = thing + name if thing and (places.by_name(thing) or thing in _WHOLES) else name + thing
    # A rate's head tells its own unit; that of the label is of the amounts.
    unit = match["unit"] or unit or ("%" if grows else own or row_unit)
    front = f"{year[0].rstrip('年')}年" if year else ""
    front += ("预期目标" if _TARGET.search(column) else "") + thing + ("增长" if grows else "")
    start = cell.span.start + match.start("number")
    number = Span(start, start + len(match["number"]))
    return Clause(f"{front}{match['number']}{unit}", len(front), number, row, (label.span, above.span))


def _parted(text: str) -> tuple[str, str]:
    """A label without the unit in brackets behind it, and that unit."""
    match = _UNIT.search(text)
    return (text[: match.start()].strip(), match["unit"].strip()) if match else (text, "")


def _width(line: Line) -> int:
    return len(_bounds(line))


def _bounds(line: Line) -> list[tuple[int, int]]:
    """Where the cells of a line stand in its words; a bar at either end closes no cell of its own."""
    text = line.text
    marks = [match.start() for match in _BAR.finditer(text)]
    if not marks:
        return []
    edges = [-1, *marks, len(text)]
    found = [(start + 1, end) for start, end in pairwise(edges)]
    if text[0] == "|":
        found = found[1:]
    if text[-1] == "|":
        found = found[:-1]
    return found


def _cells(line: Line) -> list[Cell]:
    found: list[Cell] = []
    for start, end in _bounds(line):
        words = line.text[start:end]
        first = start + len(words) - len(words.lstrip())
        bare = words.strip()
        at = line.span.start + first
        found.append(Cell(Span(at, at + len(bare)), bare))
    return found
