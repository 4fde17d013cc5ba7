"""Query to Answer: scope, figures or sentences in scope, or a reason for neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.answer import abstaining, everywhere
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.answer.matching import Match, match_all
from retrieval.answer.overview import overview
from retrieval.answer.scope import Candidate, Scope, scope
from retrieval.answer.selecting import select
from retrieval.answer.sentences import Hit, cite, rank
from retrieval.answer.weights import Weights, weigh
from retrieval.model import Answer, Completeness, Kind, Reason, Status, Trace
from retrieval.query import Form, Query

__all__ = ["respond"]

# A figure answers where it covers this share of the question's words; a sentence where it covers that.
FIGURE_SHARE = 0.62
SENTENCE_SHARE = 0.34
# A refusal names the other status only where that figure fits this well.
OTHER_SHARE = 0.62


def respond(query: Query, library: Library, last_report: str, today: date) -> tuple[Answer, str]:
    """The answer, and the id of the report it was found in (or looked for)."""
    if query.form is Form.CHAT:
        return abstaining.off_topic(query.chat), ""
    where = scope(query, library.rows, last_report, today)
    if where.everywhere:
        where = everywhere.narrow(query, library)
    trace = Trace(scope=_scope_words(where), query=_query_words(query))
    if where.reason is not None:
        return abstaining.none(query, where, where.reason, trace=trace), ""
    if not where.candidates:
        return abstaining.none(query, where, Reason.OFF_TOPIC, trace=trace), ""
    if query.form is Form.OVERVIEW:
        best = library.load(where.candidates[0].report)
        return replace(overview(query, best, _notes(query, where, best.row.year)), trace=trace), best.row.id
    answer, report = _answer(query, where, library, trace)
    return answer, report


def _answer(query: Query, where: Scope, library: Library, trace: Trace) -> tuple[Answer, str]:
    weights = weigh(query, library.store)
    if not weights.grams:
        return abstaining.none(query, where, Reason.NOT_MENTIONED, trace=trace), where.candidates[0].report
    trace = replace(trace, terms=tuple(f"{g.text} {g.weight:.1f}" for g in weights.grams))
    matches: list[Match] = []
    if query.form is Form.FIGURE or (query.form is Form.LIST and query.asks):
        matches = _match(query, weights, where, library)
        trace = replace(
            trace,
            candidates=tuple(
                (m.score, f"{m.figure.indicator} {m.figure.surface} {m.figure.period}") for m in matches[:8]
            ),
        )
        if matches and matches[0].share >= FIGURE_SHARE:
            return _figures(query, weights, matches, where, replace(trace, rule="figures"))
    hits = rank(query, weights, library, where.candidates, where.inner)
    enough = [hit for hit in hits if hit.share >= SENTENCE_SHARE]
    if query.form is Form.FIGURE or not enough:
        return _refuse(query, weights, matches, where, library, trace=replace(trace, rule="refused"))
    return _passages(query, enough, where, replace(trace, rule="sentences"))


def _match(query: Query, weights: Weights, where: Scope, library: Library) -> list[Match]:
    matches = [
        match
        for candidate in where.candidates
        for match in match_all(
            query, weights, library.load(candidate.report), candidate, place=where.place, inner=where.inner
        )
    ]
    matches.sort(key=lambda m: (-m.score, m.figure.span))
    return matches


def _figures(
    query: Query, weights: Weights, matches: Sequence[Match], where: Scope, trace: Trace
) -> tuple[Answer, str]:
    chosen = select(query, weights, matches)
    report = chosen[0].loaded.row
    if where.missing and not _states(chosen[0], query):
        # The report that would say it is not there, and no other states that very year.
        return abstaining.none(replace(query), _missing(where), Reason.YEAR_MISSING, matches, trace=trace), report.id
    quotes = Quotes()
    figures = quotes.all(chosen)
    return (
        Answer(
            Kind.FIGURES,
            figures=figures,
            citations=quotes.citations,
            notes=_notes(query, where, report.year),
            options=where.options,
            topic=query.content,
            trace=trace,
        ),
        report.id,
    )


def _states(match: Match, query: Query) -> bool:
    return any(match.figure.period == str(period) for period in query.periods)


def _missing(where: Scope) -> Scope:
    return replace(where, message=f"年份未收录:{where.place}没有{where.missing}。")


def _passages(query: Query, hits: Sequence[Hit], where: Scope, trace: Trace) -> tuple[Answer, str]:
    best = hits[0].loaded.row
    if where.missing and best.id in {c.report for c in where.candidates if c.strict}:
        return abstaining.none(query, _missing(where), Reason.YEAR_MISSING, trace=trace), best.id
    trace = replace(trace, candidates=tuple((h.score, h.loaded.sentences[h.sentence].text[:40]) for h in hits[:8]))
    citations = tuple(cite(query, hits))
    return (
        Answer(
            Kind.PASSAGES,
            citations=citations,
            notes=_notes(query, where, best.year),
            options=where.options,
            topic=query.content,
            trace=trace,
        ),
        best.id,
    )


def _refuse(
    query: Query, weights: Weights, matches: Sequence[Match], where: Scope, library: Library, *, trace: Trace
) -> tuple[Answer, str]:
    """Name the reason: cut off, the year not there, only the other status, or not mentioned."""
    report = where.candidates[0].report
    if where.missing:
        return abstaining.none(query, _missing(where), Reason.YEAR_MISSING, trace=trace), report
    ahead = [c for c in where.candidates if not c.strict]
    cut = [
        c for c in ahead if library.rows[c.report].completeness == Completeness.CUT_OFF and _plans(query, c, library)
    ]
    if cut:
        row = library.rows[cut[0].report]
        return abstaining.cut_off(query, matches, where, f"{row.place}{row.year}年政府工作报告"), row.id
    other = _other_status(query, weights, where, library)
    reason = abstaining.reason_of(query, other, Completeness.WHOLE)
    return abstaining.none(query, where, reason, other or matches, trace=trace), report


def _plans(query: Query, candidate: Candidate, library: Library) -> bool:
    """Whether what is asked would stand among the plans of the candidate's report."""
    year = library.rows[candidate.report].year
    if query.status is Status.TARGET:
        return True
    return query.status is None and bool(candidate.periods) and all(p.first >= year for p in candidate.periods)


def _other_status(query: Query, weights: Weights, where: Scope, library: Library) -> list[Match]:
    """The same figures with the other status, in the report asked and for the year before or after."""
    found: list[Match] = []
    for candidate in where.candidates:
        if candidate.strict:
            continue
        loaded = library.load(candidate.report)
        free = replace(candidate, periods=(), weight=1.0)
        open_query = replace(query, status=None, periods=())
        found.extend(
            match
            for match in match_all(open_query, weights, loaded, free, place=where.place, inner=where.inner)
            if match.share >= OTHER_SHARE
        )
    if query.status is not None:
        target = query.status is Status.TARGET
        found = [m for m in found if (m.figure.status is Status.TARGET) != target]
    found.sort(key=lambda m: (-m.score, m.figure.span))
    return found


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
