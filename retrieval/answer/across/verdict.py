"""Whether an outcome meets its target, with 左右, 以上, 以内, ranges and both directions taken seriously."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer.across.comparable import magnitude, unit_class
from retrieval.model import Figure, Measure

__all__ = ["Stand", "verdict"]

# Not to be exceeded, whatever words stand beside the number.
_BURDEN = re.compile(r"失业率|价格|物价|CPI|赤字|负债|债务|浓度|PM|死亡|事故|发案|杠杆|不良|“?三公", re.IGNORECASE)
_AT_MOST = re.compile(r"以内|以下|之内|不超过|不高于|控制在|低于|不突破|内$")
_AT_LEAST = re.compile(r"以上|超过?|突破|不低于|不少于|高于|力争|确保|达到|逾|余|多$")
_ABOUT = re.compile(r"左右|上下|约|大约|大体|基本")
_NEARLY = re.compile(r"近|接近|不足|不到|将近")
# 左右 is this much of an amount, and so many points of a rate.
_SHARE, _POINTS = Decimal("0.05"), Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an outcome lies: between `low` and `high`, ends included; None is no bound."""

    low: Decimal | None
    high: Decimal | None


def verdict(target: Figure, outcome: Figure, words: str = "") -> str:
    """met, missed or unclear. `words` is the target's clause."""
    goal, stand = magnitude(target), _stand(outcome)
    if goal is not None and "低于" in words.replace("不低于", ""):
        goal = abs(goal)  # below so much, not less by so much
    if goal is None or stand is None or not _alike(target, outcome):
        return "unclear"
    if target.direction < 0 and outcome.direction < 0:
        # 减少80万人 against 减少67万人: the more the better.
        goal = abs(goal)
        stand = Stand(_negated(stand.high), _negated(stand.low))
        words = ""
    upper = magnitude_of(target.upper, target)
    if _most(target, words):
        limit = upper if upper is not None else goal
        return _judge(_negated(stand.high), _negated(stand.low), -(limit + _slack(target, limit)))
    return _judge(stand.low, stand.high, goal - _slack(target, goal))


def _judge(low: Decimal | None, high: Decimal | None, limit: Decimal) -> str:
    if low is not None and low >= limit:
        return "met"
    if high is not None and high < limit:
        return "missed"
    return "unclear"


def _negated(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value


def _alike(target: Figure, outcome: Figure) -> bool:
    return unit_class(target) == unit_class(outcome)


def _most(target: Figure, words: str) -> bool:
    """Whether the target is an upper bound."""
    if _AT_MOST.search(target.qualifier) or "低于" in words.replace("不低于", ""):
        return True
    if _AT_LEAST.search(target.qualifier):
        return False
    if target.direction < 0 and target.measure is Measure.GROWTH:
        return False
    return bool(_BURDEN.search(target.indicator) or re.search(r"控制在|不超过|不高于|低于", words))


def _slack(target: Figure, value: Decimal) -> Decimal:
    return _about(value, target) if _ABOUT.search(target.qualifier) else Decimal(0)


def _about(value: Decimal, figure: Figure) -> Decimal:
    return _POINTS if unit_class(figure) in ("%", "％", "个百分点", "百分点") else abs(value) * _SHARE


def _stand(outcome: Figure) -> Stand | None:
    value = magnitude(outcome)
    if value is None:
        return None
    top = magnitude_of(outcome.upper, outcome)
    if top is not None:
        return Stand(min(value, top), max(value, top))
    if _ABOUT.search(outcome.qualifier):
        gap = _about(value, outcome)
        return Stand(value - gap, value + gap)
    if re.search(r"以内|以下|不超过|控制在|低于", outcome.qualifier):
        return Stand(None, value)
    if _NEARLY.search(outcome.qualifier):
        return Stand(value - _about(value, outcome), value - Decimal("1e-9"))
    if re.search(r"以上|超|突破|逾|余|多", outcome.qualifier):
        return Stand(value, None)
    return Stand(value, value)


def magnitude_of(upper: Decimal | None, figure: Figure) -> Decimal | None:
    """The top of a range in the base unit."""
    if upper is None:
        return None
    if (
        figure.value
        and figure.scaled is not None
        and isinstance(figure.value, Decimal)
        and isinstance(figure.scaled, Decimal)
    ):
        return upper * figure.scaled / figure.value
    return upper
