"""Tools that ask: questions with their follow-ups, series, and texts to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.assistants import arguments
from bot.assistants.results import (
    Answered,
    Asked,
    Checked,
    CheckJson,
    FindingJson,
    Series,
    SeriesJson,
    Verified,
)
from bot.assistants.shapes import ErrorJson, ValueJson
from bot.assistants.trouble import error
from bot.assistants.values import answer_json, citation_json, value_json
from bot.render import plain_text
from bot.render.checked import cause_words, missing_words
from bot.reply import check_reply
from bot.wording import FORMS, Unworded, question
from retrieval.engine import Conversation
from retrieval.errors import BadQuestion, NothingFound
from retrieval.model import AnswerFigure, Kind
from retrieval.verify import Check, Finding, Said, Verdict

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["ask", "series", "verify"]

_TREND = next(form for form in FORMS if form.name == "trend")
_TOLD = {
    "unplaced": "文中没有写是哪里的：请在 place 里写明，再调用一次",
    "undated": "文中没有写是哪一年的：请在 year 里写明数据的年份，再调用一次",
}


def ask(engine: Engine, given: arguments.Ask) -> Asked:
    """Each question by itself; one that cannot be asked is an error of its own."""
    return {"items": [_answered(engine, one) for one in given.questions]}


def _answered(engine: Engine, one: arguments.Question) -> Answered:
    conversation = Conversation()
    try:
        for earlier in one.before:
            _, conversation = engine.ask(earlier, conversation)
        answer, _ = engine.ask(one.question, conversation)
        told = answer_json(answer, one.question)
    except Exception as problem:  # one question must not take the others with it
        return {"question": one.question, "ok": False, "answer": None, "error": error(problem)}
    return {"question": one.question, "ok": True, "answer": told, "error": None}


def series(engine: Engine, given: arguments.SeriesOf) -> Series:
    """Each series by itself."""
    return {"items": [_series(engine, one) for one in given.series]}


def _series(engine: Engine, one: arguments.Wanted) -> SeriesJson:
    out: SeriesJson = {
        "place": one.place,
        "indicator": one.indicator,
        "ok": False,
        "values": [],
        "breaks": [],
        "notes": [],
        "error": None,
    }
    try:
        said = f"{one.place} {one.indicator} {_span(engine, one)}".strip()
        answer, _ = engine.ask(question(_TREND, said, held=engine.unlisted))
        if answer.kind is not Kind.FIGURES:
            raise NothingFound(answer.message or "报告没有写明这个地区的这个指标")
    except Unworded as problem:
        return out | {"error": error(BadQuestion(f"{problem}：“{one.place}”“{one.indicator}”没有认出来"))}
    except Exception as problem:  # as above
        return out | {"error": error(problem)}
    return out | {
        "ok": True,
        "values": [value_json(figure, answer.citations) for figure in answer.figures],
        "breaks": [{"period": b.period, "before": b.before, "after": b.after} for b in answer.breaks],
        "notes": list(answer.notes),
    }


def _span(engine: Engine, one: arguments.Wanted) -> str:
    """The years as a command writes them; one end alone goes as far as the reports do."""
    if one.from_year is None and one.to_year is None:
        return ""
    held = [row.year for row in engine.reports()]
    first, last = one.from_year or min(held, default=1949), one.to_year or max(held, default=2100)
    if first > last:
        raise BadQuestion(f"from_year（{first}）比 to_year（{last}）晚")
    return f"{first}-{last}"


def verify(engine: Engine, given: arguments.Verify) -> Verified:
    """Each text by itself."""
    return {"items": [_verified(engine, one) for one in given.texts]}


def _verified(engine: Engine, one: arguments.Draft) -> Checked:
    try:
        check = engine.verify(one.text, place=one.place, year=one.year or 0)
        told = _check(check)
    except Exception as problem:  # as above
        return {"ok": False, "check": None, "error": error(problem)}
    return {"ok": check.asks is None, "check": told, "error": _asked(check)}


def _asked(check: Check) -> ErrorJson | None:
    if check.asks is None:
        return None
    return error(BadQuestion("这段文字没有写明地区或年份，还没有核对"), _TOLD[check.asks.value])


def _check(check: Check) -> CheckJson:
    nothing = "" if check.asks else "文中没有认出可以核对的数字。"
    return {
        "place": check.place,
        "data_year": check.year or None,
        "asks": check.asks,
        "counts": {verdict: check.count(verdict) for verdict in Verdict},
        "findings": [_finding(check, finding) for finding in check.findings],
        "text": plain_text(check_reply(check, most=len(check.findings))) if check.findings else nothing,
    }


def _finding(check: Check, finding: Finding) -> FindingJson:
    of = None if isinstance(finding.claim, Said) else finding.claim
    why = missing_words(finding) if finding.verdict is Verdict.UNFOUND else cause_words(check, finding)
    return {
        "kind": "words" if of is None else "figure",
        "surface": finding.span.of(check.text),
        "start": finding.span.start,
        "end": finding.span.end,
        "verdict": finding.verdict,
        "cause": finding.cause,
        "missing": finding.missing,
        "why": why,
        "indicator": of.name if of else "",
        "place": of.place if of else "",
        "period": of.figure.period if of else "",
        "evidence": _value(finding.evidence, check),
        "origin": _value(finding.source, check),
        "citations": [citation_json(check.citations[number]) for number in finding.citations],
    }


def _value(figure: AnswerFigure | None, check: Check) -> ValueJson | None:
    return value_json(figure, check.citations) if figure is not None else None
