"""A run kept as JSON, and what became worse since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.gold import BadGold
from bot.evaluation.running import Judged, averages, latency, summary

__all__ = ["Drop", "Saved", "drops", "load", "moved", "save", "since"]

_FORMAT = 1
# Of these less is better or nothing follows.
_NOT_COMPARED = frozenset({"n", "abstained"})


@dataclass(frozen=True, slots=True)
class Drop:
    """A score that fell: of a group of questions, by metric."""

    group: str
    metric: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Saved:
    """A run read back: kind, style and scores of each question by its id."""

    questions: Mapping[str, tuple[str, str, Mapping[str, float]]]


def save(path: Path, gold: Path, judged: Sequence[Judged]) -> None:
    """Keep a run. Raises OSError."""
    p50, p99 = latency(judged)
    out: dict[str, Any] = {
        "format": _FORMAT,
        "gold": hashlib.sha256(gold.read_bytes()).hexdigest(),
        "scores": summary(judged),
        "latency_ms": {"p50": p50, "p99": p99},
        "questions": {
            one.question.id: {
                "type": one.question.kind,
                "style": one.question.style,
                "scores": dict(one.scores),
                "cause": one.blame.cause.value if one.blame else None,
                "answer": one.answer,
            }
            for one in judged
        },
    }
    path.write_text(json.dumps(out, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Saved:
    """A run that was kept. Raises BadGold and OSError."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != _FORMAT:
            raise BadGold(f"{path.name}：由另一个版本的程序保存，请重新用 --save 保存")
        return Saved({name: (one["type"], one["style"], one["scores"]) for name, one in raw["questions"].items()})
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadGold(f"{path.name}：不是 govreport eval --save 保存的结果") from None


def drops(
    before: Mapping[str, Mapping[str, float]], now: Mapping[str, Mapping[str, float]], tolerance: float
) -> list[Drop]:
    """Scores that fell by more than the tolerance; groups of which there are no questions any more are left out."""
    return [
        Drop(group, metric, value, now[group].get(metric, 0.0))
        for group, row in before.items()
        if group in now
        for metric, value in row.items()
        if metric not in _NOT_COMPARED and now[group].get(metric, 0.0) < value - tolerance
    ]


def since(before: Saved, judged: Sequence[Judged], tolerance: float) -> list[Drop]:
    """Scores that fell since a run was kept, over the questions both are about."""
    common = [one for one in judged if one.question.id in before.questions]
    then = averages(before.questions[one.question.id] for one in common)
    return drops(then, summary(common), tolerance)


def moved(before: Saved, judged: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    """Questions that were answered right and are no longer, and the other way round."""
    known = [(one, before.questions[one.question.id][2]["right"]) for one in judged
             if one.question.id in before.questions]  # fmt: skip
    lost = [one for one, right in known if right and not one.scores["right"]]
    won = [one for one, right in known if not right and one.scores["right"]]
    return lost, won
