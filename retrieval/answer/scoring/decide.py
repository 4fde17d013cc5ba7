"""What to answer with: the figures of one reading, sentences, or a refusal. The likeliest to be right is given.

Each kind of answer has a fitted logistic function of what speaks for and against it; its value is a probability.
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

__all__ = ["Action", "Decision", "Weighed", "decide", "likely", "logit", "settled", "spoken", "weigh_readings"]


class Action(StrEnum):
    """The kinds of answers."""

    FIGURES = "figures"
    PASSAGES = "passages"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading with its figures, what speaks for it, and how likely it is the right answer."""

    reading: Reading
    found: Assignment
    evidence: Mapping[str, float]
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
    """Readings with how likely each is the right answer, the likeliest first."""
    about = of_question(query)
    weighed = []
    for reading, assignment in found:
        evidence = {**about, **of_reading(query, reading, assignment, model)}
        weighed.append(Weighed(reading, assignment, evidence, likely(model.answers[Action.FIGURES], evidence)))
    return tuple(sorted(weighed, key=lambda one: -one.chance))


def decide(query: Query, weighed: Sequence[Weighed], hits: Sequence[Hit], model: Model) -> Decision:
    """The kind of answer that is likeliest to be right, of the readings, the sentences and a refusal."""
    about = {**of_question(query), **of_sentences(hits)}
    best = weighed[0] if weighed else None
    row = spoken(about, best.evidence if best else None, best.chance if best else 0.0)
    chances = {
        Action.FIGURES: best.chance if best else 0.0,
        Action.PASSAGES: likely(model.answers[Action.PASSAGES], row) if hits else 0.0,
        Action.REFUSE: likely(model.answers[Action.REFUSE], row),
    }
    action = max(chances, key=lambda one: chances[one])
    return Decision(action, chances, tuple(weighed))


def settled(weighed: Sequence[Weighed]) -> Decision | None:
    """The decision for the likeliest reading where nothing else can be as likely."""
    if not weighed or weighed[0].chance < SURE:
        return None
    return Decision(Action.FIGURES, {Action.FIGURES: weighed[0].chance}, tuple(weighed))


# A first reading so likely needs no others beside it, and no sentences: on questions never fitted on, all readings
# together choose no better above this chance (right .863 of the time alone, .865 among all).
SURE = 0.7


def spoken(about: Mapping[str, float], best: Mapping[str, float] | None, chance: float) -> dict[str, float]:
    """What speaks for sentences or a refusal: the question, the sentences, and how well the best figures do."""
    row = dict(about)
    if best is None:
        row["no_readings"] = 1.0
        return row
    row["fig_logit"] = logit(chance)
    row.update({f"best_{name}": value for name, value in best.items() if name not in about})
    return row


def likely(weights: Mapping[str, float], evidence: Mapping[str, float]) -> float:
    """The probability a fitted logistic function gives."""
    total = sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def logit(chance: float) -> float:
    """The logarithm of the odds."""
    chance = max(1e-4, min(1.0 - 1e-4, chance))
    return math.log(chance / (1.0 - chance))
