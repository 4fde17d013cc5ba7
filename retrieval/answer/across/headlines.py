"""The figures of a known indicator in many reports, told from the figures' index: no report is opened for them.

Which kind of figure answers, a few cells tell that are filled as usual (`cells`). Of that kind a report mostly states
one value of the indicator for the whole place. Of several the first is taken: reports begin with the headline figure
and go on to parts of the place. A mark that was passed (突破2000亿元) gives way to the amount itself. On 1,565 reports
and the eighteen commonest indicators the fitted weights choose the same figure wherever there is one value; where there
are several, those that differ are mostly amounts of a part.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer.across.cells import AMOUNTS, Cell, Told, Wanted, agreed, alike, cells, known, main_reports
from retrieval.answer.across.comparable import magnitude, narrowing, of_part, of_whole
from retrieval.answer.across.kinds import ALONE, Kind, kind, kind_of, kind_told
from retrieval.answer.lean import lean_of
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.lexicon import indicators
from retrieval.model import Measure
from retrieval.query import Slot

__all__ = ["match_of_told", "side_by_side", "told_by_index"]

# From so many cells on the index is asked; so many cells of each sort tell the kind of figure, so many must tell it.
_MANY, _SAMPLED, _AGREE = 20, 8, 3
# What is missing of more places than this is not looked for in their reports.
_FEW = 24
# Votes for additions count so much beside those for all there are, as in `agreed`.
_HALF = 0.5
# The report of the year itself may restate it, and those of so many years after.
_RESTATED = 6
# An amount that passed a mark is no more than so many times the mark.
_PASSED = Decimal(2)
_MARK = re.compile(r"突破|超|逾|过|近|约|左右|以上|多|余|跨|迈|站上|不足|以内")
_GROUND = re.compile(r"剔除|扣除|口径|可比|不变价|还原")


def side_by_side(wanted: Sequence[Wanted], slot: Slot, library: Library) -> tuple[Cell, ...]:
    """The cells of one kind, as `agreed` gives them strictly: of many places those `Told` by the index."""
    if told_by_index(wanted, slot) and (found := _indexed(wanted, slot, library)) is not None:
        return found
    return agreed(cells(wanted, slot, library), strict=True)


def told_by_index(wanted: Sequence[Wanted], slot: Slot) -> bool:
    """Whether the index is asked: of so many places, and of an indicator as a whole."""
    return len(wanted) >= _MANY and _plain(slot)


def match_of_told(cell: Cell, library: Library) -> Match | None:
    """The figure of a cell with its report opened around it."""
    if cell.told is None:
        return cell.best
    loaded = lean_of(library, cell.told.report, [(cell.told.passage, cell.told.figure)])
    words = cell.slot.words
    return Match(loaded, loaded.figures[0], 1.0, 1.0, 1.0, 1.0, 1.0, words=words, of_indicator=True)


def _plain(slot: Slot) -> bool:
    """Whether the slot's words are the name of an indicator and nothing that narrows it."""
    mentions = indicators.mentions(slot.words)
    if len(mentions) != 1:
        return False
    return not narrowing(slot.words[: mentions[0].start] + slot.words[mentions[0].end :]).strip()


def _indexed(wanted: Sequence[Wanted], slot: Slot, library: Library) -> tuple[Cell, ...] | None:
    """The cells by the index; None where a sample of them agrees on no kind of figure."""
    mains = [main_reports(want) for want in wanted]
    ids = known(slot)
    held = {rows[0].id: want for want, rows in zip(wanted, mains, strict=True) if rows}
    usual = _usual(held, slot, ids, library)
    if usual is None:
        return None
    sort, back = usual
    out: list[Cell] = []
    told: dict[int, dict[str, Told]] = {}
    for want, rows in zip(wanted, mains, strict=True):
        year = want.year if want.year is not None else rows[0].year - back if rows else want.site.newest - back
        if year not in told:
            told[year] = _told(ids, year, sort, library)
        found = next((told[year][row.id] for row in rows if row.id in told[year]), None)
        if found is None and not sort.target and want.report is None:
            later = [row for row in reversed(want.site.rows) if 1 < row.year - year <= _RESTATED]
            found = next((told[year][row.id] for row in later if row.id in told[year]), None)
        out.append(Cell(want.site, want.year, slot, held=bool(rows), told=found))
    return _completed(out, wanted, slot, sort, library)


def _completed(
    row: Sequence[Cell], wanted: Sequence[Wanted], slot: Slot, sort: Kind, library: Library
) -> tuple[Cell, ...]:
    """The row with what the index does not tell (a figure under another name) read in the reports, where that is
    missing of a few places only."""
    empty = [number for number, cell in enumerate(row) if cell.held and cell.told is None]
    if len(empty) > _FEW:
        return tuple(row)
    read = cells([wanted[number] for number in empty], slot, library)
    found = {
        number: replace(cell, matches=tuple(match for match in cell.matches if kind(match).beside(sort)))
        for number, cell in zip(empty, (alike(one, sort) for one in read), strict=True)
    }
    return tuple(found.get(number, cell) for number, cell in enumerate(row))


def _usual(held: Mapping[str, Wanted], slot: Slot, ids: Collection[str], library: Library) -> tuple[Kind, int] | None:
    """The kind of figure that most of the cells agree on, and how many years before its report's it is of. `held` are
    the cells by their reports.

    As `agreed` does, each cell votes for the kinds it states, by how likely each is the one asked for. A few cells that
    state one kind tell which kinds may be meant at all, a few that state several which of them is meant.
    """
    stated = _stated(held.values(), ids, library)
    single = [report for report in held if len(stated[report]) == 1]
    several = [report for report in held if len(stated[report]) > 1]
    sample = [*_spread(single or ([] if several else list(held))), *_spread(several)]
    chances: dict[Kind, float] = defaultdict(float)
    asked: Counter[Kind] = Counter()
    back: Counter[tuple[Kind, int]] = Counter()
    for cell in cells([held[report] for report in sample], slot, library):
        best: dict[Kind, float] = {}
        for match in cell.matches:
            if match.of_indicator and match.figure.period.isdecimal():
                best[kind(match)] = max(best.get(kind(match), 0.0), match.score)
                back[kind(match), match.loaded.row.year - int(match.figure.period)] += 1
        asked.update(best.keys())
        for sort, score in best.items() if len(best) > 1 else ():
            chances[sort] += score
    total = sum(chances.values())
    alone = Counter(next(iter(stated[report])) for report in single)
    votes = {sort: alone[sort] + len(several) * chances[sort] / (total or 1.0) for sort in asked}
    if not votes or sum(asked.values()) < min(_AGREE, len(sample)):
        return None
    most = max(votes, key=lambda sort: votes[sort] * (_HALF if sort.added else 1.0))
    return most, max((n for sort, n in back if sort == most), key=lambda n: back[most, n])


def _stated(held: Collection[Wanted], ids: Collection[str], library: Library) -> dict[str, set[Kind]]:
    """The kinds of figures that each cell's report states of the indicator for its year; none where no year is asked
    for."""
    years = {want.year for want in held if want.year is not None}
    found: dict[str, set[Kind]] = defaultdict(set)
    for year in years:
        for report, target, measure, unit, base, name in library.store.kinds(ids, str(year)):
            found[report].add(kind_told(measure, unit, base, name, target=target))
    return found


def _spread(held: Sequence[str]) -> Sequence[str]:
    """A few of the reports, over the whole row."""
    return held[:: max(1, len(held) // _SAMPLED)][:_SAMPLED]


def _told(ids: Collection[str], year: int, sort: Kind, library: Library) -> dict[str, Told]:
    """Of each report the figure of the whole place and the year, by the report's id."""
    own: dict[str, list[Told]] = {}
    amounts: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    if sort.measure is Measure.GROWTH and not sort.target:
        for report, end, size in library.store.sizes(ids, str(year)):
            amounts[report].append((end, size))
    measures = (sort.measure,) if sort.measure in ALONE else tuple(m for m in Measure if m not in ALONE)
    for report, passage, figure in library.store.of_whole(ids, str(year), target=sort.target, measures=measures):
        alike_kind = kind_of(figure).beside(sort) and magnitude(figure) is not None
        if alike_kind and not (report in amounts and of_part(figure.span.start, amounts[report])):
            own.setdefault(report, []).append(Told(report, passage, figure))
    return {report: best for report, found in own.items() if (best := _first(found)) is not None}


def _first(found: Sequence[Told]) -> Told | None:
    """The figure of the whole place that is stated first; the amount itself where that is a mark it passed."""
    whole = [told for told in found if of_whole(told.figure, told.figure.place)]
    # 扣除减税因素后增长11.7%: on a ground of its own only where there is no other.
    whole = [told for told in whole if not _GROUND.search(told.figure.basis)] or whole
    if not whole:
        return None
    first, mark = whole[0], magnitude(whole[0].figure)
    if first.figure.measure not in AMOUNTS or not _MARK.search(first.figure.qualifier) or not mark:
        return first
    for told in whole[1:]:
        value = magnitude(told.figure)
        if value is not None and 1 <= value / mark < _PASSED and not _MARK.search(told.figure.qualifier):
            return told
    return first
