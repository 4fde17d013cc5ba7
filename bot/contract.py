"""Answers as the JSON that other programs read: one object a question, keys as the evaluation defines them.

The types are the schema: docs/reference/answer.schema.json is generated from them. A key that goes or changes its
meaning makes another `VERSION`; one that is added does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, Literal, NotRequired, cast

from typing_extensions import TypedDict  # the schema is generated from it on 3.11 too

from retrieval.figures.export import as_json
from retrieval.model import (
    Answer,
    AnswerFigure,
    Citation,
    Computed,
    Kind,
    Measure,
    PhraseFacts,
    Reason,
    Status,
    Trace,
    plain,
)

__all__ = [
    "VERSION",
    "AnswerJson",
    "CitationJson",
    "FigureJson",
    "Json",
    "answer_json",
    "citation_json",
    "figure_json",
    "refusal_json",
    "trace_json",
]

VERSION: Final = 1

Json = dict[str, Any]


class FigureJson(TypedDict):
    """A figure as its report states it, `surface` in its own characters. `value` is in `unit` as written, in digits
    without an exponent (1/3 for a fraction, 5.7:47:47.3 for a ratio), null where words stand for it; `upper` is the top
    of a range; `start` and `end` count characters of the report, half-open; `citation` is the index of the quote it is
    a slice of."""

    surface: str
    value: str | None
    upper: str | None
    unit: str
    direction: Literal[-1, 0, 1]
    qualifier: str
    measure: Measure
    status: Status
    period: str
    indicator: str
    place: str
    citation: int
    start: int
    end: int
    computed: Literal[False]
    wording: NotRequired[str]


class ComputedJson(TypedDict):
    """A value derived from the figures quoted in `citations`; no report states it."""

    value: str
    unit: str
    indicator: str
    computed: Literal[True]
    citations: list[int]


class CitationJson(TypedDict):
    """A quote: `quote` is the report's text from `start` to `end`; `path` are the headings above it."""

    report: str
    source: str
    start: int
    end: int
    quote: str
    place: str
    year: int
    path: list[str]


class OptionJson(TypedDict):
    """Another reading of the question, or one to go on with."""

    label: str
    question: str


class AssessedJson(TypedDict):
    """A target held against its outcome; both index `figures`."""

    label: str
    target: int
    outcome: int | None
    verdict: Literal["met", "missed", "unclear", "untold", "unheld"]


class BreakJson(TypedDict):
    """From `period` on a series is stated under another definition."""

    period: str
    before: str
    after: str


class WordingJson(TypedDict):
    """How often the earlier and the later of two reports say a phrase; `citation` is a sentence that does."""

    text: str
    before: int
    after: int
    citation: int


class CandidateJson(TypedDict):
    """Something that was considered, with its score."""

    score: float
    what: str


class TraceJson(TypedDict):
    """How the answer came about: for people, its words may change."""

    scope: str
    query: dict[str, str]
    terms: list[str]
    candidates: list[CandidateJson]
    rule: str


class AnswerJson(TypedDict):
    """The answer to one question. `schema` is the version of this form. `reason` tells why there is no answer,
    `related` are then the nearest figures. `notes` are substitutions a reader must know of. `text` is the reply as
    people read it.

    Questions about phrases have `first_year`, `last_year`, `years` (of reports), `count`, `mentions` (year, report,
    how often); those about targets have `assessed`, series `breaks`, two reports `wordings`. `trace` is there with
    --why.
    """

    schema: Literal[1]
    id: NotRequired[str]
    kind: Kind
    reason: Reason | None
    figures: list[FigureJson | ComputedJson]
    related: list[FigureJson]
    citations: list[CitationJson]
    notes: list[str]
    options: list[OptionJson]
    verdict: str | None
    text: str
    first_year: NotRequired[int]
    last_year: NotRequired[int]
    years: NotRequired[list[int]]
    count: NotRequired[int]
    mentions: NotRequired[list[tuple[int, str, int]]]
    assessed: NotRequired[list[AssessedJson]]
    breaks: NotRequired[list[BreakJson]]
    wordings: NotRequired[list[WordingJson]]
    elapsed_ms: NotRequired[float]
    trace: NotRequired[TraceJson]


def answer_json(
    answer: Answer,
    *,
    text: str,
    elapsed_ms: float | None = None,
    id: str | None = None,  # noqa: A002
    why: bool = False,
) -> AnswerJson:
    """The answer as a JSON object; `text` is the reply as the user reads it, `id` the question's own, `why` adds the
    trace."""
    out: Json = {"schema": VERSION} if id is None else {"schema": VERSION, "id": id}
    out |= {
        "kind": answer.kind.value,
        "reason": answer.reason.value if answer.reason else None,
        "figures": [figure_json(f, answer.citations) for f in answer.figures] + [_computed(c) for c in answer.computed],
        "related": [figure_json(f, answer.citations) for f in answer.related],
        "citations": [citation_json(c) for c in answer.citations],
        "notes": list(answer.notes),
        "options": [{"label": option.label, "question": option.question} for option in answer.options],
        "verdict": answer.verdict,
        "text": text,
    }
    if answer.phrase is not None:
        out |= _phrase(answer.phrase)
    for name in ("assessed", "breaks", "wordings"):
        if rows := getattr(answer, name):
            out[name] = [asdict(row) for row in rows]
    if elapsed_ms is not None:
        out["elapsed_ms"] = round(elapsed_ms, 3)
    if why:
        out["trace"] = trace_json(answer.trace)
    return cast("AnswerJson", out)  # a test holds real answers against the schema


def _phrase(facts: PhraseFacts) -> Json:
    """Questions about phrases answer with years or a count of their own."""
    out = {name: value for name, value in asdict(facts).items() if value is not None}
    if mentions := out.pop("mentions", ()):
        out["mentions"] = [[item["year"], item["report"], item["count"]] for item in mentions if item["count"]]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in out.items()}


def refusal_json(message: str, *, elapsed_ms: float, id: str) -> AnswerJson:  # noqa: A002
    """What is written for a question that cannot be asked (empty, too long): no report speaks of it."""
    nothing = Answer(Kind.NONE, Reason.OFF_TOPIC, message=message)
    return answer_json(nothing, text=message, elapsed_ms=elapsed_ms, id=id)


def trace_json(trace: Trace) -> TraceJson:
    """How the answer came about."""
    return {
        "scope": trace.scope,
        "query": dict(trace.query),
        "terms": list(trace.terms),
        "candidates": [{"score": score, "what": what} for score, what in trace.candidates],
        "rule": trace.rule,
    }


def figure_json(answered: AnswerFigure, citations: Sequence[Citation]) -> Json:
    """A report's figure as a `FigureJson`, `citations` being those it numbers its quote among."""
    figure = answered.figure
    return as_json(figure) | {
        "indicator": figure.indicator or answered.label,
        "place": figure.place or citations[answered.citation].place,
        "citation": answered.citation,
        "computed": False,
    }


def _computed(computed: Computed) -> Json:
    return {
        "value": plain(computed.value),
        "unit": computed.unit,
        "indicator": computed.label,
        "computed": True,
        "citations": list(computed.citations),
    }


def citation_json(citation: Citation) -> Json:
    """A quote as a `CitationJson`."""
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
