"""The weights that decide between answers: the readings of a question, its sentences, and a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.answer.scoring import Action
from retrieval.answer.scoring.decide import ALONE, SURE, summed

from . import logistic, unary
from .gathering import Gathered
from .optimum import Floats, Rows, Sparse

__all__ = ["Answered", "Deciding", "Readings", "answered", "fit"]

Weights = Mapping[str, float]
# The penalty on the squares of the weights. Between .3 and 1 folds differ by less than one in a thousand.
_L2 = 0.6


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
    """The weights of each kind of answer, and those of a reading seen alone, by the names of what speaks for it."""

    answers: Mapping[str, Weights]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, what it was answered with, and whether that was right; whether any reading was."""

    gathered: Gathered
    action: Action
    right: bool
    possible: bool


def fit(found: Sequence[Gathered], readings: Readings) -> Deciding:
    """The weights learnt from these questions: a conditional logit over all answers, and a logistic function of a
    reading seen alone. Questions that no answer is right for tell nothing of the choice."""
    asked = [one for one in found if one.about is not None]
    table = Rows()
    right: list[bool] = []
    starts: list[int] = []
    choices = [one for one in asked if any(ok for *_, ok in _choices(one, readings))]
    for one in choices:
        starts.append(len(table))
        for kind, evidence, ok in _choices(one, readings):
            table.add({f"{kind.value}\t{name}": value for name, value in evidence.items()})
            right.append(ok)
    names, rows = table.table()
    each = np.array([one.case.source.weight for one in choices])
    block = unary.Block(rows, np.array(right, dtype=bool), np.array(starts, dtype=np.int64), each)
    answers: dict[str, dict[str, float]] = {kind.value: {} for kind in Action}
    for name, weight in zip(names, unary.fit([block], len(names), l2=_L2).tolist(), strict=True):
        kind_name, _, feature = name.partition("\t")
        answers[kind_name][feature] = weight
    return Deciding({**answers, ALONE: _alone(asked, readings)})


def _choices(one: Gathered, readings: Readings) -> Iterator[tuple[Action, Mapping[str, float], bool]]:
    """What a question may be answered with, what speaks for it, and whether it is right."""
    about = one.about or {}
    for number, ok in enumerate(one.right):
        yield Action.FIGURES, readings.evidence(one.first + number), ok
    if one.hits:
        yield Action.PASSAGES, about, one.passages
    yield Action.REFUSE, about, one.refuse


def _alone(asked: Sequence[Gathered], readings: Readings) -> Weights:
    """How likely a reading is right, whatever else there is."""
    numbers = [one.first + n for one in asked for n in range(len(one.right))]
    # A question counts less for each of its readings, the more it has; more in all.
    weights = [one.case.source.weight / len(one.right) ** 0.5 for one in asked for _ in one.right]
    right = np.array([ok for one in asked for ok in one.right], dtype=bool)
    found: Floats = logistic.fit(readings.names, readings.rows[numbers], right, np.array(weights))
    return dict(zip(readings.names, found.tolist(), strict=True))


def answered(found: Sequence[Gathered], readings: Readings, deciding: Deciding) -> list[Answered]:
    """What each question is answered with, as answering decides it."""
    alone = np.array([deciding.answers[ALONE].get(name, 0.0) for name in readings.names])
    chances = logistic.chances(readings.rows, alone)
    return [_answered(one, readings, deciding.answers, chances) for one in found]


def _answered(one: Gathered, readings: Readings, weights: Mapping[str, Weights], alone: Floats) -> Answered:
    possible = any(one.right) or one.passages or one.refuse
    if one.about is None:
        return Answered(one, Action.REFUSE, one.refuse, possible)
    if one.opens and alone[one.first] >= SURE:
        # Nothing else is looked at.
        return Answered(one, Action.FIGURES, one.right[0], possible)
    kind, _, right = max(_choices(one, readings), key=lambda choice: summed(weights[choice[0].value], choice[1]))
    return Answered(one, kind, right, possible)
