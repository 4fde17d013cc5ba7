"""A citation as a reader sees it: masks left out, line ends inside a sentence closed up, figures found and marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.render.message import Cited
from retrieval.model import Citation, Span

__all__ = ["Shown", "shown"]

_BREAK = re.compile(r"\s*[\r\n]\s*")


@dataclass(frozen=True, slots=True)
class Shown:
    """The visible characters of a quote; `offsets[i]` is where character i stands in the text of `report`."""

    text: str
    offsets: tuple[int, ...]
    report: str = ""

    @property
    def cited(self) -> Cited | None:
        """Where all of it stands."""
        return Cited(self.report, self.offsets[0], self.offsets[-1] + 1) if self.offsets else None

    def span(self, source: Span) -> Span:
        """Positions in `text` of what is visible of a source span."""
        return Span(bisect_left(self.offsets, source.start), bisect_left(self.offsets, source.end))


def shown(citation: Citation) -> Shown:
    """The visible part of a citation."""
    quote = citation.quote
    hidden = [(mask.start, mask.end) for mask in citation.masks]
    hidden += [_gap(quote, match) for match in _BREAK.finditer(quote)]
    keep = [True] * len(quote)
    for start, end in hidden:
        keep[max(0, start) : end] = [False] * (min(end, len(quote)) - max(0, start))
    places = [n for n, kept in enumerate(keep) if kept]
    return Shown("".join(quote[n] for n in places), tuple(citation.span.start + n for n in places), citation.report)


def _gap(quote: str, match: re.Match[str]) -> tuple[int, int]:
    """What to hide of a line break: all of it, but one blank between Latin words."""
    before, after = quote[match.start() - 1 : match.start()], quote[match.end() : match.end() + 1]
    if before.isascii() and after.isascii() and before.isalnum() and after.isalnum():
        return match.start() + 1, match.end()
    return match.start(), match.end()
