"""Decoded postings of one term, held for the next question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.postings import Postings

__all__ = ["Listed"]

Ints = npt.NDArray[Any]
# A term in more than this share of the passages is held as one frequency a passage: smaller, and looked up at once.
_DENSE = 0.2


@dataclass(frozen=True, slots=True)
class Listed:
    """Passages that hold a term, rising, with frequencies; or, of a common term, the frequencies of all passages."""

    passages: Ints
    frequency: Ints
    dense: bool

    @classmethod
    def of(cls, postings: Postings, size: int) -> Listed:
        """From postings over `size` passages."""
        most = int(postings.frequency.max(initial=0))
        kind = np.uint8 if most < 1 << 8 else np.uint32
        if len(postings.passage) > _DENSE * size:
            table = np.zeros(size, dtype=kind)
            table[postings.passage] = postings.frequency
            return cls(np.zeros(0, dtype=np.uint32), table, True)
        return cls(postings.passage.astype(np.uint32), postings.frequency.astype(kind), False)

    @property
    def size(self) -> int:
        """Bytes held."""
        return int(self.passages.nbytes + self.frequency.nbytes)

    def pairs(self) -> tuple[Ints, Ints]:
        """Passages and frequencies."""
        if not self.dense:
            return self.passages, self.frequency.astype(np.int64)
        passages = np.flatnonzero(self.frequency)
        return passages, self.frequency[passages].astype(np.int64)

    def at(self, passages: Ints) -> Ints:
        """Frequency in each of the passages, 0 where the term is not."""
        if self.dense:
            found: Ints = self.frequency[passages].astype(np.int64)
            return found
        where = np.searchsorted(self.passages, passages.astype(np.uint32))
        where[where == len(self.passages)] = 0
        held = self.passages[where] == passages if len(self.passages) else np.zeros(len(passages), dtype=np.bool_)
        return np.where(held, self.frequency[where] if len(self.passages) else 0, 0).astype(np.int64)
