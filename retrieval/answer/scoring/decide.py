"""What to answer with: the figures of one reading, sentences, or a refusal. The likeliest to be right is given.

All answers to a question are weighed against each other. A reading that is likely enough when seen alone is given
without a look at the others; a fitted logistic function tells how likely that is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.answer.scoring.assign import Assignment
from retrieval.answer.scoring.evidence import of_question, of_reading, of_sentences
from retrieval.answer.scoring.model import Model
from retrieval.answer.scoring.readings import Reading
from retrieval.answer.sentences import Hit
from retrieval.query import Query

__all__ = ["ALONE", "SURE", "Action", "Decision", "Weighed", "decide", "likely", "settled", "summed", "weigh_readings"]


class Action(StrEnum):
    """The kinds of answers."""

    FIGURES = "figures"
    PASSAGES = "passages"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading with its figures, and what speaks for it. `weight` is what it weighs beside all other answers, the
    logarithm of its share; `chance` is how likely it is right, seen alone."""

    reading: Reading
    found: Assignment
    evidence: Mapping[str, float]
    weight: float
    chance: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer with; `chances` are those of the three kinds, `readings` all readings, the likeliest first."""

    action: Action
    chances: Mapping[Action, float]
    readings: tuple[Weighed, ...]

    @property
    def best(self) -> Weighed | None:
        """The likeliest reading."""
        return self.readings[0] if self.readings else None


def weigh_readings(query: Query, found: Sequence[tuple[Reading, Assignment]], model: Model) -> tuple[Weighed, ...]:
    """Readings with what they weigh, the likeliest first."""
    about = of_question(query)
    weighed = []
    for reading, assignment in found:
        evidence = {**about, **of_reading(query, reading, assignment, model)}
        weight = summed(model.answers[Action.FIGURES], evidence)
        weighed.append(Weighed(reading, assignment, evidence, weight, likely(model.answers[ALONE], evidence)))
    return tuple(sorted(weighed, key=lambda one: -one.weight))


def decide(query: Query, weighed: Sequence[Weighed], hits: Sequence[Hit], model: Model) -> Decision:
    """What is likeliest to be right: the figures of one reading, the sentences, or a refusal. The chance of each is its
    share of what all of them weigh, each reading counting for itself (a conditional logit)."""
    about = {**of_question(query), **of_sentences(hits)}
    weights = {Action.FIGURES: weighed[0].weight} if weighed else {}
    weights |= {Action.PASSAGES: summed(model.answers[Action.PASSAGES], about)} if hits else {}
    weights |= {Action.REFUSE: summed(model.answers[Action.REFUSE], about)}
    most = max(weights.values())
    others = sum(math.exp(one.weight - most) for one in weighed[1:])
    every = others + sum(math.exp(weight - most) for weight in weights.values())
    chances = {kind: math.exp(weight - most) / every for kind, weight in weights.items()}
    action = max(chances, key=lambda one: chances[one])
    return Decision(action, {kind: chances.get(kind, 0.0) for kind in Action}, tuple(weighed))


def settled(weighed: Sequence[Weighed]) -> Decision | None:
    """The decision for the likeliest reading where nothing else can be as likely."""
    if not weighed or weighed[0].chance < SURE:
        return None
    return Decision(Action.FIGURES, {Action.FIGURES: weighed[0].chance}, tuple(weighed))


# A first reading so likely is given without a look at the others and at sentences, for speed: on folds over places .872
# of 7,006 questions are answered right with it, .873 where everything is always weighed.
SURE = 0.7
# The weights of a reading seen alone.
ALONE = "alone"


def summed(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    """What speaks for an answer, each by its weight."""
    # Most of what might speak for an answer does not.
    return sum([weights.get(name, 0.0) * value for name, value in evidence.items() if value])


def likely(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    """The probability a fitted logistic function gives."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, summed(weights, evidence)))))
