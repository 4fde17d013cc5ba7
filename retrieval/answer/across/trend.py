"""One place year by year: 郑州从2014年到2020年历年的地区生产总值增速."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.across.bearing import borne_out
from retrieval.answer.across.cells import Cell, Site, Wanted, agreed, cells, single_site
from retrieval.answer.across.compare import conclusion, other_status
from retrieval.answer.across.computing import worked_out
from retrieval.answer.across.definitions import break_notes, breaks
from retrieval.answer.across.writing import figure_of, missing_notes, name_notes, put, refused
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.model import Answer, AnswerFigure, Break, Kind, Measure, Status
from retrieval.query import Query, Slot
from retrieval.query.across import Across
from retrieval.query.operations import Operation

__all__ = ["trend"]

# So many years make a series.
_SERIES = 2
# Years shown where the question names none.
_MOST = 30


def _stated_as_one(
    place: Site, years: Sequence[int], slot: Slot, status: Status | None, library: Library
) -> Cell | None:
    """The cell of the years as one stretch (五年累计), where a report tells of them so."""
    if not years:
        return None
    span = (years[0], years[-1])
    cell = cells([Wanted(place, None, status, span=span)], slot, library)[0]
    return cell if cell.best is not None and cell.best.figure.period == f"{span[0]}-{span[1]}" else None


def _as_one(cell: Cell, asked: Across, slot: Slot) -> Answer | None:
    """What a report tells of the last years as one, where that is what is asked for: a sum of amounts, a mean of rates.
    None for years that are named: one report answers."""
    best = cell.best
    rated = best is not None and best.figure.measure is Measure.GROWTH
    if best is None or not asked.recent or rated != (asked.operation is Operation.MEAN):
        return None
    quotes = Quotes()
    figure = put(quotes, cell, best, placed=False)
    return Answer(Kind.FIGURES, figures=(figure,), citations=quotes.citations, topic=f"{cell.site.name}{slot.words}")


def trend(asked: Across, query: Query, library: Library) -> Answer | None:
    """For each year the figure of the report that states it best; years without one are named. None where a stretch of
    years is asked about that the reports do not tell year by year."""
    place = single_site(query, asked.places, library)
    status = query.status
    shift = 0 if status is Status.TARGET else 1
    years = asked.years
    if asked.by_report and shift:
        years = tuple(year - shift for year in years)
    if asked.recent:
        last = place.newest - shift
        years = tuple(range(last - asked.recent + 1, last + 1)) if place.rows else ()
    if not years:
        years = tuple(sorted({row.year - shift for row in place.rows if row.year - shift >= asked.since}))[-_MOST:]
    quotes = Quotes()
    figures: list[AnswerFigure] = []
    notes: list[str] = []
    wanted = [Wanted(place, year, status) for year in years]
    # A stretch of years may be meant as one: its words are taken as they are.
    slots = asked.slots if asked.stretch and not asked.operation else borne_out(asked.slots, wanted, library, query)
    rows = [
        agreed(cells([Wanted(place, year, status) for year in years], slot, library), strict=True) for slot in slots
    ]
    if asked.stretch and asked.operation and (one := _stated_as_one(place, years, slots[0], status, library)):
        return _as_one(one, asked, slots[0])
    if asked.stretch and all(sum(cell.best is not None for cell in row) < _SERIES for row in rows):
        return None
    if asked.tentative and (slots != asked.slots or not all(cell.best for row in rows for cell in row)):
        return None
    for row in rows:
        for cell in row:
            figures += [put(quotes, cell, match, placed=False) for match in cell.matches[:1]]
    what = " ".join(dict.fromkeys(slot.words for slot in slots))
    everything = [cell for row in rows for cell in row]
    if not figures:
        other = other_status(everything, slots[0], status, None, library)
        # A place without reports has no years, and is named all the same.
        asked_of = everything or cells([Wanted(place, None, status)], slots[0], library)
        return refused(asked_of, what, status, other)
    broken: list[Break] = []
    for row in rows:
        found = [figure_of(c.best.figure, c.site, c.year) for c in row if c.best]
        own = breaks(found)
        broken += own
        notes += [*break_notes(own), *(note for note in missing_notes(row, status, by_year=True) if note not in notes)]
        notes += name_notes(found, by_year=True)
    computed, left_out = worked_out(asked.operation, figures, wide=False) if len(rows) == 1 else ((), [])
    return Answer(
        Kind.FIGURES,
        figures=tuple(figures),
        computed=computed,
        citations=quotes.citations,
        notes=tuple(dict.fromkeys((*left_out, *notes))),
        topic=f"{place.name}{what}",
        message=conclusion([item.figure for item in figures], wide=False) if asked.order and len(rows) == 1 else "",
        breaks=tuple(broken),
    )
