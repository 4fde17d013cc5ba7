"""Questions that one report answers: its figures, its sentences, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.answer import abstaining, denying, premises
from retrieval.answer.breaking import broken_off
from retrieval.answer.figures import Considering, Found, chosen
from retrieval.answer.library import Library, Loaded
from retrieval.answer.matching import Match
from retrieval.answer.refusing import refuse
from retrieval.answer.scope import Candidate, Scope, scope
from retrieval.answer.scoring import Action, decide, fitted, settled
from retrieval.answer.scoring.columns import years
from retrieval.answer.searching import Search, explained, others_of, search, speaking
from retrieval.answer.sentences import Hit
from retrieval.answer.spelt import spelt
from retrieval.answer.telling import contradicted, figures, passages
from retrieval.answer.tenable import WHEN, considered, of_another_year, of_inner
from retrieval.answer.tracing import query_words, scope_words, with_decision
from retrieval.answer.weights import Weights, grams
from retrieval.lexicon import indicators
from retrieval.lexicon.question_words import cues
from retrieval.model import Answer, Kind, Reason, Status, Trace
from retrieval.query import Form, Query, Slot, is_bare, is_keywords, slots
from retrieval.query import asks as asking
from retrieval.query.wording import AHEAD

__all__ = ["from_one", "says", "told_in_one"]

# Where no year was named, figures of the place's other reports answer where their names hold this share of the words.
SURE = 0.75
# An answer that is likelier right than wrong.
EVEN = 0.5


def from_one(
    query: Query, where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str]:
    """The likeliest of the answers that the reports in scope bear out."""
    others = [n for n in range(len(query.places)) if n not in where.used] if query.place_spans else []
    # A place inside the report's own is a word to look for.
    others += [n for n in where.used if query.place_spans and where.inner and query.place_words[n] == where.inner]
    asked = slots(query, others)
    names_something = any(says(slot) for slot in asked)
    if (broken := broken_off(query, where, library, says=names_something)) is not None:
        return broken
    if not names_something:
        return abstaining.none(query, where, Reason.NOT_MENTIONED, trace=trace), where.candidates[0].report
    if hit := _contrary(query, where, library):
        return contradicted(query, [hit], where, replace(trace, rule="premise"))
    considering, weighed, found = considered(query, asked, where, library, last_report=last_report, today=today)
    if found is not None and (decision := settled(weighed)) is not None:
        return _given(query, found, where, considering, with_decision(trace, decision))
    searched = search(query, asked, where, library, last_report=last_report, today=today)
    decision = decide(query, weighed, speaking(query, searched.hits), fitted())
    trace = with_decision(trace, decision)
    if found is not None and _preferred(decision.action, query, found):
        return _given(query, found, where, considering, trace)
    if found is None and decision.best is not None:
        found = chosen(decision.best.reading, decision.best.found, asked)
    if decision.action is Action.PASSAGES and _dated(query, searched.hits) and not _amount_of_known(query, asked):
        hits = searched.hits
        figured = found.scored.get(0, ()) if found is not None else ()
        if against := _against(query, searched, hits, figured):
            hit, reason = against
            return contradicted(query, [hit], searched.where, replace(trace, rule="premise"), reason)
        terms = explained(query, searched, library)
        return passages(query, hits, searched.where, replace(trace, rule="sentences", terms=terms or trace.terms))
    for elsewhere in (_afar, _earlier):
        if told := elsewhere(query, asked, where, library, trace, last_report=last_report, today=today):
            return told
    if said := spelt(asked, searched.hits):
        return passages(query, said, searched.where, replace(trace, rule="spelt"))
    if found is not None and (other := _turned(query, found)):
        return _denied(query, other, where, trace)
    if not where.inner and (hit := _said_otherwise(query, searched.weights, searched.hits)):
        return contradicted(query, [hit], where, replace(trace, rule="premise"))
    slot = asked[0] if found is None else found.slots[0]
    nearest = considering.nearest(slot) if found is None else found.scored.get(0, ())
    return refuse(slot, nearest, where, considering, replace(trace, rule="refused"))


def _contrary(query: Query, where: Scope, library: Library) -> Hit | None:
    """The sentence that denies what the question states, whatever else the reports say."""
    reports = _own_reports(query, where, library) if denying.states(query) else []
    if reports and (denial := denying.stated_otherwise(query, reports)):
        return Hit(denial.loaded, denial.sentence, 1.0, 1.0)
    return premises.good_harvest(query, where.candidates[0].report, library)


def _own_reports(query: Query, where: Scope, library: Library) -> list[Loaded]:
    """The reports that plan the last year asked about and look back on it."""
    last = max((period.last for period in query.periods if not period.relative), default=0)
    rows = library.rows.of(where.place) if last else ()
    return [library.load(row.id) for row in rows if row.year in (last, last + 1)]


def _given(query: Query, found: Found, where: Scope, considering: Considering, trace: Trace) -> tuple[Answer, str]:
    """The chosen figures, save where they deny what the question takes for granted, or are but the plans of a year
    whose results are asked for, or results where nothing but a plan is."""
    if where.inner and not of_inner(found, found.slots, where.inner):
        refused = abstaining.not_of_inner(query, where, trace=replace(trace, rule="refused"))
        return refused, where.candidates[0].report
    if other := _turned(query, found):
        return _denied(query, other, where, trace)
    if query.status is Status.TARGET and _only_done(found):
        # What was aimed at for the year may stand in an earlier plan.
        aims = [replace(slot, status=Status.TARGET) for slot in found.slots]
        told = _afar(
            query,
            aims,
            where,
            considering.library,
            trace,
            last_report=considering.last_report,
            today=considering.today,
        )
        if told is not None and all(figure.figure.status is Status.TARGET for figure in told[0].figures):
            return told
    if asking.aimed(query.text) and _only_done(found):
        slot = replace(found.slots[0], status=Status.TARGET)
        return refuse(slot, found.chosen.matches, where, considering, replace(trace, rule="refused"))
    found = _of_its_years(found)
    if planned := _only_planned(query, found, where):
        refused = abstaining.none(query, where, Reason.ONLY_TARGET, planned, trace=replace(trace, rule="refused"))
        return refused, planned[0].loaded.row.id
    return figures(query, found, where, replace(trace, rule="figures"))


def _only_done(found: Found) -> bool:
    """Whether all chosen figures are results."""
    return all(match.figure.status is not Status.TARGET for match in found.chosen.matches)


def _of_its_years(found: Found) -> Found:
    """The chosen figures without plans of other years than were asked about; the slots they were chosen for are told as
    left open."""
    apart = [
        n
        for n, (match, number) in enumerate(zip(found.chosen.matches, found.chosen.numbers, strict=True))
        if match.figure.status is Status.TARGET
        and found.slots[number].status is not Status.TARGET
        and of_another_year(match, found.scopes[number])
    ]
    if not apart:
        return found
    kept = [n for n in range(len(found.chosen.matches)) if n not in apart]
    return replace(
        found,
        chosen=replace(
            found.chosen,
            matches=tuple(found.chosen.matches[n] for n in kept),
            numbers=tuple(found.chosen.numbers[n] for n in kept),
            empty=(*found.chosen.empty, *(found.slots[found.chosen.numbers[n]] for n in apart)),
        ),
    )


def _denied(query: Query, other: Match, where: Scope, trace: Trace) -> tuple[Answer, str]:
    hit = Hit(other.loaded, other.stated.sentence, other.score, other.share)
    return contradicted(query, [hit], where, replace(trace, rule="premise"), Reason.FALSE_PREMISE)


def _only_planned(query: Query, found: Found, where: Scope) -> Sequence[Match]:
    """The chosen figures where all are plans of years that a later report looks back on, and no plan is asked for."""
    slots = [found.slots[number] for number in found.chosen.numbers]
    if query.status is Status.TARGET or any(slot.status is Status.TARGET for slot in slots):
        return ()
    if AHEAD.search(query.question) or _TASKS.search(query.text) or any(c.kind == "outlook" for c in cues(query.rest)):
        return ()
    # 2012年一亩地补多少: what is set for a year is an answer, unless it is a result that is counted every year.
    counted = any(match.figure.indicator_id for match in found.chosen.matches) and not is_keywords(query.text)
    if not (counted or any(slot.done for slot in slots) or _RESULTED.search(query.text)):
        return ()
    superseded = {c.report for c in where.candidates if c.superseded}
    planned = [m for m in found.chosen.matches if m.figure.status is Status.TARGET and m.loaded.row.id in superseded]
    return planned if len(planned) == len(found.chosen.matches) else ()


def _preferred(action: Action, query: Query, found: Found) -> bool:
    """Whether figures are given: they are the likeliest, or a bare name of a known indicator (GDP增速, 财政收入) has
    found that indicator, which is never refused."""
    named = all(_is_indicator(slot.words) for slot in found.slots)
    if action is Action.PASSAGES and query.form is Form.YESNO and named and _CLAIMED.search(query.rest):
        # GDP增长7%对吗: the figure itself tells.
        return all(match.of_indicator for match in found.chosen.matches)
    if action is not Action.REFUSE:
        return action is Action.FIGURES
    return (
        named
        and (is_bare(query.text) or len(query.content) <= _BRIEF)
        and all(match.of_indicator and not _of_more_years(match, query) for match in found.chosen.matches)
        and all(
            found.slots[number].ask.measure in (None, match.figure.measure)
            for match, number in zip(found.chosen.matches, found.chosen.numbers, strict=True)
        )
    )


def _of_more_years(match: Match, query: Query) -> bool:
    """Whether a figure sums up several years where one is asked about."""
    first, last = years(match.figure.period)
    return first < last and any(period.first == period.last for period in query.periods if not period.relative)


_CLAIMED = re.compile(r"\d(?:\.\d+)?\s?(?:%|个?百分点|个点|[万亿]*元)")
# A question of so few characters names little more than an indicator: 居民收入增长多少.
_BRIEF = 6


def _is_indicator(words: str) -> bool:
    return any((mention.start, mention.end) == (0, len(words)) for mention in indicators.mentions(words))


def _amount_of_known(query: Query, asked: Sequence[Slot]) -> bool:
    """Whether nothing but the amount of a known indicator is asked for: where none is stated, no sentence answers."""
    others = {cue.kind for cue in cues(query.rest)} & {"which", "how", "why", "yesno"}
    known = [slot for slot in asked if slot.ask.unit and _is_indicator(slot.words)]
    return query.form is Form.FIGURE and not others and len(known) == len(asked)


def _dated(query: Query, hits: Sequence[Hit]) -> bool:
    """Whether sentences tell a time, where a day or a month is asked for."""
    told = (hit.loaded.sentences[hit.sentence].text for hit in hits[:_TOLD])
    return not WHEN.search(query.text) or any(_DATE.search(text) for text in told)


# A question for a day or a month is answered by sentences that name one, among the first that are shown.
_DATE = re.compile(r"\d\s?[月日]|[一二三四五六七八九十]月|年[底初末内中]|[上下]半年|季度|\d{4}年|月底|提前|按期|如期")
_TOLD = 3
# 绿化任务, 十件实事: what is set for a year.
_TASKS = re.compile(r"任务|实事")
_RESULTED = re.compile(r"了(?!解)|[较比]上一?年|同比|实际|完成")


def _turned(query: Query, found: Found) -> Match | None:
    """The chosen figure, of a year asked about, that went the other way than the question says."""
    numbered = zip(found.chosen.matches, found.chosen.numbers, strict=True)
    return denying.moved_otherwise(
        query,
        [(found.slots[n], match) for match, n in numbered if not of_another_year(match, found.scopes[n])],
    )


def _against(
    query: Query, searched: Search, enough: Sequence[Hit], figured: Sequence[Match]
) -> tuple[Hit, Reason] | None:
    """The sentence that denies what the question takes for granted, and which way."""
    if over := premises.claims_too_much(query, figured) or premises.turned(query, figured):
        return Hit(over.loaded, over.stated.sentence, over.score, over.share), Reason.FALSE_PREMISE
    weights = searched.weights
    denied = premises.contradicted(query, weights, enough) or _said_otherwise(query, weights, enough)
    if hit := denied or premises.other_count(query, enough) or premises.never(query, weights, searched.hits):
        return hit, Reason.FALSE_PREMISE
    planned = premises.only_planned(query, enough)
    return (planned, Reason.ONLY_TARGET) if planned else None


def _said_otherwise(query: Query, weights: Weights, hits: Sequence[Hit]) -> Hit | None:
    """The sentence by which a deed was not done, or something went the other way, than the question says."""
    return premises.undone(query, weights, hits) or premises.went_otherwise(query, weights, hits)


def _afar(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """Figures of reports that should not state the years asked about and do: five-year reviews and plans."""
    if not any(candidate.strict for candidate in where.candidates):
        return None
    periods = {str(period) for slot in asked for period in slot.periods}
    periods |= {str(period) for candidate in where.candidates for period in candidate.periods}
    stating = library.store.stating([candidate.report for candidate in where.candidates], periods)
    where = replace(where, candidates=tuple(c for c in where.candidates if not c.strict or c.report in stating))
    considering = Considering(query, where, library, last_report=last_report, today=today, afar=True)
    best = next(iter(considering.weighed(asked)), None)
    if best is None or best.chance < EVEN or best.reading.how == "drop":
        return None
    found = chosen(best.reading, best.found, asked)
    years = {str(period) for slot in found.slots for period in slot.periods}
    if not all(m.figure.period in years and m.named >= SURE and not m.doubtful for m in found.chosen.matches):
        return None
    if other := _turned(query, found):
        return _denied(query, other, where, trace)
    unmet = [m for m in found.chosen.matches if m.figure.status is Status.TARGET]
    if len(unmet) == len(found.chosen.matches) and all(slot.status is not Status.TARGET for slot in found.slots):
        # What was planned for the year is no result of it.
        refused = replace(trace, rule="refused")
        return abstaining.none(query, where, Reason.ONLY_TARGET, unmet, trace=refused), unmet[0].loaded.row.id
    return figures(query, found, where, replace(trace, rule="afar"))


def _earlier(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """Figures of the place's other reports, newest first, where no year was named and the newest does not state it."""
    if query.periods or query.report_year is not None or not where.place:
        return None
    own = {c.report for c in where.candidates}
    others = [library.rows[report] for report in others_of(query, where.place, library) if report not in own]
    # The newest report by the same measure first: what it states is not told as of an older one.
    for row in (None, *others):
        there = replace(where, candidates=(Candidate(row.id, 1.0),)) if row else where
        considering = Considering(query, there, library, last_report=last_report, today=today)
        decision = decide(query, considering.weighed(asked), (), fitted())
        best = decision.best
        if best is None or best.reading.how == "drop":
            continue
        found = chosen(best.reading, best.found, asked)
        sure = all((m.named >= SURE or m.of_indicator) and not m.doubtful for m in found.chosen.matches)
        if sure and _preferred(decision.action, query, found):
            notes = [note for note in where.notes if row is None or not note.startswith("未指明年份")]
            notes += [f"未指明年份，最新的报告没有写到，取自{row.year}年报告"] if row else []
            return figures(query, found, replace(there, notes=tuple(notes)), replace(trace, rule="earlier"))
    return None


def told_in_one(
    query: Query, several: Answer, library: Library, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """The figures of one report that a question asks for which could be about several: 2002年、2007年各多少 may be
    told in one sentence. Only where several reports do not answer, one place is asked about, and nothing but the years
    sets reports side by side."""
    if several.kind is not Kind.NONE or len(query.places) != 1 or _SIDE_BY_SIDE.search(query.text):
        return None
    where = scope(query, library.rows, last_report, today)
    if where.reason is not None or not where.candidates:
        return None
    if several.reason is Reason.YEAR_MISSING and query.form is Form.PASSAGE:
        # 目标没完成，是什么原因: the words asked for need no second report.
        answer, report = from_one(query, where, library, Trace(), last_report=last_report, today=today)
        return (answer, report) if answer.kind is Kind.PASSAGES else None
    asked = slots(query)
    best = next(iter(Considering(query, where, library, last_report=last_report, today=today).weighed(asked)), None)
    if best is None or best.chance < EVEN or best.reading.how == "drop":
        return None
    found = chosen(best.reading, best.found, asked)
    if len({match.loaded.row.id for match in found.chosen.matches}) > 1:
        return None
    trace = Trace(scope=scope_words(where), query=query_words(query), rule="figures")
    return figures(query, found, where, trace)


_SIDE_BY_SIDE = re.compile(
    r"历年|逐年|每一年|各年|走势|趋势|变化|对比|比较|哪一?年|兑现|完成(?:了)?(?:吗|没|情况)|达标|谁|最[高低快慢多少大小]|"
    r"\b(?:compare|each year|every year|trend|meet|met|achieve)"
)


def says(slot: Slot) -> bool:
    """Whether a slot holds a word to look for: a lone character or number names nothing."""
    return any(not re.fullmatch(r"[\d.,%+#&-]+|[a-z]", gram) for gram in grams(slot.words or slot.context))
