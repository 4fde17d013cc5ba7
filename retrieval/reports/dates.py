"""Dates as reports write them: 2024年1月7日, ２００３年, 二〇一三年一月二十五日."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["DATE", "find_date", "year_of"]

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
    "О": "0",  # Cyrillic and Greek letters of that shape stand there too
    "Ο": "0",
    "0": "0",
}
_CHAR = "〇○ＯOОΟ零0一二三四五六七八九"
DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[一二][{_CHAR}]{{3}})\s*年\s*"
    r"(?P<month>\d{1,2}|十?[一二三四五六七八九]|十)\s*月\s*(?:(?P<day>\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十)\s*日)?"
)


def year_of(text: str) -> int:
    """A year in Arabic or Chinese digits."""
    return int("".join(_DIGITS.get(c, c) for c in text))


def _small(text: str) -> int:
    """Up to ninety-nine: 25, 二十五, 十."""
    if text.isdigit():
        return int(text)
    tens, has, ones = text.partition("十")
    if not has:
        return int(_DIGITS[text])
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)


def find_date(text: str, *, whole: bool = False) -> date | None:
    """The first date of a folded text that exists; its first day where only the month is given, unless `whole`."""
    for match in DATE.finditer(text):
        if whole and not match["day"]:
            continue
        try:
            day = _small(match["day"]) if match["day"] else 1
            return date(year_of(match["year"]), _small(match["month"]), day)
        except (ValueError, KeyError):
            continue
    return None
