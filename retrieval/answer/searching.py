"""The sentences that may answer: in the reports asked for, in the place's other reports, in those of another place
the question names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval import tokens
from retrieval.answer.library import Library
from retrieval.answer.scope import Candidate, Scope, narrowed
from retrieval.answer.sentences import Hit, asked_terms, rank
from retrieval.answer.weighing import weigh_in
from retrieval.answer.weights import Weights
from retrieval.index import Within
from retrieval.query import Query, Slot, is_bare

__all__ = ["Search", "explained", "search", "speaking"]

# Below this share other reports of the place are looked into where no year was named, and so many of them.
SURE, ELSEWHERE = 0.75, 16
# Another place the question names is meant where its report speaks so much more of the matter.
RIVAL = 0.06


@dataclass(frozen=True, slots=True)
class Search:
    """Sentences best first, the weights they were ranked by, and the scope they were found in."""

    hits: list[Hit]
    weights: Weights
    where: Scope


def search(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, *, last_report: str, today: date
) -> Search:
    """Sentences for the question, from wherever its words lead."""
    hits, weights = _sentences(query, asked, where, library)
    if not query.periods and query.report_year is None and (not hits or hits[0].share < SURE):
        hits, weights = _elsewhere(query, asked, where, library, hits)
    for rival in where.rivals[:2]:
        other = narrowed(replace(where, place=rival, inner=""), query, library.rows, last_report, today)
        found_there, weights_there = _sentences(query, asked, other, library)
        if found_there and (not hits or found_there[0].share > hits[0].share + RIVAL):
            hits, weights, where = found_there, weights_there, other
    return Search(hits, weights, where)


def explained(query: Query, found: Search, library: Library) -> tuple[str, ...]:
    """What each of the question's terms adds to the score of the best sentence's passage, most first."""
    if not found.hits:
        return ()
    best = found.hits[0]
    passage = best.loaded.sentences[best.sentence].passage
    parts = library.ranking.explain(asked_terms(query, found.weights), best.loaded.row.id, passage)
    return tuple(f"{p.term} +{p.score:.2f} (tf {p.tf}, idf {p.idf:.2f})" for p in parts)


def _sentences(query: Query, asked: Sequence[Slot], where: Scope, library: Library) -> tuple[list[Hit], Weights]:
    main = tuple(c for c in where.candidates if not c.strict) or where.candidates
    weights = weigh_in(Slot(_everything(asked), query.context), [library.load(c.report) for c in main], query.glosses)
    return rank(query, weights, library, main, where.inner), weights


def _elsewhere(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, hits: list[Hit]
) -> tuple[list[Hit], Weights]:
    """No year was named and the newest report hardly speaks of it: the other reports of the place."""
    wide = [Candidate(report, 1.0 - 0.02 * n) for n, report in enumerate(others_of(query, where.place, library))]
    weights = weigh_in(Slot(_everything(asked), query.context), [library.load(c.report) for c in wide], query.glosses)
    found = rank(query, weights, library, wide, where.inner)
    return (found, weights) if found and (not hits or found[0].share > hits[0].share + 0.1) else (hits, weights)


def others_of(query: Query, place: str, library: Library) -> list[str]:
    """A place's reports to look into where no year was named: the newest, and those whose passages fit best, by year
    from the newest."""
    newest = sorted((row.id for row in library.rows.of(place)), key=_year_of(library))[:ELSEWHERE]
    terms = list(dict.fromkeys(tokens.terms(query.content)))
    best = library.ranking.top(terms, _PASSAGES, Within(places=frozenset({place}))) if terms else []
    fitting = list(dict.fromkeys(hit.report for hit in best))[:_FITTING]
    return sorted({*newest, *fitting}, key=_year_of(library))


def _year_of(library: Library) -> Callable[[str], tuple[int, str]]:
    return lambda report: (-library.rows[report].year, report)


# So many of a place's best passages are looked at for reports, of which so many are taken.
_PASSAGES, _FITTING = 20, 4


def _everything(asked: Sequence[Slot]) -> str:
    words = " ".join([asked[0].context, *(slot.words for slot in asked)])
    return " ".join(dict.fromkeys(words.split()))


def speaking(query: Query, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The sentences, where one of the best says a word of the question; of a bare name, nearly all of it."""
    bare = is_bare(query.text) and len(query.content) <= _NAME
    least = NAME_SHARE if bare else 0.0
    return hits if any(hit.share > least for hit in hits[:_LOOKED]) else ()


# So many of the best sentences are looked at.
_LOOKED = 3
# A name has at most so many characters, and a sentence speaks of it where it says this share of it: no 量子计算机 where
# 计算 stands.
_NAME, NAME_SHARE = 8, 0.45
