"""rank-bm25's formula over stored postings. The only importer of rank_bm25.

The formula is that of `rank_bm25.BM25Plus` with `delta = 0`: its idf, log((N + 1) / n), is always positive, while
the Okapi class of the package turns common terms' negative idf into a quarter of the average, so that 的 outranks
发展, and divides by zero on an empty corpus. δ itself would be added to every document, also those without the term,
and says nothing. Source of the method: Lv and Zhai, "Lower-bounding term frequency normalization" (CIKM 2011).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Plus

__all__ = ["ForwardBM25", "InvertedBM25", "Statistics"]

Scores = npt.NDArray[np.float64]
# Measured on short passages: small k1 beats the package's default of 1.5.
K1, B = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Statistics:
    """Size of the corpus in documents, their average length in terms, and the document frequency of each asked term."""

    size: int
    average: float
    frequencies: Mapping[str, int]


class _StoredBM25(BM25Plus):  # type: ignore[misc]  # the package has no type information
    """BM25Plus whose statistics come from a store instead of a list of documents."""

    def __init__(self, statistics: Statistics, *, k1: float = K1, b: float = B) -> None:
        self.statistics = statistics
        super().__init__([], k1=k1, b=b, delta=0)

    def _initialize(self, corpus: Sequence[Any]) -> dict[str, int]:
        del corpus
        self.corpus_size = self.statistics.size
        self.avgdl = self.statistics.average or 1.0
        return {term: n for term, n in self.statistics.frequencies.items() if n}

    def _gain(self, frequency: npt.NDArray[Any], length: npt.NDArray[Any], term: str) -> Scores:
        norm = self.k1 * (1 - self.b + self.b * length / self.avgdl)
        gain: Scores = self.idf.get(term, 0.0) * (frequency * (self.k1 + 1)) / (norm + frequency)
        return gain


class ForwardBM25(_StoredBM25):
    """Scores of a few documents given with their terms: costs what they hold, whatever the corpus."""

    def scores(
        self, query: Sequence[str], documents: Sequence[Mapping[str, int]], lengths: Sequence[int]
    ) -> list[float]:
        """One score a document; a term repeated in the query counts as often as it stands there."""
        asked = [(t, n * self.idf[t]) for t, n in Counter(query).items() if t in self.idf]
        found: list[float] = []
        for document, length in zip(documents, lengths, strict=True):
            norm = self.k1 * (1 - self.b + self.b * length / self.avgdl)
            score = 0.0
            for term, weight in asked:
                tf = document.get(term)
                if tf:
                    score += weight * tf * (self.k1 + 1) / (norm + tf)
            found.append(score)
        return found

    def explain(self, query: Sequence[str], document: Mapping[str, int], length: int) -> list[tuple[str, int, float]]:
        """(term, frequency in the document, contribution) for each asked term the document holds, largest first."""
        parts = [
            (t, document[t], self.scores([t] * n, [document], [length])[0])
            for t, n in Counter(query).items()
            if t in document and t in self.idf
        ]
        return sorted(parts, key=lambda part: -part[2])


class InvertedBM25(_StoredBM25):
    """Scores of the whole corpus from postings: document numbers and frequencies of each asked term."""

    def scores(
        self,
        query: Sequence[str],
        postings: Mapping[str, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]],
        lengths: npt.NDArray[np.int64],
    ) -> Scores:
        """Scores of all documents, in the order of `lengths`."""
        total: Scores = np.zeros(len(lengths))
        for term, count in Counter(query).items():
            if term in postings:
                documents, frequency = postings[term]
                total[documents] += count * self._gain(frequency, lengths[documents], term)
        return total


def idf(size: int, frequency: int) -> float:
    """The formula's inverse document frequency, for explanations."""
    return math.log((size + 1) / frequency) if frequency else 0.0
