"""Questions with their known answers: a JSON object a line; beside the file, in TOML, the scores expected of them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from retrieval.errors import GovreportError

__all__ = ["BadGold", "Evidence", "Expected", "GoldFigure", "Question", "expected", "needed", "pin", "place_of",
           "questions"]  # fmt: skip

# Questions of these kinds are about all reports of their places.
_OVER_YEARS = frozenset(("trend", "phrase"))
_TABLES = re.compile(r"(?m)^\[expected\b")
# One question more or less of two hundred.
_TOLERANCE = 0.005


class BadGold(GovreportError):
    """A file that holds no questions, or other scores than numbers; the message names file and line."""


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure asked for. `value` is in `unit`, a decimal or a fraction; `upper` the top of a range; `period` is empty
    where none is checked. `indicator` and `measure` are what the writer of the question called it: they are not
    checked."""

    value: str
    unit: str
    upper: str | None = None
    direction: int = 0
    period: str = ""
    target: bool = False
    place: str = ""
    indicator: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: words of a report."""

    report: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """The last of `turns` is asked, after the others. `facts` are the answer about a set `phrase`; of the `evidence`,
    `any_of` says whether one is enough."""

    id: str
    kind: str
    style: str
    turns: tuple[str, ...]
    reports: tuple[str, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None
    any_of: bool = False
    phrase: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """How a set is asked, and the least it scores: by group and metric, `tolerance` below that being no drop.

    `about` says that only the reports the questions are about are loaded; `today` is the day it is asked on.
    """

    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    tolerance: float = _TOLERANCE
    about: bool = False
    today: date | None = None


def questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file. Raises BadGold and OSError."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_question(json.loads(line)))
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            raise BadGold(f"{path.name} 第 {number} 行：不是一道题（{problem!r}）") from None
    if not found:
        raise BadGold(f"{path.name} 里没有题目")
    return tuple(found)


def _question(raw: Mapping[str, Any]) -> Question:
    turns = raw["turns"]
    if not turns or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("turns")
    return Question(
        id=str(raw["id"]),
        kind=str(raw["type"]),
        style=str(raw.get("style")),
        turns=tuple(turns),
        reports=(*raw.get("reports", ()), *raw.get("also", ())),
        figures=tuple(_figure(figure) for figure in raw.get("figures", ())),
        evidence=tuple(Evidence(one["report"], one["quote"]) for one in raw.get("evidence", ())),
        reason=raw.get("reason"),
        any_of=bool(raw.get("any")),
        phrase=raw.get("phrase", ""),
        facts=raw.get("phrase_answer", {}),
        verdict=raw.get("verdict"),
    )


def _figure(raw: Mapping[str, Any]) -> GoldFigure:
    return GoldFigure(
        value=str(raw["value"]),
        unit=str(raw["unit"] or ""),
        upper=str(raw["upper"]) if raw.get("upper") else None,
        direction=raw.get("direction") or 0,
        period=str(raw.get("period") or ""),
        target=raw.get("status") == "target",
        place=raw.get("place") or "",
        indicator=raw.get("indicator") or "",
        measure=raw.get("measure") or "",
    )


def needed(asked: Sequence[Question], files: Iterable[Path]) -> list[Path]:
    """Of report files named `<place>-<year>…`, those the questions are about."""
    names = {name for question in asked for name in question.reports}
    whole = {place_of(name) for q in asked if q.kind in _OVER_YEARS for name in q.reports}
    return [path for path in files if path.stem in names or place_of(path.stem) in whole]


def place_of(name: str) -> str:
    """The place of a report named `<place>-<year>…`."""
    return name.split("-", maxsplit=1)[0]


def expected(path: Path) -> Expected:
    """What is stated beside the questions of `path`; nothing where there is no such file. Raises BadGold."""
    beside = path.with_suffix(".toml")
    if not beside.is_file():
        return Expected()
    try:
        raw = tomllib.loads(beside.read_text(encoding="utf-8"))
        scores = {
            group: {name: float(value) for name, value in row.items()} for group, row in raw.get("expected", {}).items()
        }
        return Expected(scores, float(raw.get("tolerance", _TOLERANCE)), bool(raw.get("about")), raw.get("today"))
    except (AttributeError, TypeError, ValueError) as problem:
        raise BadGold(f"{beside.name}：{problem}") from None


def pin(path: Path, scores: Mapping[str, Mapping[str, float]]) -> Path:
    """Write `scores` as what is expected of the questions of `path`, the rest of the file kept; where to."""
    beside = path.with_suffix(".toml")
    kept = beside.read_text(encoding="utf-8") if beside.is_file() else ""
    tables = _TABLES.search(kept)
    head = (kept[: tables.start()] if tables else kept).rstrip()
    lines = [head] if head else []
    for group, row in scores.items():
        lines += ["", f"[expected.{json.dumps(group, ensure_ascii=False)}]" if not group.isascii() or ":" in group
                  else f"[expected.{group}]"]  # fmt: skip
        lines += [f"{name} = {value}" for name, value in row.items()]
    beside.write_text("\n".join(lines).lstrip("\n") + "\n", encoding="utf-8")
    return beside
