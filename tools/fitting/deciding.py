"""The three logistic functions: which reading's figures are right, whether sentences are, whether to refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.scoring import Action
from retrieval.answer.scoring.decide import SURE, likely, spoken

from . import logistic
from .gathering import Gathered
from .optimum import Floats, Rows, Sparse

__all__ = ["Answered", "Deciding", "Readings", "answered", "fit"]

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Readings:
    """The evidence of all readings, a row each, under the names of its columns."""

    names: tuple[str, ...]
    rows: Sparse

    def evidence(self, number: int) -> dict[str, float]:
        """The evidence of one reading, without zeros."""
        start, end = self.rows.indptr[number : number + 2]
        columns, values = self.rows.indices[start:end].tolist(), self.rows.data[start:end].tolist()
        return {self.names[column]: value for column, value in zip(columns, values, strict=True)}


@dataclass(frozen=True, slots=True)
class Deciding:
    """The weights of each kind of answer, by the names of what speaks for it."""

    answers: Mapping[Action, Weights]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, what it was answered with, and whether that was right; whether any reading was."""

    gathered: Gathered
    action: Action
    right: bool
    possible: bool


def fit(found: Sequence[Gathered], readings: Readings) -> Deciding:
    """The three functions, learnt from these questions."""
    asked = [one for one in found if one.about is not None]
    numbers = [one.first + n for one in asked for n in range(len(one.right))]
    # A question counts less for each of its readings, the more it has; more in all.
    weights = [one.case.source.weight / len(one.right) ** 0.5 for one in asked for _ in one.right]
    right = np.array([ok for one in asked for ok in one.right], dtype=bool)
    figures = logistic.fit(readings.names, readings.rows[numbers], right, np.array(weights))
    chances = logistic.chances(readings.rows, figures)
    spoken_for = Rows()
    for one in asked:
        spoken_for.add(_spoken(one, readings, chances)[0])
    names, rows = spoken_for.table()
    each = np.array([one.case.source.weight for one in asked])

    def weighed(wanted: list[bool]) -> Weights:
        return _named(names, logistic.fit(names, rows, np.array(wanted, dtype=bool), each))

    return Deciding(
        {
            Action.FIGURES: _named(readings.names, figures),
            Action.PASSAGES: weighed([one.passages for one in asked]),
            Action.REFUSE: weighed([one.refuse for one in asked]),
        }
    )


def answered(found: Sequence[Gathered], readings: Readings, deciding: Deciding) -> list[Answered]:
    """What each question is answered with, as answering decides it."""
    weights = deciding.answers
    figures = np.array([weights[Action.FIGURES].get(name, 0.0) for name in readings.names])
    chances = logistic.chances(readings.rows, figures)
    return [_answered(one, readings, weights, chances) for one in found]


def _answered(one: Gathered, readings: Readings, weights: Mapping[Action, Weights], chances: Floats) -> Answered:
    possible = any(one.right) or one.passages or one.refuse
    if one.about is None:
        return Answered(one, Action.REFUSE, one.refuse, possible)
    if one.opens and chances[one.first] >= SURE:
        # Nothing else is looked at.
        return Answered(one, Action.FIGURES, one.right[0], possible)
    row, best = _spoken(one, readings, chances)
    odds = {
        Action.FIGURES: float(chances[one.first + best]) if one.right else 0.0,
        Action.PASSAGES: likely(weights[Action.PASSAGES], row) if one.hits else 0.0,
        Action.REFUSE: likely(weights[Action.REFUSE], row),
    }
    action = max(odds, key=lambda kind: odds[kind])
    right = {
        Action.FIGURES: bool(one.right) and one.right[best],
        Action.PASSAGES: one.passages,
        Action.REFUSE: one.refuse,
    }
    return Answered(one, action, right[action], possible)


def _spoken(one: Gathered, readings: Readings, chances: NDArray[np.float64]) -> tuple[dict[str, float], int]:
    """What speaks for sentences or a refusal, and the number of the likeliest reading."""
    about = one.about or {}
    if not one.right:
        return spoken(about, None, 0.0), 0
    best = int(chances[one.first : one.first + len(one.right)].argmax())
    at = one.first + best
    return spoken(about, readings.evidence(at), float(chances[at])), best


def _named(names: Sequence[str], weights: Floats) -> Weights:
    return dict(zip(names, weights.tolist(), strict=True))
