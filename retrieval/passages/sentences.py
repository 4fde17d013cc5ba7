"""Sentences of a stretch of text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.model import Span
from retrieval.text import View, view

__all__ = ["sentences", "split"]

# A stop, further stops after it, and the closing marks that belong to it. ASCII ; and . end no sentence here.
_END = re.compile(r"[。!?…]+[”’」』)》]*")

# A stop between digits that a unit of amounts follows.
_POINT = re.compile(r"\d。\d{1,2}(?:[%‰倍]|个?百分点|[十百千]?[万亿])")


def split(seen: View) -> list[tuple[int, int]]:
    """Sentences of a view as positions in it, blanks at their ends left out; they tile its words."""
    found: list[tuple[int, int]] = []
    at = 0
    for match in _END.finditer(seen.text):
        if _inside(seen.text, at, match.start()) or _decimal(seen.text, match):
            continue
        found.append((at, match.end()))
        at = match.end()
    found.append((at, len(seen.text)))
    trimmed: list[tuple[int, int]] = []
    for start, end in found:
        piece = seen.text[start:end]
        bare = piece.strip()
        if bare:
            first = start + len(piece) - len(piece.lstrip())
            trimmed.append((first, first + len(bare)))
    return trimmed


def _decimal(text: str, stop: re.Match[str]) -> bool:
    """Whether a stop was put for the point of a number: 财政收入301。2亿元."""
    return stop[0] == "。" and stop.start() > 0 and bool(_POINT.match(text, stop.start() - 1))


def _inside(text: str, start: int, stop: int) -> bool:
    """Whether a stop stands inside brackets that open in this sentence and close soon after."""
    opened = max(text.rfind("(", start, stop), text.rfind("《", start, stop))
    if opened < 0 or text.find(")", opened, stop) >= 0 or text.find("》", opened, stop) >= 0:
        return False
    closed = min((at for at in (text.find(")", stop), text.find("》", stop)) if at >= 0), default=-1)
    return 0 <= closed - stop <= 60


def sentences(text: str, span: Span, masks: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Sentences of `text` inside `span`; masked characters belong to none unless they stand inside one."""
    seen = view(text, span, masks)
    return tuple(seen.span(start, end) for start, end in split(seen))
