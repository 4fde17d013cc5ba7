"""Questions that sentences answer: the sentences ranked in scope, joined to what a reader needs, at most three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval import tokens
from retrieval.answer import fitness
from retrieval.answer.citing import LONGEST, clip, quote
from retrieval.answer.fitness import PAST, Floats
from retrieval.answer.library import Library, Loaded
from retrieval.answer.scope import Candidate, names
from retrieval.answer.weights import Weights
from retrieval.model import Citation, SectionKind, Span
from retrieval.query import Form, Query

__all__ = ["Hit", "asked_terms", "cite", "rank", "weighed", "whole_names"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence with its score among those of its question, the share of the question's words it covers, and how far
    its words bear the question out: BM25 times that share, which compares with other questions."""

    loaded: Loaded
    sentence: int
    score: float
    share: float
    borne: float = 0.0


def asked_terms(query: Query, weights: Weights) -> list[str]:
    """The terms sentences are ranked by, each once."""
    words = " ".join([query.content, query.context, *(o for g in weights.grams for o in g.others[:2])])
    return list(dict.fromkeys(tokens.terms(words)))


def rank(query: Query, weights: Weights, library: Library, candidates: Sequence[Candidate], inner: str) -> list[Hit]:
    """Sentences of the candidate reports, best first."""
    found = [
        Hit(loaded, number, fitness.score(row), share, borne)
        for loaded, number, row, share, borne in weighed(query, weights, library, candidates, inner)
    ]
    found.sort(key=lambda hit: -hit.score)
    return found


def weighed(
    query: Query, weights: Weights, library: Library, candidates: Sequence[Candidate], inner: str
) -> Iterator[tuple[Loaded, int, Floats, float, float]]:
    """The sentences of the candidate reports that are worth a look: what speaks for each, the share of the question's
    words it covers, and how far it bears them out."""
    terms = asked_terms(query, weights)
    statistics, numbers = library.store.statistics(terms)
    words = [word for word in dict.fromkeys(tokens.words(query.content)) if len(word) > 1]
    asked = fitness.Question(query)
    for candidate in candidates:
        loaded = library.load(candidate.report)
        own, passage = library.scores(loaded, terms, statistics, numbers)
        troubles = _troubles(loaded) if asked.troubles else np.zeros(len(own))
        said = fitness.Said(own, passage, library.alike(loaded, words), troubles)
        rows = fitness.features(asked, loaded, candidate, said)
        kept = own + passage + troubles > 0
        if inner:
            kept &= [names(inner, text) for text in loaded.texts]
        for number in fitness.likeliest(rows, kept):
            title = loaded.title(loaded.passages[number]).lower()
            covered = weights.covered(((loaded.texts[number], 1.0), (title, 0.4)))
            share = weights.share(covered)
            rows[number, fitness.AT["covered"]] = fitness.covering(share)
            bm25 = float(own[number] + passage[number] / 3)
            yield loaded, number, rows[number], share, (bm25 + 1.0) * candidate.weight * (0.35 + share)


_DEED = re.compile(r"(?:正式|全线)?(?:建成通车|建成投产|建成|通车|竣工|投产|投用|开工|开通|启用)$")


def whole_names(content: str) -> list[str]:
    """The words of a question long enough to be a thing's own name, without a deed behind them."""
    names = (_DEED.sub("", word) for word in content.split())
    return [name for name in names if len(name) >= _NAME and "\u4e00" <= name[0] <= "\u9fff"]


# A name of so many characters is a thing's own.
_NAME = 5


# How a report speaks of what it admits: mostly in one passage before the plans.
_TROUBLES_SAID = re.compile(
    r"清醒(?:地)?(?:认识|看到)|(?:存在|面临)(?:着|的)?(?:不少|一些|许多|诸多|很多)?(?:差距|困难|问题|矛盾|不足|挑战|短板)|"
    r"还(?:存在|面临|有)(?:不少|一些|许多|较大|很大)?|(?:困难|问题|不足|短板|差距)(?:和|与|及)?(?:问题|挑战|不足)?(?:主要)?(?:是|有|表现)"
)


def _troubles(loaded: Loaded) -> Floats:
    """1 for the sentences of passages in which the report says what is wrong, 0 for the others."""
    told = list(zip(loaded.passages, loaded.kinds, loaded.texts, strict=True))
    found = {passage for passage, kind, _ in told if kind is SectionKind.PROBLEMS}
    looked = PAST | {SectionKind.OTHER}
    found |= {passage for passage, kind, text in told if kind in looked and _TROUBLES_SAID.search(text)}
    return np.array([float(passage in found) for passage in loaded.passages])


def cite(query: Query, hits: Sequence[Hit], most: int = 3) -> list[Citation]:
    """The best sentences as quotes; neighbours that belong to the answer are joined, each slice is given once."""
    if query.form is Form.LIST and hits:
        whole = _enumeration(query, hits)
        if whole:
            return whole
    if query.form is Form.YESNO:
        # One sentence bears it out; others that say less would only distract.
        hits = [hit for hit in hits if hit.score >= _AS_GOOD * hits[0].score]
    found: list[tuple[Loaded, int, Span]] = []
    for hit in hits:
        if len(found) >= most:
            break
        loaded, sentence = hit.loaded, hit.loaded.sentences[hit.sentence]
        span = clip(loaded.report.text, sentence.span, sentence.span)
        if any(known is loaded and other.start < span.end and span.start < other.end for known, _, other in found):
            continue
        if query.form in (Form.LIST, Form.PASSAGE):
            wide = query.form is Form.LIST or _REASON.search(query.text)
            span = _grow(loaded, hit.sentence, span, LONGEST if wide else LONGEST * 3 // 4)
            if any(k is loaded and o.start < span.end and span.start < o.end for k, _, o in found):
                span = clip(loaded.report.text, sentence.span, sentence.span)
        found.append((loaded, sentence.passage, span))
    return [quote(loaded, span, passage) for loaded, passage, span in found]


# Beside the best sentence, one that is nearly as good.
_AS_GOOD = 0.8
_ORDINAL = re.compile(
    r"(?:^|[;。:,(]|\s)(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[,、]|\(?\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,2}[)、]|[①-⑳])"
)
_POINTS_ASKED = re.compile(r"[三四五六七八九十\d]+\s*(?:个|件|项|大|条|类|方面)|实事|分别")
# “五个一工程奖” counts nothing.
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_TWO = 2
# A passage is enumerated where its sentence fits nearly as well as the best one.
_OF_IT = 0.4
# How many points make an enumeration.
_POINTS = 4


def _enumeration(query: Query, hits: Sequence[Hit]) -> list[Citation]:
    """All points of the enumeration that is asked for (十件实事, 五个方面), in order; nothing where there is none."""
    counted = _POINTS_ASKED.search(_QUOTED.sub("", query.text))
    if not counted:
        return []
    for hit in hits[:4]:
        if hit.score < _OF_IT * hits[0].score:
            break  # the best sentence stands alone: it is the answer
        loaded = hit.loaded
        sentence = loaded.sentences[hit.sentence]
        passage = sentence.passage
        inside = hit.sentence and loaded.sentences[hit.sentence - 1].passage == passage
        if inside and counted[0] in sentence.text and len(_ORDINAL.findall(sentence.text)) < _TWO:
            return []  # “五大集聚区” in one of a passage's points names its own
        run = [passage]
        if _points(loaded, passage) < _POINTS:
            # Points in paragraphs of their own: those that follow the one that announces them.
            run = _following(loaded, passage)
        if sum(_points(loaded, p) for p in run) >= _POINTS:
            return _pieces(loaded, run)
    return []


def _points(loaded: Loaded, passage: int) -> int:
    return sum(len(_ORDINAL.findall(s.text)) for s in loaded.of(passage))


def _following(loaded: Loaded, passage: int) -> list[int]:
    run = [passage]
    for number in range(passage + 1, min(passage + 16, len(loaded.outline.passages))):
        own = loaded.of(number)
        if not own or not _ORDINAL.match(own[0].text):
            break
        run.append(number)
    return run


def _pieces(loaded: Loaded, passages: Sequence[int]) -> list[Citation]:
    """Whole sentences of passages packed into quotes of at most the bound."""
    found: list[tuple[int, Span]] = []
    for passage in passages:
        for span in (part for s in loaded.of(passage) for part in _parts(loaded.report.text, s.span)):
            if found and span.end - found[-1][1].start <= LONGEST:
                found[-1] = (found[-1][0], Span(found[-1][1].start, span.end))
            else:
                found.append((passage, span))
    return [quote(loaded, span, passage) for passage, span in found[:_MOST_PIECES]]


_MOST_PIECES = 8


def _parts(text: str, span: Span) -> list[Span]:
    """A sentence longer than a quote may be, cut behind semicolons into parts that are not."""
    found: list[Span] = []
    start = span.start
    while span.end - start > LONGEST:
        at = max(text.rfind("；", start, start + LONGEST), text.rfind(";", start, start + LONGEST))
        if at < 0:
            break
        found.append(Span(start, at + 1))
        start = at + 1
    rest = Span(start, span.end)
    return [*found, clip(text, rest, rest)]


def _grow(loaded: Loaded, number: int, span: Span, most: int) -> Span:
    """Following sentences of the passage while the quote stays short enough to read, then preceding ones."""
    passage = loaded.sentences[number].passage
    for follower in loaded.sentences[number + 1 :]:
        if follower.passage != passage or follower.span.end - span.start > most:
            break
        span = Span(span.start, follower.span.end)
    if number and loaded.sentences[number - 1].passage == passage:
        before = loaded.sentences[number - 1].span
        if span.end - before.start <= most:
            span = Span(before.start, span.end)
    return span


# Reasons follow what they explain.
_REASON = re.compile(r"原因|为什么|为何|为啥")
