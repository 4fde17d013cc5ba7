"""No place named: the reports whose passages rank best in the whole store are the ones to look into."""

from __future__ import annotations

from retrieval import tokens
from retrieval.answer.library import Library
from retrieval.answer.scope import Scope
from retrieval.index import StoredBM25
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
    years = {year for p in query.periods for year in (p.first, p.last, p.last + 1)} | {query.report_year or 0}
    named = any(not p.relative for p in query.periods) or query.report_year
    best, top = "", 0.0
    for hit in library.ranking.top(terms, _TOP):
        if named and library.rows[hit.report].year not in years:
            continue
        best, top = hit.report, hit.score
        break
    scorer = StoredBM25(library.store.statistics(terms)[0])
    ceiling = sum(scorer.idf.get(term, 6.0) * (scorer.k1 + 1) for term in terms)
    if not best or top < _FLOOR * ceiling:
        return Scope()
    place = library.rows[best].place
    return Scope(place=place, notes=(f"未指明地区，取最相符的{place}",))
