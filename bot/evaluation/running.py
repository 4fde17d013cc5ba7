"""All questions of a set asked in this process, scored, and summed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.batch import answered
from bot.evaluation.causes import Blame, blame, stored_in
from bot.evaluation.chances import chance
from bot.evaluation.gold import Question
from bot.evaluation.intervals import Share
from bot.evaluation.scoring import Texts, score

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["ALL", "Judged", "averages", "files_under", "kept", "latency", "run", "summary", "tallies"]

ALL = "ALL"
_STYLE = "style:"
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, the answer as the contract writes it, its scores, and why it is wrong where it is.

    `chance` is how likely the program held the answer to be right, where it told.
    """

    question: Question
    answer: Mapping[str, Any]
    scores: Mapping[str, float]
    blame: Blame | None
    chance: float | None = None


def run(
    engine: Engine,
    questions: Sequence[Question],
    texts: Texts,
    *,
    today: date | None = None,
    complain: Callable[[str], None],
) -> tuple[Judged, ...]:
    """Ask and score, as `ask --jsonl` would: each question in a conversation of its own."""
    engine.warm()
    look = stored_in(engine)
    done = []
    for question in questions:
        answer = answered(engine, question.id, question.turns, complain, today=today, why=True)
        scores, likely = score(question, answer, texts), chance(answer)
        answer.pop("trace", None)
        done.append(Judged(question, answer, scores, blame(question, answer, scores, look), likely))
    return tuple(done)


def files_under(folder: Path) -> Texts:
    """The sources as they lie in the folder they were read from, decoded as UTF-8."""
    root = folder.resolve()
    held: dict[str, str | None] = {}

    def text(source: str) -> str | None:
        if source not in held:
            path = (root / source).resolve()
            inside = path.is_relative_to(root) and path.is_file()
            # Offsets count line ends as they are.
            held[source] = path.read_bytes().decode("utf-8", errors="replace") if inside else None
        return held[source]

    return text


def kept(engine: Engine) -> Texts:
    """The sources as the store keeps them."""
    held = {row.source: row.id for row in engine.reports()}
    return cache(lambda source: engine.text(held[source]) if source in held else None)


def summary(judged: Iterable[Judged]) -> dict[str, dict[str, float]]:
    """Mean scores by kind of question, style, and of all, with the number of questions as `n`."""
    return averages((one.question.kind, one.question.style, one.scores) for one in judged)


def averages(scored: Iterable[tuple[str, str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    """The summary of (kind, style, scores) of each question."""
    return {
        group: {"n": row["right"].of} | {name: round(share.value, _PLACES) for name, share in row.items()}
        for group, row in _tallies(scored).items()
    }


def tallies(judged: Iterable[Judged]) -> dict[str, dict[str, Share]]:
    """The summary as counts: of how many questions of a group each metric was right."""
    return _tallies((one.question.kind, one.question.style, one.scores) for one in judged)


def _tallies(scored: Iterable[tuple[str, str, Mapping[str, float]]]) -> dict[str, dict[str, Share]]:
    rows: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, style, scores in scored:
        for group in (kind, f"{_STYLE}{style}", ALL):
            for name, value in scores.items():
                if name != "answered":
                    rows[group][name].append(value)
    order = sorted(rows, key=lambda group: (group == ALL, group.startswith(_STYLE), group))
    return {group: {name: Share(sum(values), len(values)) for name, values in rows[group].items()} for group in order}


def latency(judged: Sequence[Judged]) -> tuple[float, float]:
    """Median and 99th percentile of the answers' times, in ms."""
    times = sorted(one.answer["elapsed_ms"] for one in judged)
    return times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
