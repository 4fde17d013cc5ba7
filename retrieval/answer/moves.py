"""Answers about indicators as a whole: those that fell, as figures; those that missed what was expected, quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import abstaining
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.answer.matching import Match
from retrieval.answer.scope import Scope
from retrieval.answer.sentences import Hit, cite
from retrieval.answer.telling import notes_of
from retrieval.model import Answer, Kind, Measure, Reason, SectionKind, Status, Trace
from retrieval.query import Query
from retrieval.query.moves import Move

__all__ = ["moves"]

_MOST = 10
_MISSED = re.compile(
    r"未(?:能)?(?:全面)?(?:达到|完成|实现)[^。;,]{0,10}(?:预期|目标|要求|计划|任务)|(?:不及|低于|未达|没有达到|未如)(?:年初)?(?:预期|预定)|"
    r"(?:预期|目标|指标|规划)[^。;]{0,24}(?:没有(?:完全|全部|如期)?(?:完成|实现)|未(?:能)?(?:完成|实现|达到|达)|差距|滞后)|未能实现"
)
_AHEAD = frozenset({SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD})


def moves(query: Query, kind: Move, where: Scope, library: Library, trace: Trace) -> tuple[Answer, str]:
    """The answer and its report; a refusal where no report in scope states anything of the kind."""
    for candidate in where.candidates:
        if candidate.strict:
            continue
        loaded = library.load(candidate.report)
        found = _fell(query, loaded, where, trace) if kind is Move.FELL else _missed(query, loaded, where, trace)
        if found is not None:
            return found, loaded.row.id
    what = "下降的指标" if kind is Move.FELL else "未达预期的指标"
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
        and loaded.kind(stated.passage) not in _AHEAD
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
    said = [s for s in loaded.sentences if s.kind not in _AHEAD and _MISSED.search(s.text)]
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
