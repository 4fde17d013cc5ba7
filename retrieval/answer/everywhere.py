"""No place named: the reports whose passages rank best in the whole store are the ones to look into."""

from __future__ import annotations

import heapq

import numpy as np

from retrieval import tokens
from retrieval.answer.library import Library
from retrieval.answer.scope import Candidate, Scope
from retrieval.index import InvertedBM25
from retrieval.query import Query

__all__ = ["narrow"]

# Passages looked at, and reports kept of those they stand in.
_TOP, _REPORTS = 600, 3
# A passage must hold this share of what its terms could score at most; below, nothing speaks of it.
_FLOOR = 0.3


def narrow(query: Query, library: Library) -> Scope:
    """A scope of the best reports; an empty one where nothing in the store speaks of the question."""
    terms = list(dict.fromkeys(tokens.terms(query.content)))
    statistics, numbers = library.store.statistics(terms)
    if not numbers:
        return Scope()
    ranking = InvertedBM25(statistics)
    postings = {term: library.store.postings(number) for term, number in numbers.items()}
    scores = ranking.scores(terms, postings, library.store.lengths())
    years = {p.last + 1 for p in query.periods} | {p.last for p in query.periods} | {query.report_year or 0}
    best: dict[str, float] = {}
    for dense in heapq.nlargest(_TOP, np.flatnonzero(scores).tolist(), key=lambda d: float(scores[d])):
        report, _ = library.store.passage_at(dense)
        if (query.periods or query.report_year) and library.rows[report].year not in years:
            continue
        best.setdefault(report, float(scores[dense]))
        if len(best) >= _REPORTS:
            break
    ceiling = sum(ranking.idf.get(term, 6.0) * (ranking.k1 + 1) for term in terms)
    found = [report for report, score in best.items() if score >= _FLOOR * ceiling / 2]
    if not found:
        return Scope()
    place = library.rows[found[0]].place
    same = [report for report in found if library.rows[report].place == place]
    return Scope(
        tuple(Candidate(report, 1.0 - 0.05 * n, query.periods) for n, report in enumerate(same)),
        place,
        notes=(f"未指明地区,取最相符的{place}",),
    )
