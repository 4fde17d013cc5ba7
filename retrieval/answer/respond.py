"""Query to Answer: scope, figures or sentences in scope, or a reason for neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from retrieval.answer import abstaining, everywhere
from retrieval.answer.above import said_above, said_of_parts
from retrieval.answer.across import across_reports, share_of_whole
from retrieval.answer.invented import disclosed
from retrieval.answer.library import Library
from retrieval.answer.moves import moves
from retrieval.answer.overview import overview
from retrieval.answer.scope import narrowed, scope
from retrieval.answer.single import from_one, says, told_in_one
from retrieval.answer.telling import notes_of
from retrieval.answer.tracing import query_words, scope_words
from retrieval.answer.whole import whole_answer
from retrieval.lexicon import indicators
from retrieval.model import Answer, Kind, Reason, Trace
from retrieval.query import Form, Query, slots
from retrieval.query.moves import move
from retrieval.query.whole import whole

__all__ = ["respond"]


def respond(query: Query, library: Library, last_report: str, today: date) -> tuple[Answer, str]:
    """The answer, and the id of the report it was found in (or looked for)."""
    answer, report = _read_either_way(query, library, last_report, today)
    return disclosed(answer, library), report


def _read_either_way(query: Query, library: Library, last_report: str, today: date) -> tuple[Answer, str]:
    """The answer to the question as it is read or, where that falls short, as it may be read otherwise."""
    answer, report = _respond(query, library, last_report, today)
    if query.otherwise is None or not _short_of(answer, query):
        return answer, report
    other = _respond(query.otherwise, library, last_report, today)
    if {units[0].name for units in query.places} - {units[0].name for units in query.otherwise.places}:
        # 阿勒泰那头呢 of the report asked before: a figure of it, and none of what surrounds it (沈阳GDP).
        said = all(any(word in one.quote for word in query.place_words) for one in other[0].citations)
        fit = other[0].kind is Kind.FIGURES and said and _of_named(query, other[0])
    else:
        fit = answer.reason is not Reason.PLACE_MISSING and other[0].kind is not Kind.NONE
    return other if fit else (answer, report)


def _of_named(query: Query, answer: Answer) -> bool:
    """Whether all figures are of an indicator that the question names, where it names one."""
    named = {mention.indicator.id for mention in indicators.mentions(query.content)}
    return not named or all(found.figure.indicator_id in named for found in answer.figures)


def _short_of(answer: Answer, query: Query) -> bool:
    """Whether an answer lacks what a question asks for: anything at all, or the gap to the country's mean."""
    if answer.kind is Kind.NONE:
        return True
    asked = len([slot for slot in slots(query) if slot.ask.unit.endswith("百分点")])
    return sum(found.figure.unit.endswith("百分点") for found in answer.figures) < asked


def _respond(query: Query, library: Library, last_report: str, today: date) -> tuple[Answer, str]:
    if query.form is Form.CHAT:
        return replace(abstaining.off_topic(query.chat), trace=Trace(query=(("chat", query.chat),), rule="chat")), ""
    if library.rows and (wide := _of_several(query, library, last_report=last_report, today=today)):
        return wide
    timed = query.periods or query.report_year or query.status or query.form is Form.OVERVIEW
    if not query.places and not timed and not move(query) and not any(says(slot) for slot in slots(query)):
        return replace(abstaining.off_topic(), trace=Trace(query=query_words(query), rule="nothing named")), ""
    where = scope(query, library.rows, last_report, today)
    if where.everywhere:
        where = everywhere.narrow(query, library)
        if where.place:
            where = narrowed(where, query, library.rows, last_report, today)
        if where.options and not where.candidates and where.reason is None:
            return Answer(Kind.CLARIFY, message=where.message, options=where.options), ""
    trace = Trace(scope=scope_words(where), query=query_words(query))
    if where.reason is Reason.PLACE_MISSING and where.above:
        said = said_above(query, where, library, trace, last_report=last_report, today=today)
        if said is not None:
            return said
    if where.reason is not None:
        return abstaining.none(query, where, where.reason, trace=trace), ""
    if not where.candidates:
        return abstaining.none(query, where, Reason.OFF_TOPIC, trace=trace), ""
    if query.form is Form.OVERVIEW:
        best = library.load(where.candidates[0].report)
        return replace(overview(query, best, notes_of(query, where, best.row.year)), trace=trace), best.row.id
    kind = move(query)
    if kind:
        return moves(query, kind, where, library, replace(trace, rule=kind.value))
    answer, report = from_one(query, where, library, trace, last_report=last_report, today=today)
    share = share_of_whole(query, answer, library)
    return (replace(share, trace=replace(trace, rule="share")), report) if share else (answer, report)


def _of_several(query: Query, library: Library, *, last_report: str, today: date) -> tuple[Answer, str] | None:
    """The answer to a question about a whole report, or about several."""
    about = whole(query)
    if about is not None:
        where = scope(query, library.rows, last_report, today)
        if where.place and where.reason is not Reason.PLACE_MISSING:
            answer, report = whole_answer(about, query, where.place, library)
            return replace(answer, trace=Trace(query=query_words(query), rule=about.value)), report
    several = across_reports(query, library)
    if several is None:
        return None
    answer, report = several
    if answer.reason is Reason.PLACE_MISSING:
        told = said_of_parts(query, library, last_report=last_report, today=today)
        # 深圳和广州谁的GDP多: no sentence about both answers for a figure.
        figured = bool(indicators.mentions(query.content))
        if told is not None and (told[0].kind is Kind.FIGURES or not figured):
            return told
    if told := told_in_one(query, answer, library, last_report=last_report, today=today):
        return told
    return replace(answer, trace=replace(answer.trace, query=query_words(query), rule="across")), report
