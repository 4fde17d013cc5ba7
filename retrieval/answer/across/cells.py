"""The figures of several reports side by side: for each place and year the figure that answers, or what is missing.

A cell is filled as a question about one report is: its figures are ranked by the fitted weights, those that cannot be
meant are left out. Which kind of figure stands in a row is agreed on by all of its cells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from statistics import median

import numpy as np

from retrieval.answer.across.comparable import magnitude, may_answer
from retrieval.answer.across.kinds import Kind, kind
from retrieval.answer.figures import match_of
from retrieval.answer.lean import lean, leaner
from retrieval.answer.library import Library, Loaded
from retrieval.answer.matching import Match
from retrieval.answer.scope import Candidate, Scope
from retrieval.answer.scoring import eligible, fitted, rank
from retrieval.answer.weighing import weigh_in
from retrieval.answer.weights import Weights, weigh
from retrieval.index import ReportRow
from retrieval.lexicon import indicators
from retrieval.model import Figure, Level, Measure, Place, Status
from retrieval.query import Period, Query, Slot

__all__ = [
    "AMOUNTS",
    "Cell",
    "Site",
    "Told",
    "Wanted",
    "agreed",
    "alike",
    "candidates",
    "cells",
    "known",
    "main_reports",
    "single_site",
    "site",
    "sites",
]

# A figure answers where its name or clause says this share of the slot's words; a smaller share will do beside others
# of the same kind.
_NAMED, _KNOWN, _LOOSE = 0.5, 0.7, 0.1
# 粮食生产…总产量达到853亿斤: the sentence says so much of the words, and no other figure is as likely.
_TOLD, _LIKELY = 0.8, 0.5
# A figure of the kind agreed on goes before a likelier one of another, save where it is so much less likely.
_UNLIKE = 0.02
# A figure stated before another one of its name goes before it where it is so likely beside it.
_AS_LIKELY = 0.6
# So many amounts tell of what size one more is likely to be.
_ENOUGH = 3
# Votes for additions count so much beside those for all there are: 高新技术企业 without 新增 are all there are.
_HALF = 0.5
# Candidates kept for each cell.
_KEPT = 8
# Amounts of one place differ by this factor from year to year at most, those of several places by that.
_YEARS_APART, _PLACES_APART = 3, 40
_RATES = frozenset(("%", "％", "‰", "个百分点", "百分点"))
# Reports whose words decide how the slot's words are weighed.
_WEIGHED = 6
# More cells than this are filled from figures of the indicator alone, where the lexicon knows it.
_MANY = 8
# A later report may restate a year: so many years after.
_RESTATED = 5


# Amounts so near each other are one, told once in round and once in full.
_NEARLY = Decimal("0.06")
_ROUND = re.compile(r"突破|超|逾|近|约|左右|以上|多|余|跨|迈|站上|不足|以内")
AMOUNTS = frozenset((Measure.LEVEL, Measure.COUNT))


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the comparison with its reports by year, newest meeting first; none where it is not stored."""

    name: str
    rows: tuple[ReportRow, ...] = ()
    by_year: Mapping[int, tuple[ReportRow, ...]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, year: int) -> tuple[ReportRow, ...]:
        """The reports of a year."""
        return self.by_year.get(year, ())

    @property
    def newest(self) -> int:
        """Year of the newest report; 0 where there is none."""
        return self.rows[0].year if self.rows else 0


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as the index has it: its report, and the passage it stands in."""

    report: str
    passage: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """What was found for one place, year and slot: the figures that may answer, best first.

    `held` tells whether the report that should state it is stored; `loose` are figures that answer only if they are of
    the kind of the others. `told` is the one figure of a cell that was filled from the index.
    """

    site: Site
    year: int | None
    slot: Slot
    matches: tuple[Match, ...] = ()
    held: bool = True
    loose: tuple[Match, ...] = ()
    told: Told | None = None

    @property
    def figure(self) -> Figure | None:
        """The likeliest figure, whether or not its report was opened."""
        return self.told.figure if self.told else self.matches[0].figure if self.matches else None

    @property
    def best(self) -> Match | None:
        """The likeliest figure."""
        return self.matches[0] if self.matches else None


def sites(query: Query, numbers: Sequence[int], library: Library) -> tuple[Site, ...]:
    """The places named: of each name's candidates the one that is stored, at the level of the others if it can be."""
    rows = library.rows.by_place
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


def single_site(query: Query, numbers: Sequence[int], library: Library) -> Site:
    """The place of a question about one: the first named, or where it has no report of its own another that has one
    (我是榆树种苞米的，长春全市…)."""
    first = sites(query, numbers, library)[0]
    if first.rows:
        return first
    return next((one for one in sites(query, range(len(query.places)), library) if one.rows), first)


def site(name: str, rows: Sequence[ReportRow]) -> Site:
    """A place with its reports."""
    ordered = tuple(sorted(rows, key=lambda row: (row.year, row.meeting or "", row.id), reverse=True))
    by_year: dict[int, tuple[ReportRow, ...]] = {}
    for row in ordered:
        by_year[row.year] = (*by_year.get(row.year, ()), row)
    return Site(name, ordered, by_year)


def _depth(place: Place) -> int:
    return list(Level).index(place.level)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One cell to fill: of which place, which year, in which report (None: the one that should state it). `span` are
    the years of a plan whose target or outcome is asked for instead of one year."""

    site: Site
    year: int | None
    status: Status | None
    report: int | None = None
    span: tuple[int, int] | None = None


def cells(wanted: Sequence[Wanted], slot: Slot, library: Library) -> tuple[Cell, ...]:
    """The cells for one slot, filled from the reports that should state them, else from later ones that do."""
    main = [main_reports(want) for want in wanted]
    ids = known(slot)
    # Of many places a report that states nothing of a known indicator is not read whole for what may be meant as well.
    opened = leaner if ids and len(wanted) > _MANY else lean
    loaded = {
        row.id: own
        for want, rows in zip(wanted, main, strict=True)
        for row in rows
        if (own := opened(library, row.id, want.year, want.status, ids)) is not None
    }
    if not any(main):
        return tuple(Cell(want.site, want.year, slot, held=False) for want in wanted)
    weights = weigh_in(slot, list(loaded.values())[:_WEIGHED])
    out: list[Cell] = []
    for want, rows in zip(wanted, main, strict=True):
        every = [m for row in rows if row.id in loaded for m in candidates(slot, weights, loaded[row.id], want)]
        found = [m for m in every if _says(m)]
        if not found and want.year is not None and want.status is not Status.TARGET and want.report is None:
            found = _restated(_asked(slot, want), weights, want, library)
        loose = () if found else tuple(sorted((m for m in every if m.named >= _LOOSE), key=lambda m: -m.score))
        out.append(Cell(want.site, want.year, slot, tuple(found[:_KEPT]), bool(rows), loose[:_KEPT]))
    return tuple(out)


def main_reports(want: Wanted) -> tuple[ReportRow, ...]:
    """The reports that should state what a cell wants: the next year's the result, the year's own the target."""
    if want.report is not None:
        return want.site.of(want.report)
    if want.span is not None:
        return want.site.of(want.span[0] if want.status is Status.TARGET else want.span[1] + 1)
    if want.year is None:
        return want.site.of(want.site.newest)
    return want.site.of(want.year if want.status is Status.TARGET else want.year + 1)


def _restated(slot: Slot, weights: Weights, want: Wanted, library: Library) -> list[Match]:
    """Later reports that name that very year."""
    assert want.year is not None  # noqa: S101  for the type checker: the caller has looked
    ids = known(slot)
    later = [row for year in range(want.year + 2, want.year + 2 + _RESTATED) for row in want.site.of(year)]
    if ids:
        # A report that names the year beside none of the indicators is not read for it.
        stating = library.store.stating([row.id for row in later], [str(want.year)], ids)
        later = [row for row in later if row.id in stating]
    for year in sorted({row.year for row in later}):
        rows = [row for row in later if row.year == year]
        found = [
            m
            for row in rows
            for m in _matches(slot, weights, lean(library, row.id, want.year, want.status, ids), want, strict=True)
            if _says(m)
        ]
        if found:
            return found
    return []


def _periods(want: Wanted) -> tuple[Period, ...]:
    if want.span is not None:
        return (Period(*want.span),)
    return (Period(want.year, want.year),) if want.year is not None else ()


def _says(match: Match) -> bool:
    """Whether a figure is of what the slot names: the lexicon knows it as such, or it says most of the words; of the
    likeliest figure by far, its sentence may."""
    told = match.share >= _TOLD and match.score >= _LIKELY
    # 广播电视覆盖率 says half of 森林覆盖率: of an indicator that is known the most must be said.
    least = _KNOWN if match.doubtful else _NAMED
    return match.of_indicator or match.named >= least or told


def candidates(slot: Slot, weights: Weights, loaded: Loaded, want: Wanted) -> list[Match]:
    """The figures of one report that may fill a cell, the likeliest first."""
    return _matches(_asked(slot, want), weights, loaded, want, strict=False)


def _asked(slot: Slot, want: Wanted) -> Slot:
    """The slot as it is asked of one cell."""
    return replace(slot, status=want.status, periods=_periods(want), yearly=want.year is not None)


def _matches(slot: Slot, weights: Weights, loaded: Loaded, want: Wanted, *, strict: bool) -> list[Match]:
    """The figures of a report that may be meant, the likeliest first; the score of each is its share among all."""
    candidate = Candidate(loaded.row.id, 1.0, slot.periods, strict or want.span is not None)
    where = Scope((candidate,), want.site.name)
    best = rank(slot, weights, where, [(candidate, loaded)], fitted())
    if not len(best.scores):
        return []
    ranked = eligible(best, slot.words, planned=want.status is Status.TARGET)
    among = np.logaddexp(np.logaddexp.reduce(best.scores), best.rest)
    shares = np.exp(ranked.scores - among).tolist()
    matches = [
        match
        for number, share in enumerate(shares)
        if may_answer(match := replace(match_of(ranked, number), score=share), slot, want.site.name, want.year)
    ]
    return _in_full(_foremost(_plainly(matches, slot)))


def _foremost(matches: list[Match]) -> list[Match]:
    """The figures with one of an indicator behind the same that is stated before it, where neither is much likelier:
    reports begin with the headline figure, and later ones of its name may be of something else."""
    if not matches or not matches[0].of_indicator or _ROUND.search(matches[0].figure.qualifier):
        return matches
    best = matches[0]
    told = (best.figure.indicator, best.figure.period, kind(best))
    for number, other in enumerate(matches[1:], 1):
        alike = (other.figure.indicator, other.figure.period, kind(other)) == told and other.loaded is best.loaded
        if not alike or other.score < _AS_LIKELY * best.score or other.figure.span.start > best.figure.span.start:
            continue
        if not _ROUND.search(other.figure.qualifier) and not _GROUND.search(other.figure.basis):
            return _first(matches, number)
    return matches


def _plainly(matches: list[Match], slot: Slot) -> list[Match]:
    """The figures with one on a ground of its own (扣除减税因素后增长11.7%) behind the same on none."""
    if not matches or not _GROUND.search(matches[0].figure.basis) or _GROUND.search(slot.words):
        return matches
    first = matches[0]
    for number, other in enumerate(matches[1:], 1):
        alike = kind(other) == kind(first) and other.figure.indicator_id == first.figure.indicator_id
        if alike and other.figure.period == first.figure.period and not _GROUND.search(other.figure.basis):
            return _first(matches, number)
    return matches


def _first(matches: list[Match], number: int) -> list[Match]:
    """The figures with one of them and the first one in each other's place, and with each other's score."""
    one, other = matches[0], matches[number]
    changed = list(matches)
    changed[0], changed[number] = replace(other, score=one.score), replace(one, score=other.score)
    return changed


_GROUND = re.compile(r"剔除|扣除|口径|可比|不变价|还原")


def _in_full(matches: list[Match]) -> list[Match]:
    """The figures with a round one (突破2万亿元) behind the same told in full (20818.5亿元)."""
    if not matches or not (_ROUND.search(matches[0].figure.qualifier) and matches[0].figure.measure in AMOUNTS):
        return matches
    first, round_one = matches[0], magnitude(matches[0].figure)
    for number, other in enumerate(matches[1:], 1):
        value = magnitude(other.figure)
        alike = kind(other) == kind(first) and other.figure.indicator_id == first.figure.indicator_id
        if not alike or _ROUND.search(other.figure.qualifier) or value is None or not round_one:
            continue
        if abs(value / round_one - 1) <= _NEARLY:
            return _first(matches, number)
    return matches


def known(slot: Slot) -> frozenset[str]:
    """The lexicon's indicators that a slot may mean: those it names, and those that what it says stands for."""
    # 研发投入 占GDP比重 is an indicator of its own.
    joined = weigh(slot.words, "", lambda _: True, lambda _: ()).indicators
    return frozenset((*indicators.meant(slot.words), *joined))


def agreed(row: Sequence[Cell], *, strict: bool = False) -> tuple[Cell, ...]:
    """The cells with their figures of one kind first: the kind that fits all of them best. A `strict` row has no
    others: in a series or a ranking they could not be read."""
    votes: dict[Kind, float] = defaultdict(float)
    for cell in row:
        best: dict[Kind, float] = {}
        for match in cell.matches:
            best[kind(match)] = max(best.get(kind(match), 0.0), match.score)
        for one, score in best.items():
            votes[one] += score
    if not votes:
        return tuple(row)
    # Where additions and all there are have as many votes, all there are is meant.
    usual = max(votes, key=lambda one: votes[one] * (_HALF if one.added else 1.0))
    known = [v for c in row for m in c.matches[:1] if kind(m) == usual and (v := magnitude(m.figure)) is not None]
    spread = _YEARS_APART if len({c.site.name for c in row}) == 1 else _PLACES_APART
    around = (abs(median(known)) / spread, abs(median(known)) * spread) if known else None
    if len(known) < _ENOUGH or usual.unit in _RATES:
        # Of two amounts neither tells how large the other should be; rates go up and down.
        around = None
    out = tuple(alike(cell, usual, around) for cell in row)
    if not strict:
        return out
    return tuple(replace(c, matches=tuple(m for m in c.matches if kind(m).beside(usual))) for c in out)


def alike(cell: Cell, usual: Kind, around: tuple[Decimal, Decimal] | None = None) -> Cell:
    """The cell with its figures of one kind first, and where it has none with the looser ones of that kind: amounts
    of a size that the others make likely; rates look too much alike."""
    matches = tuple(m for m in cell.matches if _likely(m, around)) if around else cell.matches
    matches = matches or cell.matches
    if not matches and usual.unit not in _RATES:
        matches = tuple(m for m in cell.loose if kind(m) == usual and _likely(m, around))
    ordered = sorted(matches, key=lambda m: (-m.score * (1 if kind(m) == usual else _UNLIKE), m.figure.span))
    return replace(cell, matches=tuple(ordered))


def _likely(match: Match, around: tuple[Decimal, Decimal] | None) -> bool:
    value = magnitude(match.figure)
    return around is None or (value is not None and around[0] <= abs(value) <= around[1])
