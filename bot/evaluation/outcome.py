"""All that a run found, for people (`telling`) and for programs: what is told is counted once, here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.evaluation.comparing import Drop
from bot.evaluation.flips import GROUP, Again, counted, kept
from bot.evaluation.folds import Fold, mean_and_spread
from bot.evaluation.intervals import Share, at_most
from bot.evaluation.reliability import Bin, calibration_error
from bot.evaluation.running import Judged, latency, summary, tallies

__all__ = ["Outcome", "as_json", "scores", "shares", "wrongly_answered"]

_PLACES = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answers, and what was asked for besides; None where it was not."""

    judged: tuple[Judged, ...]
    again: tuple[Again, ...] | None = None
    bins: tuple[Bin, ...] | None = None
    folds: tuple[Fold, ...] | None = None


def scores(outcome: Outcome) -> dict[str, dict[str, float]]:
    """All scores that can be expected, by group and metric."""
    return summary(outcome.judged) | (kept(outcome.again) if outcome.again is not None else {})


def shares(outcome: Outcome) -> dict[str, dict[str, Share]]:
    """The counts behind the scores."""
    found = tallies(outcome.judged)
    for name, flips in counted(outcome.again or ()).items():
        if flips.of:
            found[f"{GROUP}{name}"] = {"kept": Share(flips.of - flips.right, flips.of)}
    return found


def wrongly_answered(judged: Sequence[Judged]) -> Share:
    """Of the answers that are no refusal, how many are wrong."""
    answers = [one for one in judged if one.answer["kind"] in ("figures", "passages")]
    return Share(sum(not one.scores["right"] for one in answers), len(answers))


def as_json(outcome: Outcome, fallen: Mapping[str, Sequence[Drop]]) -> dict[str, Any]:
    """What was found, as JSON; `fallen` are the scores that fell, by what they are compared with."""
    p50, p99 = latency(outcome.judged)
    wrong = wrongly_answered(outcome.judged)
    out: dict[str, Any] = {
        "scores": {g: {name: _share(one) for name, one in row.items()} for g, row in tallies(outcome.judged).items()},
        "latency_ms": {"p50": p50, "p99": p99},
        "wrongly_answered": _share(wrong) | {"at_most": _rounded(at_most(int(wrong.right), wrong.of))},
        "causes": dict(Counter(one.blame.cause.value for one in outcome.judged if one.blame)),
        "fallen": {name: [asdict(drop) for drop in drops] for name, drops in fallen.items()},
    }
    if outcome.again is not None:
        out["flips"] = {
            "counts": {name: _share(one) for name, one in counted(outcome.again).items()},
            "flipped": [_flip(one) for one in outcome.again if one.flipped],
        }
    if outcome.bins is not None:
        out["reliability"] = {
            "error": _rounded(calibration_error(outcome.bins)),
            "bins": [_bin(b) for b in outcome.bins],
        }
    if outcome.folds is not None:
        out["folds"] = _folds(outcome.folds)
    return out


def _rounded(value: float) -> float:
    return round(value, _PLACES)


def _share(one: Share) -> dict[str, float]:
    low, high = one.interval
    return {"n": one.of, "value": _rounded(one.value), "low": _rounded(low), "high": _rounded(high)}


def _flip(one: Again) -> dict[str, Any]:
    wrong = [judged for judged in one.judged if not judged.scores["right"]]
    return {
        "id": one.question.id,
        "transformation": one.transformation.name,
        "turns": one.question.turns,
        "asked": [judged.question.turns for judged in wrong],
        "causes": [judged.blame.cause.value for judged in wrong if judged.blame],
    }


def _bin(one: Bin) -> dict[str, Any]:
    return {"from": one.low, "to": one.high, "said": _rounded(one.said), "right": _share(one.right)}


def _folds(found: Sequence[Fold]) -> dict[str, Any]:
    metrics = dict.fromkeys(name for fold in found for name in fold.shares)
    spread = {name: mean_and_spread(found, name) for name in metrics}
    return {
        "folds": [
            {"fold": f.number, "places": f.places, "scores": {name: _share(one) for name, one in f.shares.items()}}
            for f in found
        ],
        "mean": {name: _rounded(mean) for name, (mean, _) in spread.items()},
        "spread": {name: _rounded(width) for name, (_, width) in spread.items()},
    }
