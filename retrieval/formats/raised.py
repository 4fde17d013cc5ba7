"""Raised characters that mark footnotes: they are shown in the text and are no part of a word or number."""

from __future__ import annotations

import re

__all__ = ["LOWERED", "RAISED", "is_mark", "settled"]

# Around raised words while lines are put together; no text that is read holds these characters.
RAISED, LOWERED = "\x02", "\x03"
_MARK = re.compile(r"\s*[\[［(（〔【]?\s*(?:\^?\d{1,3}|[①-⑳*※†])\s*[\]］)）〕】]?\s*(?:[,，、]\s*\d{1,3}\s*)*")
# m², km², 10⁴: what is raised belongs to a unit or a power.
_POWER = re.compile(r"[A-Za-zμ]$|(?<![\d.])10$")


def is_mark(words: str, before: str) -> bool:
    """Whether raised `words` mark a footnote; `before` is the text they stand behind."""
    return bool(words.strip()) and _MARK.fullmatch(words) is not None and _POWER.search(before) is None


def settled(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without the signs of raised words, and the spans of those that mark footnotes."""
    if RAISED not in text:
        return text, ()
    out: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for number, piece in enumerate(re.split(f"{RAISED}([^{LOWERED}]*){LOWERED}", text)):
        if number % 2 and is_mark(piece, "".join(out[-2:])[-3:]):
            marks.append((length, length + len(piece)))
        out.append(piece)
        length += len(piece)
    return "".join(out), tuple(marks)
