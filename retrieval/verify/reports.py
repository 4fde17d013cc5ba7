"""Which reports may tell of a claim, before any of their figures is looked at.

The report of year Y holds the results of Y-1 and the targets of Y. Those beside it may tell where a wrong value is
from: the year before, the year after, the plan. The report of a place over a place may tell of it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.library import Library
from retrieval.answer.scoring.columns import years
from retrieval.index import ReportRow
from retrieval.lexicon import places
from retrieval.lexicon.gazetteer import COUNTRY
from retrieval.model import Level, Place, Status
from retrieval.verify.values import Claim
from retrieval.verify.whereabouts import Held

__all__ = ["Scope", "Shelf"]

# A later report may restate a year: so many years after.
_RESTATED = 5
# A plan for a year to come stands in the reports of so many years before it.
_PLANNED = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports that should tell of a claim, and those beside them. `held` tells whether a report of the place is
    stored at all, `told` whether one is that should tell of the claim's year."""

    main: tuple[ReportRow, ...]
    beside: tuple[ReportRow, ...] = ()
    held: bool = True
    told: bool = True


class Shelf:
    """The stored reports by place and year."""

    def __init__(self, library: Library) -> None:
        self._rows: dict[str, dict[int, list[ReportRow]]] = {}
        self._store = library.store
        for row in library.rows.values():
            self._rows.setdefault(row.place, {}).setdefault(row.year, []).append(row)
        self.held = Held({name: _unit(name, own) for name, own in self._rows.items()})

    def of(self, place: str, *wanted: int) -> list[ReportRow]:
        """The reports of a place in the years named, in the order of these."""
        own = self._rows.get(place, {})
        return [row for year in dict.fromkeys(wanted) for row in reversed(own.get(year, ()))]

    def scope(self, claim: Claim) -> Scope:
        """The reports for a claim."""
        first, last = years(claim.figure.period)
        planned = claim.figure.status is Status.TARGET
        where = [name for name in (claim.place, claim.inside) if name in self._rows]
        if not where:
            return Scope((), held=False)
        wanted = (first, last) if planned else (last + 1,)
        if claim.open and planned:
            wanted = (first,)
        near = (last - 1, last + 1, first - 1) if planned else (last, last + 2, first)
        own = [row for name in where for row in self.of(name, *wanted)]
        own = own or self._restated(where, first, last, planned=planned)
        # The report that would say the text tells of other years too: 从27%增加到32%.
        main = [*own, *(row for name in where for row in self.of(name, claim.context) if row not in own)]
        beside = [row for name in where for row in self.of(name, *near) if row not in main]
        return Scope(tuple(main), tuple(beside), held=claim.place in self._rows or bool(own), told=bool(own))

    def above(self, claim: Claim) -> list[ReportRow]:
        """The reports that tell the same of the country and of the places over the claim's."""
        unit = self.held.places.get(claim.place)
        over = [*unit.parents, COUNTRY.name] if unit else [COUNTRY.name]
        first, last = years(claim.figure.period)
        year = first if claim.figure.status is Status.TARGET else last + 1
        return [row for name in over if name != claim.place for row in self.of(name, year)]

    def _restated(self, where: Sequence[str], first: int, last: int, *, planned: bool) -> list[ReportRow]:
        """Other reports that state the very years."""
        told = str(last) if first == last else f"{first}-{last}"
        span = range(first - _PLANNED, last) if planned else range(last + 2, last + 2 + _RESTATED)
        rows = [row for name in where for row in self.of(name, *span)]
        stating = self._store.stating([row.id for row in rows], [told])
        return [row for row in rows if row.id in stating][:2]


def _unit(name: str, own: dict[int, list[ReportRow]]) -> Place:
    found = next((unit for unit in places.by_name(name) if unit.name == name), None)
    if found is not None:
        return found
    row = next(iter(own.values()))[0]
    return Place(name, Level(row.level), parents=row.parents)
