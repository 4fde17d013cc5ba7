"""Query to Answer: scope, figures or sentences in scope, or a reason for neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.answer import abstaining, everywhere, premises
from retrieval.answer.across import across_reports
from retrieval.answer.citing import Quotes
from retrieval.answer.figures import Found, find, weigh_in
from retrieval.answer.library import Library
from retrieval.answer.matching import Match, match_all
from retrieval.answer.overview import overview
from retrieval.answer.scope import Candidate, Scope, narrowed, scope
from retrieval.answer.sentences import Hit, cite, rank
from retrieval.answer.weights import Weights
from retrieval.model import Answer, Completeness, Kind, Reason, Status, Trace
from retrieval.query import Form, Query, Slot, is_keywords, slots

__all__ = ["respond"]

# A sentence answers where it covers this share of the question's words.
SENTENCE_SHARE = 0.16
# Below this share other reports of the place are looked into where no year was named, and so many of them.
SURE, ELSEWHERE = 0.75, 16
# Another place the question names is meant where its report speaks so much more of the matter.
RIVAL = 0.06
# A refusal names the other status only where that figure fits this well.
OTHER_SHARE, OTHER_NAMED = 0.62, 0.5


def respond(query: Query, library: Library, last_report: str, today: date) -> tuple[Answer, str]:
    """The answer, and the id of the report it was found in (or looked for)."""
    if query.form is Form.CHAT:
        return abstaining.off_topic(query.chat), ""
    if library.rows and (several := across_reports(query, library)) is not None:
        return several
    where = scope(query, library.rows, last_report, today)
    if where.everywhere:
        where = everywhere.narrow(query, library)
        if where.place:
            where = narrowed(where, query, library.rows, last_report, today)
    trace = Trace(scope=_scope_words(where), query=_query_words(query))
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
        return replace(overview(query, best, _notes(query, where, best.row.year)), trace=trace), best.row.id
    return _answer(query, where, library, trace, last_report=last_report, today=today)


def _said_above(
    query: Query, where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """A place without reports of its own: figures that the report of the place above states of it, sentence by name."""
    over = narrowed(Scope(place=where.above, inner=where.inner), query, library.rows, last_report, today)
    if query.form is not Form.FIGURE or not over.candidates:
        return None
    found = find(query, slots(query), over, library, last_report=last_report, today=today, asked=True)
    if len(found.chosen.matches) < len([slot for slot in found.slots if slot.firm]):
        return None
    note = f"没有收录{where.missing}的报告，取自{where.above}的报告"
    return _figures(query, found, replace(over, notes=(*over.notes, note)), replace(trace, rule="above"))


def _answer(
    query: Query, where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str]:
    others = [n for n in range(len(query.places)) if n not in where.used] if query.place_spans else []
    asked = slots(query, others)
    if not any(slot.words or slot.context for slot in asked):
        return abstaining.none(query, where, Reason.NOT_MENTIONED, trace=trace), where.candidates[0].report
    wants = query.form is Form.FIGURE
    may = query.form is Form.PASSAGE and (is_keywords(query.text) or _names_only(query))
    found = None
    if wants or may:
        found = find(query, asked, where, library, last_report=last_report, today=today, asked=wants)
        trace = _traced(trace, found)
        if found.chosen.matches:
            return _figures(query, found, where, replace(trace, rule="figures"))
        where = found.scopes[0]
    if wants and found is not None:
        return _refuse(query, found, where, library, replace(trace, rule="refused"))
    hits, weights = _sentences(query, asked, where, library)
    if not query.periods and query.report_year is None and (not hits or hits[0].share < SURE):
        hits, weights = _elsewhere(query, asked, where, library, hits)
    enough = [hit for hit in hits if hit.share >= SENTENCE_SHARE]
    for rival in where.rivals[:2]:
        other = narrowed(replace(where, place=rival, inner=""), query, library.rows, last_report, today)
        found_there, weights_there = _sentences(query, asked, other, library)
        if found_there and (not hits or found_there[0].share > hits[0].share + RIVAL):
            hits, weights, where = found_there, weights_there, other
            enough = [hit for hit in hits if hit.share >= SENTENCE_SHARE]
    if against := premises.contradicted(query, weights, enough):
        return _contradicted(query, [against], where, replace(trace, rule="premise"))
    if query.form in (Form.PASSAGE, Form.LIST) and re.search(r"\d", query.text):
        tried = found or find(query, asked, where, library, last_report=last_report, today=today, asked=False)
        if over := premises.claims_too_much(query, tried.scored.get(0, ())):
            return _contradicted(query, [_hit(over)], where, replace(trace, rule="premise"))
    if not enough:
        if found is None:
            found = find(query, asked, where, library, last_report=last_report, today=today, asked=False)
        return _refuse(query, found, where, library, replace(trace, rule="refused"))
    return _passages(query, enough, where, replace(trace, rule="sentences"))


def _sentences(query: Query, asked: Sequence[Slot], where: Scope, library: Library) -> tuple[list[Hit], Weights]:
    main = tuple(c for c in where.candidates if not c.strict) or where.candidates
    weights = weigh_in(Slot(_everything(asked), query.context), [library.load(c.report) for c in main], query.glosses)
    return rank(query, weights, library, main, where.inner), weights


def _elsewhere(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, hits: list[Hit]
) -> tuple[list[Hit], Weights]:
    """No year was named and the newest report hardly speaks of it: the other reports of the place, newest first."""
    newer = sorted((row for row in library.rows.values() if row.place == where.place), key=lambda row: -row.year)
    wide = [Candidate(row.id, 1.0 - 0.02 * n) for n, row in enumerate(newer[:ELSEWHERE])]
    weights = weigh_in(Slot(_everything(asked), query.context), [library.load(c.report) for c in wide], query.glosses)
    found = rank(query, weights, library, wide, where.inner)
    return (found, weights) if found and (not hits or found[0].share > hits[0].share + 0.1) else (hits, weights)


def _everything(asked: Sequence[Slot]) -> str:
    words = " ".join([asked[0].context, *(slot.words for slot in asked)])
    return " ".join(dict.fromkeys(words.split()))


def _names_only(query: Query) -> bool:
    """Whether the question is a bare name or a follow-up: 一般公共预算收入, 蔬菜呢."""
    return len(query.content) <= 16 and " " not in query.content.strip()


def _traced(trace: Trace, found: Found) -> Trace:
    terms = [f"[{slot.words}] " + " ".join(f"{g.text}{g.weight:.1f}" for g in weights.grams if g.own)
             for slot, weights in zip(found.slots, found.weights, strict=True)]  # fmt: skip
    candidates = [
        (
            round(m.score, 3),
            f"{m.figure.indicator} {m.figure.surface} {m.figure.period} own={m.own:.2f} named={m.named:.2f}",
        )
        for matches in found.scored.values()
        for m in matches[:5]
    ]
    return replace(trace, terms=tuple(terms), candidates=tuple(candidates))


def _figures(query: Query, found: Found, where: Scope, trace: Trace) -> tuple[Answer, str]:
    chosen = found.chosen.matches
    report = chosen[0].loaded.row
    scope_of = next((s for s in found.scopes if report.id in {c.report for c in s.candidates}), where)
    if scope_of.missing and not _states(chosen[0], found.slots[0]):
        # The report that would say it is not there, and no other states that very year.
        return abstaining.none(query, _missing(scope_of), Reason.YEAR_MISSING, chosen, trace=trace), report.id
    quotes = Quotes()
    figures = quotes.all(chosen)
    notes = list(_notes(query, where, report.year))
    notes += [f"报告未提及“{slot.words}”" for slot in found.chosen.empty if slot.words]
    return (
        Answer(
            Kind.FIGURES,
            figures=figures,
            citations=quotes.citations,
            notes=tuple(notes),
            options=where.options,
            topic=query.content,
            trace=trace,
        ),
        report.id,
    )


def _states(match: Match, slot: Slot) -> bool:
    return any(match.figure.period == str(period) for period in slot.periods)


def _missing(where: Scope) -> Scope:
    return replace(where, message=f"年份未收录：{where.place}没有{where.missing}。")


def _passages(query: Query, hits: Sequence[Hit], where: Scope, trace: Trace) -> tuple[Answer, str]:
    best = hits[0].loaded.row
    if where.missing and best.id in {c.report for c in where.candidates if c.strict}:
        return abstaining.none(query, _missing(where), Reason.YEAR_MISSING, trace=trace), best.id
    trace = replace(trace, candidates=tuple((h.score, h.loaded.sentences[h.sentence].text[:40]) for h in hits[:8]))
    return (
        Answer(
            Kind.PASSAGES,
            citations=tuple(cite(query, hits)),
            notes=_notes(query, where, best.year),
            options=where.options,
            topic=query.content,
            trace=trace,
        ),
        best.id,
    )


def _refuse(query: Query, found: Found, where: Scope, library: Library, trace: Trace) -> tuple[Answer, str]:
    """Name the reason: cut off, the year not there, only the other status, or not mentioned."""
    report = where.candidates[0].report
    nearest = found.scored.get(0, ())
    if where.missing:
        return abstaining.none(query, _missing(where), Reason.YEAR_MISSING, trace=trace), report
    ahead = [c for c in where.candidates if not c.strict]
    cut = [
        c for c in ahead if library.rows[c.report].completeness == Completeness.CUT_OFF and _plans(query, c, library)
    ]
    if cut:
        row = library.rows[cut[0].report]
        return abstaining.cut_off(query, nearest, where, f"{row.place}{row.year}年政府工作报告"), row.id
    other = _other_status(found, where, library)
    if gap := _result_missing(found.slots[0], where, library):
        return abstaining.none(
            query, _missing(replace(where, missing=gap)), Reason.YEAR_MISSING, other or nearest, trace=trace
        ), report
    reason = abstaining.reason_of(query, other, Completeness.WHOLE)
    return abstaining.none(query, where, reason, other or nearest, trace=trace), report


def _result_missing(slot: Slot, where: Scope, library: Library) -> str:
    """The report that would tell the result of the year asked for, where only the year's plan is stored."""
    if slot.status is Status.TARGET or not slot.periods or slot.periods[0].relative:
        return ""
    year = max(p.last for p in slot.periods)
    held = {row.year for row in library.rows.values() if row.place == where.place}
    return "" if year + 1 in held else f"{year + 1}年政府工作报告（{year}年的结果在其中）"


def _contradicted(query: Query, hits: Sequence[Hit], where: Scope, trace: Trace) -> tuple[Answer, str]:
    """The report says otherwise: quote it."""
    refused = abstaining.none(query, where, Reason.FALSE_PREMISE, trace=trace)
    return replace(refused, citations=tuple(cite(query, hits, 1))), hits[0].loaded.row.id


def _hit(match: Match) -> Hit:
    return Hit(match.loaded, match.stated.sentence, match.score, match.share)


def _plans(query: Query, candidate: Candidate, library: Library) -> bool:
    """Whether what is asked would stand among the plans of the candidate's report."""
    year = library.rows[candidate.report].year
    if query.status is Status.TARGET:
        return True
    return query.status is None and bool(candidate.periods) and all(p.first >= year for p in candidate.periods)


def _other_status(found: Found, where: Scope, library: Library) -> list[Match]:
    """The same figures with the other status, in the report asked and for the year before or after."""
    slot, weights = found.slots[0], found.weights[0]
    matches: list[Match] = []
    for candidate in where.candidates:
        if candidate.strict:
            continue
        free = replace(candidate, periods=(), weight=1.0)
        matches.extend(
            match
            for match in match_all(
                replace(slot, status=None),
                weights,
                library.load(candidate.report),
                free,
                place=where.place,
                inner=where.inner,
            )
            if match.own >= OTHER_SHARE and match.named >= OTHER_NAMED
        )
    if slot.status is not None:
        target = slot.status is Status.TARGET
        matches = [m for m in matches if (m.figure.status is Status.TARGET) != target]
    matches.sort(key=lambda m: (-m.score, m.figure.span))
    return matches


def _notes(query: Query, where: Scope, year: int) -> tuple[str, ...]:
    notes = list(where.notes)
    if "period" in query.carried and query.periods:
        notes.append(f"沿用上一问的年份:{query.periods[0]}" if not query.periods[0].relative else "沿用上一问的年份")
    if query.periods and query.report_year is None and not query.periods[0].relative:
        last = max(p.last for p in query.periods)
        if last == year - 1:
            notes.append(f"{last}年实绩取自{year}年报告")
    return tuple(notes)


def _scope_words(where: Scope) -> str:
    reports = "、".join(f"{c.report}×{c.weight:.2f}" for c in where.candidates[:6])
    return f"{where.place or '不限地区'}:{reports or '无'}"


def _query_words(query: Query) -> tuple[tuple[str, str], ...]:
    return (
        ("form", query.form.value),
        ("content", query.content),
        ("context", query.context),
        ("periods", " ".join(p.surface or str(p) for p in query.periods)),
        ("report_year", str(query.report_year or "")),
        ("status", query.status.value if query.status else ""),
        ("asks", " ".join(f"{a.measure.value if a.measure else '?'}{a.unit}" for a in query.asks)),
        ("several", "yes" if query.several else ""),
    )
