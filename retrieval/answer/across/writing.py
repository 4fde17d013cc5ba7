"""From cells to an answer: figures under their places, notes on what is missing or not alike, refusals."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from retrieval.answer.across.cells import Cell, Site
from retrieval.answer.across.comparable import unit_class
from retrieval.answer.across.definitions import counted_notes
from retrieval.answer.citing import Quotes
from retrieval.answer.matching import Match
from retrieval.model import Answer, AnswerFigure, Completeness, Figure, Kind, Measure, Reason, Status
from retrieval.text import chinese_count, stretches

__all__ = ["LISTED", "figure_of", "missing_notes", "name_notes", "put", "refused"]

# Places that a note lists one by one; of more it tells how many they are.
LISTED = 200
_NAMES = 4
# A change that is part of the name (减少贫困人口93.5万人).
_FALLS = re.compile(r"减少|下降|降低|压减|减贫|脱贫")
_SHOWN = 3


def figure_of(figure: Figure, site: Site, year: int | None) -> Figure:
    """The figure with its place, and the year it was found to tell of."""
    period = figure.period if year is None else str(year)
    falls = figure.direction == 0 and figure.measure is Measure.COUNT and bool(_FALLS.search(figure.indicator))
    direction = -1 if falls else figure.direction
    if (figure.place, figure.period, figure.direction) == (site.name, period, direction):
        return figure
    return replace(figure, place=site.name, period=period, direction=direction)


def put(quotes: Quotes, cell: Cell, match: Match, *, placed: bool) -> AnswerFigure:
    """A cell's figure with its citation, shown under its place's name where several places are shown."""
    cited = quotes.figure(match)
    figure = figure_of(match.figure, cell.site, cell.year)
    name = figure.indicator or cell.slot.words
    label = f"{cell.site.name}{name}" if placed and cell.site.name not in name else name
    return AnswerFigure(figure, cited.citation, label)


def missing_notes(cells: Sequence[Cell], status: Status | None, *, by_year: bool = False) -> list[str]:
    """Which places are not stored, which reports are not, and which do not state it."""
    notes: list[str] = []
    unknown = [c.site.name for c in cells if not c.site.rows]
    if unknown:
        notes.append(f"未收录{'、'.join(dict.fromkeys(unknown))}的政府工作报告，无法并列")
    absent = [c for c in cells if c.site.rows and not c.held and not c.figure]
    silent = [c for c in cells if c.held and not c.figure]
    for found, words in ((absent, "没有收录对应的报告"), (silent, "报告没有写明")):
        if not found:
            continue
        what = words
        years = {_report_year(c, status) for c in found}
        if not by_year and len(years) == 1 and None not in years and found is absent:
            what = f"没有收录{years.pop()}年政府工作报告"
        notes.append(f"{_whose([(c.site.name, c.year) for c in found], cells, by_year=by_year)}{what}")
    return notes


def _whose(found: Sequence[tuple[str, int | None]], cells: Sequence[Cell], *, by_year: bool) -> str:
    """Years, places, or both where both differ between the cells."""
    if by_year:
        return f"{stretches(sorted({year for _, year in found if year is not None}))}年"
    if len({c.year for c in cells}) == 1:
        return _listed(dict.fromkeys(name for name, _ in found))
    years: dict[str, list[int]] = {}
    for name, year in found:
        years.setdefault(name, []).extend([] if year is None else [year])
    return "；".join(f"{name}{stretches(sorted(set(own)))}年" for name, own in years.items())


def _listed(names: Collection[str]) -> str:
    """Names, or how many places they are."""
    return "、".join(names) if len(names) <= LISTED else chinese_count(len(names), "个地方")


def _report_year(cell: Cell, status: Status | None) -> int | None:
    if cell.year is None:
        return None
    return cell.year if status is Status.TARGET else cell.year + 1


def name_notes(figures: Sequence[Figure], *, by_year: bool = False) -> list[str]:
    """预计 beside results, 同口径 beside nominal, indicators that go by different names. `by_year` the figures are one
    place's over the years, whose breaks are told apart."""
    notes: list[str] = []
    guessed = [f for f in figures if f.status is Status.ESTIMATED]
    if guessed and len(guessed) < len(figures):
        years = [int(f.period) for f in guessed if f.period.isdecimal()]
        named = f"{stretches(sorted(set(years)))}年" if by_year else _listed(dict.fromkeys(f.place for f in guessed))
        notes.append(f"{named}为预计数，其余为实绩")
    notes += counted_notes(figures, by_year=by_year)
    names = list(dict.fromkeys(f.indicator for f in figures if f.indicator))
    alike = len({f.indicator_id for f in figures}) == 1 and figures[0].indicator_id is not None
    if 1 < len(names) <= _NAMES and not alike:
        notes.append(f"各报告的指标名称不同：{'、'.join(names)}")
    elif len(names) > _NAMES and not alike:
        notes.append("各报告的指标名称不尽相同，请看原句")
    if len({unit_class(f) for f in figures}) > 1:
        notes.append("单位不同，不能直接相比")
    return notes


def refused(
    cells: Sequence[Cell], what: str, status: Status | None, other: Sequence[Match] = (), notes: Sequence[str] = ()
) -> Answer:
    """Why there is nothing to set side by side."""
    quotes = Quotes()
    related = tuple(quotes.figure(match) for match in other[:_SHOWN])
    notes = [*notes, *missing_notes([c for c in cells if not c.site.rows], status)]
    places = "、".join(dict.fromkeys(c.site.name for c in cells))
    if not any(c.site.rows for c in cells):
        return Answer(Kind.NONE, Reason.PLACE_MISSING, message=f"地区未收录：没有{places}的政府工作报告。", topic=what)
    if not any(c.held for c in cells):
        wanted = dict.fromkeys(str(_report_year(c, status)) for c in cells if c.year is not None)
        message = f"年份未收录：{places}没有{'、'.join(wanted)}年政府工作报告。"
        return Answer(Kind.NONE, Reason.YEAR_MISSING, message=message, topic=what)
    reason, message = Reason.NOT_MENTIONED, f"报告未提及“{what}”。"
    if unknown := list(dict.fromkeys(c.site.name for c in cells if not c.site.rows)):
        reason, message = (
            Reason.PLACE_MISSING,
            f"地区未收录：没有{'、'.join(unknown)}的政府工作报告；其余报告也没有写明。",
        )
    elif other:
        if other[0].figure.status is Status.TARGET:
            reason, message = Reason.ONLY_TARGET, f"只有目标，没有“{what}”的实际结果。"
        else:
            reason, message = Reason.ONLY_ACTUAL, f"只有实绩，没有“{what}”的目标。"
    return Answer(
        Kind.NONE, reason, related=related, citations=quotes.citations, notes=tuple(notes), message=message, topic=what
    )


def cut_off(cells: Sequence[Cell]) -> bool:
    """Whether every report looked into breaks off."""
    rows = [row for c in cells for row in c.site.rows if row.year == c.year]
    return bool(rows) and all(row.completeness == Completeness.CUT_OFF for row in rows)
