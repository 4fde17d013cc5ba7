"""What the weights come to: shares of right answers by set, kind and style, with their intervals; as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from retrieval.answer.scoring import Action

from .deciding import Answered

__all__ = ["as_json", "table", "told", "wilson"]

_PLACES = 4
# Two-sided, 95 in a hundred.
_Z = 1.96


def wilson(right: int, of: int) -> tuple[float, float]:
    """Between which shares the true one lies, `right` of so many having been seen (Wilson's interval, 95%)."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def table(answers: Sequence[Answered]) -> dict[str, Any]:
    """The scores of these questions: all, and by set, kind, style and what they were answered with."""
    by: dict[str, dict[str, list[Answered]]] = {"set": {}, "type": {}, "style": {}, "answered": {}}
    for one in answers:
        case = one.gathered.case
        groups = (case.source.name, case.question.kind, case.question.style, one.action.value)
        for groupings, group in zip(by.values(), groups, strict=True):
            groupings.setdefault(group, []).append(one)
    out: dict[str, Any] = {"all": _row(answers)}
    for name, groups_of in by.items():
        out[name] = {group: _row(some) for group, some in groups_of.items()}
    return out


def _row(answers: Iterable[Answered]) -> dict[str, Any]:
    some = list(answers)
    hard = [one for one in some if one.gathered.refuse]
    easy = [one for one in some if not one.gathered.refuse]
    row: dict[str, Any] = {"n": len(some), "right": _share(sum(one.right for one in some), len(some))}
    row["possible"] = round(sum(one.possible for one in some) / max(1, len(some)), _PLACES)
    if easy:
        row["abstained"] = _share(sum(one.action is Action.REFUSE for one in easy), len(easy))
    if hard:
        row["refused"] = _share(sum(one.action is Action.REFUSE for one in hard), len(hard))
    return row


def _share(seen: int, of: int) -> list[float]:
    """A share and its interval."""
    low, high = wilson(seen, of)
    return [round(seen / max(1, of), _PLACES), round(low, _PLACES), round(high, _PLACES)]


def as_json(content: Mapping[str, Any]) -> str:
    """The same text for the same content."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def told(name: str, scores: Mapping[str, Any]) -> list[str]:
    """The totals, for people: a line for all, and one a set."""
    rows = [(name, scores["all"]), *((f"{name} {group}", row) for group, row in sorted(scores["set"].items()))]
    return [
        f"{label}: n {row['n']}, right {row['right'][0]:.3f} [{row['right'][1]:.3f}, {row['right'][2]:.3f}]"
        + "".join(f", {key} {row[key][0]:.3f}" for key in ("abstained", "refused") if key in row)
        for label, row in rows
    ]
