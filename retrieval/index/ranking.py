"""The best passages for some terms: of the whole store by pruned search, of a few reports by their own blocks.

Both give exactly the scores of `StoredBM25.scores` over all passages. Pruning is MaxScore over whole lists: rare terms
are scored first; once what all others could add no longer lifts an unseen passage into the first k, those only look up
the passages that are left. Source of the method: Turtle and Flood, "Query evaluation: strategies and optimizations"
(1995).
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.index.bm25 import Contribution, StoredBM25
from retrieval.index.codec import kind_codes
from retrieval.index.listed import Listed
from retrieval.index.postings import Forward
from retrieval.index.records import ReportRow
from retrieval.index.store import Store
from retrieval.model import SectionKind

__all__ = ["Ranked", "Ranking", "Within", "sentence_scores"]

# Bytes of decoded postings kept, and reports' blocks kept.
_LISTS, _FORWARDS = 96 << 20, 64
# Up to so many reports their own blocks are read; beyond, the lists of the whole store cost less.
_FEW = 32
# Sums in another order differ in the last bits; pruning must not be misled by that.
_SLACK = 1e-9

Scores = npt.NDArray[np.float64]
Ints = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score."""

    report: str
    passage: int
    score: float


@dataclass(frozen=True, slots=True)
class Within:
    """What is searched: reports of these places and years, sections of these kinds; empty means any."""

    places: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    kinds: frozenset[SectionKind] = frozenset()


def sentence_scores(
    ranking: StoredBM25, query: Sequence[str], numbers: dict[str, int], forward: Forward, lengths: Ints
) -> Scores:
    """Scores of a report's sentences, each as a document of the corpus whose statistics `ranking` has."""
    held = {term: forward.of_term(numbers[term]) for term in set(query) if term in numbers}
    return ranking.scores(query, held, lengths)


def passage_scores(
    ranking: StoredBM25, query: Sequence[str], numbers: dict[str, int], forward: Forward, lengths: Ints
) -> Scores:
    """Scores of a report's passages."""
    held: dict[str, tuple[Ints, Ints]] = {}
    for term in set(query):
        if term in numbers:
            sentences, frequency = forward.of_term(numbers[term])
            counted = np.bincount(forward.passages[sentences], weights=frequency)
            passages = np.flatnonzero(counted)
            held[term] = passages, counted[passages]
    return ranking.scores(query, held, lengths)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question ready to be scored: its terms as given, the number of each known one, and the formula."""

    query: Sequence[str]
    numbers: dict[str, int]
    ranking: StoredBM25


class Ranking:
    """Ranks the passages of a store. Holds decoded postings in bounded memory; sees every change of the store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._generation = store.generation
        self._forget()

    def _forget(self) -> None:
        self._lists: OrderedDict[int, Listed] = OrderedDict()
        self._held = 0
        self._forwards: OrderedDict[str, Forward] = OrderedDict()
        self._norms: Scores | None = None
        self._by_place: dict[str, list[ReportRow]] = {}

    def _start(self, query: Sequence[str]) -> tuple[StoredBM25, dict[str, int]]:
        if self._generation != self.store.generation:
            self._forget()
            self._generation = self.store.generation
        statistics, numbers = self.store.statistics(query)
        return StoredBM25(statistics), numbers

    def top(self, query: Sequence[str], k: int = 10, within: Within | None = None) -> list[Ranked]:
        """The `k` passages with the highest scores above 0, ties in the order they were stored; the statistics are
        those of the whole store whatever the scope. A term repeated in `query` counts as often as it stands there."""
        with self.store.reading():
            return self._top(query, k, within)

    def _top(self, query: Sequence[str], k: int, within: Within | None) -> list[Ranked]:
        ranking, numbers = self._start(query)
        asked, layout = _Asked(query, numbers, ranking), self.store.layout
        if not numbers or k < 1:
            return []
        if within is None or within == Within():
            found = self._best(asked, k, None)
        else:
            rows = self._rows(within)
            if len(rows) <= _FEW:
                return self._of_reports(asked, k, within.kinds, rows)
            allowed = layout.mask(row.id for row in rows)
            if within.kinds:
                allowed &= np.isin(layout.kinds, kind_codes(within.kinds))
            found = self._best(asked, k, allowed)
        return [Ranked(*layout.where(passage), score) for passage, score in found]

    def explain(self, query: Sequence[str], report: str, passage: int) -> tuple[Contribution, ...]:
        """What each term of the query adds to a passage's score, most first. Raises UnknownReport."""
        with self.store.reading():
            ranking, numbers = self._start(query)
            forward, row = self._forward(report), self.store.rows[report]
        held: dict[str, int] = {}
        for term, number in numbers.items():
            sentences, frequency = forward.of_term(number)
            held[term] = int(frequency[forward.passages[sentences] == passage].sum())
        return ranking.explain(query, held, int(forward.passage_lengths(row.passages)[passage]))

    # A few reports.

    def _rows(self, within: Within) -> list[ReportRow]:
        if not self._by_place:
            for row in self.store.rows.values():
                self._by_place.setdefault(row.place, []).append(row)
        places = within.places or self._by_place
        return [
            row
            for place in places
            for row in self._by_place.get(place, ())
            if not within.years or row.year in within.years
        ]

    def _of_reports(
        self, asked: _Asked, k: int, kinds: frozenset[SectionKind], rows: Sequence[ReportRow]
    ) -> list[Ranked]:
        layout, codes = self.store.layout, kind_codes(kinds)
        found: list[tuple[float, int, str, int]] = []
        for row in rows:
            first = layout.first(row.id)
            own = slice(first, first + row.passages)
            forward = self._forward(row.id)
            scores = passage_scores(asked.ranking, asked.query, asked.numbers, forward, layout.lengths[own])
            if codes:
                scores = scores * np.isin(layout.kinds[own], codes)
            some = np.flatnonzero(scores).tolist()
            found.extend((-float(scores[passage]), first + passage, row.id, passage) for passage in some)
        found.sort()
        return [Ranked(report, passage, -score) for score, _, report, passage in found[:k]]

    def _forward(self, report: str) -> Forward:
        if report not in self._forwards:
            self._forwards[report] = self.store.forward(report)
            if len(self._forwards) > _FORWARDS:
                self._forwards.popitem(last=False)
        self._forwards.move_to_end(report)
        return self._forwards[report]

    # The whole store.

    def _list(self, number: int) -> Listed:
        if number in self._lists:
            self._lists.move_to_end(number)
            return self._lists[number]
        found = Listed.of(self.store.postings(number), len(self.store.layout.lengths))
        self._lists[number] = found
        self._held += found.size
        while self._held > _LISTS and len(self._lists) > 1:
            self._held -= self._lists.popitem(last=False)[1].size
        return found

    def _best(self, asked: _Asked, k: int, allowed: npt.NDArray[np.bool_] | None) -> list[tuple[int, float]]:
        """(passage, score) of the best `k`."""
        ranking, numbers = asked.ranking, asked.numbers
        if self._norms is None:
            self._norms = ranking.norms(self.store.layout.lengths)
        times = Counter(term for term in asked.query if term in numbers)
        order = sorted(times, key=lambda term: (-ranking.idf[term], term))
        bounds = np.array([times[term] * ranking.most(term) for term in order])
        # What the terms from each on can add.
        rest = np.append(np.cumsum(bounds[::-1])[::-1], 0.0)
        candidates, scores, used = self._essential(asked, [(t, times[t]) for t in order], k, rest, allowed)
        for n, term in enumerate(order[used:], used):
            candidates, scores = _pruned(candidates, scores, k, float(rest[n]))
            scores = scores + times[term] * self._gains(asked, term, candidates)
        candidates, _ = _pruned(candidates, scores, k, 0.0)
        # The few that are left once more, added up in the question's order: to the last bit what the formula gives.
        gains = {term: self._gains(asked, term, candidates) for term in order}
        exact = np.zeros(len(candidates))
        for term in asked.query:
            if term in gains:
                exact += gains[term]
        best = np.lexsort((candidates, -exact))[:k]
        return list(zip(candidates[best].tolist(), exact[best].tolist(), strict=True))

    def _gains(self, asked: _Asked, term: str, passages: Ints) -> Scores:
        assert self._norms is not None  # noqa: S101  set when the search began
        return asked.ranking.gains(term, self._list(asked.numbers[term]).at(passages), self._norms[passages])

    def _essential(
        self,
        asked: _Asked,
        order: Sequence[tuple[str, int]],
        k: int,
        rest: Scores,
        allowed: npt.NDArray[np.bool_] | None,
    ) -> tuple[Ints, Scores, int]:
        """Passages that hold rare terms, with what these add, and how many terms that took."""
        assert self._norms is not None  # noqa: S101  set when the search began
        total = np.zeros(len(self._norms))
        touched: list[Ints] = []
        seen = 0
        for n, (term, times) in enumerate(order):
            # Only then can what was scored so far outweigh the rest.
            if seen >= k and rest[0] - rest[n] > rest[n]:
                together = np.concatenate(touched)
                if _kth(total[together], k) > rest[n] + _SLACK:
                    return together, total[together], n
            passages, frequency = self._list(asked.numbers[term]).pairs()
            if allowed is not None:
                kept = allowed[passages]
                passages, frequency = passages[kept], frequency[kept]
            fresh = passages[total[passages] == 0]
            total[passages] += times * asked.ranking.gains(term, frequency, self._norms[passages])
            touched.append(fresh)
            seen += len(fresh)
        together = np.concatenate([np.zeros(0, dtype=np.int64), *touched])
        return together, total[together], len(order)


def _kth(scores: Scores, k: int) -> float:
    """The k-th highest score; below all where there are fewer."""
    return float(np.partition(scores, len(scores) - k)[len(scores) - k]) if len(scores) >= k else -np.inf


def _pruned(candidates: Ints, scores: Scores, k: int, rest: float) -> tuple[Ints, Scores]:
    """The candidates that may still be among the first k when as much as `rest` is added."""
    kept = scores + rest >= _kth(scores, k) - _SLACK
    return candidates[kept], scores[kept]
