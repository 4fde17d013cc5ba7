"""Answers about indicators as a whole: those that fell, as figures; those that missed what was expected, and what the
year is to bring, quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import abstaining
from retrieval.answer.breaking import broken_off
from retrieval.answer.citing import Quotes, quote
from retrieval.answer.fitness import AHEAD
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.answer.matching import Match
from retrieval.answer.scope import Scope
from retrieval.answer.sentences import Hit, cite
from retrieval.answer.telling import notes_of
from retrieval.model import Answer, Kind, Measure, Reason, SectionKind, Span, Status, Trace
from retrieval.query import Query
from retrieval.query.moves import Move

__all__ = ["FELL_SHORT", "moves"]

_MOST = 10
# The words in which a report admits that something fell short.
FELL_SHORT = re.compile(
    r"未(?:能)?(?:全面)?(?:达到|完成|实现)[^。;,]{0,10}(?:预期|目标|要求|计划|任务)|(?:不及|低于|未达|没有达到|未如)(?:年初)?(?:预期|预定)|"
    r"(?:预期|目标|指标|规划)[^。;]{0,24}(?:没有(?:完全|全部|如期)?(?:完成|实现)|未(?:能)?(?:完成|实现|达到|达)|差距|滞后)|未能实现"
)
_SHORT_OF = re.compile(r"(?:低于|不及|未达|没有达到|未能(?:完成|达到|实现))[^。;,]{0,6}(?:预期|目标|计划)")


def moves(query: Query, kind: Move, where: Scope, library: Library, trace: Trace) -> tuple[Answer, str]:
    """The answer and its report; a refusal where no report in scope states anything of the kind."""
    if kind is Move.GOALS:
        if (broken := broken_off(query, where, library, says=False)) is not None:
            return broken
        if where.inner:
            above = replace(where, message=f"没有收录{where.inner}的报告，{where.place}的报告不列出它的目标。")
            return abstaining.none(query, above, Reason.PLACE_MISSING, trace=trace), where.candidates[0].report
    for candidate in where.candidates:
        if candidate.strict and kind is not Move.GOALS:
            continue
        loaded = library.load(candidate.report)
        found = _OF[kind](query, loaded, where, trace)
        if found is not None:
            return found, loaded.row.id
    what = _WHAT[kind]
    silent = replace(where, message=f"报告没有写明有哪些{what}。")
    return abstaining.none(query, silent, Reason.NOT_MENTIONED, trace=trace), where.candidates[0].report


def _fell(query: Query, loaded: Loaded, where: Scope, trace: Trace) -> Answer | None:
    """Results of the year reviewed that went down: indicators the lexicon knows first, in the order of the text."""
    year = str(loaded.row.year - 1)
    fallen = [
        stated
        for stated in loaded.figures
        if stated.figure.measure is Measure.GROWTH
        and stated.figure.direction < 0
        and stated.figure.status is not Status.TARGET
        and stated.figure.period == year
        and stated.indicator
        and loaded.kind(stated.passage) not in AHEAD
    ]
    chosen = _first(fallen)
    if not chosen:
        return None
    quotes = Quotes()
    figures = quotes.all([Match(loaded, stated, 0.0, 0.0, 0.0, 0.0, 0.0) for stated in chosen])
    return Answer(
        Kind.FIGURES,
        figures=figures,
        citations=quotes.citations,
        notes=notes_of(query, where, loaded.row.year),
        options=where.options,
        topic=f"{loaded.report.place.name}下降的指标",
        trace=trace,
    )


def _first(fallen: Sequence[Stated]) -> list[Stated]:
    known = [stated for stated in fallen if stated.figure.indicator_id]
    others = [stated for stated in fallen if not stated.figure.indicator_id]
    return sorted([*known, *others][:_MOST], key=lambda stated: stated.figure.span)


def _missed(query: Query, loaded: Loaded, where: Scope, trace: Trace) -> Answer | None:
    """The sentences in which the report admits that something fell short."""
    every = [s for s in loaded.sentences if FELL_SHORT.search(s.text)]
    # 仍有几项指标低于年初预期 may open the part that looks ahead.
    said = [s for s in every if s.kind not in AHEAD] or [s for s in every if _SHORT_OF.search(s.text)]
    if not said:
        return None
    # Where a report speaks of what is wrong, it says so first.
    said.sort(key=lambda s: (s.kind is not SectionKind.PROBLEMS, s.number))
    hits = [Hit(loaded, s.number, 1.0, 1.0) for s in said[:3]]
    return Answer(
        Kind.PASSAGES,
        citations=tuple(cite(query, hits)),
        notes=notes_of(query, where, loaded.row.year),
        options=where.options,
        topic=f"{loaded.report.place.name}未达预期的指标",
        trace=trace,
    )


def _goals(query: Query, loaded: Loaded, where: Scope, trace: Trace) -> Answer | None:
    """The sentence that states what the year is to bring, with those right behind it that go on."""
    year = loaded.row.year
    asked = {period.last for period in query.periods if not period.relative}
    period = str(max(asked, default=year))
    told = Counter(
        stated.sentence
        for stated in loaded.figures
        if stated.figure.status is Status.TARGET and stated.figure.period == period
    )
    stating = [
        n
        for n, sentence in enumerate(loaded.sentences)
        if _STATED.search(sentence.text) and loaded.kind(sentence.passage) in AHEAD
    ]
    best = max(stating, key=lambda n: (told[n] + told[n + 1], -n), default=None)
    if best is None or told[best] + told[best + 1] < _FEWEST:
        return None
    passage = loaded.sentences[best].passage
    end = best
    while end + 1 < len(loaded.sentences) and loaded.sentences[end + 1].passage == passage and told[end + 1]:
        end += 1
    span = Span(loaded.sentences[best].span.start, loaded.sentences[end].span.end)
    return Answer(
        Kind.PASSAGES,
        citations=(quote(loaded, span, passage),),
        notes=notes_of(query, where, year),
        options=where.options,
        topic="目标",
        trace=trace,
    )


# 主要预期目标是: what the plans of a year begin with.
_STATED = re.compile(r"(?:预期|主要|发展|工作|奋斗|总体)目标[^。;]{0,8}?(?:为|是|:|,)")
# A sentence of fewer plans is no list of them.
_FEWEST = 2
_OF = {Move.FELL: _fell, Move.MISSED: _missed, Move.GOALS: _goals}
_WHAT = {Move.FELL: "下降的指标", Move.MISSED: "未达预期的指标", Move.GOALS: "主要预期目标"}
