"""The years of the national five-year plans."""

from __future__ import annotations

__all__ = ["number", "years"]

_ORDER = "一二三四五六七八九十"
# The second plan ended in 1962; the third began in 1966, after three years of readjustment.
_BEFORE_THE_GAP = {1: 1953, 2: 1958}
_ZEROTH = 1951


def number(word: str) -> int:
    """Which plan a word before 五 names: 一 → 1, 十 → 10, 十四 → 14; 0 where it names none."""
    tens, ones = (10, word[1:]) if word.startswith("十") else (0, word)
    if len(ones) > 1 or (tens and ones == "十") or not word:
        return 0
    return tens + _ORDER.find(ones) + 1 if ones else tens


def years(plan: int) -> tuple[int, int]:
    """First and last year of a plan by its number: 14 → 2021, 2025."""
    first = _BEFORE_THE_GAP.get(plan, _ZEROTH + 5 * plan)
    return first, first + 4
