"""Terms of reports as arrays: a forward block per report, inverted blocks per segment of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Forward", "inverted", "pack_postings", "unpack_postings"]

Array = npt.NDArray[np.uint32]
# A posting addresses a passage by report number and place in the report.
PASSAGE_BITS = 12
MOST_PASSAGES = 1 << PASSAGE_BITS


@dataclass(frozen=True, slots=True)
class Forward:
    """Terms of one report, by sentence: parallel arrays of sentence, term number and frequency; and each sentence's
    passage. Sentences are numbered through the report."""

    passages: Array  # passage of each sentence
    sentence: Array
    term: Array
    frequency: Array

    @classmethod
    def of(cls, sentences: Sequence[tuple[int, Mapping[int, int]]]) -> Forward:
        """From (passage, frequencies by term number) of each sentence."""
        flat = [(n, t, f) for n, (_, counts) in enumerate(sentences) for t, f in counts.items()]
        table = np.array(flat, dtype=np.uint32).reshape(-1, 3)
        return cls(np.array([p for p, _ in sentences], dtype=np.uint32), table[:, 0], table[:, 1], table[:, 2])

    def dump(self) -> bytes:
        """As bytes: two counts, then the arrays."""
        head = np.array([len(self.passages), len(self.term)], dtype=np.uint32)
        return b"".join(part.tobytes() for part in (head, self.passages, self.sentence, self.term, self.frequency))

    @classmethod
    def load(cls, data: bytes) -> Forward:
        """The block of `dump`."""
        flat = np.frombuffer(data, dtype=np.uint32)
        n, m = int(flat[0]), int(flat[1])
        cuts = np.cumsum([2, n, m, m])
        return cls(flat[cuts[0] : cuts[1]], flat[cuts[1] : cuts[2]], flat[cuts[2] : cuts[3]], flat[cuts[3] :])

    def counts(self, asked: Iterable[int]) -> list[dict[int, int]]:
        """Frequencies of the asked terms in each sentence."""
        found: list[dict[int, int]] = [{} for _ in range(len(self.passages))]
        hit = np.isin(self.term, np.fromiter(asked, dtype=np.uint32))
        for n, t, f in zip(
            self.sentence[hit].tolist(), self.term[hit].tolist(), self.frequency[hit].tolist(), strict=True
        ):
            found[n][t] = f
        return found

    def lengths(self) -> list[int]:
        """Terms of each sentence."""
        found: list[int] = (
            np.bincount(self.sentence.astype(np.int64), weights=self.frequency, minlength=len(self.passages))
            .astype(int)
            .tolist()
        )
        return found


def inverted(reports: Iterable[tuple[int, Forward]]) -> Iterator[tuple[int, Array, Array]]:
    """(term number, passage keys, frequencies) over some reports, by rising term; keys rise within a term."""
    parts = list(reports)
    if not parts:
        return
    term = np.concatenate([f.term for _, f in parts]).astype(np.uint64)
    key = np.concatenate([(number << PASSAGE_BITS) + f.passages[f.sentence].astype(np.uint64) for number, f in parts])
    frequency = np.concatenate([f.frequency for _, f in parts])
    # A term in two sentences of one passage is one posting.
    both, where = np.unique(term << np.uint64(32) | key.astype(np.uint64), return_inverse=True)
    summed = np.bincount(where, weights=frequency).astype(np.uint32)
    terms, keys = both >> np.uint64(32), (both & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    cuts = np.flatnonzero(np.diff(terms)) + 1
    firsts = np.concatenate([np.zeros(min(1, len(terms)), dtype=np.int64), cuts])
    for first, ks, fs in zip(firsts, np.split(keys, cuts), np.split(summed, cuts), strict=False):
        yield int(terms[first]), ks, fs


def pack_postings(keys: Array, frequencies: Array) -> bytes:
    """Keys, then frequencies."""
    return keys.astype(np.uint32).tobytes() + frequencies.astype(np.uint32).tobytes()


def unpack_postings(data: bytes) -> tuple[Array, Array]:
    """Keys and frequencies of `pack_postings`."""
    flat = np.frombuffer(data, dtype=np.uint32)
    return flat[: len(flat) // 2], flat[len(flat) // 2 :]
