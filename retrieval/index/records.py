"""What goes into the store, and what comes out of it without its text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from retrieval.index.meanings import Meanings
from retrieval.index.postings import Terms
from retrieval.model import Figure, Outline, Report

__all__ = ["LISTED", "Analysed", "ReportRow", "Rows", "report_row"]

# Columns of a `ReportRow`.
LISTED = (
    "number, id, source, place, level, parents, year, meeting, title, completeness, passages, figures, warnings, url, "
    "sha256, review_from, review_to, plan_from, plan_to, document"
)


@dataclass(frozen=True, slots=True)
class Analysed:
    """A report ready to be stored: figures per passage, the terms of its sentences, the words around its figures."""

    report: Report
    outline: Outline
    figures: tuple[tuple[Figure, ...], ...]
    terms: Terms
    meanings: Meanings = field(default_factory=Meanings.empty)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A stored report without its text."""

    number: int
    id: str
    source: str
    place: str
    level: str
    parents: tuple[str, ...]
    year: int
    meeting: str | None
    title: str
    completeness: str
    passages: int
    figures: int
    warnings: tuple[str, ...]
    url: str
    sha256: str
    review: tuple[int, int]
    plan: tuple[int, int]
    document: str = "work"


class Rows(dict[str, ReportRow]):
    """Reports by id."""

    @cached_property
    def by_place(self) -> Mapping[str, Sequence[ReportRow]]:
        """The reports of each place, in the order of all."""
        found: dict[str, list[ReportRow]] = {}
        for row in self.values():
            found.setdefault(row.place, []).append(row)
        return found

    def of(self, place: str) -> Sequence[ReportRow]:
        """The reports of a place."""
        return self.by_place.get(place, ())


def report_row(row: sqlite3.Row) -> ReportRow:
    """The report of a row with the columns `LISTED`."""
    return ReportRow(
        number=row["number"],
        id=row["id"],
        source=row["source"],
        place=row["place"],
        level=row["level"],
        parents=tuple(json.loads(row["parents"])),
        year=row["year"],
        meeting=row["meeting"],
        title=row["title"],
        completeness=row["completeness"],
        passages=row["passages"],
        figures=row["figures"],
        warnings=tuple(json.loads(row["warnings"])),
        url=row["url"],
        sha256=row["sha256"],
        review=(row["review_from"], row["review_to"]),
        plan=(row["plan_from"], row["plan_to"]),
        document=row["document"],
    )
