"""Questions that sentences answer: the sentences ranked in scope, joined to what a reader needs, at most three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval import tokens
from retrieval.answer.citing import LONGEST, clip, quote
from retrieval.answer.library import Library, Loaded
from retrieval.answer.scope import Candidate
from retrieval.answer.weights import Weights
from retrieval.model import Citation, SectionKind, Span, Status
from retrieval.query import Form, Query

__all__ = ["Hit", "cite", "rank"]

_PAST = {SectionKind.REVIEW, SectionKind.TERM_REVIEW, SectionKind.PROBLEMS}
_AHEAD = {SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD}


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence with its score: BM25 and the share of the question's words it covers."""

    loaded: Loaded
    sentence: int
    score: float
    share: float


def rank(query: Query, weights: Weights, library: Library, candidates: Sequence[Candidate], inner: str) -> list[Hit]:
    """Sentences of the candidate reports, best first."""
    words = " ".join([query.content, query.context, *(o for g in weights.grams for o in g.others[:2])])
    terms = list(dict.fromkeys(tokens.terms(words)))
    statistics, numbers = library.store.statistics(terms)
    found: list[Hit] = []
    for candidate in candidates:
        loaded = library.load(candidate.report)
        scores = library.rank(loaded, terms, statistics, numbers)
        for sentence, score in zip(loaded.sentences, scores, strict=True):
            if score <= 0 or (inner and inner not in sentence.text):
                continue
            text = sentence.text.lower()
            share = weights.share(weights.covered(((text, 1.0), (loaded.title(sentence.passage).lower(), 0.4))))
            weight = candidate.weight * _section(query, candidate, loaded, sentence.kind)
            found.append(Hit(loaded, sentence.number, score * weight * (0.5 + share), share))
    found.sort(key=lambda hit: -hit.score)
    return found


def _section(query: Query, candidate: Candidate, loaded: Loaded, kind: SectionKind) -> float:
    """Results stand in reviews, plans in tasks: a section of the other kind counts less."""
    status = query.status
    year = loaded.row.year
    if status is None and candidate.periods:
        last = max(p.last for p in candidate.periods)
        status = Status.ACTUAL if last < year else Status.TARGET
    if status is Status.TARGET:
        return 0.8 if kind in _PAST else 1.0
    if status is Status.ACTUAL:
        return 0.75 if kind in _AHEAD else 1.0
    return 1.0


def cite(query: Query, hits: Sequence[Hit], most: int = 3) -> list[Citation]:
    """The best sentences as quotes; neighbours that belong to the answer are joined, each slice is given once."""
    found: list[tuple[Loaded, int, Span]] = []
    for hit in hits:
        if len(found) >= most:
            break
        loaded, sentence = hit.loaded, hit.loaded.sentences[hit.sentence]
        span = clip(loaded.report.text, sentence.span, sentence.span)
        if any(known is loaded and other.start < span.end and span.start < other.end for known, _, other in found):
            continue
        if query.form in (Form.LIST, Form.PASSAGE):
            span = _grow(loaded, hit.sentence, span)
        found.append((loaded, sentence.passage, span))
    return [quote(loaded, span, passage) for loaded, passage, span in found]


def _grow(loaded: Loaded, number: int, span: Span) -> Span:
    """Following sentences of the passage while the quote stays short enough to read, then preceding ones."""
    passage = loaded.sentences[number].passage
    for follower in loaded.sentences[number + 1 :]:
        if follower.passage != passage or follower.span.end - span.start > LONGEST // 2:
            break
        span = Span(span.start, follower.span.end)
    if number and loaded.sentences[number - 1].passage == passage:
        before = loaded.sentences[number - 1].span
        if span.end - before.start <= LONGEST // 2:
            span = Span(before.start, span.end)
    return span
