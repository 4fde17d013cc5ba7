"""A place's share of its province or of the country, worked out of both reports' amounts where none states it."""

from __future__ import annotations

from retrieval.answer.across.bearing import borne_out
from retrieval.answer.across.cells import Site, Wanted, site, sites
from retrieval.answer.across.compare import filled
from retrieval.answer.across.computing import portion
from retrieval.answer.across.timing import timing
from retrieval.answer.across.writing import missing_notes, name_notes, put
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.model import Answer, Kind, Measure, Reason
from retrieval.query import Query
from retrieval.query.across import Across, Shape
from retrieval.query.across_share import Shared, shared
from retrieval.query.across_years import asked_years

__all__ = ["share_of_whole"]

_COUNTRY = "全国"


def share_of_whole(query: Query, told: Answer, library: Library) -> Answer | None:
    """The share worked out; None where none is asked for, `told` states it, or the amounts are not there."""
    asked = shared(query)
    if asked is None or _stated(told, asked):
        return None
    own = sites(query, (0,), library)[0]
    whole = _whole(own, asked, library) if own.rows else None
    if whole is None:
        return None
    if not whole.rows:
        return _unstated(told, f"报告没有写明占比；没有收录{whole.name}的报告，也算不出来。", asked)
    places = (own, whole)
    when = timing(Across(Shape.COMPARE, years=asked_years(query)), query, places)
    year = when.years[0]
    slot = borne_out((asked.slot,), [Wanted(one, year, query.status) for one in places], library, query)[0]
    status, row = filled(places, when, slot, query.status, library, strict=True)
    quotes = Quotes()
    figures = tuple(put(quotes, cell, cell.best, placed=False) for cell in row if cell.best)
    if len(figures) < len(places):
        silent = "、".join(cell.site.name for cell in row if cell.best is None)
        return _unstated(told, f"报告没有写明占比；{silent}的报告没有写明金额，也算不出来。", asked)
    computed, left_out = portion(*figures, label=f"{own.name}占{whole.name}")
    notes = (*left_out, *when.notes, *missing_notes(row, status), *name_notes([item.figure for item in figures]))
    if not computed:
        message = "报告没有写明占比，两处的数字也不能相除。"
        return Answer(
            Kind.NONE,
            Reason.NOT_MENTIONED,
            related=figures,
            citations=quotes.citations,
            notes=notes,
            message=message,
            topic=slot.words,
        )
    return Answer(
        Kind.FIGURES,
        figures=figures,
        computed=computed,
        citations=quotes.citations,
        notes=tuple(dict.fromkeys(notes)),
        topic=slot.words,
    )


def _unstated(told: Answer, message: str, asked: Shared) -> Answer:
    """That no share is told and why none can be worked out, with the figures found instead."""
    return Answer(
        Kind.NONE,
        Reason.NOT_MENTIONED,
        related=told.figures or told.related,
        citations=told.citations,
        notes=told.notes,
        message=message,
        topic=asked.slot.words,
    )


def _stated(told: Answer, asked: Shared) -> bool:
    """Whether an answer already gives a share of the whole."""
    return any(
        item.figure.measure is Measure.SHARE and f"占{asked.whole}" in told.citations[item.citation].quote
        for item in told.figures
    )


def _whole(own: Site, asked: Shared, library: Library) -> Site | None:
    """What the place lies in, as asked: its province, its city, the country; without rows where it is not stored."""
    parents = own.rows[0].parents if own.rows else ()
    inside = [name for name in parents if name != _COUNTRY]
    if asked.whole == _COUNTRY:
        name = _COUNTRY
    elif not inside:
        return None
    else:
        name = inside[0] if asked.whole in ("全市", "全州") else inside[-1]
    return site(name, library.rows.of(name))
