"""Which years, and which reports, a question over several places is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.across.cells import Site
from retrieval.model import Status
from retrieval.query import Query, resolve
from retrieval.query.across import Across

__all__ = ["Timing", "timing"]


@dataclass(frozen=True, slots=True)
class Timing:
    """The years asked about (None: whatever the report states), and the report to look into where one is named; `span`
    are the years of the plan asked about."""

    years: tuple[int | None, ...]
    report: int | None = None
    notes: tuple[str, ...] = ()
    span: tuple[int, int] | None = None


def timing(asked: Across, query: Query, places: Sequence[Site]) -> Timing:
    """Years as named; else those of the report named; else those of the newest report that most places have."""
    named = query.report_year
    relative = [p for p in query.periods if p.relative]
    if asked.plan:
        return Timing((None,), named, span=asked.plan)
    if asked.years:
        return Timing(asked.years, named)
    base, notes = named, tuple[str, ...]()
    if base is None:
        years = Counter(row.year for s in places for row in {row.year: row for row in s.rows}.values())
        if not years:
            return Timing((None,))
        base = max(years, key=lambda year: (years[year], year))
        notes = (f"未指明年份，取{base}年政府工作报告",)
    if relative:
        found = resolve(relative[0], base)
        if found.first == found.last:
            return Timing((found.last,), base, notes)
    if query.status is Status.TARGET:
        return Timing((base,), base, notes)
    return Timing((base - 1 if query.status is Status.ACTUAL else None,), base, notes)
