"""Passages to Figures: each quantity with its subject, measure, direction, status, period and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.figures import sections, stretches, timing, when
from retrieval.figures.building import Sentence, build
from retrieval.figures.meaning import is_threshold
from retrieval.figures.naming import name_all
from retrieval.figures.nouns import topic
from retrieval.figures.quantities import quantities
from retrieval.figures.sections import Setting
from retrieval.figures.standing import TARGETS, all_expected
from retrieval.figures.timing import Frame
from retrieval.figures.values import Context, Quantity
from retrieval.lexicon.tense import AFTER_TERMS, ahead, term
from retrieval.model import Figure, Measure, Outline, Report, SectionKind, Span
from retrieval.passages.sentences import split
from retrieval.text import View, view

__all__ = ["extract", "extract_report", "walk"]

_SOURCE = re.compile(r"\s*(?:source|url|来源)\s*:\s*\S+\s*$")
_CLAUSE = re.compile(r"[,;。:]")
_REVIEWS = frozenset({SectionKind.REVIEW, SectionKind.TERM_REVIEW})
_OPENING = 60  # characters of a sentence in which a stretch of years may open it


def extract(text: str, context: Context) -> tuple[Figure, ...]:
    """Figures of a paragraph; spans count its characters. Works on any text: what is no figure is left out."""
    seen = view(text, Span(0, len(text)))
    kind = context.kind
    if kind is None:
        kind = SectionKind.TASKS if ahead(seen.text) > 0 else SectionKind.REVIEW
    setting = Setting(context, timing.of_section((), kind, context.year))
    longs = [
        event.frame
        for event in timing.events(seen.text, context.year)
        if event.frame.long and event.frame.last == context.year - 1
    ]
    if kind is SectionKind.REVIEW and longs:
        setting = replace(setting, frame=longs[0])
    elif kind is SectionKind.REVIEW and (
        ("年均" in seen.text and not re.search(r"(?:19|20)\d\d年|五”", seen.text))
        or (context.kind is None and _of_term(seen.text, context.year, planned=False))
    ):
        setting = replace(setting, frame=Frame(context.year - 5, context.year - 1, False))
    elif kind is SectionKind.TASKS and context.kind is None and _of_term(seen.text, context.year, planned=True):
        setting = replace(setting, frame=Frame(context.year, context.year + 4, True))
    figures, _ = _figures(seen, text, setting)
    return figures


def _of_term(text: str, year: int, *, planned: bool) -> bool:
    """Whether a paragraph without its heading tells of five years and not of one, in a report that follows a plan or a
    term."""
    return year % 5 in AFTER_TERMS and term(text, year, planned=planned) > 0


def extract_report(report: Report, outline: Outline) -> tuple[tuple[Figure, ...], ...]:
    """The figures of each passage of a report."""
    return tuple(figures for _, _, figures in walk(report, outline))


def walk(report: Report, outline: Outline) -> Iterator[tuple[View, Setting, tuple[Figure, ...]]]:
    """Each passage of a report with what holds where it begins and its figures."""
    setting = Setting(
        Context(report.year, report.place.name, early=sections.early(report)),
        Frame(report.year - 1, report.year - 1, False),
    )
    main = section = -1
    views = [view(report.text, passage.span, report.masks) for passage in outline.passages]
    kinds = sections.kinds(outline, views, report.document, report.year)
    told = stretches.frames(outline, views, kinds, report.year)
    for passage, seen, frame in zip(outline.passages, views, told, strict=True):
        if passage.section != section:
            section = passage.section
            root = sections.root(outline, section)
            opened = sections.opening(outline, section, report, kinds[section])
            titled = any(e.known and not e.base for e in timing.events(outline.sections[section].title, report.year))
            if (
                root != main
                and setting.frame.long
                and not setting.frame.ahead
                and opened.frame == Frame(report.year - 1, report.year - 1, False)
                and kinds[section] is SectionKind.REVIEW
                and main >= 0
                and not any(timing.events(title, report.year) for title in outline.sections[section].path)
            ):
                # 一、经济实力跃上新台阶 二、城乡面貌焕然一新: chapters of one review.
                opened = replace(opened, frame=setting.frame)
            if root != main or titled or opened.frame.ahead != setting.frame.ahead:
                setting = opened
            main = root
        held = setting
        if frame is not None and frame.ahead == setting.frame.ahead:
            held = replace(setting, frame=frame)
        elif kinds[section] is SectionKind.NOTES and ahead(seen.text) > 0:
            # What a glossary says of plans is planned: 用两年时间，拆除100万平方米.
            held = replace(setting, frame=Frame(report.year, report.year, True))
        figures, setting = _figures(seen, report.text, held)
        yield seen, held, figures


def _figures(seen: View, source: str, setting: Setting) -> tuple[tuple[Figure, ...], Setting]:
    """The figures of a passage, and what holds after it."""
    text = seen.text
    if _SOURCE.match(text):
        return (), setting
    found = quantities(text)
    year = setting.context.year
    out: list[Figure] = []
    before = ""
    at = 0
    local = setting
    greeted = True
    entered = setting.frame
    for start, end in split(seen):
        sentence = text[start:end]
        inside: list[Quantity] = []
        while at < len(found) and found[at].start < end:
            if found[at].start >= start and found[at].end <= end:
                inside.append(_moved(found[at], -start, sentence))
            at += 1
        times = timing.events(sentence if inside else sentence[:_OPENING], year)
        opening = timing.begins(sentence, times)
        if opening is not None and (opening.frame.ahead <= local.frame.ahead or local.context.kind not in _REVIEWS):
            frame = opening.frame
            if not sentence.startswith("来", opening.end - 1):
                frame = when.forward(sentence, opening, local)
            goal = local.goal and frame.ahead
            local = replace(local, frame=frame, goal=goal)
            # 未来五年…。今年是…之年: the work of a year, opened with a look ahead.
            back = entered.ahead and frame == entered and not frame.long
            if back or (greeted and (frame.long or frame.last in (year - 1, year))):
                setting = replace(setting, frame=frame, goal=goal)
        if ("目标" in sentence or "指标" in sentence) and TARGETS.search(sentence):
            local = replace(local, goal=True)
            if sentence.rstrip().endswith(":"):
                setting = replace(setting, goal=True, frame=local.frame)
        greeted = greeted and len(sentence) <= 8
        if all_expected(sentence):
            local = replace(local, expected=True)
        if inside:
            named = name_all(sentence, inside, before)
            held = local
            if sentence.startswith("其中") and out and len(out[-1].period) > 4:
                # What a sum is made of is of the same years.
                first, last = map(int, out[-1].period.split("-"))
                held = replace(local, frame=Frame(first, last, last >= year))
            out.extend(
                build(
                    Sentence(seen, source, start, sentence, times, held),
                    named,
                    len(out),
                    (out[-1].group or 0) if out else 0,
                )
            )
            before = named[-1].name or before
        else:
            before = topic(_CLAUSE.split(sentence, maxsplit=1)[0])
    return tuple(out), setting


def _moved(quantity: Quantity, by: int, sentence: str) -> Quantity:
    """A quantity of a passage with its positions counted in its sentence."""
    moved = Quantity(
        quantity.start + by,
        quantity.end + by,
        min(quantity.behind + by, len(sentence)),
        quantity.value,
        quantity.unit,
        quantity.upper,
        quantity.measure,
        quantity.direction,
        quantity.qualifier,
        quantity.sign,
    )
    return replace(moved, measure=Measure.THRESHOLD) if is_threshold(sentence, moved) else moved
