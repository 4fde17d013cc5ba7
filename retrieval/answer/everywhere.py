"""No place named: the reports whose passages rank best in the whole store are the ones to look into."""

from __future__ import annotations

import heapq

import numpy as np

from retrieval import tokens
from retrieval.answer.library import Library
from retrieval.answer.scope import Scope
from retrieval.index import InvertedBM25
from retrieval.query import Query

__all__ = ["narrow"]

# Passages looked at, best first, for one in a report of the years asked about.
_TOP = 600
# A passage must reach this share of a bound on its score (each term at its weight without saturation); below, nothing
# in the store speaks of the question.
_FLOOR = 0.15


def narrow(query: Query, library: Library) -> Scope:
    """A scope of the place whose reports fit best; an empty one where nothing in the store speaks of the question."""
    terms = list(dict.fromkeys(tokens.terms(query.content)))
    statistics, numbers = library.store.statistics(terms)
    if not numbers:
        return Scope()
    ranking = InvertedBM25(statistics)
    postings = {term: library.store.postings(number) for term, number in numbers.items()}
    scores = ranking.scores(terms, postings, library.store.lengths())
    years = {year for p in query.periods for year in (p.first, p.last, p.last + 1)} | {query.report_year or 0}
    named = any(not p.relative for p in query.periods) or query.report_year
    best, top = "", 0.0
    for dense in heapq.nlargest(_TOP, np.flatnonzero(scores).tolist(), key=lambda d: float(scores[d])):
        report, _ = library.store.passage_at(dense)
        if named and library.rows[report].year not in years:
            continue
        best, top = report, float(scores[dense])
        break
    ceiling = sum(ranking.idf.get(term, 6.0) * (ranking.k1 + 1) for term in terms)
    if not best or top < _FLOOR * ceiling:
        return Scope()
    place = library.rows[best].place
    return Scope(place=place, notes=(f"未指明地区，取最相符的{place}",))
