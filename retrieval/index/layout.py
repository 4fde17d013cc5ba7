"""Where passages stand in the store's numbering: what ranking holds of every passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Layout"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Reports by their first passage's number; of every passage, its length in terms and the code of its section's
    kind; first passages by report. Numbers between the reports, left by removed ones, have length 0 and no postings."""

    firsts: Ints
    reports: tuple[str, ...]
    sizes: Ints
    lengths: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.uint8]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]]) -> Layout:
        """From (report, first passage, passages, lengths, kinds), rising by first passage."""
        end = rows[-1][1] + rows[-1][2] if rows else 0
        lengths, kinds = np.zeros(end, dtype=np.uint32), np.zeros(end, dtype=np.uint8)
        for _, first, size, own_lengths, own_kinds in rows:
            lengths[first : first + size] = np.frombuffer(own_lengths, dtype="<u4")
            kinds[first : first + size] = np.frombuffer(own_kinds, dtype=np.uint8)
        firsts, sizes = (np.array([row[n] for row in rows], dtype=np.int64) for n in (1, 2))
        return cls(firsts, tuple(row[0] for row in rows), sizes, lengths, kinds, {row[0]: row[1] for row in rows})

    def first(self, report: str) -> int:
        """The number of a report's first passage."""
        return self.numbers[report]

    def where(self, passage: int) -> tuple[str, int]:
        """Report and number within it of a passage."""
        at = int(np.searchsorted(self.firsts, passage, side="right")) - 1
        return self.reports[at], passage - int(self.firsts[at])

    def holding(self, passages: npt.NDArray[Any]) -> tuple[str, ...]:
        """The reports that passages are in."""
        return tuple(self.reports[at] for at in np.unique(np.searchsorted(self.firsts, passages, side="right") - 1))

    def mask(self, reports: Iterable[str]) -> npt.NDArray[np.bool_]:
        """True for the passages of the reports."""
        wanted = set(reports)
        inside = np.array([report in wanted for report in self.reports], dtype=np.bool_)
        found = np.zeros(len(self.lengths), dtype=np.bool_)
        for first, size in zip(self.firsts[inside].tolist(), self.sizes[inside].tolist(), strict=True):
            found[first : first + size] = True
        return found
