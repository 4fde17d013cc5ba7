"""What must agree for figures to stand side by side: measure, unit, whether they are targets, and additions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from retrieval.answer.across.comparable import class_of_unit
from retrieval.answer.matching import Match
from retrieval.model import Figure, Measure, Status

__all__ = ["ALONE", "Kind", "kind", "kind_of", "kind_told"]

# What was added, and not all there is.
_ADDED = re.compile(r"新(?:[增认建办引设评创培获]|开(?!工))|净增|增加")
# Measures beside which no other may stand.
ALONE = frozenset((Measure.RANK, Measure.GROWTH))


@dataclass(frozen=True, slots=True)
class Kind:
    """What must agree for figures to stand side by side: measure, unit, whether they are targets, and additions."""

    measure: Measure
    unit: str
    target: bool
    added: bool

    def beside(self, other: Kind) -> bool:
        """Whether figures of both kinds may stand in one series."""
        same = (self.unit, self.target, self.added) == (other.unit, other.target, other.added)
        return same and (self.measure is other.measure or not {self.measure, other.measure} & ALONE)


def kind(match: Match) -> Kind:
    """What must agree for figures to stand side by side: measure, unit, and whether they are targets, and additions."""
    return kind_of(match.figure)


def kind_of(figure: Figure) -> Kind:
    """The same of a figure."""
    target = figure.status is Status.TARGET
    return kind_told(figure.measure, figure.unit, figure.base_unit, figure.indicator, target=target)


def kind_told(measure: Measure, unit: str, base: str, indicator: str, *, target: bool) -> Kind:
    """The same of what the index tells of a figure: its measure, unit, base unit and name."""
    added = measure is Measure.COUNT and bool(_ADDED.search(indicator))
    return _kind(measure, unit, base, target, added)


@lru_cache(maxsize=4096)
def _kind(measure: Measure, unit: str, base: str, target: bool, added: bool) -> Kind:
    return Kind(measure, class_of_unit(unit, base), target, added)
