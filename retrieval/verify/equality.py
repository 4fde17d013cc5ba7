"""Whether two figures tell the same number: as written, rounded, or within a hedge."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from itertools import takewhile

from retrieval.answer.across.comparable import magnitude, size, unit_class
from retrieval.lexicon import hedges, units
from retrieval.lexicon.hedges import Hedge
from retrieval.model import Figure, Measure, Status

__all__ = ["Likeness", "comparable", "compared", "digits_of"]

# 左右, 近 and 超 say so much of a number: within this share of it.
_AROUND, _BEYOND = Decimal("0.05"), Decimal("0.12")
# A rate that is near another one lies within so many of its own units (5%左右: 4.5 to 5.5).
_RATE_AROUND = Decimal("0.5")
_RATES = frozenset(("%", "％", "个百分点", "成"))
# A number cut to fewer digits keeps this many at least: 5000亿 for 5064亿 is another number.
_KEPT_DIGITS = 2
_AND_MORE = frozenset("多余")
# What these say of a number is true of any that keeps to it, however far off.
_BOUNDS = frozenset(("不低于", "不少于", "不超过", "不高于", "≥", "≤"))
_ABOVE, _BELOW = frozenset({Hedge.ABOVE, Hedge.LEAST}), frozenset({Hedge.BELOW, Hedge.MOST})


class Likeness(Enum):
    """How a claim's number stands to a report's."""

    SAME = auto()
    ROUNDED = auto()
    HEDGED = auto()
    DIFFERENT = auto()
    UNLIKE = auto()  # of units that cannot be set side by side


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures are told in units of one class."""
    ranks = one.measure is Measure.RANK and other.measure is Measure.RANK
    return ranks or unit_class(one) == unit_class(other) or _counted(one, other)


def _counted(one: Figure, other: Figure) -> bool:
    """Whether both count things told off one by one, of which one leaves the word out (三批次, 3次)."""
    return not one.unit.lstrip("万亿") and units.counts(other.unit) and units.counts(one.unit)


def compared(claim: Figure, stated: Figure) -> Likeness:
    """How the number of a claim stands to that of a report; the direction of a change is part of it."""
    if claim.value is None or stated.value is None:
        same = claim.wording is not None and claim.wording == stated.wording
        return Likeness.SAME if same else Likeness.UNLIKE
    if not comparable(claim, stated):
        return Likeness.UNLIKE
    one, other = magnitude(claim), magnitude(stated)
    if one is None or other is None:
        return Likeness.UNLIKE
    if claim.measure is Measure.RANK or stated.measure is Measure.RANK:
        return Likeness.SAME if one == other else Likeness.DIFFERENT
    if claim.upper is not None or stated.upper is not None:
        return _ranges(claim, stated, one, other)
    hedge, held = hedges.of(claim.qualifier), hedges.of(stated.qualifier)
    if one == other:
        return Likeness.SAME if hedge is held or _same_way(hedge, held) else Likeness.HEDGED
    if one * other < 0:
        return Likeness.DIFFERENT
    # 减少5天多 is a fall of more than five days.
    one, other = abs(one), abs(other)
    if Status.TARGET in (claim.status, stated.status):
        # What is aimed at is not rounded: 突破600家 aims at no 641.
        return Likeness.DIFFERENT
    if _cut(claim, one, other) or _cut(stated, other, one):
        return Likeness.ROUNDED
    if {hedge, held} <= _ABOVE or {hedge, held} <= _BELOW:
        # 连续8年超千亿斤 is borne out by 突破1100亿斤, and does not bear it out.
        return Likeness.HEDGED if _within(hedge, claim, one, other) else Likeness.DIFFERENT
    if Hedge.EXACT not in (hedge, held):
        # 超5000亿 is not the same as 近5200亿.
        return Likeness.DIFFERENT
    if _within(hedge, claim, one, other) or _within(held, stated, other, one):
        return Likeness.HEDGED
    return Likeness.DIFFERENT


def _same_way(one: Hedge, other: Hedge) -> bool:
    return {one, other} <= _ABOVE or {one, other} <= _BELOW


def _ranges(claim: Figure, stated: Figure, one: Decimal, other: Decimal) -> Likeness:
    """Of two ranges both ends are alike; one number lies in the other's range."""
    top, upper = _top(claim, one), _top(stated, other)
    if (one, top) == (other, upper):
        return Likeness.SAME
    low, high = sorted((other, upper))
    own_low, own_high = sorted((one, top))
    if (low <= own_low and own_high <= high) or (own_low <= low and high <= own_high):
        return Likeness.HEDGED
    return Likeness.DIFFERENT


def _top(figure: Figure, value: Decimal) -> Decimal:
    if figure.upper is None or figure.value is None:
        return value
    return value * figure.upper / _plain(figure.value) if figure.value else figure.upper


def _plain(value: Decimal | Fraction) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)


def _quantum(figure: Figure, value: Decimal) -> Decimal | None:
    """What the last digit written is worth in the base unit; None where the number is not written in digits. Tenths are
    told in words: 三成."""
    if figure.unit == "成" and isinstance(figure.value, Decimal) and figure.value == int(figure.value):
        return size(figure.unit)
    if not isinstance(figure.value, Decimal) or not figure.value or not any(c.isdigit() for c in figure.surface):
        return None
    _, _, decimals = figure.surface.partition(".")
    fine = sum(1 for _ in takewhile(str.isdigit, decimals))
    return Decimal(1).scaleb(-fine) * abs(value / figure.value)


def _cut(coarse: Figure, value: Decimal, full: Decimal) -> bool:
    """Whether `value` is `full` written with fewer digits, rounded or cut off."""
    step = _quantum(coarse, value)
    if step is None or not isinstance(coarse.value, Decimal):
        return False
    rate = coarse.unit in _RATES
    if coarse.qualifier in _AND_MORE:
        return False
    if coarse.unit == "成":
        # 近三成 is no thirty-one per cent.
        return not coarse.qualifier and abs(value - full) * 2 <= step
    if len(coarse.value.as_tuple().digits) < _KEPT_DIGITS:
        return False
    return abs(value - full) * 2 <= step or (0 <= abs(full) - abs(value) < step and not rate)


def _within(hedge: Hedge, figure: Figure, value: Decimal, full: Decimal) -> bool:
    """Whether `full` is what a hedged number may stand for: more than 超5000亿, less than 近5000亿, about 5%左右."""
    if hedge is Hedge.EXACT:
        return False
    rate = figure.unit in _RATES
    room = _RATE_AROUND * size(figure.unit) if rate else abs(value) * (_AROUND if hedge is Hedge.ABOUT else _BEYOND)
    if figure.qualifier in _BOUNDS:
        return full >= value if hedge in _ABOVE else full <= value
    if figure.qualifier in _AND_MORE and (digits := digits_of(figure).strip("0")):
        # 三百多 is less than four hundred.
        return value <= full < value + value / int(digits)
    if hedge in _ABOVE:
        return value <= full <= value + room * (2 if rate else 1)
    if hedge in _BELOW:
        return value - room * (2 if rate else 1) <= full <= value
    return abs(value - full) <= room


def digits_of(figure: Figure) -> str:
    """The digits of a figure's number without point, scale and zeros at the end: what a slip of the scale leaves."""
    if not isinstance(figure.value, Decimal):
        return ""
    return "".join(map(str, figure.value.normalize().as_tuple().digits))
