"""A question's words as weighted grams, and how far a text covers them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.index import Store
from retrieval.index.bm25 import idf
from retrieval.lexicon import indicators, synonyms
from retrieval.query import Query

__all__ = ["Gram", "Weights", "grams", "weigh"]

_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9.%+#]+")
# Words a follow-up takes over count less than its own.
CONTEXT = 0.35


def grams(text: str) -> list[str]:
    """Character bigrams of Han runs (a run of one is itself), and Latin or number words, lower-case."""
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0] < "㐀" or len(run) == 1:
            found.append(run)
        else:
            found.extend(a + b for a, b in pairwise(run))
    return found


@dataclass(frozen=True, slots=True)
class Gram:
    """A gram of the question, its weight, and other ways to write what it is part of: any of them covers it."""

    text: str
    weight: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """The question's grams; `indicators` are the lexicon's it names, with the words that name them."""

    grams: tuple[Gram, ...]
    total: float
    known: frozenset[str]
    indicators: Mapping[str, str]

    def covered(self, fields: Sequence[tuple[str, float]]) -> list[float]:
        """For each gram the worth of the best field that holds it; fields are (text, worth), the worthiest first."""
        found: list[float] = []
        for gram in self.grams:
            best = 0.0
            for text, worth in fields:
                if gram.text in text or any(other in text for other in gram.others):
                    best = worth
                    break
            found.append(best)
        return found

    def share(self, covered: Sequence[float]) -> float:
        """Weighted mean of `covered`."""
        if not self.total:
            return 0.0
        return sum(g.weight * c for g, c in zip(self.grams, covered, strict=True)) / self.total


def weigh(query: Query, store: Store, extra: str = "") -> Weights:
    """Grams of the question's content weighted by idf; those carried from the last question weigh less."""
    content = f"{query.content} {extra}".strip().lower()
    named = {mention.indicator.id: content[mention.start : mention.end] for mention in indicators.mentions(content)}
    parts = [(content, 1.0), (query.context.lower(), CONTEXT)]
    raw: dict[str, float] = {}
    for text, worth in parts:
        for gram in grams(text):
            raw[gram] = max(raw.get(gram, 0.0), worth)
    said = {text: synonyms.pairs(text) for text, _ in parts}
    others: dict[str, list[str]] = {}
    for pairs in said.values():
        for spoken, written in pairs:
            for gram in grams(spoken):
                others.setdefault(gram, []).append(written)
    terms = ["~" + g if len(g) == 2 and g[0] >= "㐀" else g for g in raw]
    statistics, _ = store.statistics(terms)
    size = max(statistics.size, 2)
    found: list[Gram] = []
    for (gram, worth), term in zip(raw.items(), terms, strict=True):
        frequency = statistics.frequencies.get(term, 0)
        # A gram no report has is likely a typo or chat: it should not outweigh the words that are there.
        weight = idf(size, frequency) if frequency else idf(size, max(1, size // 50))
        found.append(Gram(gram, max(0.3, weight) * worth, tuple(others.get(gram, ()))))
    known = frozenset(raw) | {g for pairs in said.values() for _, written in pairs for g in grams(written)}
    return Weights(tuple(found), sum(g.weight for g in found), known, named)
