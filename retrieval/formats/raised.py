"""Raised characters that mark footnotes: they are shown in the text and are no part of a word or number."""

from __future__ import annotations

import re

__all__ = ["is_mark"]

_MARK = re.compile(r"\s*[\[［(（〔【]?\s*(?:\^?\d{1,3}|[①-⑳*※†])\s*[\]］)）〕】]?\s*(?:[,，、]\s*\d{1,3}\s*)*")
# m², km², 10⁴: what is raised belongs to a unit or a power.
_POWER = re.compile(r"[A-Za-zμ]$|(?<![\d.])10$")


def is_mark(words: str, before: str) -> bool:
    """Whether raised `words` mark a footnote; `before` is the text they stand behind."""
    return bool(words.strip()) and _MARK.fullmatch(words) is not None and _POWER.search(before) is None
