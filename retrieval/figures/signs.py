"""The sign before a number, and what tells it from a dash between two."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["DASHES", "Sign", "signed"]

# Hyphen and minus of every width that folding leaves; − and － are - by then.
DASHES = "-﹣–—"
# Signs of a rise and a fall that notes and charts write before a rate: 税收+9.5%, 投资↓2.1%.
_NOTED = {"+": 1, "↑": 1, "↓": -1}
_RATES = frozenset(("%", "‰", "个百分点", "百分点", "个千分点", "摄氏度", "℃"))
_LONG_DASHES = frozenset("–—")
_BACK = 8  # characters before a sign that are looked at
# 5万-10万, 三成-五成: a dash between two amounts.
_AMOUNT = re.compile(r"[\d一二三四五六七八九十][\d.,]*\s?[%‰十百千万亿元个美人次吨户家亩公里米位名天岁年月日]{0,6}$")
_CUE = re.compile(r"(?:增[长速幅减]|率|指数|为|是|[到至达由从]|的|气温|了|[上下]降|[涨跌降]幅|余额|流[入出])$")
_OPENED = re.compile(r"[一-鿿(、,:]$")
_NAMED = re.compile(r"[一-鿿A-Za-z(、,:]$")
# 减负1450亿元 lightens a burden; 负 is no sign there.
_BURDEN = re.compile(r"[减降欠抱背担辜胜轻免重肩自不正企]$")


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign at a position of a text, and the direction it gives: 1 or -1."""

    at: int
    direction: int = -1


def signed(text: str, start: int, unit: str) -> Sign | None:
    """The sign of the number at `start`, whose unit is `unit`; None where it has none."""
    at = start - 2 if text[start - 1 : start].isspace() else start - 1
    sign = text[at : at + 1] if at > 0 else ""
    if not sign or (sign not in DASHES and sign != "负" and sign not in _NOTED):
        return None
    front = text[max(0, at - _BACK) : at].rstrip()
    if sign in _NOTED:
        return Sign(at, _NOTED[sign]) if unit in _RATES and _NAMED.search(front) else None
    if sign == "负":
        free = not _BURDEN.search(front) and (unit in _RATES or bool(_CUE.search(front)))
        return Sign(at) if free else None
    if not _OPENED.search(front) or _AMOUNT.search(front):
        return None
    if sign in _LONG_DASHES or unit not in _RATES:
        return Sign(at) if _CUE.search(front) else None
    return Sign(at)
