"""Places, or years of one place, side by side: 成都跟武汉2024年谁的GDP涨得快."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.across.bearing import borne_out
from retrieval.answer.across.cells import Cell, Site, Wanted, agreed, cells, sites
from retrieval.answer.across.comparable import magnitude, unit_class
from retrieval.answer.across.computing import apart, worked_out
from retrieval.answer.across.headlines import side_by_side
from retrieval.answer.across.timing import Timing, timing
from retrieval.answer.across.writing import figure_of, missing_notes, name_notes, put, refused
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.model import Answer, AnswerFigure, Figure, Kind, Reason, Status
from retrieval.query import Query, Slot
from retrieval.query.across import Across

__all__ = ["compare", "conclusion", "filled", "other_status"]

_PAIR = 2


def compare(asked: Across, query: Query, library: Library) -> Answer | None:
    """The figure of each place and year, with its report; their difference where it is asked for. None where one report
    may answer as well and something is missing."""
    places = sites(query, asked.places, library)
    when = timing(asked, query, places)
    quotes = Quotes()
    figures: list[AnswerFigure] = []
    notes: list[str] = list(when.notes)
    rows: list[tuple[Cell, ...]] = []
    status = query.status
    wanted = [Wanted(s, year, query.status, when.report, when.span) for s in places for year in when.years]
    slots = borne_out(asked.slots, wanted, library, query)
    for slot in slots:
        status, row = filled(places, when, slot, query.status, library)
        rows.append(row)
    wide = len(places) > 1
    if asked.tentative and (slots != asked.slots or not all(cell.best for row in rows for cell in row)):
        return None
    # Place by place, each with all that is asked of it.
    for position in range(len(rows[0])):
        shown: list[Match] = []
        for row in rows:
            cell = row[position]
            best = cell.best
            if best is not None and not any(best.same(other) for other in shown):
                shown.append(best)
                figures.append(put(quotes, cell, best, placed=wide))
    everything = [cell for row in rows for cell in row]
    what = " ".join(dict.fromkeys(slot.words for slot in slots))
    if not figures:
        other = [] if asked.plan else other_status(everything, slots[0], status, when.report, library)
        return refused(everything, what, status, other)
    for row in rows:
        notes += [note for note in missing_notes(row, status, by_year=not wide) if note not in notes]
        notes += name_notes([figure_of(c.best.figure, c.site, c.year) for c in row if c.best], by_year=not wide)
    computed, left_out = worked_out(asked.operation, figures, wide=wide) if len(rows) == 1 else ((), [])
    if asked.difference and len(rows) == 1 and not computed:
        computed, left_out = apart(figures, wide=wide)
    told = [item.figure for item in figures]
    if asked.claim and _denied(asked, query, told, wide=wide):
        return Answer(
            Kind.NONE,
            Reason.FALSE_PREMISE,
            related=tuple(figures),
            citations=quotes.citations,
            notes=tuple(dict.fromkeys(notes)),
            message=f"与报告不符：{conclusion(told, wide=wide)}",
            topic=what,
        )
    return Answer(
        Kind.FIGURES,
        figures=tuple(figures),
        computed=computed,
        citations=quotes.citations,
        notes=tuple(dict.fromkeys((*left_out, *notes))),
        topic=what,
        message=_concluded(told, rows, wide=wide) if _to_conclude(asked, rows, when, wide=wide) else "",
    )


def _to_conclude(asked: Across, rows: Sequence[Sequence[Cell]], when: Timing, *, wide: bool) -> bool:
    """Whether to say which is higher: of one row, and where nothing else is to be worked out of it."""
    return asked.operation is None and len(rows) == 1 and (not wide or len(when.years) == 1)


def _denied(asked: Across, query: Query, figures: Sequence[Figure], *, wide: bool) -> bool:
    """Whether the reports tell the opposite of what the question takes for granted of the first of two."""
    values = [magnitude(figure) for figure in figures]
    if len(values) != _PAIR or values[0] is None or values[1] is None or not conclusion(figures, wide=wide):
        return False
    gap = values[0] - values[1]
    first = figures[0].period if not wide else figures[0].place
    # Years are shown in their order; the one named first is the one that is said to be higher.
    turned = not wide and query.text.find(figures[1].period) < query.text.find(first)
    return gap * asked.claim * (-1 if turned else 1) < 0


def filled(
    places: Sequence[Site], when: Timing, slot: Slot, status: Status | None, library: Library, *, strict: bool = False
) -> tuple[Status | None, tuple[Cell, ...]]:
    """The cells of all places and years; where the question leaves open whether results or targets are asked, results
    first. Those of a `strict` row may be `told` by the index."""
    tries: tuple[Status | None, ...] = (status,) if status is not None else (None, Status.TARGET)
    row: tuple[Cell, ...] = ()
    if status is None and when.report is not None:
        # A report named states both: what came of it where all of them tell, else whatever they do.
        # Where no year is named, that of the report's results: else years would stand side by side that differ.
        before = when.report - 1
        wanted = [
            Wanted(s, before if year is None else year, Status.ACTUAL, when.report)
            for s in places
            for year in when.years
        ]
        row = _row(wanted, slot, library, strict=strict)
        if all(cell.figure for cell in row if cell.held):
            return None, row
        tries = (None,)
    for one in tries:
        wanted = [Wanted(s, year, one, when.report, when.span) for s in places for year in when.years]
        row = _row(wanted, slot, library, strict=strict)
        if any(cell.figure or cell.held for cell in row):
            # Reports that would tell the result are there: a plan is no answer.
            return one, row
    return status, row


def _row(wanted: Sequence[Wanted], slot: Slot, library: Library, *, strict: bool) -> tuple[Cell, ...]:
    return side_by_side(wanted, slot, library) if strict else agreed(cells(wanted, slot, library))


def other_status(
    row: Sequence[Cell], slot: Slot, status: Status | None, report: int | None, library: Library
) -> list[Match]:
    """The figures of the other status, to tell why the asked ones are missing."""
    other = Status.ACTUAL if status is Status.TARGET else Status.TARGET
    wanted = [Wanted(c.site, c.year if report is None else None, other, report) for c in row if c.site.rows]
    found = [cell.best for cell in cells(wanted, slot, library)]
    return [m for m in found if m is not None and (m.figure.status is Status.TARGET) == (other is Status.TARGET)]


def _concluded(figures: Sequence[Figure], rows: Sequence[Sequence[Cell]], *, wide: bool) -> str:
    """The conclusion, which says so where it leaves out some of what was asked for."""
    said = conclusion(figures, wide=wide)
    missing = any(cell.best is None for row in rows for cell in row)
    return f"有数据的{'地方' if wide else '年份'}中，{said}" if said and missing and len(figures) > 1 else said


def conclusion(figures: Sequence[Figure], *, wide: bool) -> str:
    """Which is higher, in words without numbers; nothing where the figures cannot be compared."""
    values = [magnitude(f) for f in figures]
    known = [v for v in values if v is not None]
    if len(known) < _PAIR or len(known) < len(values) or len({(f.measure, unit_class(f)) for f in figures}) > 1:
        return ""
    if any(f.upper for f in figures):
        return ""
    names = [f.place if wide else f"{f.period}年" for f in figures]
    top, low = max(known), min(known)
    if top == low:
        return f"{'与'.join(names)}相同。" if len(names) == _PAIR else "各处相同。"
    best = "、".join(n for n, v in zip(names, known, strict=True) if v == top)
    worst = "、".join(n for n, v in zip(names, known, strict=True) if v == low)
    if len(names) == _PAIR:
        return f"{best}高于{worst}。"
    return f"最高：{best}；最低：{worst}。"
