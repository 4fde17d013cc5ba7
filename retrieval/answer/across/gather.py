"""The figures of several reports side by side: for each place and year the figure that answers, or what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer.figures import weigh_in
from retrieval.answer.library import Library, Loaded
from retrieval.answer.matching import Match, match_all, years
from retrieval.answer.scope import Candidate
from retrieval.answer.weights import Weights
from retrieval.index import ReportRow
from retrieval.model import Figure, Level, Measure, Place, SectionKind, Status
from retrieval.query import Period, Query, Slot

__all__ = ["Cell", "Site", "agreed", "cells", "sites", "unit_class"]

# A figure answers where it covers this share of the slot's words, and this share in its own name or clause.
_OWN, _NAMED = 0.5, 0.5
# Figures of other places and of glossaries count this much.
_FOREIGN, _ASIDE = 0.45, 0.6
# The figures set side by side are of one kind: one of another kind counts this much.
_UNLIKE = 0.6
# Candidates kept for each cell.
_KEPT = 8
# Reports whose words decide how the slot's words are weighed.
_WEIGHED = 6
# A later report may restate a year: so many years after.
_RESTATED = 5
_COUNTERS = frozenset("个家项户所座条处件位名人次例台套种批场宗类支只辆艘架部间列班")


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the comparison with its reports by year, newest meeting first; none where it is not stored."""

    name: str
    rows: tuple[ReportRow, ...] = ()

    def of(self, year: int) -> tuple[ReportRow, ...]:
        """The reports of a year."""
        return tuple(row for row in self.rows if row.year == year)

    @property
    def newest(self) -> int:
        """Year of the newest report."""
        return max((row.year for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Cell:
    """What was found for one place, year and slot: the figures that may answer, best first.

    `held` tells whether the report that should state it is stored.
    """

    site: Site
    year: int | None
    slot: Slot
    matches: tuple[Match, ...] = ()
    held: bool = True

    @property
    def best(self) -> Match | None:
        """The likeliest figure."""
        return self.matches[0] if self.matches else None


def sites(query: Query, numbers: Sequence[int], library: Library) -> tuple[Site, ...]:
    """The places named: of each name's candidates the one that is stored, at the level of the others where it can be."""
    rows: dict[str, list[ReportRow]] = defaultdict(list)
    for row in library.rows.values():
        rows[row.place].append(row)
    stored = [[c for c in query.places[n] if c.name in rows] for n in numbers]
    levels = [found[0].level for found in stored if len(found) == 1]
    out: list[Site] = []
    for number, found in zip(numbers, stored, strict=True):
        if not found:
            out.append(Site(query.places[number][0].name))
            continue
        place = min(found, key=lambda c: (c.level not in levels if levels else False, _depth(c)))
        out.append(site(place.name, rows[place.name]))
    return tuple({s.name: s for s in out}.values())


def site(name: str, rows: Sequence[ReportRow]) -> Site:
    """A place with its reports."""
    return Site(name, tuple(sorted(rows, key=lambda row: (row.year, row.meeting or "", row.id), reverse=True)))


def _depth(place: Place) -> int:
    return list(Level).index(place.level)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One cell to fill: of which place, which year, in which report (None: the one that should state it)."""

    site: Site
    year: int | None
    status: Status | None
    report: int | None = None


def cells(wanted: Sequence[Wanted], slot: Slot, library: Library) -> tuple[Cell, ...]:
    """The cells for one slot, filled from the reports that should state them, else from later ones that do."""
    main = [_main(want) for want in wanted]
    loaded = {row.id: library.load(row.id) for rows in main for row in rows}
    weights = weigh_in(slot, list(loaded.values())[:_WEIGHED])
    out: list[Cell] = []
    for want, rows in zip(wanted, main, strict=True):
        own = replace(slot, status=want.status, periods=())
        found = [m for row in rows for m in _matches(own, weights, loaded[row.id], want, strict=False)]
        if not found and want.year is not None and want.status is not Status.TARGET and want.report is None:
            found = _restated(own, weights, want, library)
        found.sort(key=lambda m: (-m.score, m.figure.span))
        out.append(Cell(want.site, want.year, slot, tuple(found[:_KEPT]), bool(rows)))
    return tuple(out)


def _main(want: Wanted) -> tuple[ReportRow, ...]:
    if want.report is not None:
        return want.site.of(want.report)
    if want.year is None:
        return want.site.of(want.site.newest)
    return want.site.of(want.year if want.status is Status.TARGET else want.year + 1)


def _restated(slot: Slot, weights: Weights, want: Wanted, library: Library) -> list[Match]:
    """Later reports that name that very year."""
    assert want.year is not None  # noqa: S101  for the type checker: the caller has looked
    for year in range(want.year + 2, want.year + 2 + _RESTATED):
        rows = want.site.of(year)
        found = [m for row in rows for m in _matches(slot, weights, library.load(row.id), want, strict=True)]
        if found:
            return found
    return []


def _matches(slot: Slot, weights: Weights, loaded: Loaded, want: Wanted, *, strict: bool) -> list[Match]:
    periods = (Period(want.year, want.year),) if want.year is not None else ()
    found: list[Match] = []
    for match in match_all(
        slot, weights, loaded, Candidate(loaded.row.id, 1.0, periods, strict), place=want.site.name, inner=""
    ):
        if (
            match.own < _OWN
            or match.named < _NAMED
            or (want.year is not None and not _of_year(match.figure, want.year))
        ):
            continue
        score = match.score
        if match.figure.place and match.figure.place != want.site.name:
            score *= _FOREIGN
        if loaded.kind(match.stated.passage) in (SectionKind.NOTES, SectionKind.ANNEX):
            score *= _ASIDE
        found.append(replace(match, score=score))
    return found


def _of_year(figure: Figure, year: int) -> bool:
    """Whether a figure tells of the year alone: a rate over several years does not."""
    span = years(figure.period)
    if span is None or span == (year, year):
        return True
    return span[1] == year and figure.measure is not Measure.GROWTH and figure.measure is not Measure.COUNT


def unit_class(figure: Figure) -> str:
    """Units that can be set side by side: 万亿元 and 亿元, 列 and 班."""
    bare = figure.base_unit or figure.unit.lstrip("十百千万亿")
    return "个" if bare in _COUNTERS else bare


def agreed(row: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with their figures of one kind first: the kind that fits all of them best."""
    votes: dict[tuple[Measure, str, bool], float] = defaultdict(float)
    for cell in row:
        best: dict[tuple[Measure, str, bool], float] = {}
        for match in cell.matches:
            best[_kind(match)] = max(best.get(_kind(match), 0.0), match.score)
        for kind, score in best.items():
            votes[kind] += score
    if not votes:
        return tuple(row)
    usual = max(votes, key=lambda kind: votes[kind])
    return tuple(
        replace(
            cell,
            matches=tuple(
                sorted(cell.matches, key=lambda m: (-m.score * (1 if _kind(m) == usual else _UNLIKE), m.figure.span))
            ),
        )
        for cell in row
    )


def _kind(match: Match) -> tuple[Measure, str, bool]:
    return match.figure.measure, unit_class(match.figure), match.figure.status is Status.TARGET
