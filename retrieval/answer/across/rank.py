"""Which places of a group are highest, lowest, or beyond a threshold: 哪些省把GDP目标定在5.5%以上."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer.across.bearing import borne_out
from retrieval.answer.across.cells import Cell, Wanted, sites
from retrieval.answer.across.comparable import magnitude, size
from retrieval.answer.across.compare import filled
from retrieval.answer.across.computing import apart, worked_out
from retrieval.answer.across.groups import absent_note, members
from retrieval.answer.across.headlines import match_of_told
from retrieval.answer.across.timing import Timing, timing
from retrieval.answer.across.writing import LISTED, figure_of, missing_notes, name_notes, put, refused
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.lexicon import hedges, indicators
from retrieval.lexicon.hedges import Hedge
from retrieval.model import Answer, Figure, Kind, Level, Measure, Status
from retrieval.query import Query
from retrieval.query.across import Across
from retrieval.query.bounds import Bound
from retrieval.text import chinese_count

__all__ = ["rank", "within"]

_SCALE = {"万亿": 12, "千亿": 11, "百亿": 10, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "百": 2}


def rank(asked: Across, query: Query, library: Library) -> Answer | None:
    """The places that are asked for, in order; None where the store holds no such group."""
    places = sites(query, asked.places, library) if asked.group is None else members(asked.group, library)
    if not places:
        return None
    when = timing(asked, query, places)
    wanted = [Wanted(one, when.years[0], query.status, when.report, when.span) for one in places]
    slots = borne_out(asked.slots, wanted, library, query)
    # 各省(直辖市都算上)…新增就业: what ranks is what the lexicon knows.
    fits = [slot for slot in slots if indicators.mentions(slot.words)] or slots
    # 增幅低于5%: of an amount and a growth the one that the threshold is of.
    rated = any(bound.unit.endswith(("%", "点")) for bound in asked.bounds)
    slot = next((slot for slot in fits if not rated or slot.ask.measure is not Measure.LEVEL), fits[0])
    status, row = filled(places, replace(when, years=when.years[:1]), slot, query.status, library, strict=True)
    if asked.group is not None:
        # A group is what the store holds of it: the report asked for must be there.
        row = tuple(cell for cell in row if cell.held)
    stated = [(cell, figure_of(cell.figure, cell.site, cell.year)) for cell in row if cell.figure]
    if not stated:
        return (
            refused(row, slot.words, status, notes=_group_note(asked, row, _report_year(when, status))) if row else None
        )
    chosen = _chosen(asked, stated)
    quotes = Quotes()
    opened = [(cell, match_of_told(cell, library)) for cell, _ in chosen]
    figures = tuple(put(quotes, cell, match, placed=True) for cell, match in opened if match)
    notes = [*when.notes, *_group_note(asked, row, _report_year(when, status)), *missing_notes(row, status)]
    notes += name_notes([figure for _, figure in chosen])
    if not chosen:
        # None of them: the nearest are shown as what the reports do state.
        return Answer(Kind.FIGURES, message="收录的报告里没有符合条件的地区。", notes=tuple(notes), topic=slot.words)
    computed, left_out = worked_out(asked.operation, figures, wide=True)
    if asked.difference and not computed:
        computed, left_out = apart(figures, wide=True)
    return Answer(
        Kind.FIGURES,
        figures=figures,
        computed=computed,
        citations=quotes.citations,
        notes=tuple(dict.fromkeys((*left_out, *notes))),
        topic=slot.words,
    )


def _chosen(asked: Across, stated: Sequence[tuple[Cell, Figure]]) -> list[tuple[Cell, Figure]]:
    kept = [(cell, f) for cell, f in stated if all(within(f, bound, ranges=asked.ranges) for bound in asked.bounds)]
    falling = asked.order.falling if asked.order else True
    kept = [item for item in kept if magnitude(item[1]) is not None]
    kept.sort(key=lambda item: magnitude(item[1]) or Decimal(0), reverse=falling)
    if asked.ends and len(kept) > 1:
        return [kept[0], kept[-1]]
    most = asked.order.most if asked.order else None
    if most is None or len(kept) <= most:
        return kept
    last = magnitude(kept[most - 1][1])
    tied = [item for item in kept[most:] if magnitude(item[1]) == last]
    return kept[:most] + tied


def within(figure: Figure, bound: Bound, *, ranges: bool = True) -> bool:
    """Whether a figure keeps a threshold. A range counts by its lower end, and is no single value."""
    value = magnitude(figure)
    if value is None or (figure.upper is not None and (bound.relation == "=" or not ranges)):
        return False
    limit = _scaled(bound, figure)
    if limit is None:
        return False
    match bound.relation:
        case "<":
            # 接近5%: less than it.
            return value < limit or (value == limit and hedges.of(figure.qualifier) is Hedge.BELOW)
        case "<=":
            return value <= limit
        case ">":
            # 突破5万亿元: more than it.
            return value > limit or (value == limit and hedges.of(figure.qualifier) is Hedge.ABOVE)
        case ">=":
            return value >= limit and not (value == limit and hedges.of(figure.qualifier) is Hedge.BELOW)
        case _:
            return value == limit


def _scaled(bound: Bound, figure: Figure) -> Decimal | None:
    """The threshold in the figure's base unit; a threshold in % is none for figures in yuan."""
    unit = bound.unit.replace("块钱", "元").replace("块", "元")
    share = unit in ("%", "‰", "成", "个点") or unit.endswith("百分点")
    if share != (figure.unit in ("%", "％", "‰", "成") or figure.unit.endswith("百分点")):
        return None
    for name, power in _SCALE.items():
        if unit.startswith(name):
            return bound.value.scaleb(power) * size(unit[len(name) :])
    return bound.value * size(unit)


def _report_year(when: Timing, status: Status | None) -> int | None:
    """The year of the reports looked into."""
    year = when.years[0]
    return when.report if when.report or year is None else year if status is Status.TARGET else year + 1


def _group_note(asked: Across, row: Sequence[Cell], report: int | None) -> list[str]:
    """Whom the group is made of, and who of it is missing."""
    group = asked.group
    if group is None:
        return []
    named = {Level.PROVINCE: "省级地区", Level.CITY: "市（州）", Level.COUNTY: "县（区）"}.get(group.level, "地区")
    names = [cell.site.name for cell in row]
    told = f"：{'、'.join(names)}" if len(names) <= LISTED else f"，共{chinese_count(len(names), '个')}"
    notes = [f"以收录的{named}为准{told}"]
    return notes + absent_note(group, {cell.site.name for cell in row}, report)
