"""Answers across reports: compare, trend, rank, fulfilment, phrase, who was first; each in its own module, all give
an Answer."""

from __future__ import annotations

from retrieval.answer.across.compare import compare
from retrieval.answer.across.earliest import earliest
from retrieval.answer.across.fulfilment import fulfilment
from retrieval.answer.across.phrase import phrase
from retrieval.answer.across.promises import promises
from retrieval.answer.across.rank import rank
from retrieval.answer.across.record import record
from retrieval.answer.across.share import share_of_whole
from retrieval.answer.across.trend import trend
from retrieval.answer.library import Library
from retrieval.model import Answer
from retrieval.query import Query
from retrieval.query.across import Shape, across

__all__ = ["across_reports", "share_of_whole"]


def across_reports(query: Query, library: Library) -> tuple[Answer, str] | None:
    """The answer and the report cited first, where the question is about several reports; else None."""
    asked = across(query)
    if asked is None:
        return None
    match asked.shape:
        case Shape.COMPARE:
            answer: Answer | None = compare(asked, query, library)
        case Shape.TREND:
            answer = trend(asked, query, library)
        case Shape.RANK:
            answer = rank(asked, query, library)
        case Shape.FULFILMENT:
            several = asked.group is not None or len(asked.places) > 1
            answer = (promises if several else record if asked.record else fulfilment)(asked, query, library)
        case Shape.EARLIEST:
            answer = earliest(asked, query, library)
        case Shape.PHRASE:
            answer = phrase(asked, query, library)
    if answer is None:
        return None
    return answer, answer.citations[0].report if answer.citations else ""
