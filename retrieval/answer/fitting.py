"""How well a figure's measure, unit, status and years fit what a slot asks for, whatever it is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from retrieval.answer.library import Stated
from retrieval.answer.scope import Candidate
from retrieval.lexicon import units
from retrieval.model import Figure, Measure, Status
from retrieval.query import Ask, Period, Slot

__all__ = ["FROM", "end_fit", "fits_ask", "part_fit", "period_fit", "period_of", "status_fit", "years"]

_AMOUNTS = frozenset({Measure.LEVEL, Measure.COUNT, Measure.PRICE, Measure.DURATION, Measure.MULTIPLE, Measure.RATIO})


@lru_cache(maxsize=4096)
def years(text: str) -> tuple[int, int] | None:
    """First and last year of a figure's period, where it has years."""
    parts = text.split("-")
    if not all(len(part) == 4 and part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[-1])


def period_fit(stated: str, asked: Sequence[Period]) -> float:
    """1 for the same years, less for a longer or overlapping stretch, 0 for others."""
    if not asked:
        return 1.0
    span = years(stated)
    if span is None:
        return 0.35
    return max(_fit(span, (p.first, p.last)) for p in asked)


def _fit(span: tuple[int, int], asked: tuple[int, int]) -> float:
    if span == asked:
        return 1.0
    single = asked[0] == asked[1]
    if single and span[1] == asked[1]:
        return 0.72
    if not single and span[0] == span[1] == asked[1]:
        return 0.55
    if not single and span[1] == asked[1]:
        return 0.85
    if single and span[0] <= asked[0] <= span[1]:
        return 0.4
    if not single and asked[0] <= span[0] and span[1] <= asked[1]:
        return 0.35
    return 0.0


def status_fit(figure: Figure, status: Status | None, candidate: Candidate, year: int) -> float:
    """1 where the figure's status is the asked one, 0 where it is the other, between where the question leaves it."""
    target = figure.status is Status.TARGET
    if status is Status.TARGET:
        return 1.0 if target else 0.0
    if status is Status.ACTUAL:
        return 0.0 if target else 1.0
    if candidate.periods and all(p.last < year for p in candidate.periods):
        return 0.1 if target else 1.0
    return 0.9 if target else 1.0


def fits_ask(figure: Figure, ask: Ask, words: str = "") -> float:
    """1 where measure and unit are the asked ones; the less, the less they are alike; 0 where the figure cannot be
    what was asked. `words` name what is asked for."""
    if ask.measure is figure.measure is Measure.STREAK and (ask.unit == "次" or figure.unit.startswith("连")):
        # 连着提了几次 of 十四连涨
        return 1.0
    if ask.unit and not units.compatible(figure.unit, ask.unit):
        return 0.0
    if ask.unit and ask.measure is not Measure.RANK and figure.measure is Measure.RANK:
        return 0.0
    if ask.unit and units.kind(ask.unit) == "" and units.kind(figure.unit) in units.RATES:
        return 0.0
    if figure.value is None and figure.measure is not Measure.RATIO and ask.unit:
        return 0.0
    fit = _measure_fit(figure, ask, words)
    if ask.unit.endswith("百分点") and not figure.unit.endswith("百分点") and _GAP.search(words):
        return fit * _NO_GAP
    if not ask.unit and figure.measure is Measure.COUNT and _SUM.search(words):
        return fit * _NO_GAP  # 投资: no number of projects
    if not ask.unit:
        return fit
    wanted, stated = units.bare(ask.unit), units.bare(figure.unit)
    if stated == wanted or units.kind(ask.unit) == "":
        return fit * 1.15
    if not units.kind(figure.unit) and figure.measure is Measure.COUNT:
        # 1.7万贫困人口: what is counted stands behind the number, and is no money.
        return fit if units.kind(ask.unit) in ("people", "count", "") else 0.0
    if units.particular(wanted) and units.kind(figure.unit) != "rate":
        return fit * 0.4
    return fit * (0.9 if units.kind(figure.unit) == units.kind(ask.unit) else 0.75)


def _measure_fit(figure: Figure, ask: Ask, words: str) -> float:
    rate = units.kind(figure.unit) == "rate"
    if ask.measure is None:
        return _open_fit(figure, words)
    if ask.measure is Measure.LEVEL:
        return 0.0 if figure.measure in (Measure.GROWTH, Measure.RANK, Measure.STREAK) else 0.7 if rate else 1.0
    if ask.measure is Measure.GROWTH:
        if figure.measure is not Measure.GROWTH and figure.measure is not Measure.MULTIPLE:
            if figure.measure in _AMOUNTS and _REDUCED.search(words + figure.indicator):
                return 0.35
            # 市区面积 扩大: where no quantity is named, what it came to may be meant.
            return 0.3 if figure.measure in _AMOUNTS and not ask.unit and figure.direction else 0.0
        fit = 0.8 if ask.direction and figure.direction and ask.direction != figure.direction else 1.0
        if figure.unit.endswith("百分点") and ask.unit != figure.unit and not _RATIO.search(words):
            return 0.0
        return fit if figure.value is not None else fit * 0.4
    if ask.measure is figure.measure:
        moved = figure.measure is Measure.RANK and bool(figure.direction) != bool(ask.direction)
        return 0.35 if moved else 1.0
    if ask.measure is Measure.SHARE:
        if figure.measure is Measure.GROWTH and _OF_WHOLE.search(words):
            return 0.0  # how much it grew is no part of a whole
        return 0.85 if rate and figure.measure is Measure.LEVEL else 0.4 if rate else 0.15
    if ask.measure is Measure.STREAK and figure.measure is Measure.DURATION:
        return 0.8
    return 0.0 if ask.measure in (Measure.RANK, Measure.STREAK) else 0.5


def _open_fit(figure: Figure, words: str) -> float:
    """Where no kind is named: an amount rather than its growth, its share or its rank."""
    if figure.measure is Measure.MULTIPLE:
        return 0.85
    if figure.measure in _AMOUNTS:
        return 1.0
    if figure.measure is Measure.SHARE:
        of_whole = _OF_WHOLE.search(figure.indicator) and not _OF_WHOLE.search(words)
        return 1.0 if _RATIO.search(words) else _PORTION if of_whole else 0.85
    return 0.72 if figure.measure is Measure.GROWTH else 0.6


_GAP = re.compile(r"[高低快慢]于全")
_SUM = re.compile(r"(?:投资|收入|支出|产值|金额|资金|税收|利润)额?$")
_NO_GAP = 0.35
# What it makes up of a whole is not how much it is.
_PORTION = 0.55
_OF_WHOLE = re.compile(r"占|比重")
_REDUCED = re.compile(r"减|降|压|少|增|涨|提")
_RATIO = re.compile(r"率|比|占|份额|天数")


def period_of(figure: Figure, slot: Slot, asked: Sequence[Period]) -> float:
    """How well a figure's years fit; of a change its start lies at or before the first year, its end in the last."""
    if not asked:
        return 0.93 if "-" in figure.period else 1.0
    ask, span = slot.ask, years(figure.period)
    if not ask.end:
        if slot.since and span and span[0] != span[1] and ask.measure is Measure.GROWTH:
            # 到2020年…年均增长: the growth over the years up to the one named.
            return 1.0 if any(p.last == span[1] for p in asked) else period_fit(figure.period, asked)
        if slot.since and span and ask.measure is Measure.GROWTH and all(p.first != p.last for p in asked):
            return 0.0  # of one year only
        return period_fit(figure.period, asked)
    if span is None:
        return 0.35
    first, last = min(p.first for p in asked), max(p.last for p in asked)
    if ask.end == "to":
        return 1.0 if span[1] == last else 0.0
    return 1.0 if span[1] in (first - 1, last - 1) or (span[1] == first != last) else 0.3 if span[1] == last else 0.0


_PART = re.compile(r"[一二三四1-4]季度|上半年|前[一二三四五六七八九十\d]+个?月|\d+[-—至到]\d+月|下半年|首季|一季度")


def part_fit(stated: Stated, slot: Slot) -> float:
    """A part of the year answers only who asks for it; a change over years only who names where it began."""
    part = bool(_PART.search(stated.clause))
    asked = _PART.search(slot.words + slot.context)
    if part and not asked:
        return 0.0 if slot.yearly else 0.45
    span = years(stated.figure.period)
    one = all(p.first == p.last for p in slot.periods) and bool(slot.periods)
    if stated.figure.measure is Measure.GROWTH and span and span[0] != span[1] and one and not slot.since:
        return 0.0 if slot.yearly else 0.3
    return 1.0


# Up to the figure: 由 or 从 and no 到 behind it.
FROM = re.compile(r"(?:由|从)(?:(?!到|至|为)[^,。;])*$")


def end_fit(stated: Stated, ask: Ask) -> float:
    """Of a change from one value to another, the one that is asked for."""
    start = bool(FROM.search(stated.clause)) and stated.figure.measure is not Measure.GROWTH
    if not ask.end:
        return 0.88 if start else 1.0
    return 1.0 if start == (ask.end == "from") else 0.7
