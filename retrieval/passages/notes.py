"""Explanations of terms that follow a report without a heading of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.text import Line

__all__ = ["notes_start"]

_ENTRY = re.compile(
    r"^(?:[\[【〔(]\s*\d{1,3}\s*[\]】〕)]|\d{1,3}\s*[.、:]|[①-⑳]|注\d{1,2}|\*)?\s*+[:.、]?\s*+"
    r"(?P<term>[“\"‘《\[【][^。]{1,40}?[”\"’》\]】][^。::,]{0,16}|[^。::,;]{1,30}?)\s*(?:[::]|是指|指的?是|指|即|——|—)"
)
_EXPLAINS = re.compile(r"指|即|简称|包括")
# At least this share of a glossary's entries say 指 or 即; a list of projects does not.
_SHARE = 0.25
_NUMBERED = re.compile(r"[\[【〔(]?\s*\d{1,3}\s*[\]】〕).、:]|[“\"①-⑳]|注\d")
# Lines of an explanation that begin no entry.
_LOOSE = 2
_FEW = 3


def notes_start(found: Sequence[Line]) -> int:
    """The index of the first line of a closing run of explained terms; the number of lines where there is none."""
    start, entries, plain, loose = len(found), 0, 0, 0
    for number in range(len(found) - 1, len(found) // 3, -1):
        text = found[number].text
        match = _ENTRY.match(text)
        if match and _NUMBERED.match(text):
            start, entries, loose = number, entries + 1, 0
            plain += not _EXPLAINS.search(text[:60]) and match["term"][0] not in '“"‘《[【'
        elif loose >= _LOOSE or text.startswith("各位代表"):
            break
        else:
            loose += 1
    return start if entries >= _FEW and plain <= entries * (1 - _SHARE) else len(found)
