"""The figures of several reports side by side: for each place and year the figure that answers, or what is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.answer.across.lean import FEW, lean
from retrieval.answer.figures import weigh_in
from retrieval.answer.library import Library, Loaded
from retrieval.answer.matching import Match, match_all, years
from retrieval.answer.scope import Candidate
from retrieval.answer.weights import Weights
from retrieval.index import ReportRow
from retrieval.lexicon import indicators
from retrieval.lexicon import places as gazetteer
from retrieval.model import Figure, Level, Measure, Place, SectionKind, Status
from retrieval.query import Period, Query, Slot

__all__ = ["Cell", "Site", "agreed", "cells", "sites", "unit_class"]

# A figure answers where it covers this share of the slot's words, and this share in its own name or clause; a smaller
# share will do beside others of the same kind.
_OWN, _NAMED, _LOOSE = 0.5, 0.5, 0.25
# A figure without a name takes that of the indicator named before it, at most so far away.
_BEFORE, _FITTING = 120, 0.9
_MILESTONE = re.compile(r"突破|超|跨|迈上|站上|逾")
_PASSED = 0.96
_AVERAGE = re.compile(r"年均|平均|累计|五年|五年来|以来")
# Figures of glossaries count this much, and targets that stand among tasks.
_ASIDE, _ELSEWHERE = 0.6, 0.92
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

    `held` tells whether the report that should state it is stored; `loose` are figures that answer only if they are of
    the kind of the others.
    """

    site: Site
    year: int | None
    slot: Slot
    matches: tuple[Match, ...] = ()
    held: bool = True
    loose: tuple[Match, ...] = ()

    @property
    def best(self) -> Match | None:
        """The likeliest figure."""
        return self.matches[0] if self.matches else None


def sites(query: Query, numbers: Sequence[int], library: Library) -> tuple[Site, ...]:
    """The places named: of each name's candidates the one that is stored, at the level of the others if it can be."""
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
    few = sum(map(len, main)) <= FEW
    loaded = {
        row.id: library.load(row.id) if few else lean(library, row.id, want.year, want.status)
        for want, rows in zip(wanted, main, strict=True)
        for row in rows
    }
    if not loaded:
        return tuple(Cell(want.site, want.year, slot, held=False) for want in wanted)
    weights = weigh_in(slot, list(loaded.values())[:_WEIGHED])
    out: list[Cell] = []
    for want, rows in zip(wanted, main, strict=True):
        own = replace(slot, status=want.status, periods=())
        every = [m for row in rows for m in _matches(own, weights, loaded[row.id], want, strict=False)]
        found = [m for m in every if m.named >= _NAMED or spoken_of(m, weights)]
        if not found and want.year is not None and want.status is not Status.TARGET and want.report is None:
            found = _restated(own, weights, want, library)
        found.sort(key=lambda m: (-(m.named >= _NAMED), -m.score, m.figure.span))
        loose = () if found else tuple(sorted((m for m in every if m.named >= _LOOSE), key=lambda m: -m.score))
        out.append(Cell(want.site, want.year, slot, tuple(found[:_KEPT]), bool(rows), loose[:_KEPT]))
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
        found = [
            m
            for row in rows
            for m in _matches(slot, weights, lean(library, row.id, want.year, want.status), want, strict=True)
            if m.named >= _NAMED
        ]
        if found:
            return found
    return []


def _matches(slot: Slot, weights: Weights, loaded: Loaded, want: Wanted, *, strict: bool) -> list[Match]:
    """The figures of a report whose sentence speaks of what is asked, in the year asked about."""
    periods = (Period(want.year, want.year),) if want.year is not None else ()
    candidate = Candidate(loaded.row.id, 1.0, periods, strict)
    return [
        replace(match, score=match.score * _worth(match))
        for match in match_all(slot, weights, loaded, candidate, place=want.site.name, inner="")
        if match.own >= _OWN
        and (want.year is None or told(match, want.year))
        and not foreign(match.figure, want.site.name)
    ]


def _worth(match: Match) -> float:
    """Less for glossaries, for a milestone passed (突破2000亿元) beside the value, for targets among tasks."""
    figure = match.figure
    worth = 1.0
    if match.loaded.kind(match.stated.passage) in (SectionKind.NOTES, SectionKind.ANNEX):
        worth *= _ASIDE
    if figure.status is not Status.TARGET and _MILESTONE.search(figure.qualifier):
        worth *= _PASSED
    if figure.status is Status.TARGET:
        sentence = match.loaded.sentences[match.stated.sentence]
        worth *= 1.0 if sentence.kind is SectionKind.TARGETS or "目标" in sentence.text else _ELSEWHERE
    return worth


def foreign(figure: Figure, place: str) -> bool:
    """Whether a figure is another place's than the report's: by its field, or by a place in its name."""
    if figure.place and figure.place != place:
        return True
    return any(
        all(c.name != place and c.level is not Level.COUNTRY for c in mention.candidates)
        for mention in _mentions(figure.indicator)
    )


@lru_cache(maxsize=4096)
def _mentions(indicator: str) -> tuple[gazetteer.PlaceMention, ...]:
    return tuple(gazetteer.mentions(indicator))


def told(match: Match, year: int) -> bool:
    """Whether a figure tells of the year alone: a rate over several years does not, unless its sentence names the
    year and no average."""
    figure = match.figure
    span = years(figure.period)
    if span is None or span == (year, year):
        return True
    if span[1] != year and not (span[0] <= year <= span[1]):
        return False
    sentence = match.loaded.sentences[match.stated.sentence].text
    if str(year) in sentence and not _AVERAGE.search(match.stated.clause):
        return True
    return span[1] == year and figure.measure not in (Measure.GROWTH, Measure.COUNT)


def spoken_of(match: Match, weights: Weights) -> bool:
    """Whether the indicator asked for is the last one named before a figure that bears no name of its own."""
    figure = match.figure
    if not weights.indicators or figure.indicator_id is not None or match.fit < _FITTING:
        return False
    passage = match.loaded.outline.passages[match.stated.passage].span
    start = max(passage.start, figure.span.start - _BEFORE)
    before = match.loaded.report.text[start : figure.span.start]
    named = indicators.mentions(before)
    return bool(named) and named[-1].indicator.id in weights.indicators


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
            best[kind(match)] = max(best.get(kind(match), 0.0), match.score)
        for one, score in best.items():
            votes[one] += score
    if not votes:
        return tuple(row)
    usual = max(votes, key=lambda one: votes[one])
    return tuple(alike(cell, usual) for cell in row)


def alike(cell: Cell, usual: tuple[Measure, str, bool]) -> Cell:
    """The cell with its figures of one kind first, and where it has none with the looser ones of that kind."""
    matches = cell.matches or tuple(m for m in cell.loose if kind(m) == usual)
    ordered = sorted(matches, key=lambda m: (-m.score * (1 if kind(m) == usual else _UNLIKE), m.figure.span))
    return replace(cell, matches=tuple(ordered))


def kind(match: Match) -> tuple[Measure, str, bool]:
    """What must agree for figures to stand side by side: measure, unit, and whether they are targets."""
    return match.figure.measure, unit_class(match.figure), match.figure.status is Status.TARGET
