"""Panel data: place × year × indicator, with the target of the year's report beside the result of the next one's.

Each observation is found as the answer to a question about one report is: by the fitted weights, among the figures of
that indicator which are the place's own, of the whole year and of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.answer.across.cells import Site, Wanted, candidates, site
from retrieval.answer.across.kinds import kind
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library, Loaded
from retrieval.answer.matching import Match
from retrieval.answer.scoring.columns import columns
from retrieval.answer.weighing import weigh_in
from retrieval.index import ReportRow
from retrieval.lexicon import indicators
from retrieval.model import Citation, Figure, Indicator, Measure, Status
from retrieval.query import Ask, Slot

__all__ = ["HEADLINE", "Observation", "Stated", "observations"]

# What is listed where no indicators are chosen: those that most reports state of the whole place.
HEADLINE = (
    *("gdp", "fai", "retail", "gen_budget_rev", "ind_va", "trade", "fdi", "inc_urban", "inc_rural", "inc_all"),
    *("cpi", "jobs", "unemp_reg", "unemp_surv", "grain", "rd_intensity", "urbanization", "tour_rev"),
)
# The measures that make series; ranks and streaks of them are told in words.
_SERIES = (Measure.LEVEL, Measure.GROWTH, Measure.SHARE, Measure.COUNT)
# Amounts may be counts or levels, rates shares or levels: one series.
_ALIKE = frozenset({Measure.LEVEL, Measure.COUNT, Measure.SHARE})
# A figure this likely beside the one taken is told as another that may be meant.
_ALSO = 0.1


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure with the sentence it stands in, and other figures of the report that may be meant as well."""

    figure: Figure
    citation: Citation
    others: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One indicator of one place in one year: what was aimed at, and what came of it; either may be missing."""

    place: str
    level: str
    parents: tuple[str, ...]
    year: int
    indicator: Indicator
    measure: Measure
    target: Stated | None = None
    result: Stated | None = None


def observations(
    library: Library, rows: Sequence[ReportRow], asked: Sequence[str] = HEADLINE, years: range | None = None
) -> Iterator[Observation]:
    """The observations of the reports `rows`, by place, indicator, measure and year. `asked` are ids of indicators;
    of `years` outside the range nothing is told."""
    by_place: dict[str, list[ReportRow]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(row)
    known = [indicators.by_id(key) for key in asked]
    for name in sorted(by_place):
        yield from _of_place(library, site(name, by_place[name]), known, years)


_Key = tuple[str, Measure, int]


def _of_place(library: Library, place: Site, asked: Sequence[Indicator], years: range | None) -> Iterator[Observation]:
    found: dict[_Key, Observation] = {}
    for row in reversed(place.rows):
        loaded = library.load(row.id)
        for status, year in ((Status.ACTUAL, row.year - 1), (Status.TARGET, row.year)):
            if years is not None and year not in years:
                continue
            for indicator in asked:
                for measure, cell in _cells(loaded, place, indicator, status, year):
                    key = (indicator.id, measure, year)
                    before = found.get(key) or Observation(place.name, row.level, row.parents, year, indicator, measure)
                    # Of two reports of a year (one given in its course) the later one counts.
                    found[key] = (
                        replace(before, target=cell) if status is Status.TARGET else replace(before, result=cell)
                    )
    order = {indicator.id: number for number, indicator in enumerate(asked)}
    yield from sorted(found.values(), key=lambda o: (order[o.indicator.id], o.measure.value, o.year))


def _cells(
    loaded: Loaded, place: Site, indicator: Indicator, status: Status, year: int
) -> Iterator[tuple[Measure, Stated]]:
    """The figure of each measure that the indicator is stated in."""
    if not len(columns(loaded).of(indicator.id)):
        return
    taken: set[Measure] = set()
    for measure in _SERIES:
        if measure.value not in indicator.kinds or (measure in _ALIKE and taken & _ALIKE):
            continue
        slot = Slot(indicator.name, "", Ask(measure if measure is Measure.GROWTH else None, _unit(indicator, measure)))
        want = Wanted(place, year, status)
        fits = [
            match
            for match in candidates(slot, weigh_in(slot, [loaded]), loaded, want)
            if match.of_indicator and _measured(match, measure) and _standing(match, status)
        ]
        if fits:
            taken.add(measure)
            yield measure, _cell(fits)


def _unit(indicator: Indicator, measure: Measure) -> str:
    return "" if measure is Measure.GROWTH else indicator.unit


def _measured(match: Match, measure: Measure) -> bool:
    own = match.figure.measure
    return own is measure if measure is Measure.GROWTH else own in _ALIKE


def _standing(match: Match, status: Status) -> bool:
    return (match.figure.status is Status.TARGET) == (status is Status.TARGET)


def _cell(fits: Sequence[Match]) -> Stated:
    best = fits[0]
    quotes = Quotes()
    told = quotes.figure(best)
    others = tuple(
        match.figure
        for match in fits[1:]
        if match.score >= _ALSO and kind(match) == kind(best) and match.figure.value != best.figure.value
    )
    return Stated(best.figure, quotes.citations[told.citation], others)
