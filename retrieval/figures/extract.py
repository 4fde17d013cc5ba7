"""Passages to Figures: each quantity with its subject, measure, direction, status, period and place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.figures import timing
from retrieval.figures.meaning import is_threshold, measure, qualifier
from retrieval.figures.naming import Named, name_all
from retrieval.figures.numbers import scale
from retrieval.figures.quantities import quantities
from retrieval.figures.standing import TARGETS, all_expected, expectations, status
from retrieval.figures.nouns import topic
from retrieval.figures.timing import Event, Frame
from retrieval.figures.values import Context, Quantity
from retrieval.lexicon import indicators
from retrieval.lexicon.tense import ahead
from retrieval.model import Figure, Measure, Outline, Report, Section, SectionKind, Span, Status
from retrieval.passages.sentences import split
from retrieval.text import View, view

__all__ = ["extract", "extract_report"]

_AHEAD = frozenset(
    {SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD, SectionKind.CLOSING}
)
_BACK = frozenset({SectionKind.REVIEW, SectionKind.TERM_REVIEW})
_UNTOLD = frozenset({SectionKind.OTHER, SectionKind.PREAMBLE})
_TELLING = 60  # characters from which a passage's tense counts
_PLAIN = 1.0
_CLAUSE = 400  # characters before a quantity in which its clause is sought
_EVENTS = 12  # times before a quantity that are weighed
_NEAR = 240  # characters
_OPENING = 60  # characters of a sentence in which a stretch of years may open it
_ENOUGH = 6  # passages of a section that are looked at
_SOURCE = re.compile(r"\s*(?:source|url|来源)\s*:\s*\S+\s*$")
_STOPS = re.compile(r"[,;。:]")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for a passage: its stretch of years, whether its figures are targets of a list, all of them estimates."""

    context: Context
    frame: Frame
    goal: bool = False
    expected: bool = False


def extract(text: str, context: Context) -> tuple[Figure, ...]:
    """Figures of a paragraph; spans count its characters. Works on any text: what is no figure is left out."""
    seen = view(text, Span(0, len(text)))
    kind = context.kind
    if kind is None:
        kind = SectionKind.TASKS if ahead(seen.text) > 0 else SectionKind.REVIEW
    setting = _Setting(context, timing.of_section((), kind, context.year))
    longs = [
        event.frame
        for event in timing.events(seen.text, context.year)
        if event.frame.long and event.frame.last == context.year - 1
    ]
    if kind is SectionKind.REVIEW and longs:
        setting = replace(setting, frame=longs[0])
    elif kind is SectionKind.REVIEW and "年均" in seen.text and not re.search(r"(?:19|20)\d\d年|五”", seen.text):
        setting = replace(setting, frame=Frame(context.year - 5, context.year - 1, False))
    figures, _ = _figures(seen, text, setting)
    return figures


def extract_report(report: Report, outline: Outline) -> tuple[tuple[Figure, ...], ...]:
    """The figures of each passage of a report."""
    found: list[tuple[Figure, ...]] = []
    setting: _Setting | None = None
    main = section = -1
    views = [view(report.text, passage.span, report.masks) for passage in outline.passages]
    kinds = _kinds(outline, views)
    for passage, seen in zip(outline.passages, views, strict=True):
        if passage.section != section:
            section = passage.section
            root = _root(outline, section)
            opened = _open(outline, section, report, kinds[section])
            titled = any(e.known and not e.base for e in timing.events(outline.sections[section].title, report.year))
            if setting is None or root != main or titled or opened.frame.ahead != setting.frame.ahead:
                setting = opened
            main = root
        assert setting is not None
        figures, setting = _figures(seen, report.text, setting)
        found.append(figures)
    return tuple(found)


def _root(outline: Outline, number: int) -> int:
    parent = outline.sections[number].parent
    while parent is not None:
        number, parent = parent, outline.sections[parent].parent
    return number


def _open(outline: Outline, number: int, report: Report, kind: SectionKind) -> _Setting:
    """What holds at the beginning of a section."""
    section = outline.sections[number]
    context = Context(report.year, report.place.name, kind)
    return _Setting(context, timing.of_section(section.path, kind, report.year))


def _kinds(outline: Outline, views: Sequence[View]) -> list[SectionKind]:
    """The kinds of sections, corrected where the tense of their words is plainly another than their heading's."""
    told: list[list[float]] = [[] for _ in outline.sections]
    for passage, seen in zip(outline.passages, views, strict=True):
        if len(seen.text) >= _TELLING and len(told[passage.section]) < _ENOUGH:
            told[passage.section].append(ahead(seen.text))
    pooled = [list(scores) for scores in told]
    for number in range(len(told) - 1, -1, -1):
        parent = outline.sections[number].parent
        if parent is not None:
            pooled[parent].extend(pooled[number])
    kinds = []
    for number, section in enumerate(outline.sections):
        kind = _settled(outline, section)
        mean = _mean(told[number])
        if abs(mean) < _PLAIN and section.parent is not None and len(pooled[section.parent]) >= _ENOUGH // 2:
            mean = _mean(pooled[section.parent])
        if mean:
            if (kind in _BACK or kind in _UNTOLD) and mean > _PLAIN:
                kind = SectionKind.TASKS
            elif (kind in _AHEAD or kind in _UNTOLD) and mean < -_PLAIN:
                kind = SectionKind.REVIEW
        kinds.append(kind)
    return kinds


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.0


def _settled(outline: Outline, section: Section) -> SectionKind:
    """A section's kind, a list of good deeds under a review being a review."""
    above = section
    while above.parent is not None:
        above = outline.sections[above.parent]
    if above.kind in _BACK and section.kind in _AHEAD:
        return above.kind
    return section.kind


def _figures(seen: View, source: str, setting: _Setting) -> tuple[tuple[Figure, ...], _Setting]:
    """The figures of a passage, and what holds after it."""
    text = seen.text
    if _SOURCE.match(text):
        return (), setting
    if all_expected(text):
        setting = replace(setting, expected=True)
    found = quantities(text)
    year = setting.context.year
    out: list[Figure] = []
    before = ""
    at = 0
    local = setting
    greeted = True
    for start, end in split(seen):
        sentence = text[start:end]
        inside: list[Quantity] = []
        while at < len(found) and found[at].start < end:
            if found[at].start >= start and found[at].end <= end:
                inside.append(_moved(found[at], -start, sentence))
            at += 1
        times = timing.events(sentence if inside else sentence[:_OPENING], year)
        opening = timing.begins(sentence, times)
        if opening is not None:
            goal = local.goal and opening.frame.ahead
            local = replace(local, frame=opening.frame, goal=goal)
            if greeted and (opening.frame.long or opening.frame.last in (year - 1, year)):
                setting = replace(setting, frame=opening.frame, goal=goal)
        if "目标" in sentence and TARGETS.search(sentence):
            local = replace(local, goal=True)
            if sentence.rstrip().endswith(":"):
                setting = replace(setting, goal=True, frame=local.frame)
        greeted = greeted and len(sentence) <= 8
        if inside:
            named = name_all(sentence, inside, before)
            out.extend(_build(seen, source, start, sentence, named, times, local, len(out)))
            before = named[-1].name or before
        else:
            before = topic(re.split(r"[,;。:]", sentence, maxsplit=1)[0])
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
    )
    return replace(moved, measure=Measure.THRESHOLD) if is_threshold(sentence, moved) else moved


def _build(
    seen: View,
    source: str,
    offset: int,
    sentence: str,
    named: Sequence[Named],
    times: Sequence[Event],
    setting: _Setting,
    earlier: int,
) -> Iterator[Figure]:
    """Figures of a sentence's named quantities; `earlier` of the passage stand before them."""
    streak: Quantity | None = None
    made = earlier
    hopes = expectations(sentence)
    parent: int | None = None
    last_group = -1
    for one in named:
        quantity = one.quantity
        what, direction = measure(one)
        window = max(0, quantity.start - _CLAUSE)
        clause_at = max((m.end() for m in _STOPS.finditer(sentence, window, quantity.start)), default=window)
        frame, base, is_named = _when(sentence, quantity, clause_at, one, times, setting)
        origin = one.role == "from"
        clause = sentence[max(window, min(clause_at, one.start)) : quantity.start]
        held = status(hopes, quantity.start, clause, frame, named=is_named, origin=origin, goal=setting.goal)
        if one.done or (what is Measure.RANK and "巩固" in clause):
            held = Status.ACTUAL
        if setting.expected and held is Status.ACTUAL:
            held = Status.ESTIMATED
        when = _stated(quantity, one, what, frame, base, held, origin, setting)
        if streak and what is Measure.GROWTH and one.start <= streak.start and len(when) == 4 and streak.unit == "年":
            when = f"{int(when) - int(streak.value or 1) + 1}-{when}"
        streak = quantity if what is Measure.STREAK and quantity.unit == "年" and quantity.qualifier == "连续" else None
        if re.search(r"目标$", one.near.strip()) or (one.near.strip().endswith("的目标")):
            held = Status.TARGET
        span = seen.span(offset + quantity.start, offset + quantity.end)
        first = min(one.start, quantity.start)
        words = seen.span(offset + first, offset + max(one.end, quantity.end))
        if one.sub and made > earlier:
            parent = made - 1 if parent is None or one.group != last_group else parent
        elif one.group != last_group:
            parent = None
        last_group = one.group
        unit, factor = quantity.unit, scale(quantity.unit)
        if what is Measure.RATIO and unit:
            unit = span.of(source)[-len(unit) :]
        for name in (one.name, *one.copies):
            made += 1
            yield Figure(
                span=span,
                surface=span.of(source),
                value=quantity.value,
                unit=unit,
                upper=quantity.upper,
                base_unit=factor[1] or unit,
                scaled=quantity.value * factor[0]
                if quantity.value is not None and not hasattr(quantity.value, "numerator")
                else quantity.value,
                qualifier=qualifier(sentence, quantity),
                measure=what,
                direction=direction,
                status=held,
                period=when,
                place=setting.context.place,
                indicator=name,
                indicator_id=_known(name),
                basis=one.basis or (f"比{base}年" if base else ""),
                scope=one.scope,
                wording=span.of(source) if quantity.value is None else None,
                clause=words,
                parent=parent if one.sub else None,
                group=one.group,
            )


def _when(
    sentence: str, quantity: Quantity, clause_at: int, one: Named, times: Sequence[Event], setting: _Setting
) -> tuple[Frame, int, bool]:
    """The stretch a quantity is told of, the year it is compared with, and whether words name the stretch."""
    frame, base, is_named = setting.frame, 0, False
    year = setting.context.year
    for event in _before(times, quantity.start):
        between = sentence[event.end : min(quantity.start, event.end + _NEAR)]
        if "目标" in between and re.search(r"目标\D{0,3}\d", between):
            continue
        if event.base:
            near = not re.search(r"[,;。]", between)
            if near or between.startswith(("相比", "比")):
                base = event.base
            continue
        if event.origin:
            if one.role == "from" and event.start >= clause_at:
                frame, is_named = event.frame, True
            continue
        if (
            quantity.unit == "倍"
            and event.start >= clause_at
            and re.search(r"是|为|相当于", sentence[clause_at : event.start])
        ):
            continue
        if not event.known:
            if not frame.ahead and frame.long:
                frame = event.frame
            continue
        if (
            event.frame.first == event.frame.last == year
            and not frame.ahead
            and setting.frame.last == year - 1
            and "今年以来" in sentence
        ):
            continue
        if one.role == "from" and event.start < clause_at and event.frame.long is False and event.frame.last < year - 1:
            continue
        if (
            setting.frame.long
            and not event.frame.long
            and event.frame.last == setting.frame.last
            and re.search(r"[,;]", between)
            and re.search(r"\d", sentence[: event.start])
        ):
            continue
        frame, is_named = event.frame, True
        if setting.frame.ahead and frame.long and not frame.ahead and sentence[event.start] == "五":
            frame = Frame(year, year + frame.last - frame.first, True)
    return frame, base, is_named


def _before(times: Sequence[Event], at: int) -> Sequence[Event]:
    """The last events before a position."""
    count = bisect_left(times, at, key=lambda event: event.start)
    return times[max(0, count - _EVENTS) : count]


def _stated(
    quantity: Quantity,
    one: Named,
    what: Measure,
    frame: Frame,
    base: int,
    held: Status,
    origin: bool,
    setting: _Setting,
) -> str:
    """A figure's period."""
    year = setting.context.year
    if origin:
        if re.search(r"(?:上|去)年的?\s*$", one.near):
            return str(year - 1 if setting.frame.ahead else year - 2)
        if frame.long:
            return str(frame.first - 1)
        if frame != setting.frame:
            return str(
                frame.last
                if "上年" not in one.detail and "去年" not in one.detail
                else (year - 1 if setting.frame.ahead else year - 2)
            )
        return str(year - 1) if frame.ahead else str(frame.last)
    if held is not Status.TARGET and frame.ahead:
        frame = Frame(year - 1, year - 1, False)
    elif held is Status.TARGET and not frame.ahead:
        frame = Frame(year, year, True)
    if not frame.long and "年均" in timing.means(one.near) and not base:
        frame = Frame(year, year + 4, True) if frame.ahead else Frame(year - 5, year - 1, False)
    stock = bool(one.right) and not one.dropped
    return timing.period(quantity, one.near, one.name, one.lead, what, frame, base, stock=stock)


@lru_cache(8192)
def _known(name: str) -> str | None:
    """The lexicon's indicator a name ends with or holds."""
    found = indicators.mentions(name)
    return found[-1].indicator.id if found else None
