"""A text taken apart into claims: each of its figures in the frame it is held against the reports in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retrieval.figures import Context, extract
from retrieval.lexicon import places
from retrieval.model import Figure, Measure, Place, Span
from retrieval.passages.sentences import sentences
from retrieval.text import Line, fold, lines, plain_lower
from retrieval.verify import dating, whereabouts
from retrieval.verify.values import Claim
from retrieval.verify.whereabouts import Held, Spot

__all__ = ["Read", "read"]

_FRONT = 12  # characters a place's name may take
_TITLE = 46  # characters of a line that may be a title
_STOP = re.compile(r"[。;!?]")
_CLAUSE = re.compile(r"[,;。:，；：]")
# What figures of these measures only say of others: from what size things are counted.
_UNCHECKED = frozenset({Measure.THRESHOLD})


@dataclass(frozen=True, slots=True)
class Read:
    """A text's claims in order, the place and the year (of the data) its sentences leave out; empty and 0 where nothing
    tells them."""

    claims: tuple[Claim, ...]
    place: str
    year: int


def read(text: str, held: Held, *, place: str = "", year: int = 0) -> Read:
    """The claims of a text. `place` and `year` are what the user said: they hold where the text names none."""
    found = list(lines(text))
    titles = [line for line in found[:3] if len(line.text) <= _TITLE and not _STOP.search(line.text)]
    title = " ".join(line.text for line in titles)
    own = _place(title, text, held, place)
    base = own.name if own else ""
    # The year of the report that would say the text's undated sentences.
    at = year + 1 if year else dating.of_report(title) or dating.context_year(title)
    told = [dating.context_year(line.text) for line in found]
    at = at or next((one for one in told if one), 0)
    claims: list[Claim] = []
    current = at
    for line, stated in zip(found, told, strict=True):
        current = stated or current
        claims.extend(_claims(text, line, base, current, held))
    return Read(tuple(claims), base, at - 1 if at else 0)


def _place(title: str, text: str, held: Held, said: str) -> Place | None:
    if said:
        units = places.by_name(said)
        return held.places.get(said) or (held.one(units) if units else None)
    return whereabouts.named(title, held) or whereabouts.named(fold(text), held)


def _claims(text: str, line: Line, base: str, year: int, held: Held) -> Iterator[Claim]:
    """The claims of a paragraph."""
    source = line.span.of(text)
    if not any(c.isdigit() or c in "一二三四五六七八九十两双翻首持" for c in source):
        return
    figures = extract(source, Context(year or _UNDATED, base))
    spans = sentences(source, Span(0, len(source)))
    shift = line.span.start
    folded = fold(source)
    carried: Spot | None = None
    at = 0
    for span in spans:
        sentence = span.of(folded)
        found = whereabouts.spots(sentence, held, base)
        while at < len(figures) and figures[at].span.start < span.end:
            figure = figures[at]
            at += 1
            if figure.measure in _UNCHECKED:
                continue
            yield _claim(figure, source, span, sentence, shift, base, found, carried, held)
        # What the next sentence is told of, where it names no place: the place this one begins with.
        carried = found[0] if found and found[0].start == 0 else None


# Extraction counts from a year; of a text without one none of its periods are taken.
_UNDATED = 2000


def _claim(
    figure: Figure,
    source: str,
    span: Span,
    sentence: str,
    shift: int,
    base: str,
    found: list[Spot],
    carried: Spot | None,
    held: Held,
) -> Claim:
    place, placed = _of(figure, source, span, base, found, carried, held)
    lower = plain_lower(source)
    clause = figure.clause or figure.span
    moved = replace(
        figure,
        span=Span(figure.span.start + shift, figure.span.end + shift),
        clause=Span(clause.start + shift, clause.end + shift),
        place=place,
    )
    return Claim(
        moved,
        Span(span.start + shift, span.end + shift),
        clause.of(lower),
        span.of(lower),
        bare(figure.indicator),
        place,
        base if base and base != place else "",
        dating.dates(sentence),
        placed,
    )


def _of(
    figure: Figure, source: str, span: Span, base: str, found: list[Spot], carried: Spot | None, held: Held
) -> tuple[str, bool]:
    """The place a figure is of, and whether its sentence names it."""
    before = [spot for spot in found if span.start + spot.start < figure.span.start]
    if before and not _CLAUSE.search(source, span.start + before[-1].end, figure.span.start):
        return held.one(before[-1].candidates, base).name, True
    front = figure.indicator[:_FRONT]
    named = places.mentions_in_prose(front)
    if named and named[0].start == 0:
        return held.one(named[0].candidates, base).name, True
    if figure.place and figure.place != base:
        return figure.place, True
    if before:
        return held.one(before[-1].candidates, base).name, True
    if carried is not None:
        return held.one(carried.candidates, base).name, False
    return base, False


def bare(indicator: str) -> str:
    """An indicator's name without the place it begins with."""
    named = places.mentions_in_prose(indicator[:_FRONT])
    if named and named[0].start == 0 and len(indicator) > named[0].end + 1:
        return indicator[named[0].end :].lstrip("的全市省区县").lstrip() or indicator
    return indicator
