"""The likeliest reading of a question that can be told: of what was asked, of the place inside, of the years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from retrieval.answer.above import speaking_of
from retrieval.answer.figures import Considering, Found, chosen, unsaid
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.answer.scope import Scope
from retrieval.answer.scoring import Weighed
from retrieval.answer.scoring.columns import years
from retrieval.query import Query, Slot
from retrieval.query import asks as asking

__all__ = ["WHEN", "asks_when", "considered", "of_another_year", "of_inner"]

# Words that ask for a day or a month.
WHEN = re.compile(r"几月|几号|哪天|哪一天|哪年哪月|何时|什么时候|啥时候|几时|什么时间")


def considered(
    query: Query, asked: Sequence[Slot], where: Scope, library: Library, *, last_report: str, today: date
) -> tuple[Considering, Sequence[Weighed], Found | None]:
    """The readings of a question and what the likeliest tenable one comes to. Where a place inside the report's is
    asked about and the likeliest figures are of the whole, those said of the place inside are looked for."""
    considering = Considering(query, where, library, last_report=last_report, today=today)
    if asks_when(query):
        return considering, (), None
    weighed, found = _tenable(query, considering.weighed(asked), asked)
    if found is None or not where.inner or of_inner(found, found.slots, where.inner):
        return considering, weighed, found
    fits = speaking_of(asked, (where.inner,))
    inside = Considering(query, where, library, last_report=last_report, today=today, fits=fits)
    others, within = _tenable(query, inside.weighed(asked), asked)
    return (inside, others, within) if within is not None else (considering, weighed, found)


def _tenable(query: Query, weighed: Sequence[Weighed], asked: Sequence[Slot]) -> tuple[Sequence[Weighed], Found | None]:
    """The readings from the likeliest one whose sentences say something of a bare name, and what that one comes to; all
    readings and None where there is none, or where its figures are of other years than those asked about."""
    for number, one in enumerate(weighed):
        if not unsaid(query, one.found):
            found = chosen(one.reading, one.found, asked)
            return weighed[number:], None if _elsewhen(found) else found
    return weighed, None


def of_inner(found: Found, asked: Sequence[Slot], inner: str) -> bool:
    """Whether all chosen figures are said of a place, or stand in one sentence with one that is: 国际客货航线增至78条,
    双流国际机场年旅客吞吐量达3771万人次."""
    fits = speaking_of(asked, (inner,))
    matches = [(m, found.slots[number]) for m, number in zip(found.chosen.matches, found.chosen.numbers, strict=True)]
    spoken = {m.stated.sentence for m, slot in matches if fits(slot, m.loaded, m.stated)}
    return all(m.stated.sentence in spoken for m, _ in matches)


def _elsewhen(found: Found) -> bool:
    """Whether all chosen figures are of other years than those asked about: none of them answers."""
    return all(
        of_another_year(match, found.scopes[number])
        for match, number in zip(found.chosen.matches, found.chosen.numbers, strict=True)
    )


def of_another_year(match: Match, where: Scope) -> bool:
    """Whether a figure is of none of the years that its report is asked about."""
    first, last = years(match.figure.period)
    asked = [p for c in where.candidates if c.report == match.loaded.row.id for p in c.periods if not p.relative]
    return bool(first and asked) and not any(period.first <= last and first <= period.last for period in asked)


def asks_when(query: Query) -> bool:
    """Whether a day or a month is asked for and nothing that a figure tells."""
    return bool(WHEN.search(query.text)) and not asking.asks(WHEN.sub(" ", query.rest))
