"""Citations: the whole sentence a figure stands in, with its neighbour where the subject stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.answer.library import Loaded, Sentence, Stated
from retrieval.answer.matching import Match
from retrieval.model import AnswerFigure, Citation, Figure, Measure, Span

__all__ = ["LONGEST", "Quotes", "around", "quote"]

# The contract's bound for a quote.
LONGEST = 400
# Two sentences no longer than this together read as one quote.
_TOGETHER = 120


def quote(loaded: Loaded, span: Span, passage: int) -> Citation:
    """The slice of the report at `span`, which must lie in `passage`."""
    report = loaded.report
    masks = tuple(
        Span(m.start - span.start, m.end - span.start)
        for m in report.masks
        if m.start >= span.start and m.end <= span.end
    )
    return Citation(
        report=report.id,
        source=report.source,
        span=span,
        quote=span.of(report.text),
        place=report.place.name,
        year=report.year,
        path=loaded.path(passage),
        kind=loaded.kind(passage),
        url=report.url,
        masks=masks,
        passage=passage,
    )


def around(loaded: Loaded, stated: Stated) -> Span:
    """The figure's sentence; from the sentence of its subject on; cut to the bound around the figure where longer."""
    sentence = loaded.sentences[stated.sentence]
    span = sentence.span
    clause = stated.figure.clause
    if clause is not None and clause.start < span.start:
        wider = Span(_sentence_at(loaded, clause.start, stated.passage).span.start, span.end)
        if len(wider) <= LONGEST:
            span = wider
    return clip(loaded.report.text, span, stated.figure.span)


def clip(text: str, span: Span, keep: Span) -> Span:
    """`span` cut to the bound at clause borders, `keep` inside."""
    if len(span) <= LONGEST:
        return span
    start = max(span.start, keep.end - LONGEST * 2 // 3)
    for mark in "；;。，,、":
        at = text.find(mark, start, keep.start)
        if start > span.start and at >= 0:
            start = at + 1
            break
    while start < keep.start and text[start].isspace():
        start += 1
    end = min(span.end, start + LONGEST)
    if end < span.end:
        for mark in "。；;，,、":
            at = text.rfind(mark, keep.end, end)
            if at >= 0:
                end = at + 1
                break
    return Span(start, end)


def _sentence_at(loaded: Loaded, offset: int, passage: int) -> Sentence:
    own = [s for s in loaded.sentences if s.passage == passage]
    return max((s for s in own if s.span.start <= offset), key=lambda s: s.span.start, default=own[0])


def _spanning(figure: Figure, sentence: str) -> Figure:
    """A change over years by those it covers: what grew since 2015 by 2020 did so in 2016-2020."""
    ends = figure.period.split("-")
    if figure.measure not in (Measure.GROWTH, Measure.MULTIPLE) or len(ends) == 1:
        return figure
    first, last = int(ends[0]), int(ends[1])
    since = _SINCE.search(sentence)
    based = since is not None and int(since[1]) == first and "年均" in sentence
    return replace(figure, period=f"{first + 1}-{last}") if based or last - first == _TERM else figure


# 由2017年的…增加到…，年均增长5%: the year named is the one counted from.
_SINCE = re.compile(r"(?:由|从|比|较)\s*((?:19|20)\d\d)\s*年")
# A government's term, and a plan.
_TERM = 5


def _where(match: Match) -> tuple[str, int]:
    return match.loaded.row.id, match.stated.sentence


class Quotes:
    """Collects citations, each slice once."""

    def __init__(self) -> None:
        self._found: list[Citation] = []
        self._of: dict[str, list[int]] = {}

    def add(self, citation: Citation) -> int:
        """Index of the citation."""
        own = self._of.setdefault(citation.report, [])
        for n in own:
            if self._found[n].span.holds(citation.span):
                return n
        own.append(len(self._found))
        self._found.append(citation)
        return own[-1]

    def figure(self, match: Match) -> AnswerFigure:
        """A figure with its citation."""
        stated = match.stated
        index = self.add(quote(match.loaded, around(match.loaded, stated), stated.passage))
        return AnswerFigure(
            _spanning(stated.figure, match.loaded.sentences[stated.sentence].text), index, stated.figure.indicator
        )

    def all(self, matches: Sequence[Match]) -> tuple[AnswerFigure, ...]:
        """Figures with their citations; short sentences that follow one another are quoted as one."""
        for match, other in pairwise(sorted(matches, key=_where)):
            following = (match.loaded is other.loaded) and other.stated.sentence - match.stated.sentence == 1
            if not following or match.stated.passage != other.stated.passage:
                continue
            both = Span(around(match.loaded, match.stated).start, around(other.loaded, other.stated).end)
            if len(both) <= _TOGETHER:
                self.add(quote(match.loaded, both, match.stated.passage))
        return tuple(self.figure(match) for match in matches)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What was collected."""
        return tuple(self._found)
