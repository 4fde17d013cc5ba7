"""Passages of the cited reports that speak of the same and are not quoted yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval import tokens
from retrieval.answer.citing import quote
from retrieval.index import Within
from retrieval.model import Answer, Citation, Kind

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["further"]

_ANSWERED = frozenset({Kind.FIGURES, Kind.PASSAGES})


def further(engine: Engine, answer: Answer, asked: str, most: int) -> list[Citation]:
    """At most so many, best first by BM25."""
    if answer.kind not in _ANSWERED or not answer.citations:
        return []
    told = {(c.report, c.passage) for c in answer.citations}
    cited = {c.report for c in answer.citations}
    # As the question calls it, and as the reports do.
    topic = answer.topic.removeprefix(answer.citations[0].place) or asked
    terms = tokens.terms(" ".join(dict.fromkeys([topic, *(figure.label for figure in answer.figures[:4])])))
    where = Within(frozenset(c.place for c in answer.citations), frozenset(c.year for c in answer.citations))
    library = engine.library
    out: list[Citation] = []
    for hit in library.ranking.top(terms, most + len(told), where):
        if (hit.report, hit.passage) in told or hit.report not in cited or len(out) == most:
            continue
        loaded = library.load(hit.report)
        out.append(quote(loaded, loaded.outline.passages[hit.passage].span, hit.passage))
    return out
