"""No place named: the place whose reports alone use the question's words, else the country, else a question back."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval import tokens
from retrieval.answer.library import Library
from retrieval.answer.placing import COUNTRY
from retrieval.answer.scope import Scope
from retrieval.index import Ranked, StoredBM25
from retrieval.lexicon import indicators
from retrieval.model import Option
from retrieval.query import Query

__all__ = ["narrow"]

# Passages looked at, best first, for one in a report of the years asked about.
_TOP = 600
# A passage must reach this share of a bound on its score (each term at its weight without saturation); below, nothing
# in the store speaks of the question.
_FLOOR = 0.15
# A word is a name of a place's own where no more than this share of the places use it, one at least.
_FEW = 0.02
# The best passage stands alone where none of another place reaches this share of its score.
_CLEAR = 0.8
# Places offered where nothing tells which is meant.
_OFFERED = 4


def narrow(query: Query, library: Library) -> Scope:
    """A scope of the place meant, or one with options where nothing decides; an empty one where nothing in the store
    speaks of the question."""
    terms = list(dict.fromkeys(tokens.terms(query.content)))
    hits = _hits(query, library, terms)
    scorer = StoredBM25(library.store.statistics(terms)[0])
    ceiling = sum(scorer.idf.get(term, 6.0) * (scorer.k1 + 1) for term in terms)
    named = list(dict.fromkeys(mention.indicator.name for mention in indicators.mentions(query.content)))
    spoken = bool(hits) and hits[0].score >= _FLOOR * ceiling
    # GDP is 地区生产总值 in most reports.
    more = [hit for name in named for hit in _hits(query, library, tokens.terms(name))]
    if not spoken and not more:
        return Scope()
    places = list(dict.fromkeys(library.rows[hit.report].place for hit in (*hits, *more)))
    own = _own_words(query)
    if len(places) == 1 or (own and spoken and (_is_its_own(own, library, places[0]) or _alone(hits, library))):
        return Scope(place=places[0], notes=(f"未指明地区，取最相符的{places[0]}",))
    if any(_fits(query, row.year) for row in library.rows.of(COUNTRY)):
        return Scope(place=COUNTRY, notes=(f"未指明地区，按{COUNTRY}理解",))
    options = tuple(Option(place, f"{place}{query.question}") for place in places[:_OFFERED])
    return Scope(message="请说明地区：不同地区的报告都写到这一项。", options=options)


def _fits(query: Query, year: int) -> bool:
    """Whether a report of `year` may be about the years named."""
    if query.report_year is not None:
        return year == query.report_year
    named = [p for p in query.periods if not p.relative]
    return not named or any(year in (p.first, p.last, p.last + 1) for p in named)


def _hits(query: Query, library: Library, terms: Sequence[str]) -> list[Ranked]:
    """The best passages in reports of the years asked about."""
    return [hit for hit in library.ranking.top(terms, _TOP) if _fits(query, library.rows[hit.report].year)]


def _own_words(query: Query) -> str:
    """The question's words beside its indicators: none are left of 财政收入."""
    words = list(query.content)
    for mention in indicators.mentions(query.content):
        words[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(words).strip()


def _alone(hits: Sequence[Ranked], library: Library) -> bool:
    """Whether the best passages are all of one place, by a clear margin."""
    near = {library.rows[hit.report].place for hit in hits if hit.score >= _CLEAR * hits[0].score}
    return len(near) == 1


def _is_its_own(words: str, library: Library, place: str) -> bool:
    """Whether one of the words stands in the reports of `place` and of hardly another."""
    rows = library.rows
    most = max(1, int(_FEW * len(rows.by_place)))
    terms = [term for term in dict.fromkeys(tokens.terms(words)) if not term.strip("~").isdigit()]
    frequencies = library.store.statistics(terms)[0].frequencies
    for term in sorted(terms, key=lambda term: frequencies.get(term, 0)):
        if 0 < frequencies.get(term, 0) < _TOP:
            users = {rows[hit.report].place for hit in library.ranking.top([term], _TOP)}
            if place in users and len(users) <= most:
                return True
    return False
