"""Which reports a question about a whole report means."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.answer.library import Library
from retrieval.answer.whole.changes import changes
from retrieval.answer.whole.checklist import checklist
from retrieval.answer.whole.scorecard import scorecard
from retrieval.index import ReportRow
from retrieval.model import Answer, Kind, Reason
from retrieval.query import Query
from retrieval.query.whole import Whole

__all__ = ["whole_answer"]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def whole_answer(kind: Whole, query: Query, place: str, library: Library) -> tuple[Answer, str]:
    """The answer, and the id of the report it is about; a refusal where the year's report is not stored."""
    rows = {row.year: row for row in library.rows.of(place)}
    years = sorted({int(year) for year in _YEAR.findall(query.text)})
    newest = max(rows)
    if kind is Whole.SCORECARD:
        # The last year whose outcome can be known, unless one is named.
        year = years[0] if years else max((y for y in rows if y + 1 in rows), default=newest)
        return _of(rows, year, place, lambda row: scorecard(row, library))
    if kind is Whole.CHECKLIST:
        return _of(rows, years[-1] if years else newest, place, lambda row: checklist(library.load(row.id)))
    later = years[-1] if years else newest
    earlier = years[0] if len(years) > 1 else max((y for y in rows if y < later), default=later - 1)
    missing = [year for year in (earlier, later) if year not in rows]
    if missing:
        return _missing(place, missing), ""
    return changes(library.load(rows[earlier].id), library.load(rows[later].id), library), rows[later].id


def _of(rows: dict[int, ReportRow], year: int, place: str, say: Callable[[ReportRow], Answer]) -> tuple[Answer, str]:
    if year not in rows:
        return _missing(place, [year]), ""
    return say(rows[year]), rows[year].id


def _missing(place: str, years: list[int]) -> Answer:
    named = "、".join(f"{year}年" for year in years)
    return Answer(Kind.NONE, Reason.YEAR_MISSING, message=f"年份未收录：没有{place}{named}政府工作报告。")
