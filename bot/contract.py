"""Answers as the JSON that other programs read: one object a question, keys as the evaluation defines them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from retrieval.figures.export import value
from retrieval.model import Answer, AnswerFigure, Citation, Computed, Kind, Measure, Reason, Trace, plain

__all__ = ["answer_json", "refusal_json", "trace_json"]

Json = dict[str, Any]


def answer_json(answer: Answer, *, text: str, elapsed_ms: float | None = None, id: str | None = None) -> Json:  # noqa: A002
    """The answer as a JSON object; `text` is the reply as the user reads it, `id` the question's own."""
    out: Json = {} if id is None else {"id": id}
    out |= {
        "kind": answer.kind.value,
        "reason": answer.reason.value if answer.reason else None,
        "figures": [_figure(f, answer) for f in answer.figures] + [_computed(c) for c in answer.computed],
        "related": [_figure(f, answer) for f in answer.related],
        "citations": [_citation(c) for c in answer.citations],
        "notes": list(answer.notes),
        "options": [{"label": option.label, "question": option.question} for option in answer.options],
        "verdict": answer.verdict,
        "text": text,
    }
    # Questions about phrases answer with years or a count of their own.
    if answer.phrase is not None:
        facts = {name: value for name, value in asdict(answer.phrase).items() if value is not None}
        if mentions := facts.pop("mentions", ()):
            facts["mentions"] = [[item["year"], item["report"], item["count"]] for item in mentions if item["count"]]
        out |= {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}
    if answer.assessed:
        out["assessed"] = [asdict(item) for item in answer.assessed]
    if answer.breaks:
        out["breaks"] = [asdict(item) for item in answer.breaks]
    if elapsed_ms is not None:
        out["elapsed_ms"] = round(elapsed_ms, 3)
    return out


def refusal_json(message: str, *, elapsed_ms: float, id: str) -> Json:  # noqa: A002
    """What is written for a question that cannot be asked (empty, too long): no report speaks of it."""
    nothing = Answer(Kind.NONE, Reason.OFF_TOPIC, message=message)
    return answer_json(nothing, text=message, elapsed_ms=elapsed_ms, id=id)


def trace_json(trace: Trace) -> Json:
    """How the answer came about."""
    return {
        "scope": trace.scope,
        "query": dict(trace.query),
        "terms": list(trace.terms),
        "candidates": [{"score": score, "what": what} for score, what in trace.candidates],
        "rule": trace.rule,
    }


def _figure(answered: AnswerFigure, answer: Answer) -> Json:
    figure = answered.figure
    out: Json = {
        "value": value(figure),
        "upper": plain(figure.upper) if figure.upper is not None else None,
        "unit": figure.unit,
        "direction": figure.direction,
        "qualifier": figure.qualifier,
        "measure": figure.measure.value,
        "status": figure.status.value,
        "period": figure.period,
        "indicator": figure.indicator or answered.label,
        "place": figure.place or answer.citations[answered.citation].place,
        "citation": answered.citation,
        "start": figure.span.start,
        "end": figure.span.end,
        "computed": False,
    }
    if figure.wording is not None and figure.measure is not Measure.RATIO:
        out["wording"] = figure.wording
    return out


def _computed(computed: Computed) -> Json:
    return {
        "value": plain(computed.value),
        "unit": computed.unit,
        "indicator": computed.label,
        "computed": True,
        "citations": list(computed.citations),
    }


def _citation(citation: Citation) -> Json:
    return {
        "report": citation.report,
        "source": citation.source,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "place": citation.place,
        "year": citation.year,
        "path": list(citation.path),
    }
