"""The three parts of 三次产业比重 16.5:39.7:43.8, each as a figure of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from retrieval.answer.matching import Match
from retrieval.model import Figure, Measure, Span

__all__ = ["parts", "sector_of", "sectors"]

_NAMES = ("第一产业比重", "第二产业比重", "第三产业比重")
_SECTOR = len("第一产业")
_THREE = re.compile(r"三次产业|三产|产业结构")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def sector_of(match: Match) -> Match:
    """Of the ratio of the three sectors the part whose sector the words that were looked for name; any other figure as
    it is."""
    named = [number for number, name in enumerate(_NAMES) if name[:_SECTOR] in match.words]
    every = sectors(match) if len(named) == 1 else []
    return every[named[0]] if every else match


def parts(figure: Figure) -> tuple[Decimal, ...]:
    """The shares of the three sectors; empty where the figure is not their ratio."""
    numbers = tuple(Decimal(number[0]) for number in _NUMBER.finditer(figure.surface))
    three = figure.measure is Measure.RATIO and len(numbers) == len(_NAMES) and _THREE.search(figure.indicator)
    return numbers if three else ()


def sectors(match: Match) -> list[Match]:
    """A figure for each of the three sectors; none where the figure is not the ratio of the three."""
    figure = match.figure
    if not parts(figure):
        return []
    at = figure.span.start
    shares = (
        replace(
            figure,
            span=Span(at + number.start(), at + number.end()),
            surface=number[0],
            value=Decimal(number[0]),
            scaled=Decimal(number[0]),
            indicator=name,
            indicator_id=None,
        )
        for name, number in zip(_NAMES, _NUMBER.finditer(figure.surface), strict=True)
    )
    return [replace(match, stated=replace(match.stated, figure=part, indicator=part.indicator)) for part in shares]
