"""Which passages of a report that follows a plan or a term tell of all its years, and which of the last alone.

A heading names the stretch of years, the last of them, both (2020年和“十三五”时期工作回顾) or neither. With it decide
the years each passage opens with, and the fitted weights of its words (`lexicon.tense`). The passages of a main section
are told together, as a chain in which neighbours mostly speak of the same years (Viterbi).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.figures import timing
from retrieval.figures.sections import AHEAD, BACK, root
from retrieval.figures.timing import Frame
from retrieval.lexicon import plans
from retrieval.lexicon.tense import AFTER_TERMS, term
from retrieval.model import Outline, SectionKind
from retrieval.passages.sentences import split
from retrieval.reports.years import plans_in
from retrieval.text import View

__all__ = ["frames"]

_TELLING = 40  # characters from which a passage's words count
_WORDS, _MOST = 0.7, 2.5  # the weight of what a passage's words say, and the most it may be, for or against
_ABOVE, _OWN = 0.5, 5.0  # the weight of a main section's heading and of one inside it that name years
# The weight of the words a passage opens with, of those the one before it ended with, and of a year it opens with
# though its other words are those of several (2020年各项任务圆满完成，标志着“十三五”收官).
_OPENED, _LED, _DOUBTFUL = 12.0, 6.0, 4.0
_PLAIN = 1.4  # the weight of words that make an opening doubtful
# What it costs that a passage speaks of other years than the one before it: in the same section, in the next, where
# words say so, and where none do though the main heading or words elsewhere tell.
_WITHIN, _NEXT, _SAID, _UNSAID = 6.0, 4.5, 3.0, 20.0
_FIRST = 1.5  # what it costs that the first passage tells of several years
_SHORTEST = 4  # years of a stretch that holds for what follows
_TERMS = ("五年", "届", "任期")
# 确保“十四五”开好局、起好步: the work of a plan's first year.
_COUNTED = re.compile(r"\d(?!\d*年)(?!\d)")
_BEGUN = re.compile(r"开局|开好局|起步|起好步|良好开端|第一年|首年")
_GREETING = 8  # characters of a sentence that only greets
_OPENING = 60  # characters of a sentence in which a stretch of years may open it
_TERM = 5  # years


@dataclass(frozen=True, slots=True)
class _Seen:
    """What speaks for a passage telling of several years, above zero, or of one, below: its `words`, and the years
    `named` by what it opens with and by headings. Its section; whether words say so outright; the years named."""

    section: int
    words: float
    named: float
    said: bool
    long: Frame | None
    single: Frame | None


def frames(outline: Outline, views: Sequence[View], kinds: Sequence[SectionKind], year: int) -> list[Frame | None]:
    """The years each passage of the report of `year` tells of; None where headings and openings alone tell."""
    found: list[Frame | None] = [None] * len(views)
    if year % _TERM not in AFTER_TERMS:
        return found
    runs: dict[tuple[int, bool], list[int]] = {}
    for number, passage in enumerate(outline.passages):
        kind = kinds[passage.section]
        if kind in AHEAD or kind in BACK:
            runs.setdefault((root(outline, passage.section), kind in AHEAD), []).append(number)
    for (_, planned), run in runs.items():
        _settle(outline, views, run, found, year, planned=planned)
    return found


def _settle(
    outline: Outline, views: Sequence[View], run: Sequence[int], found: list[Frame | None], year: int, *, planned: bool
) -> None:
    title = outline.sections[root(outline, outline.passages[run[0]].section)].title
    headed = _kind(title, year, planned=planned)
    openings = [_openings(views[number], year, planned=planned) for number in run]
    # Where the main heading tells and no words say otherwise, what passages say besides is not asked.
    asked = not headed or any(frame.long != (headed > 0) for pair in openings for frame in pair if frame)
    seen: list[_Seen] = []
    led: Frame | None = None
    for number, (opened, ended) in zip(run, openings, strict=True):
        told = (opened, _OPENED) if opened else (led, _LED) if led else None
        text = views[number].text
        words = term(text, year, planned=planned) if asked and len(text) >= _TELLING else 0.0
        seen.append(_seen(outline, outline.passages[number].section, words, told, (year, planned)))
        led = ended
    last = year + _TERM - 1 if planned else year - 1
    single = Frame(year, year, True) if planned else Frame(year - 1, year - 1, False)
    longs, _ = _named(title, year, planned=planned)
    span = longs[0] if longs else Frame(last - _TERM + 1, last, planned)
    for number, one, long in zip(run, seen, _chain(seen, headed), strict=True):
        span = one.long or span
        found[number] = span if long else one.single or single


def _chain(seen: Sequence[_Seen], headed: int) -> list[bool]:
    """For each passage whether it tells of several years: the likeliest chain. `headed`: the main heading names several
    years alone (1), one alone (-1), or leaves it open."""
    words = [one.words for one in seen]
    kinds = {one.named > 0 for one in seen if one.said}
    both = len(kinds | {headed > 0} if headed else kinds) > 1
    if both:
        # Words say where the one ends and the other begins; other words count by how they differ from the rest.
        middle = sum(words) / len(words)
        words = [word - middle for word in words]
    elif headed:
        words = [0.0 for _ in words]
    best = {True: -_UNSAID if headed < 0 else -_FIRST if not headed else 0.0, False: -_UNSAID if headed > 0 else 0.0}
    steps: list[dict[bool, bool]] = []
    section = seen[0].section
    for one, word in zip(seen, words, strict=True):
        near = _WITHIN if one.section == section else _NEXT
        section = one.section
        came, now = {}, {}
        for state, value in best.items():
            away = (both and not headed) or (headed != 0 and state != (headed > 0))
            cost = _SAID if one.said else _UNSAID if away else near
            came[state] = state if value >= best[not state] - cost else not state
            weight = word + one.named
            now[state] = best[came[state]] - cost * (came[state] != state) + (weight if state else -weight) / 2
        best = now
        steps.append(came)
    state = best[True] > best[False]
    out = []
    for came in reversed(steps):
        out.append(state)
        state = came[state]
    return out[::-1]


def _seen(
    outline: Outline, section: int, words: float, told: tuple[Frame, float] | None, looks: tuple[int, bool]
) -> _Seen:
    """What speaks for a passage whose words have the fitted weight `words`; `told` are the years that it opens with or
    the one before it ends with, and their weight; `looks` the report's year and whether the passage plans."""
    year, planned = looks
    words, named = max(-_MOST, min(_MOST, _WORDS * words)), 0.0
    path = outline.sections[section].path
    long = single = None
    for depth in range(len(path) - 1, -1, -1):
        longs, singles = _named(path[depth], year, planned=planned)
        if longs or singles:
            single = singles[0] if singles else None
            long = longs[0] if depth and longs else None
            named = (_OWN if depth else _ABOVE) * _kind(path[depth], year, planned=planned)
            break
    if told is not None:
        frame, weight = told
        if frame.long:
            long = frame
            named += weight
        else:
            named -= weight if words < _PLAIN else _DOUBTFUL
    return _Seen(section, words, named, told is not None, long, single)


def _kind(title: str, year: int, *, planned: bool) -> int:
    """1 where a heading names several years, -1 where it names one, 0 where it names both or neither."""
    longs, singles = _named(title, year, planned=planned)
    return (bool(longs) or any(word in title for word in _TERMS)) - bool(singles) if longs or singles else 0


@lru_cache(maxsize=512)
def _named(title: str, year: int, *, planned: bool) -> tuple[list[Frame], list[Frame]]:
    """The stretches of years and the single years a heading names, as far as they lie where the section looks."""
    known = [e.frame for e in timing.events(title, year) if e.known and not e.base]
    if _BEGUN.search(title):
        known = [frame for frame in known if not frame.long]
    elif not any(frame.long for frame in known):
        known += [Frame(*plans.years(plan), plans.years(plan)[1] >= year) for plan in plans_in(title)]
    near = [frame for frame in known if frame.ahead == planned and (frame.long or frame.last <= year)]
    return [frame for frame in near if frame.long], [frame for frame in near if not frame.long]


def _openings(view: View, year: int, *, planned: bool) -> tuple[Frame | None, Frame | None]:
    """The years a passage opens with, and those the last of its sentences that opens with any does."""
    first = last = None
    greeting = True
    for start, end in split(view):
        sentence = view.text[start:end]
        event = timing.begins(sentence, timing.events(sentence[:_OPENING], year))
        frame = event.frame if event is not None else None
        if frame is not None and frame.ahead == planned and _holds(frame, year):
            first = frame if greeting else first
            # A year told with figures at the end of a review is how things stood by then.
            last = frame if frame.long or not _COUNTED.search(sentence) else last
        greeting = greeting and len(sentence) <= _GREETING
    return first, last


def _holds(frame: Frame, year: int) -> bool:
    """Whether the years a sentence opens with may hold for the passages that follow."""
    return frame.last - frame.first + 1 >= _SHORTEST if frame.long else frame.last in (year - 1, year)
