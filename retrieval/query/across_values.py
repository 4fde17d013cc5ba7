"""What a question over several reports was understood to ask."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from retrieval.model import Level
from retrieval.query.bounds import Bound, Order
from retrieval.query.operations import Operation
from retrieval.query.phrases import Phrase
from retrieval.query.values import Slot

__all__ = ["Across", "Group", "Shape"]


class Shape(StrEnum):
    """What is done with the figures of several reports."""

    COMPARE = "compare"
    TREND = "trend"
    RANK = "rank"
    FULFILMENT = "fulfilment"
    PHRASE = "phrase"
    EARLIEST = "earliest"


@dataclass(frozen=True, slots=True)
class Group:
    """Places meant together without being listed: all of a level, of those inside `within`; or the `places` that go by
    one name (省会, 计划单列市)."""

    level: Level
    within: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Across:
    """A question over several reports.

    `places` numbers the query's places that are meant; `slots` are the figures asked of each place and year; `years`
    the years asked about, `by_report` that they are years of reports. `numbers` are the quantities the question names,
    `recent` how many of the last years it asks about, `plan` the years of the five-year plan it asks about as one,
    `record` whether targets of many years are asked about, `chosen` is `met`, `missed` or `exceeded` (met by more than
    was aimed at) where only those places are asked for, `operation` is what is to be worked out of the figures, `claim`
    is 1 where the question takes for granted that the first of two is higher, -1 that it is lower, `since` the year
    from which on a series is asked for, `ends` whether the highest and the lowest of a ranking are. A `stretch` of
    years (2008-2012年) may be meant as one. A `tentative` one may be answered by one report as well.
    """

    shape: Shape
    places: tuple[int, ...] = ()
    slots: tuple[Slot, ...] = ()
    years: tuple[int, ...] = ()
    by_report: bool = False
    group: Group | None = None
    bounds: tuple[Bound, ...] = ()
    ranges: bool = True
    order: Order | None = None
    difference: bool = False
    operation: Operation | None = None
    phrase: Phrase | None = None
    numbers: tuple[Decimal, ...] = ()
    recent: int = 0
    plan: tuple[int, int] | None = None
    record: bool = False
    chosen: str = ""
    claim: int = 0
    since: int = 0
    stretch: bool = False
    ends: bool = False
    tentative: bool = False
