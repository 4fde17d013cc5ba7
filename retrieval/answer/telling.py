"""Answers made of what was found: figures, sentences, or the sentence that contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from retrieval.answer import abstaining
from retrieval.answer.citing import Quotes
from retrieval.answer.figures import Found
from retrieval.answer.matching import Match
from retrieval.answer.scope import Scope
from retrieval.answer.sentences import Hit, cite
from retrieval.answer.tracing import with_hits
from retrieval.lexicon import units
from retrieval.model import Answer, AnswerFigure, Kind, Measure, Reason, Status, Trace
from retrieval.query import Form, Query, Slot

__all__ = ["contradicted", "dated", "figures", "missing_year", "notes_of", "passages"]


def figures(query: Query, found: Found, where: Scope, trace: Trace) -> tuple[Answer, str]:
    """The chosen figures, each cited; a refusal where the report of the very year is missing."""
    chosen = found.chosen.matches
    # Figures whose report would be another, which is not there, answer only where one of them states the very year.
    slots = [found.slots[number] for number in found.chosen.numbers]
    stated = {slot.periods for match, slot in zip(chosen, slots, strict=True) if _states(match, slot)}
    afar = [
        n
        for n, (slot, number) in enumerate(zip(slots, found.chosen.numbers, strict=True))
        if found.scopes[number].missing and slot.periods not in stated
    ]
    report = chosen[0].loaded.row
    if len(afar) == len(chosen):
        where = found.scopes[found.chosen.numbers[0]]
        return abstaining.none(query, missing_year(where), Reason.YEAR_MISSING, chosen, trace=trace), report.id
    quotes = Quotes()
    kept = [match for n, match in enumerate(chosen) if n not in afar]
    given = tuple(
        dated(answered, slots[n])
        for n, answered in zip((n for n in range(len(chosen)) if n not in afar), quotes.all(kept), strict=True)
    )
    report = kept[0].loaded.row
    told = [*_verdict(query, given), *notes_of(query, where, report.year)]
    told += [missing_year(found.scopes[found.chosen.numbers[n]]).message.rstrip("。") for n in afar]
    told += [f"报告未提及“{said}”" for slot in found.chosen.empty if (said := unmet(slot, found.chosen.matches))]
    return (
        Answer(
            Kind.FIGURES,
            figures=given,
            citations=quotes.citations,
            notes=tuple(dict.fromkeys(told)),
            options=where.options,
            topic=query.content,
            trace=trace,
        ),
        report.id,
    )


def _verdict(query: Query, given: Sequence[AnswerFigure]) -> Iterator[str]:
    """Whether the first figure answered is the one a yes/no question names."""
    named = _NAMED.findall(query.rest) if query.form is Form.YESNO else []
    if len(named) != 1 or not given:
        return
    figure, (number, unit) = given[0].figure, named[0]
    bound = bool(figure.qualifier) or figure.upper is not None
    if figure.value is None or bound or figure.direction < 0 or units.bare(unit) != units.bare(figure.unit):
        # 5%左右 is neither 5% nor another number, and of a fall the number alone says too little.
        return
    asked, stated = units.scale(unit)[0], units.scale(figure.unit)[0]
    same = Fraction(number) * Fraction(asked) == Fraction(figure.value) * Fraction(stated)
    yield "是：报告写的就是这个数" if same else f"不是：报告写的是{figure.surface}"


# A number a question names, with its unit.
_NAMED = re.compile(rf"(\d+(?:\.\d+)?)\s?([十百千万亿]*(?:{units.STATED}))")


def unmet(slot: Slot, given: Sequence[Match]) -> str:
    """How a slot nothing was found for is named: with its kind where a figure of that name is given."""
    kind = _KIND_WORDS.get(slot.ask.measure) if slot.ask.measure else None
    if kind and slot.words and any(slot.words == match.words for match in given):
        return f"{slot.words}的{kind}"
    return slot.words


_KIND_WORDS = {Measure.GROWTH: "增幅", Measure.SHARE: "占比", Measure.RANK: "位次", Measure.STREAK: "连续年数"}


def dated(answered: AnswerFigure, slot: Slot) -> AnswerFigure:
    """A figure with the year asked about, where its stretch ends in that year and it tells what is reached by then: the
    65% that a plan of five years wants, the double of five years ago."""
    figure = answered.figure
    reached = figure.measure is Measure.MULTIPLE or (figure.status is Status.TARGET and figure.measure in _REACHED)
    years = {str(period.last) for period in slot.periods if period.first == period.last}
    last = figure.period.partition("-")[2]
    return replace(answered, figure=replace(figure, period=last)) if reached and last and last in years else answered


_REACHED = frozenset({Measure.SHARE, Measure.LEVEL, Measure.RANK, Measure.RATIO, Measure.PRICE})


def _states(match: Match, slot: Slot) -> bool:
    return any(match.figure.period == str(period) for period in slot.periods)


def _of_year(query: Query, hit: Hit) -> bool:
    """Whether a sentence names a year that is asked about."""
    text = hit.loaded.sentences[hit.sentence].text
    return any(f"{period.last}年" in text for period in query.periods if not period.relative)


def missing_year(where: Scope) -> Scope:
    """The scope with the message that its report is not stored."""
    return replace(where, message=f"年份未收录：{where.place}没有{where.missing}。")


def passages(query: Query, hits: Sequence[Hit], where: Scope, trace: Trace) -> tuple[Answer, str]:
    """The best sentences, quoted."""
    best = hits[0].loaded.row
    if where.missing and best.id in {c.report for c in where.candidates if c.strict} and not _of_year(query, hits[0]):
        return abstaining.none(query, missing_year(where), Reason.YEAR_MISSING, trace=trace), best.id
    trace = with_hits(trace, hits)
    return (
        Answer(
            Kind.PASSAGES,
            citations=tuple(cite(query, hits)),
            notes=notes_of(query, where, best.year),
            options=where.options,
            topic=query.content,
            trace=trace,
        ),
        best.id,
    )


def contradicted(
    query: Query, hits: Sequence[Hit], where: Scope, trace: Trace, reason: Reason = Reason.FALSE_PREMISE
) -> tuple[Answer, str]:
    """The report says otherwise: quote it."""
    refused = abstaining.none(query, where, reason, trace=trace)
    return replace(refused, citations=tuple(cite(query, hits, 1))), hits[0].loaded.row.id


def notes_of(query: Query, where: Scope, year: int) -> tuple[str, ...]:
    """What was assumed or taken over, to be told."""
    notes = list(where.notes)
    if "period" in query.carried and query.periods:
        notes.append(f"沿用上一问的年份：{query.periods[0]}" if not query.periods[0].relative else "沿用上一问的年份")
    if "period" in query.carried and query.report_year is not None:
        notes.append(f"沿用上一问的报告：{query.report_year}年政府工作报告")
    if "status" in query.carried and query.status is Status.TARGET:
        notes.append("沿用上一问：问的是目标")
    if query.periods and query.report_year is None and not query.periods[0].relative:
        last = max(p.last for p in query.periods)
        if last == year - 1:
            notes.append(f"{last}年实绩取自{year}年报告")
    return tuple(dict.fromkeys(notes))
