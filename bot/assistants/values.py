"""Figures, citations and answers in the form that tools give them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from bot.assistants.results import AnswerJson
from bot.assistants.shapes import CitationJson, ComputedJson, ValueJson
from bot.contract import figure_json
from bot.render import plain_text
from bot.reply import reply
from retrieval.model import Answer, AnswerFigure, Citation, Figure, plain

__all__ = ["answer_json", "citation_json", "stated_json", "value_json"]


def citation_json(citation: Citation) -> CitationJson:
    """A quote with where it stands."""
    return {
        "report": citation.report,
        "report_year": citation.year,
        "place": citation.place,
        "source": citation.source,
        "url": citation.url,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "path": list(citation.path),
    }


def value_json(answered: AnswerFigure, citations: Sequence[Citation]) -> ValueJson:
    """A figure with its citation, years of data and of report apart."""
    told = figure_json(answered, citations)
    kept = {key: told[key] for key in ValueJson.__annotations__ if key in told and key != "citation"}
    citation, period = citations[answered.citation], answered.figure.period
    years = {"data_year": int(period) if period.isdecimal() else None, "report_year": citation.year}
    return cast("ValueJson", kept | years | {"citation": citation_json(citation)})  # a test holds it against the schema


def stated_json(figure: Figure, citation: Citation) -> ValueJson:
    """The same of a figure that belongs to no answer."""
    return value_json(AnswerFigure(figure, 0, figure.indicator), (citation,))


def answer_json(answer: Answer, question: str) -> AnswerJson:
    """An answer; its text has passed the digit gate."""
    cited = answer.citations
    computed: list[ComputedJson] = [
        {
            "indicator": one.label,
            "value": plain(one.value),
            "unit": one.unit,
            "citations": [citation_json(cited[number]) for number in one.citations],
        }
        for one in answer.computed
    ]
    return {
        "kind": answer.kind,
        "reason": answer.reason,
        "text": plain_text(reply(answer, question)),
        "values": [value_json(one, cited) for one in answer.figures],
        "computed": computed,
        "nearest": [value_json(one, cited) for one in answer.related],
        "citations": [citation_json(one) for one in cited],
        "notes": list(answer.notes),
        "options": [option.question for option in answer.options],
        "verdict": answer.verdict,
    }
