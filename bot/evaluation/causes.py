"""Why an answer is wrong: the first of the rooms on the way to it that failed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.evaluation.gold import Evidence, GoldFigure, Question
from bot.evaluation.quantities import bare, same_quantity
from bot.evaluation.scoring import same_figure
from retrieval.errors import UnknownReport
from retrieval.figures import as_json

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["Blame", "Cause", "Stored", "blame", "stored_in"]

Json = Mapping[str, Any]


class Cause(StrEnum):
    """What failed."""

    ABSTENTION = "abstention"  # refused though there is an answer, or answered though there is none
    SCOPE = "scope"  # another place, year or report
    EXTRACTION = "extraction"  # the known figure is not stored, or with another value, unit, period or status
    MATCHING = "matching"  # it is stored, and another was chosen
    RANKING = "ranking"  # the right report, another sentence
    JUDGING = "judging"  # what was found is right, what was concluded from it is not
    FAITH = "faith"  # something told is in no quote


@dataclass(frozen=True, slots=True)
class Blame:
    """A cause, and in Chinese what was seen of it."""

    cause: Cause
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store holds of some evidence: `figures` as the contract writes them, None where there is no report."""

    figures: tuple[Json, ...] | None


Look = Callable[[Evidence], Stored]


def stored_in(engine: Engine) -> Look:
    """How to see what a store holds of a piece of evidence."""

    def look(evidence: Evidence) -> Stored:
        try:
            text, found = engine.text(evidence.report), engine.figures(evidence.report)
        except UnknownReport:
            return Stored(None)
        # White space and bold marks may stand between any two characters.
        between = r"[\s*\u3000]*"
        match = re.search(between.join(re.escape(c) for c in bare(evidence.quote)), text)
        start, end = match.span() if match else (0, len(text))
        return Stored(tuple(as_json(f) for f in found if start <= f.span.start and f.span.end <= end))

    return look


def blame(question: Question, answer: Json, scores: Mapping[str, float], look: Look) -> Blame | None:
    """Why the answer is wrong; None where it is right and faithful."""
    if not scores["right"]:
        return _wrong(question, answer, scores, look)
    return Blame(Cause.FAITH, "答案里有引文以外的内容") if not scores["faithful"] else None


def _wrong(question: Question, answer: Json, scores: Mapping[str, float], look: Look) -> Blame:
    if question.kind == "unanswerable":
        return Blame(Cause.ABSTENTION, "报告里没有答案，却回答了")
    lost = [(figure, how) for figure in question.figures if (how := _lost(figure, question, look)) is not None]
    unheld = "；".join(f"{_said(figure)} {how}" for figure, how in lost)
    if answer["kind"] not in ("figures", "passages"):
        return Blame(Cause.ABSTENTION, f"有答案却没有回答{f'（{unheld}）' if unheld else ''}")
    if lost:
        return Blame(Cause.EXTRACTION, unheld)
    reports = {one.report for one in question.evidence}
    cited = {one["report"] for one in answer["citations"]}
    if reports and not reports & cited:
        return Blame(Cause.SCOPE, f"应引 {_listed(reports)}，引了 {_listed(cited)}")
    if question.kind == "phrase":
        return Blame(Cause.JUDGING, "答为 " + "、".join(f"{name} {answer.get(name)}" for name in question.facts))
    if not question.figures:
        return Blame(Cause.RANKING)
    if scores["exact"] and not scores.get("verdict", 1.0):
        return Blame(Cause.JUDGING, f"应为 {question.verdict}，答为 {answer['verdict']}")
    if scores["exact"]:
        return Blame(Cause.RANKING, "数字对，引的是别处")
    missing = [figure for figure in question.figures if not any(same_figure(figure, one) for one in answer["figures"])]
    if missing and len(reports) > 1 and reports - cited:
        return Blame(Cause.SCOPE, f"没有引 {_listed(reports - cited)}")
    return Blame(Cause.MATCHING, f"少了 {'、'.join(map(_said, missing))}" if missing else "次序不对，或多答了数字")


def _listed(reports: Iterable[str]) -> str:
    return "、".join(sorted(reports)) or "无"


def _lost(figure: GoldFigure, question: Question, look: Look) -> str | None:
    """How a known figure is lacking in all of its evidence; None where it is stored as it should be."""
    held = [stored.figures for one in question.evidence if (stored := look(one)).figures is not None]
    if not held or any(same_figure(figure, one) for figures in held for one in figures):
        return None
    like = [one for figures in held for one in figures
            if same_quantity(figure.value, figure.unit, str(one["value"]), str(one["unit"] or ""))]  # fmt: skip
    return f"存成了 {_stated(like[0])}" if like else "没有提取出来"


def _said(figure: GoldFigure) -> str:
    return f"{figure.value}{figure.unit}"


def _stated(figure: Json) -> str:
    told: Sequence[object] = (figure["value"], figure["unit"], "·", figure["period"], figure["status"],
                              f"升降 {figure['direction']}")  # fmt: skip
    return " ".join(str(part) for part in told if part)
