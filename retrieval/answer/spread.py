"""Which of the stored reports say a phrase, told from the index without reading them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval import tokens
from retrieval.answer.library import Library
from retrieval.index import ReportRow
from retrieval.text import fold

__all__ = ["Spread"]

_Passages = npt.NDArray[Any]


class Spread:
    """Looks up phrases; the postings of their pairs of characters are read once for all of them."""

    def __init__(self, phrases: Iterable[str], library: Library) -> None:
        self._library = library
        self._pairs = {phrase: tuple(dict.fromkeys(_pairs(phrase))) for phrase in phrases}
        every = sorted({pair for own in self._pairs.values() for pair in own})
        _, self._numbers = library.store.statistics(every)
        self._read: dict[int, _Passages] = {}

    def rows(self, phrase: str) -> tuple[ReportRow, ...]:
        """Reports with a passage that holds every pair of a phrase's characters; all where it has none."""
        pairs = self._pairs[phrase]
        if not pairs:
            return tuple(self._library.rows.values())
        if any(pair not in self._numbers for pair in pairs):
            return ()
        # The rarest pair first: what is left is looked up in the longer lists.
        held, *others = sorted((self._postings(self._numbers[pair]) for pair in pairs), key=len)
        for own in others:
            held = held[own[np.minimum(np.searchsorted(own, held), len(own) - 1)] == held]
        return tuple(self._library.rows[report] for report in self._library.store.layout.holding(held))

    def _postings(self, number: int) -> _Passages:
        if number not in self._read:
            self._read[number] = self._library.store.postings(number).passage
        return self._read[number]


def _pairs(phrase: str) -> list[str]:
    return tokens.bigrams("".join(fold(phrase).split()))
