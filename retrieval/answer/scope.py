"""Which reports and years a question is about, before anything is ranked.

The report of year Y holds the results of Y-1 and the targets of Y. Everything assumed here is told in the notes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from retrieval.answer.placing import COUNTRY, adjacent, whose
from retrieval.answer.years import Candidate, reports_of
from retrieval.index import Rows
from retrieval.lexicon import countries
from retrieval.model import Option, Reason
from retrieval.query import Query

__all__ = ["COUNTRY", "Candidate", "Scope", "bare", "names", "narrowed", "scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports to look into, best first; or why there are none. `inner` names a place inside the reports' place,
    `used` numbers the question's places that were read as scope; `rivals` are other places it names that have
    reports of their own. `above` is the place over one that has no report: its reports may speak of it."""

    candidates: tuple[Candidate, ...] = ()
    place: str = ""
    inner: str = ""
    reason: Reason | None = None
    message: str = ""
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    missing: str = ""
    everywhere: bool = False
    used: tuple[int, ...] = ()
    rivals: tuple[str, ...] = ()
    above: str = ""


def bare(inner: str) -> str:
    """A place's name without its kind: 灯塔 of 灯塔市."""
    return inner[:-1] if len(inner) > _SHORTEST and inner[-1] in "市县区旗" else inner


def names(inner: str, text: str) -> bool:
    """Whether a text speaks of the place `inner`, by its name or by that without its kind."""
    return bare(inner) in text


# A place's name with its kind is longer than this where it can do without: 北县 cannot.
_SHORTEST = 2


def scope(query: Query, rows: Rows, last_report: str, today: date) -> Scope:
    """Resolve place, then years."""
    loaded = rows.by_place
    if not loaded:
        return Scope(reason=Reason.PLACE_MISSING, message="资料库里还没有报告，请先用 govreport ingest 导入。")
    if not query.place_spans and (abroad := countries.foreign(query.text)):
        return Scope(reason=Reason.PLACE_MISSING, message=f"地区未收录：没有{abroad}的政府工作报告。", missing=abroad)
    found = whose(query, loaded)
    if found.missing:
        have = "、".join(sorted(loaded)[:8]) + ("等" if len(loaded) > 8 else "")
        return Scope(
            reason=Reason.PLACE_MISSING,
            message=f"地区未收录：没有{found.missing}的政府工作报告（已收录{have}）。",
            options=found.options,
            missing=found.missing,
            above=found.above,
            inner=found.inner,
        )
    if not found.place:
        return Scope(everywhere=True)
    others = (
        next((c.name for c in cs if c.name in loaded), "")
        for n, cs in enumerate(query.places)
        if n not in found.used or (n > found.number and not adjacent(query, found.number, n))
    )
    rivals = tuple(dict.fromkeys(name for name in others if name and name != found.place))
    where = Scope(
        place=found.place,
        inner=found.inner,
        notes=found.notes,
        options=found.options,
        used=found.used,
        rivals=rivals,
    )
    return narrowed(where, query, rows, last_report, today)


def narrowed(where: Scope, query: Query, rows: Rows, last_report: str, today: date) -> Scope:
    """`where` with the reports of the query's years; its reason says so where there are none."""
    held = sorted(
        rows.of(where.place),
        key=lambda row: (row.year, row.meeting or "", row.id),
    )
    found, more, gap = reports_of(query, held, last_report, today)
    notes = (*where.notes, *(note for note in more if note not in where.notes))
    if found:
        return replace(where, candidates=tuple(found), notes=notes, missing=gap)
    have = "、".join(str(y) for y in sorted({row.year for row in held}))
    return replace(
        where,
        reason=Reason.YEAR_MISSING,
        message=f"年份未收录：{where.place}没有{gap}（已收录{have}年报告）。",
        missing=gap,
    )
