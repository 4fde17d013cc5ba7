"""Numbers in Arabic and Chinese digits."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

__all__ = ["CHINESE", "NUMBER", "chinese", "decimal", "scale"]

# Thousands are set apart by commas or, in old print, by a blank: 2 063.37.
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|(?<!\d)[1-9]\d{0,2} \d{3}(?!\d)(?=\.\d|[万亿元个人吨])|\d++)(?:\s?\.\s?\d++)?"
# A number in Chinese digits, 点 as its point.
CHINESE = r"[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?"
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_BLANKS = re.compile(r"[,\s]")
_LONGEST = 24  # digits; longer runs are serial numbers


def decimal(text: str) -> Decimal | None:
    """The value of an Arabic number, thousands separators and blanks allowed; None where no quantity is that long."""
    bare = text if text.isdecimal() else _BLANKS.sub("", text)
    return Decimal(bare) if len(bare) <= _LONGEST else None


def chinese(text: str) -> Decimal:
    """The value of a number below ten thousand in Chinese or Arabic digits."""
    if text.isascii():
        return Decimal(text)
    whole, _, part = text.partition("点")
    if len(whole) > 1 and not any(c in _TENS for c in whole):
        total = int("".join(str(_DIGITS[c]) for c in whole))
    else:
        total, ones = 0, 0
        for character in whole:
            if character in _TENS:
                total, ones = total + (ones or 1) * _TENS[character], 0
            else:
                ones = _DIGITS[character]
        total += ones
    if part:
        return Decimal(f"{total}.{''.join(str(_DIGITS[c]) for c in part)}")
    return Decimal(total)


@lru_cache(4096)
def scale(unit: str) -> tuple[Decimal, str]:
    """The factor and the base of a unit: 万亿元 is 10¹² 元. 千米, 千瓦 and the like have none."""
    if unit.startswith(("千米", "千瓦", "千克", "千伏", "百分")):
        return Decimal(1), unit
    base = unit.lstrip("十百千万亿")
    factor = Decimal(1)
    for character in unit[: len(unit) - len(base)]:
        factor *= _SCALE[character]
    return factor, base
