"""When two values with units are the same: 1.2万亿元 and 12000亿元, 12个 and 12家, 1/3 and 0.333."""

from __future__ import annotations

import re
from fractions import Fraction
from math import prod

__all__ = ["bare", "same_quantity"]

_POWERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
# 百分点, 千瓦时, 千米 and 千克 are units of their own: their first character counts nothing.
_WHOLE = re.compile(r"百分|千[瓦米克]")
_SCALE = re.compile(r"万亿|[十百千]?[万亿]|[百千]")
_SPELLINGS = {
    "％": "%",
    "百分点": "个百分点",
    "元人民币": "元",
    "平方千米": "平方公里",
    "㎡": "平方米",
    "km": "公里",
    "千米": "公里",
    "立方": "立方米",
    "吨标准煤": "吨标煤",
}
# What things are counted in says nothing about how many there are.
_COUNTING = frozenset("个家项户所座条处件位名人次例台套种批场宗类支只辆艘架部间栋幢片块对份") | {"", "人次"}
# A third told as a decimal is rounded.
_ROUNDED = Fraction(1, 500)


def bare(text: str) -> str:
    """A text without blanks and marks of bold type, which a quote may differ in."""
    return re.sub(r"[\s*\u3000]+", "", text)


def same_quantity(value: str, unit: str, other: str, other_unit: str) -> bool:
    """Whether two values are equal but for their signs, each in its unit."""
    (factor, base), (other_factor, other_base) = _unit(unit), _unit(other_unit)
    if base != other_base and not (base in _COUNTING and other_base in _COUNTING):
        return False
    one, two = _number(value), _number(other)
    if one is None or two is None:
        return one is two and _digits(value) == _digits(other)
    gap = abs(abs(one * factor) - abs(two * other_factor))
    return gap == 0 or ("/" in value + other and gap <= abs(one * factor) * _ROUNDED)


def _unit(unit: str) -> tuple[int, str]:
    """A unit's factor and what it is without it: 万亿元 → 10¹², 元."""
    unit = bare(unit)
    scale = None if _WHOLE.match(unit) else _SCALE.match(unit)
    if scale is None:
        return 1, _SPELLINGS.get(unit, unit)
    rest = unit[scale.end() :]
    return prod(_POWERS[c] for c in scale[0]), _SPELLINGS.get(rest, rest)


def _number(value: str) -> Fraction | None:
    try:
        return Fraction(_digits(value))
    except (ValueError, ZeroDivisionError):
        return None


def _digits(value: str) -> str:
    return re.sub("[,，]", "", value).strip()
