"""总结一下, 主要指标有哪些: the headline figures of a report, or its tasks, section by section, all quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.citing import Quotes, clip, quote
from retrieval.answer.library import Loaded, Stated
from retrieval.answer.matching import Match
from retrieval.model import Answer, Kind, Measure, SectionKind, Status
from retrieval.query import Query

__all__ = ["overview"]

_HEADLINE = 16
_TASKS = re.compile(r"重点工作|任务|打算做|要做")
_NAMED = frozenset({Measure.LEVEL, Measure.GROWTH, Measure.COUNT, Measure.SHARE, Measure.MULTIPLE})


def overview(query: Query, loaded: Loaded, notes: tuple[str, ...]) -> Answer:
    """The report's headline figures in the order of the text; its tasks where those are asked for."""
    if _TASKS.search(query.text):
        tasks = _tasks(loaded, notes)
        if tasks is not None:
            return tasks
    quotes = Quotes()
    figures = tuple(quotes.figure(Match(loaded, stated, 0.0, 0.0, 0.0, 0.0, 0.0)) for stated in _headline(loaded))
    name = f"{loaded.report.place.name}{loaded.report.year}年政府工作报告"
    return Answer(Kind.FIGURES, figures=figures, citations=quotes.citations, notes=notes, topic=f"{name}·主要指标")


def _headline(loaded: Loaded) -> list[Stated]:
    """Figures of indicators the lexicon knows, each indicator once for results and once for targets; where those are
    few, the first figures of each passage beside them."""
    chosen: list[Stated] = []
    seen: set[tuple[str, bool]] = set()
    for stated in loaded.figures:
        figure = stated.figure
        key = (figure.indicator_id or "", figure.status is Status.TARGET)
        if not figure.indicator_id or figure.measure not in _NAMED or key in seen or _aside(loaded, stated):
            continue
        seen.add(key)
        chosen.append(stated)
    results = _spread([s for s in chosen if s.figure.status is not Status.TARGET], _HEADLINE)
    targets = _spread([s for s in chosen if s.figure.status is Status.TARGET], _HEADLINE // 2)
    picked = results + targets
    passages = {s.passage for s in picked}
    if len(picked) < _HEADLINE:
        for stated in loaded.figures:
            if stated.passage in passages or stated.figure.measure not in _NAMED or _aside(loaded, stated):
                continue
            passages.add(stated.passage)
            picked.append(stated)
            if len(picked) >= _HEADLINE * 2:
                break
    return sorted(picked, key=lambda s: s.figure.span)


def _spread(chosen: Sequence[Stated], most: int) -> list[Stated]:
    """At most `most` figures over all passages: most of them where the report sums itself up, a few from each other."""
    held: dict[int, list[Stated]] = {}
    for stated in chosen:
        held.setdefault(stated.passage, []).append(stated)
    summary = max(held, key=lambda passage: len(held[passage]), default=-1)
    picked = held.pop(summary, [])[: most * 2 // 3]
    rounds = 0
    while len(picked) < most and any(held.values()) and rounds < most:
        for own in held.values():
            if own and len(picked) < most:
                picked.append(own.pop(0))
        rounds += 1
    return picked


def _aside(loaded: Loaded, stated: Stated) -> bool:
    """Whether the figure stands in a glossary or annex, or is another place's."""
    return loaded.kind(stated.passage) in (SectionKind.NOTES, SectionKind.ANNEX) or (
        bool(stated.figure.place) and stated.figure.place != loaded.report.place.name
    )


def _tasks(loaded: Loaded, notes: tuple[str, ...]) -> Answer | None:
    """The first sentence of each task section; None where the report has no such part."""
    quotes = Quotes()
    seen: set[int] = set()
    for sentence in loaded.sentences:
        section = loaded.outline.passages[sentence.passage].section
        if sentence.kind is not SectionKind.TASKS or section in seen:
            continue
        seen.add(section)
        quotes.add(quote(loaded, clip(loaded.report.text, sentence.span, sentence.span), sentence.passage))
        if len(seen) >= _HEADLINE:
            break
    if not seen:
        return None
    name = f"{loaded.report.place.name}{loaded.report.year}年政府工作报告"
    return Answer(Kind.PASSAGES, citations=quotes.citations, notes=notes, topic=f"{name}·重点工作")
