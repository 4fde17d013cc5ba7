"""Which reports and years a question is about, before anything is ranked.

The report of year Y holds the results of Y-1 and the targets of Y. Everything assumed here is told in the notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answer.years import Candidate, reports_of
from retrieval.index import ReportRow
from retrieval.model import Level, Option, Place, Reason
from retrieval.query import Form, Query

__all__ = ["COUNTRY", "Candidate", "Scope", "names", "narrowed", "scope"]

COUNTRY = "全国"


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


def names(inner: str, text: str) -> bool:
    """Whether a text speaks of the place `inner`, by its name or by that without its kind: 灯塔 of 灯塔市."""
    bare = inner[:-1] if len(inner) > _SHORTEST and inner[-1] in "市县区旗" else inner
    return bare in text


# A place's name with its kind is longer than this where it can do without: 北县 cannot.
_SHORTEST = 2


def scope(query: Query, rows: Mapping[str, ReportRow], last_report: str, today: date) -> Scope:
    """Resolve place, then years."""
    loaded: dict[str, list[ReportRow]] = {}
    for row in rows.values():
        loaded.setdefault(row.place, []).append(row)
    if not loaded:
        return Scope(reason=Reason.PLACE_MISSING, message="资料库里还没有报告，请先用 govreport ingest 导入。")
    place, inner, notes, options, missing, used = _place(query, loaded)
    if missing:
        parent = next((p for c in query.places[0] for p in c.parents if p in loaded and p != COUNTRY), "")
        have = "、".join(sorted(loaded)[:8]) + ("等" if len(loaded) > 8 else "")
        return Scope(
            reason=Reason.PLACE_MISSING,
            message=f"地区未收录：没有{missing}的政府工作报告（已收录{have}）。",
            missing=missing,
            above=parent,
            inner=query.place_words[0] if parent else "",
        )
    if not place:
        return Scope(everywhere=True)
    others = (
        next((c.name for c in cs if c.name in loaded), "")
        for n, cs in enumerate(query.places)
        if n not in used or (n > used[0] and not _adjacent(query, used[0], n))
    )
    rivals = tuple(dict.fromkeys(name for name in others if name and name != place))
    where = Scope(place=place, inner=inner, notes=tuple(notes), options=options, used=used, rivals=rivals)
    return narrowed(where, query, rows, last_report, today)


def narrowed(where: Scope, query: Query, rows: Mapping[str, ReportRow], last_report: str, today: date) -> Scope:
    """`where` with the reports of the query's years; its reason says so where there are none."""
    held = sorted(
        (row for row in rows.values() if row.place == where.place),
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


def _place(
    query: Query, loaded: Mapping[str, Sequence[ReportRow]]
) -> tuple[str, str, list[str], tuple[Option, ...], str, tuple[int, ...]]:
    """(place, a place inside it, notes, other readings, the missing place, numbers of the places used)."""
    notes: list[str] = []
    everyone = tuple(range(len(query.places)))
    if not query.places:
        return (next(iter(loaded)) if len(loaded) == 1 else ""), "", notes, (), "", ()
    held = [[c for c in candidates if c.name in loaded] for candidates in query.places]
    known = [(n, found) for n, found in enumerate(held) if found]
    # 2021中国营商软环境排名，呼和浩特排第几: the country named beside a place is no scope.
    known.sort(key=lambda item: item[1][0].level is Level.COUNTRY)
    if not known:
        first = query.places[0][0]
        for candidates, word in zip(query.places, query.place_words, strict=True):
            for candidate in candidates:
                parent = next((p for p in candidate.parents if p in loaded), "")
                if parent and parent != COUNTRY and not _own_report(query):
                    return parent, word, notes, (), "", everyone
        return "", "", notes, (), first.name, everyone
    number, found = _innermost(query, known)
    if number and query.places[0][0].level is not Level.COUNTRY and not held[0] and _of_its_own(query, number):
        return "", "", notes, (), query.places[0][0].name, everyone
    found = sorted(found, key=_depth)
    place = found[0]
    others = list(dict.fromkeys(other.name for other in found if other.name != place.name))
    options = tuple(Option(other, query.text.replace(query.place_words[number], other)) for other in others[:3])
    inner, used = "", [number]
    for n, candidates in enumerate(query.places):
        if n == number:
            continue
        above = any(c.name in place.parents for c in candidates)
        if above or any(c.name == place.name for c in candidates):
            used.append(n)
        elif n == number + 1 and any(place.name in c.parents for c in candidates) and _adjacent(query, number, n):
            inner = query.place_words[n]
            used.append(n)
    if "place" in query.carried:
        notes.append(f"沿用上一问的地区：{place.name}")
    if options:
        notes.append(f"“{query.place_words[number]}”按{place.name}理解")
    return place.name, inner, notes, options, "", tuple(used)


def _own_report(query: Query) -> bool:
    """Whether a report of the named place itself is asked for, not what its city's report says of it."""
    return query.report_year is not None or query.form is Form.FIGURE


def _innermost(query: Query, known: Sequence[tuple[int, list[Place]]]) -> tuple[int, list[Place]]:
    """The place whose reports are meant: the first named, or one inside it that follows at once (辽宁朝阳)."""
    first = known[0]
    best = first
    for number, found in known[1:]:
        inside = any(outer.name in place.parents for outer in best[1] for place in found)
        if inside and _adjacent(query, best[0], number):
            best = (number, [p for p in found if any(outer.name in p.parents for outer in best[1])])
    return best


def _adjacent(query: Query, one: int, other: int) -> bool:
    if not query.place_spans or len(query.place_spans) <= other:
        return False
    gap = query.text[query.place_spans[one][1] : query.place_spans[other][0]]
    return len(gap) <= 1 and gap not in ("、", "和", "与")


def _of_its_own(query: Query, number: int) -> bool:
    """Whether the first place, which has no report, is the one asked about: a place before the one that has."""
    parents = {name for c in query.places[0] for name in c.parents}
    names = {c.name for c in query.places[0]}
    return not any(p.name in parents or names & set(p.parents) for p in query.places[number])


def _depth(place: Place) -> int:
    return ["country", "province", "city", "county", "town"].index(place.level.value)
