"""Query to Answer: scope, figures or sentences in scope, or a reason for neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.answer import abstaining, everywhere, premises
from retrieval.answer.across import across_reports
from retrieval.answer.breaking import broken_off
from retrieval.answer.figures import Considering, Found, chosen
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.answer.moves import moves
from retrieval.answer.overview import overview
from retrieval.answer.refusing import refuse
from retrieval.answer.scope import Candidate, Scope, names, narrowed, scope
from retrieval.answer.scoring import Action, decide, fitted, settled
from retrieval.answer.searching import Search, explained, others_of, search
from retrieval.answer.sentences import Hit
from retrieval.answer.spelt import spelt
from retrieval.answer.telling import contradicted, figures, notes_of, passages
from retrieval.answer.tracing import query_words, scope_words, with_decision
from retrieval.answer.weights import grams
from retrieval.answer.whole import whole_answer
from retrieval.model import Answer, Kind, Reason, Status, Trace
from retrieval.query import Form, Query, Slot, slots
from retrieval.query.moves import move
from retrieval.query.whole import whole

__all__ = ["respond"]

# Where no year was named, figures of the place's other reports answer where their names hold this share of the words.
SURE = 0.75
# An answer that is likelier right than wrong.
EVEN = 0.5


def respond(query: Query, library: Library, last_report: str, today: date) -> tuple[Answer, str]:
    """The answer, and the id of the report it was found in (or looked for)."""
    answer, report = _respond(query, library, last_report, today)
    if query.otherwise is None or not _short_of(answer, query):
        return answer, report
    other = _respond(query.otherwise, library, last_report, today)
    return other if other[0].kind is not Kind.NONE else (answer, report)


def _short_of(answer: Answer, query: Query) -> bool:
    """Whether an answer lacks the gap to the country's mean that a question asks for."""
    asked = len([slot for slot in slots(query) if slot.ask.unit.endswith("百分点")])
    return sum(found.figure.unit.endswith("百分点") for found in answer.figures) < asked


def _respond(query: Query, library: Library, last_report: str, today: date) -> tuple[Answer, str]:
    if query.form is Form.CHAT:
        return replace(abstaining.off_topic(query.chat), trace=Trace(query=(("chat", query.chat),), rule="chat")), ""
    about = whole(query)
    if about is not None and library.rows:
        where = scope(query, library.rows, last_report, today)
        if where.place and where.reason is not Reason.PLACE_MISSING:
            answer, report = whole_answer(about, query, where.place, library)
            return replace(answer, trace=Trace(query=query_words(query), rule=about.value)), report
    if library.rows and (several := across_reports(query, library)) is not None:
        answer, report = several
        return replace(answer, trace=replace(answer.trace, query=query_words(query), rule="across")), report
    timed = query.periods or query.report_year or query.status or query.form is Form.OVERVIEW
    if not query.places and not timed and not move(query) and not any(_says(slot) for slot in slots(query)):
        return replace(abstaining.off_topic(), trace=Trace(query=query_words(query), rule="nothing named")), ""
    where = scope(query, library.rows, last_report, today)
    if where.everywhere:
        where = everywhere.narrow(query, library)
        if where.place:
            where = narrowed(where, query, library.rows, last_report, today)
    trace = Trace(scope=scope_words(where), query=query_words(query))
    if where.reason is Reason.PLACE_MISSING and where.above:
        said = _said_above(query, where, library, trace, last_report=last_report, today=today)
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
    return _answer(query, where, library, trace, last_report=last_report, today=today)


def _said_above(
    query: Query, where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """A place without reports of its own: figures that the report of the place above states of it, sentence by name."""
    over = narrowed(Scope(place=where.above, inner=where.inner), query, library.rows, last_report, today)
    if query.form is not Form.FIGURE or not over.candidates:
        return None
    asked = slots(query)
    considering = Considering(query, over, library, last_report=last_report, today=today)
    decision = decide(query, considering.weighed(asked), (), fitted())
    best = decision.best
    if best is None or decision.action is not Action.FIGURES or best.reading.how == "drop":
        return None
    found = chosen(best.reading, best.found, asked)
    if not all(_speaks(match, where.inner) for match in found.chosen.matches):
        return None
    note = f"没有收录{where.missing}的报告，取自{where.above}的报告"
    return figures(query, found, replace(over, notes=(*over.notes, note)), replace(trace, rule="above"))


def _speaks(match: Match, inner: str) -> bool:
    """Whether a figure's sentence speaks of a place."""
    return names(inner, match.loaded.sentences[match.stated.sentence].text) or names(inner, match.figure.place)


def _answer(
    query: Query, where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str]:
    others = [n for n in range(len(query.places)) if n not in where.used] if query.place_spans else []
    asked = slots(query, others)
    says = any(_says(slot) for slot in asked)
    if (broken := broken_off(query, where, library, says=says)) is not None:
        return broken
    if not says:
        return abstaining.none(query, where, Reason.NOT_MENTIONED, trace=trace), where.candidates[0].report
    weighed = Considering(query, where, library, last_report=last_report, today=today).weighed(asked)
    if (decision := settled(weighed)) is not None:
        found = chosen(weighed[0].reading, weighed[0].found, asked)
        return figures(query, found, where, replace(with_decision(trace, decision), rule="figures"))
    searched = search(query, asked, where, library, last_report=last_report, today=today)
    decision = decide(query, weighed, searched.hits, fitted())
    best = decision.best
    found = chosen(best.reading, best.found, asked) if best is not None else None
    trace = with_decision(trace, decision)
    if decision.action is Action.FIGURES and found is not None:
        return figures(query, found, where, replace(trace, rule="figures"))
    if decision.action is Action.PASSAGES:
        hits = searched.hits
        figured = found.scored.get(0, ()) if found is not None else ()
        harvest = premises.good_harvest(query, where.candidates[0].report, library)
        against = (harvest, Reason.FALSE_PREMISE) if harvest else _against(query, searched, hits, figured)
        if against:
            hit, reason = against
            return contradicted(query, [hit], searched.where, replace(trace, rule="premise"), reason)
        terms = explained(query, searched, library)
        return passages(query, hits, searched.where, replace(trace, rule="sentences", terms=terms or trace.terms))
    for elsewhere in (_afar, _earlier):
        if told := elsewhere(query, asked, where, library, trace, last_report=last_report, today=today):
            return told
    if said := spelt(asked, searched.hits):
        return passages(query, said, searched.where, replace(trace, rule="spelt"))
    if found is None:
        return abstaining.none(query, where, Reason.NOT_MENTIONED, trace=trace), where.candidates[0].report
    if other := _turned(found):
        hit = Hit(other.loaded, other.stated.sentence, other.score, other.share)
        return contradicted(query, [hit], where, replace(trace, rule="premise"), Reason.FALSE_PREMISE)
    return refuse(query, found, where, library, replace(trace, rule="refused"))


def _turned(found: Found) -> Match | None:
    """The figure of the very thing asked about that went the other way: it rose where the question says it fell."""
    for slot, match in zip(found.slots, found.chosen.matches, strict=False):
        against = slot.ask.direction * match.figure.direction < 0
        if against and match.named >= SURE and not match.doubtful and match.figure.status is not Status.TARGET:
            return match
    return None


def _afar(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """Figures of reports that should not state the years asked about and do: five-year reviews and plans."""
    if not any(candidate.strict for candidate in where.candidates):
        return None
    considering = Considering(query, where, library, last_report=last_report, today=today, afar=True)
    best = next(iter(considering.weighed(asked)), None)
    if best is None or best.chance < EVEN or best.reading.how == "drop":
        return None
    found = chosen(best.reading, best.found, asked)
    years = {str(period) for slot in found.slots for period in slot.periods}
    if all(m.figure.period in years and m.named >= SURE and not m.doubtful for m in found.chosen.matches):
        return figures(query, found, where, replace(trace, rule="afar"))
    return None


def _against(
    query: Query, searched: Search, enough: Sequence[Hit], figured: Sequence[Match]
) -> tuple[Hit, Reason] | None:
    """The sentence that denies what the question takes for granted, and which way."""
    if over := premises.claims_too_much(query, figured) or premises.turned(query, figured):
        return Hit(over.loaded, over.stated.sentence, over.score, over.share), Reason.FALSE_PREMISE
    weights = searched.weights
    denied = premises.contradicted(query, weights, enough) or premises.undone(query, weights, enough)
    if hit := denied or premises.never(query, weights, searched.hits):
        return hit, Reason.FALSE_PREMISE
    planned = premises.only_planned(query, enough)
    return (planned, Reason.ONLY_TARGET) if planned else None


def _earlier(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """Figures of the place's other reports, newest first, where no year was named and the newest does not state it."""
    if query.periods or query.report_year is not None or not where.place:
        return None
    own = {c.report for c in where.candidates}
    for row in (library.rows[report] for report in others_of(query, where.place, library) if report not in own):
        there = replace(where, candidates=(Candidate(row.id, 1.0),))
        considering = Considering(query, there, library, last_report=last_report, today=today)
        decision = decide(query, considering.weighed(asked), (), fitted())
        best = decision.best
        if best is None or decision.action is not Action.FIGURES or best.reading.how == "drop":
            continue
        found = chosen(best.reading, best.found, asked)
        if all(match.named >= SURE and not match.doubtful for match in found.chosen.matches):
            notes = tuple(note for note in where.notes if not note.startswith("未指明年份"))
            note = f"未指明年份，最新的报告没有写到，取自{row.year}年报告"
            return figures(query, found, replace(there, notes=(*notes, note)), replace(trace, rule="earlier"))
    return None


def _says(slot: Slot) -> bool:
    """Whether a slot holds a word to look for: a lone character or number names nothing."""
    return any(not re.fullmatch(r"[\d.,%+#&-]+|[a-z]", gram) for gram in grams(slot.words or slot.context))
