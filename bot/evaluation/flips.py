"""Whether what is answered right stays right when it is asked otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.evaluation.gold import Question
from bot.evaluation.intervals import Share
from bot.evaluation.running import ALL, Judged, run
from bot.evaluation.scoring import Texts
from bot.evaluation.transformations import TABLE, Transformation

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["Again", "ask_again", "counted", "kept", "variants"]

# Groups of questions asked otherwise, among the expected scores.
GROUP = "flip:"
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Again:
    """A question answered right, and what was answered when it was asked otherwise: by two questions where it was
    taken apart."""

    transformation: Transformation
    question: Question
    judged: tuple[Judged, ...]

    @property
    def flipped(self) -> bool:
        """Whether an answer is wrong now."""
        return not all(one.scores["right"] for one in self.judged)


def variants(right: Iterable[Question], seed: int) -> list[tuple[Transformation, Question, tuple[Question, ...]]]:
    """Every way to ask each question otherwise; a transformation that does not apply to it is left out."""
    made = ((way, one, way.make(one, seed)) for one in right for way in TABLE)
    return [(way, one, others) for way, one, others in made if others]


def ask_again(
    engine: Engine,
    judged: Sequence[Judged],
    texts: Texts,
    *,
    seed: int = 0,
    today: date | None = None,
    complain: Callable[[str], None],
) -> tuple[Again, ...]:
    """Ask every question answered right otherwise."""
    ways = variants((one.question for one in judged if one.scores["right"]), seed)
    asked = [question for _, _, others in ways for question in others]
    answers = iter(run(engine, asked, texts, today=today, complain=complain))
    return tuple(Again(way, one, tuple(next(answers) for _ in others)) for way, one, others in ways)


def counted(again: Sequence[Again]) -> dict[str, Share]:
    """How many flipped of how many, by the names of the transformations in the table's order, and of all."""
    found = {
        way.name: Share(sum(one.flipped for one in rows), len(rows))
        for way in TABLE
        if (rows := [one for one in again if one.transformation.name == way.name])
    }
    return found | {ALL: Share(sum(one.flipped for one in again), len(again))}


def kept(again: Sequence[Again]) -> dict[str, dict[str, float]]:
    """How many stay right, as scores that can be expected: the more the better."""
    return {
        f"{GROUP}{name}": {"n": share.of, "kept": round(1 - share.value, _PLACES)}
        for name, share in counted(again).items()
        if share.of
    }
