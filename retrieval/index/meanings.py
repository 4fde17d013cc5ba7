"""The words of a report as rows of the table of word vectors: those around each figure are stored, since cutting text
into words is the slowest part of opening a report; those of each sentence are told by its postings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from retrieval import tokens
from retrieval.index.packing import Array, pack_planes, unpack_planes
from retrieval.index.postings import Forward
from retrieval.lexicon import vectors

__all__ = ["Meanings", "Said"]

Floats = npt.NDArray[np.float64]
_NONE = np.zeros(0, dtype=np.uint32)
# A question looks into so many reports again and again.
_LATEST = 4


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists of numbers of different length: `counts` numbers of `flat` each; `of` tells each figure's list."""

    counts: Array
    flat: Array
    of: Array

    def most(self, values: Floats) -> Floats:
        """For each figure the largest of a row of `values` over its list, 0 over an empty one: a row for each of the
        `values`, which are at least 0."""
        found = np.zeros((len(values), len(self.counts)))
        held = np.flatnonzero(self.counts)
        if len(held):
            counts = self.counts.astype(np.int64)
            starts = (np.cumsum(counts) - counts)[held]
            found[:, held] = np.maximum.reduceat(values[:, self.flat], starts, axis=1)
        most: Floats = found[:, self.of]
        return most


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """`rows` are the vector rows of the words met; the lists number these, in each figure's name, clause, sentence."""

    rows: Array
    name: _Lists
    clause: _Lists
    sentence: _Lists

    @classmethod
    def of(cls, figures: Sequence[tuple[str, str, str]]) -> Meanings:
        """From (name, clause, sentence) of each figure, folded and in lower case."""
        known: dict[int, int] = {}

        def lists(found: Sequence[tuple[object, Sequence[tuple[str, int]]]]) -> _Lists:
            distinct: dict[object, int] = {}
            counts: list[int] = []
            flat: list[int] = []
            for key, words in found:
                if key not in distinct:
                    distinct[key] = len(distinct)
                    own = dict.fromkeys(known.setdefault(row, len(known)) for _, row in words)
                    counts.append(len(own))
                    flat.extend(own)
            return _Lists(_array(counts), _array(flat), _array([distinct[key] for key, _ in found]))

        name = lists([(name, _words(name)) for name, _, _ in figures])
        clause = lists(
            [
                ((clause, sentence), [(word, row) for word, row in _words(sentence) if word in clause])
                for _, clause, sentence in figures
            ]
        )
        sentence = lists([(sentence, _words(sentence)) for _, _, sentence in figures])
        return cls(_array(list(known)), name, clause, sentence)

    @classmethod
    def empty(cls, size: int = 0) -> Meanings:
        """Those of `size` figures without a word around them."""
        nothing = _Lists(_NONE, _NONE, np.zeros(size, dtype=np.uint32))
        return cls(_NONE, nothing, nothing, nothing)

    def dump(self) -> bytes:
        """As bytes."""
        lists = (self.name, self.clause, self.sentence)
        return pack_planes([self.rows, *(array for one in lists for array in (one.counts, one.flat, one.of))])

    @classmethod
    def load(cls, data: bytes) -> Meanings:
        """Those of `dump`."""
        rows, *rest = unpack_planes(data)
        name, clause, sentence = (_Lists(*rest[at : at + 3]) for at in (0, 3, 6))
        return cls(rows, name, clause, sentence)

    def nearest(self, words: Sequence[str]) -> Floats:
        """The cosine of each word and the nearest one in each figure's name, in its clause or name, and in its sentence
        or name: three rows a word, at least 0."""
        found = np.zeros((len(words), 3, len(self.name.of)))
        rows = np.array([vectors.row(word) for word in words], dtype=np.int64)
        if not len(self.rows) or not (rows >= 0).any():
            return found
        cosines = (vectors.units(rows) @ _units(self).T).clip(0.0).astype(np.float64)
        found[:, 0] = self.name.most(cosines)
        found[:, 1] = np.maximum(found[:, 0], self.clause.most(cosines))
        found[:, 2] = np.maximum(found[:, 0], self.sentence.most(cosines))
        return found


@lru_cache(maxsize=_LATEST)
def _units(meanings: Meanings) -> npt.NDArray[np.float32]:
    """The vectors of the words around a report's figures."""
    return vectors.units(meanings.rows.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Said:
    """The words of each sentence of a report: `rows` are their vector rows, `flat` numbers these, one sentence's words
    after the other's; `starts` tells where those of the sentences `held` begin."""

    rows: npt.NDArray[np.int64]
    flat: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    held: npt.NDArray[np.int64]
    size: int

    @classmethod
    def of(cls, forward: Forward, word_rows: npt.NDArray[np.int32]) -> Said:
        """From a report's postings; `word_rows` has the vector row of each term, -1 where it has none."""
        rows = word_rows[forward.term]
        known = rows >= 0
        order = np.argsort(forward.sentence[known], kind="stable")
        sentences = forward.sentence[known][order]
        distinct, flat = np.unique(rows[known][order].astype(np.int64), return_inverse=True)
        held, starts = np.unique(sentences.astype(np.int64), return_index=True)
        return cls(distinct, flat.astype(np.int64), starts.astype(np.int64), held, len(forward.passages))

    def alike(self, words: Sequence[str]) -> Floats:
        """For each sentence the mean, over `words`, of the cosine of the nearest word it says."""
        found = np.zeros(self.size)
        asked = np.array([row for row in map(vectors.row, words) if row >= 0], dtype=np.int64)
        if len(asked) and len(self.flat):
            cosines = vectors.near(asked, self.rows).clip(0.0)
            best = np.maximum.reduceat(cosines[:, self.flat], self.starts, axis=1)
            found[self.held] = best.sum(axis=0) / len(words)
        return found


def _array(values: Sequence[int]) -> Array:
    return np.array(values, dtype=np.uint32)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, int], ...]:
    """The words of more than one character that have a vector, with its row."""
    found = ((word, vectors.row(word)) for word in tokens.words(text) if len(word) > 1)
    return tuple((word, row) for word, row in found if row >= 0)
