"""Lines that a page or an editor broke at its margin: the break inside a sentence, a word or a number is no word of the
report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.model import Span
from retrieval.text import Line

__all__ = ["breaks", "cut_number"]

# What a number may end in at a margin, and what then goes on with it.
_CUT = re.compile(r"\d[.,]?$")
_REST = re.compile(r"\.?\d|[%‰]|个?百分点|[十百千]?[万亿元吨]")
_WIDE = r"[一-鿿、，,（(“《\d%‰]"
_OPEN_END = re.compile(rf"{_WIDE}$")
_GOES_ON = re.compile(r"[一-鿿、，,；;。：:）)”》\d%‰.]")
# A line that opens a paragraph of its own, whatever stands before it.
_ANEW = re.compile(
    r"[一二三四五六七八九十]{1,3}[、是要]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]|\d{1,2}[.、．](?!\d)|各位|——|目\s*录"
)
_INDENTED = re.compile(r"(?:[\r\n]|^)(?:\u3000{2}| {4}|\t)[ \u3000\t]*$")
_SHORTEST = 12  # characters of a line that ran into the margin


def cut_number(before: str, after: str) -> bool:
    """Whether a break stands inside a number or between it and its unit: 增长4. and 1%, 32.7 and 万吨."""
    if len(before) < _SHORTEST or not _CUT.search(before):
        return False
    return _REST.match(after) is not None and not _ANEW.match(after)


def breaks(text: str, found: Sequence[Line]) -> list[Span]:
    """The breaks inside what was one line, with the blanks around them."""
    out = []
    for before, line in pairwise(found):
        between = text[before.span.end : line.span.start]
        if len(before.text) < _SHORTEST or between.strip() or _INDENTED.search(between) or _ANEW.match(line.text):
            continue
        runs_on = _OPEN_END.search(before.text) and _GOES_ON.match(line.text)
        if runs_on or cut_number(before.text, line.text):
            out.append(Span(before.span.end, line.span.start))
    return out
