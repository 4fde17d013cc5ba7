"""What the steps of extraction hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from retrieval.model import Measure, SectionKind

__all__ = ["Context", "Quantity"]


@dataclass(frozen=True, slots=True)
class Context:
    """The report a text is from: the year it plans for, its place, the section's kind where it is known, and whether it
    was given in the year before: its 今年 is then that year wherever it looks back."""

    year: int
    place: str
    kind: SectionKind | None = None
    early: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a folded text: half-open positions, value and unit, the measure where its form tells it.

    `behind` is where the words that belong to it end (以上, 左右). A quantity without value is a ratio of several parts
    or an outcome in words. `sign` is that of a number with a sign before it, 1 or -1; `value` is the magnitude.
    """

    start: int
    end: int
    behind: int
    value: Decimal | Fraction | None
    unit: str
    upper: Decimal | None = None
    measure: Measure | None = None
    direction: int = 0
    qualifier: str = ""
    sign: int = 0
