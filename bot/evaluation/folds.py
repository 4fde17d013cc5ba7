"""Scores by fifths of the places: how much a score depends on which places were asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import md5
from statistics import fmean, stdev

from bot.evaluation.gold import Question, place_of
from bot.evaluation.intervals import Share
from bot.evaluation.running import ALL, Judged, tallies

__all__ = ["FOLDS", "Fold", "fold_of", "folds", "mean_and_spread"]

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Fold:
    """The questions about a fifth of the places: how many places there are, and the shares by metric."""

    number: int
    places: int
    shares: dict[str, Share]


def fold_of(place: str) -> int:
    """The fold of a place, 0 to 4, by the rule of the programs that fit weights."""
    return int(md5(place.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def folds(judged: Iterable[Judged]) -> tuple[Fold, ...]:
    """The folds that have questions, in order; a question about no report is in none."""
    rows: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        if place := _place(one.question):
            rows[fold_of(place)].append(one)
    return tuple(
        Fold(number, len({_place(one.question) for one in row}), tallies(row)[ALL])
        for number, row in sorted(rows.items())
    )


def _place(question: Question) -> str:
    """The first place a question is about; empty where it is about none."""
    return place_of(question.reports[0]) if question.reports else ""


def mean_and_spread(found: Sequence[Fold], metric: str) -> tuple[float, float]:
    """Mean over the folds that have the metric, each counting the same, and the standard deviation between them."""
    values = [fold.shares[metric].value for fold in found if metric in fold.shares]
    return fmean(values) if values else 0.0, stdev(values) if len(values) > 1 else 0.0
