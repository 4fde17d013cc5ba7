"""rank-bm25's formula over stored postings. The only importer of rank_bm25.

The formula is that of `rank_bm25.BM25Plus` with `delta = 0`: its idf, log((N + 1) / n), is always positive, while
the Okapi class of the package turns common terms' negative idf into a quarter of the average, so that 的 outranks
发展, and divides by zero on an empty corpus. δ itself would be added to every document, also those without the term,
and says nothing. Source of the method: Lv and Zhai, "Lower-bounding term frequency normalization" (CIKM 2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Plus

__all__ = ["K1", "B", "Contribution", "Statistics", "StoredBM25"]

Scores = npt.NDArray[np.float64]
Ints = npt.NDArray[Any]
# Chosen by measurement over 15,768 questions on 12,882 short Chinese passages (CMRC2018, DRCD, ChineseSquad and
# questions on government reports), words and bigrams in one index: MRR@10 on the odd ids .847 at k1 .5; .4 to .6 are
# alike and beat 1.2 to 1.5, the package's. `benchmarks/ranking_quality.py` measures the neighbours on one of the sets.
K1, B = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Statistics:
    """Size of the corpus in documents, their average length in terms, and the document frequency of each asked term."""

    size: int
    average: float
    frequencies: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a term of the question adds to a document's score: how often it stands there (`tf`), how rare it is in the
    corpus (`idf`), and its share of the score."""

    term: str
    tf: int
    idf: float
    score: float


class StoredBM25(BM25Plus):  # type: ignore[misc]  # the package has no type information
    """BM25Plus whose statistics come from a store instead of a list of documents."""

    def __init__(self, statistics: Statistics, *, k1: float = K1, b: float = B) -> None:
        self.statistics = statistics
        super().__init__([], k1=k1, b=b, delta=0)

    def _initialize(self, corpus: Sequence[Any]) -> dict[str, int]:
        del corpus
        self.corpus_size = self.statistics.size
        self.avgdl = self.statistics.average or 1.0
        return {term: n for term, n in self.statistics.frequencies.items() if n}

    def norms(self, lengths: Ints) -> Scores:
        """The part of the formula's denominator that only the documents' lengths decide."""
        found: Scores = self.k1 * (1 - self.b + self.b * lengths / self.avgdl)
        return found

    def gains(self, term: str, frequency: Ints, norms: Scores) -> Scores:
        """What a term adds to documents that hold it so often: the package's own order of operations."""
        found: Scores = self.idf.get(term, 0.0) * ((frequency * (self.k1 + 1)) / (norms + frequency))
        return found

    def most(self, term: str) -> float:
        """What a term adds at most to any document."""
        found: float = self.idf.get(term, 0.0) * (self.k1 + 1)
        return found

    def scores(self, query: Sequence[str], postings: Mapping[str, tuple[Ints, Ints]], lengths: Ints) -> Scores:
        """Scores of all documents, in the order of `lengths`; `postings` gives documents and frequencies of each term.
        A term repeated in the query counts as often as it stands there."""
        total: Scores = np.zeros(len(lengths))
        norms = self.norms(lengths)
        for term in query:
            if term in postings:
                documents, frequency = postings[term]
                total[documents] += self.gains(term, frequency, norms[documents])
        return total

    def explain(self, query: Iterable[str], document: Mapping[str, int], length: int) -> tuple[Contribution, ...]:
        """The terms of the query that the document holds, largest contribution first: their sum is its score."""
        asked: dict[str, int] = {}
        for term in query:
            if document.get(term) and term in self.idf:
                asked[term] = asked.get(term, 0) + 1
        norms = self.norms(np.array([length]))
        parts = [
            Contribution(t, document[t], self.idf[t], n * float(self.gains(t, np.array([document[t]]), norms)[0]))
            for t, n in asked.items()
        ]
        return tuple(sorted(parts, key=lambda part: -part.score))
