"""Paragraphs of a text whose lines were broken at the edge of a page, as texts copied from PDF files are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.text import Line

__all__ = ["Paragraph", "paragraphs"]

# A text is broken at an edge where so many lines, and this share of them, end within so many characters of it.
_LINES, _SHARE, _EDGE = 4, 0.4, 3
_NARROW, _WIDE = 14, 80  # characters of a line on a page
_ENDED = re.compile(r"[。!?！？:：;；]$")
# What begins a line of its own, whatever the one before: a heading, a member of a list.
_BEGINS = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[一二三四五六七八九十]是|[#*•●◆—-]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together: `span` in the text, `source` their characters without breaks, `text` the same folded,
    `at` where each of them stands in the text. `number` is that of the first line."""

    span: Span
    source: str
    text: str
    at: Sequence[int]
    number: int

    def placed(self, span: Span) -> Span:
        """A span of `source` as one of the text."""
        if span.start >= len(self.at):
            return Span(self.span.end, self.span.end)
        end = self.at[span.end - 1] + 1 if span.end > span.start else self.at[span.start]
        return Span(self.at[span.start], end)


def paragraphs(text: str, lines: Sequence[Line], apart: Set[int] = frozenset()) -> Iterator[Paragraph]:
    """The paragraphs of a text. Lines whose numbers are `apart` stand alone."""
    edge = _edge(lines)
    start = 0
    while start < len(lines):
        end = start + 1
        while edge and end < len(lines) and not {end - 1, end} & apart and _runs_on(lines[end - 1], lines[end], edge):
            end += 1
        yield _joined(text, lines[start:end], start)
        start = end


def _joined(text: str, lines: Sequence[Line], number: int) -> Paragraph:
    span = Span(lines[0].span.start, lines[-1].span.end)
    if len(lines) == 1:
        return Paragraph(span, span.of(text), lines[0].text, range(span.start, span.end), number)
    at = [place for line in lines for place in range(line.span.start, line.span.end)]
    return Paragraph(span, "".join(text[place] for place in at), "".join(line.text for line in lines), at, number)


def _edge(lines: Sequence[Line]) -> int:
    """The length of full lines; 0 where lines end where paragraphs do."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < _LINES:
        return 0
    edge = lengths[-1]
    full = sum(length >= edge - _EDGE for length in lengths)
    return edge if _NARROW <= edge <= _WIDE and full >= max(_LINES - 1, _SHARE * len(lengths)) else 0


def _runs_on(line: Line, following: Line, edge: int) -> bool:
    """Whether a line is full and its sentence goes on in the next."""
    return len(line.text) >= edge - _EDGE and not _ENDED.search(line.text) and not _BEGINS.match(following.text)
