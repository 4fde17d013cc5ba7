"""Who was first to reach an amount, of all reports in one query: 哪个市GDP最先过万亿."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer.across.cells import Site, sites
from retrieval.answer.across.comparable import of_whole
from retrieval.answer.across.groups import absent_note, members
from retrieval.answer.across.rank import within
from retrieval.answer.citing import Quotes
from retrieval.answer.lean import lean
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.lexicon import hedges, indicators
from retrieval.lexicon.hedges import Hedge
from retrieval.model import Answer, AnswerFigure, Figure, Kind, Reason
from retrieval.query import Query
from retrieval.query.across import Across
from retrieval.query.bounds import Bound

__all__ = ["earliest"]

# Of the years behind the first one so many must be beyond it too: a figure read wrongly stands alone.
_BEYOND_TOO = 0.5


@dataclass(frozen=True, slots=True)
class _Told:
    """An amount that a report tells of one of its years."""

    report: str
    year: int
    figure: Figure


def earliest(asked: Across, query: Query, library: Library) -> Answer | None:
    """The place that was beyond the amount in the earliest year that reports tell of; several of one year are all
    given. None where the lexicon does not know the indicator."""
    slot = asked.slots[0]
    known = indicators.meant(slot.words)
    places = sites(query, asked.places, library) if asked.group is None else members(asked.group, library)
    held = [place for place in places if place.rows]
    if not known or not held:
        return None
    told = _amounts(held, known, library)
    first = {name: found for name, own in told.items() if (found := _first(own, asked.bounds[0]))}
    notes = ["以收录的报告为准"]
    if asked.group is not None:
        notes += absent_note(asked.group, {place.name for place in held}, None, "比较")
    if not first:
        message = "收录的报告里没有达到的。" if told else f"报告未提及“{slot.words}”。"
        return Answer(Kind.NONE, Reason.NOT_MENTIONED, message=message, notes=tuple(notes), topic=slot.words)
    year = min(found.year for found in first.values())
    best = [found for found in first.values() if found.year == year]
    quotes = Quotes()
    figures = tuple(_put(quotes, found, known, library) for found in best)
    names = [library.rows[found.report].place for found in best]
    notes += [
        f"没有读到{name}{year - 1}年的数，可能更早"
        for name in names
        if not any(one.year == year - 1 for one in told[name])
    ]
    return Answer(
        Kind.FIGURES,
        figures=figures,
        citations=quotes.citations,
        notes=tuple(notes),
        message=f"最早的是{'、'.join(names)}：{year}年。" if len(places) > 1 else f"最早是{year}年。",
        topic=slot.words,
    )


def _amounts(places: Sequence[Site], known: Sequence[str], library: Library) -> dict[str, list[_Told]]:
    """What the reports of each place tell of single years before them, in one query."""
    found: dict[str, list[_Told]] = {place.name: [] for place in places}
    for report, _, figure in library.store.amounts(known):
        row = library.rows[report]
        own = row.place in found and figure.period.isdecimal() and int(figure.period) < row.year
        if own and of_whole(figure, row.place):
            found[row.place].append(_Told(report, int(figure.period), figure))
    return {name: sorted(own, key=lambda one: (one.year, one.report)) for name, own in found.items() if own}


def _first(own: Sequence[_Told], bound: Bound) -> _Told | None:
    """The first that is beyond the bound, and most that are told of later years as well; of one year the exact one."""
    for one in own:
        later = [other for other in own if other.year > one.year]
        beyond_too = sum(within(other.figure, bound) for other in later)
        if within(one.figure, bound) and beyond_too >= len(later) * _BEYOND_TOO:
            same = [other for other in own if other.year == one.year and within(other.figure, bound)]
            return min(same, key=lambda other: hedges.of(other.figure.qualifier) is not Hedge.EXACT)
    return None


def _put(quotes: Quotes, told: _Told, known: Sequence[str], library: Library) -> AnswerFigure:
    """The figure with its citation."""
    loaded = lean(library, told.report, told.year, None, known)
    stated = next(one for one in loaded.figures if one.figure.span == told.figure.span)
    match = Match(loaded, stated, score=1.0, share=1.0, own=1.0, named=1.0, fit=1.0, of_indicator=True)
    item = quotes.figure(match)
    place = loaded.row.place
    return AnswerFigure(replace(item.figure, place=place, period=str(told.year)), item.citation, item.label)
