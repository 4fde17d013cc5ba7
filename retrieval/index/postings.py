"""Terms of reports as arrays: a forward block per report, inverted rows per term and segment of reports.

Passages have dense numbers over the whole store: those of a report follow its first one. A row of postings is keyed by
term and segment (`row_key`) and holds, as variable-length integers, the gaps between passage numbers, doubled, plus one
where the term stands there more than once; the frequencies of those follow in a second column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from retrieval.index.packing import Array, pack_planes, pack_varints, unpack_planes, unpack_varints

__all__ = ["SEGMENT_BITS", "Forward", "Postings", "Terms", "decode", "encode", "inverted", "row_key"]

Ints = npt.NDArray[np.int64]
SEGMENT_BITS = 24
Row = tuple[int, bytes, bytes | None]


def row_key(term: int, segment: int) -> int:
    """The key under which the postings of a term in a segment are stored: a term's rows lie side by side."""
    return term << SEGMENT_BITS | segment


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one report before the store has numbered them: what a reading process hands to the writing one.

    `vocabulary` has one term a line; `passages` the passage of each sentence; the other arrays are parallel: line of
    the term, sentence, frequency, rising by term and sentence.
    """

    vocabulary: str
    passages: Array
    term: Array
    sentence: Array
    frequency: Array

    @classmethod
    def of(cls, sentences: Iterable[tuple[int, Sequence[str]]]) -> Terms:
        """From (passage, terms with repetitions) of each sentence."""
        lines: dict[str, int] = {}
        passages: list[int] = []
        flat: list[int] = []
        sizes: list[int] = []
        for passage, terms in sentences:
            passages.append(passage)
            sizes.append(len(terms))
            flat.extend([lines.setdefault(term, len(lines)) for term in terms])
        sentence = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
        both, counts = np.unique(np.array(flat, dtype=np.int64) << 32 | sentence, return_counts=True)
        return cls(
            "\n".join(lines),
            np.array(passages, dtype=np.uint32),
            (both >> 32).astype(np.uint32),
            both.astype(np.uint32),
            counts.astype(np.uint32),
        )

    def lines(self) -> list[str]:
        """The vocabulary, each term once."""
        return self.vocabulary.split("\n") if self.vocabulary else []


@dataclass(frozen=True, slots=True)
class Forward:
    """Terms of one report, by sentence: parallel arrays of term number, sentence and frequency, rising by term and
    sentence; and each sentence's passage. Sentences are numbered through the report."""

    passages: Array  # passage of each sentence
    term: Array
    sentence: Array
    frequency: Array

    @classmethod
    def of(cls, terms: Terms, numbers: Ints) -> Forward:
        """The report's terms under the store's numbers: `numbers[line]` is that of a line of the vocabulary."""
        both = numbers[terms.term] << 32 | terms.sentence
        order = np.argsort(both)
        both = both[order]
        return cls(terms.passages, (both >> 32).astype(np.uint32), both.astype(np.uint32), terms.frequency[order])

    @classmethod
    def empty(cls) -> Forward:
        """The block of a report without terms."""
        nothing = np.zeros(0, dtype=np.uint32)
        return cls(nothing, nothing, nothing, nothing)

    def dump(self) -> bytes:
        """As bytes."""
        rising = [np.diff(array, prepend=np.uint32(0)) for array in (self.passages, self.term)]
        return pack_planes([*rising, self.sentence, self.frequency])

    @classmethod
    def load(cls, data: bytes) -> Forward:
        """The block of `dump`."""
        passages, term, sentence, frequency = unpack_planes(data)
        return cls(np.cumsum(passages, dtype=np.uint32), np.cumsum(term, dtype=np.uint32), sentence, frequency)

    def of_term(self, number: int) -> tuple[Array, Array]:
        """Sentences that hold a term, and how often."""
        first, last = np.searchsorted(self.term, (number, number + 1))
        return self.sentence[first:last], self.frequency[first:last]

    def lengths(self) -> Ints:
        """Terms of each sentence."""
        counted = np.bincount(self.sentence, weights=self.frequency, minlength=len(self.passages))
        return counted.astype(np.int64)

    def passage_lengths(self, passages: int) -> Ints:
        """Terms of each of the report's `passages` passages."""
        return np.bincount(self.passages, weights=self.lengths(), minlength=passages).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Postings:
    """Parallel arrays, rising by term and passage."""

    term: Ints
    passage: Ints
    frequency: Ints

    def frequencies(self) -> list[tuple[int, int]]:
        """(passages that hold it, term), for each term."""
        terms, counts = np.unique(self.term, return_counts=True)
        return list(zip(counts.tolist(), terms.tolist(), strict=True))


def inverted(reports: Sequence[tuple[int, Forward]]) -> Postings:
    """The postings of some reports, each given with its first passage's number."""
    nothing = np.zeros(0, dtype=np.int64)
    term = np.concatenate([nothing, *(f.term for _, f in reports)])
    passage = np.concatenate([nothing, *(first + f.passages[f.sentence].astype(np.int64) for first, f in reports)])
    frequency = np.concatenate([nothing, *(f.frequency for _, f in reports)])
    both = term << 32 | passage
    order = np.argsort(both, kind="stable")
    both = both[order]
    # A term in two sentences of one passage is one posting.
    starts = np.flatnonzero(np.diff(both, prepend=-1))
    summed = np.add.reduceat(frequency[order], starts) if len(starts) else nothing
    both = both[starts]
    return Postings(both >> 32, both & 0xFFFFFFFF, summed)


def encode(postings: Postings, segment: int, origin: int) -> Iterator[Row]:
    """The rows of a segment whose passages are numbered from `origin`: key, gaps, frequencies above one."""
    if not len(postings.term):
        return
    firsts = np.flatnonzero(np.diff(postings.term, prepend=-1))
    gaps = np.diff(postings.passage, prepend=0)
    gaps[firsts] = postings.passage[firsts] - origin
    repeated = postings.frequency > 1
    data, ends = pack_varints((gaps << 1 | repeated).astype(np.uint64))
    more, more_ends = pack_varints(postings.frequency[repeated].astype(np.uint64))
    cuts = np.append(firsts, len(gaps))
    at = np.append(0, ends)[cuts].tolist()
    more_at = np.append(0, more_ends)[np.append(0, np.cumsum(repeated))[cuts]].tolist()
    for term, (a, b), (c, d) in zip(postings.term[firsts].tolist(), pairwise(at), pairwise(more_at), strict=True):
        yield row_key(term, segment), data[a:b], more[c:d] if d > c else None


def decode(rows: Sequence[Row], origins: Mapping[int, int]) -> Postings:
    """The postings of `encode`'s rows, in their order; `origins` gives the first passage of each segment."""
    data = b"".join([row[1] for row in rows])
    values, lasts = unpack_varints(data)
    sizes = np.array([len(row[1]) for row in rows], dtype=np.int64)
    ends = np.cumsum(sizes)
    # Where each row begins among the values: at its first byte, unless values take several bytes.
    starts = ends - sizes if lasts is None else np.searchsorted(lasts, ends - sizes)
    counts = np.diff(np.append(starts, len(values)))
    gaps = values >> 1
    summed = np.cumsum(gaps)
    origin = np.array([origins[row[0] & ((1 << SEGMENT_BITS) - 1)] for row in rows], dtype=np.int64)
    before = origin - (summed[starts] - gaps[starts]) if len(rows) else origin
    frequency = np.ones(len(values), dtype=np.int64)
    more, _ = unpack_varints(b"".join([row[2] for row in rows if row[2]]))
    frequency[(values & 1).astype(bool)] = more
    terms = np.array([row[0] >> SEGMENT_BITS for row in rows], dtype=np.int64)
    return Postings(np.repeat(terms, counts), summed + np.repeat(before, counts), frequency)
