"""Whose reports a question is about: the place that stands by the year and the question proper.

Askers name other places too: where they come from (我是灵宝种苹果的，三门峡13年…), what lies inside the place asked
about (2013年昌都地震，西藏救援…), what it is measured by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from retrieval.index import ReportRow
from retrieval.lexicon.question_words import cues
from retrieval.lexicon.table import rows
from retrieval.model import Level, Option, Place
from retrieval.query import Form, Query

__all__ = ["COUNTRY", "Whose", "adjacent", "whose"]

COUNTRY = "全国"

_CLAUSE = re.compile(r"[,，。?!;:：]")
_ASKING = frozenset({"quantity", "which", "how", "why", "yesno", "rank", "share", "growth", "decline", "level"})
# What a place gains by standing right beside a year, in one clause with it, in a clause that asks, and first.
_NEAR, _DATED, _ASKED, _FIRST = 2.0, 1.5, 1.0, 0.5
# Beside a year: at most so many characters between.
_GAP = 2
# A place without the reports of the years asked for gives way to another one that is named no less plainly than by so
# much, and one without any report more easily.
_PLAINLY, _MISSING = 1.5, 2.5
# Other places of a name that are offered.
_OFFERED = 3
_LIST = re.compile(r"\s*[、和与及跟]\s*")
_DEPTH = {level: n for n, level in enumerate(Level)}

_Loaded = Mapping[str, Sequence[ReportRow]]


@dataclass(frozen=True, slots=True)
class Whose:
    """The place whose reports are meant, or the `missing` one. `number` is its mention, `used` are all that were read
    as scope; `above` is the place over the missing one, `inner` a place inside."""

    place: str = ""
    inner: str = ""
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    missing: str = ""
    above: str = ""
    number: int = 0
    used: tuple[int, ...] = ()


def whose(query: Query, loaded: _Loaded) -> Whose:
    """The place asked about, by its full name, of those that have reports."""
    everyone = tuple(range(len(query.places)))
    if not query.places:
        return Whose(place=next(iter(loaded)) if len(loaded) == 1 else "")
    held = [[c for c in candidates if c.name in loaded] for candidates in query.places]
    weights, speakers = _weights(query)
    order = sorted(everyone, key=lambda n: -weights[n])
    top = order[0]
    years = _years(query)
    fit = [n for n in order if any(_has(c, years, loaded) for c in held[n])]
    known = [n for n in order if held[n]]
    if not known:
        return _unknown(query, loaded, top)
    number = fit[0] if fit else known[0]
    if held[top] and number != top and not _related(query, top, number) and weights[number] < weights[top] - _PLAINLY:
        number = top
    if not held[top] and not _related(query, top, number) and weights[number] < max(0.0, weights[top] - _MISSING):
        return _unknown(query, loaded, top)
    number, found = _innermost(query, number, held)
    found = sorted(found, key=_depth)
    if larger := _larger(query, number, found):
        said = query.place_words[number]
        smaller = list(dict.fromkeys(c.name for c in found))[:_OFFERED]
        options = tuple(Option(name, query.text.replace(said, name)) for name in smaller)
        return Whose(missing=larger.name, options=options, number=number, used=everyone)
    place = found[0]
    notes = []
    if "place" in query.carried:
        notes.append(f"沿用上一问的地区：{place.name}")
    if top != number and not _related(query, top, number) and top not in speakers:
        when = f"{query.report_year or max(years)}年的" if years and held[top] else ""
        notes.append(f"没有{query.places[top][0].name}{when}报告，取自{place.name}的报告")
    options = _others(query, number, found)
    if options:
        notes.append(f"“{query.place_words[number]}”按{place.name}理解")
    inner, used = _inside(query, number, place)
    return Whose(place.name, inner, tuple(notes), options, number=number, used=(number, *used, *(speakers - {number})))


def _unknown(query: Query, loaded: _Loaded, top: int) -> Whose:
    """No report of any place named; or none of the one plainly meant: the place above it may speak of it."""
    everyone = tuple(range(len(query.places)))
    for n in (top, *(n for n in everyone if n != top)):
        for candidate in query.places[n][:1]:
            parent = next((p for p in candidate.parents if p in loaded and p != COUNTRY), "")
            if parent and not _own_report(query):
                return Whose(parent, query.place_words[n], number=n, used=everyone)
    above = next((p for c in query.places[top][:1] for p in c.parents if p in loaded and p != COUNTRY), "")
    inner = query.place_words[top] if above else ""
    return Whose(inner=inner, missing=query.places[top][0].name, above=above, number=top, used=everyone)


def _own_report(query: Query) -> bool:
    """Whether a report of the named place itself is asked for, not what its city's report says of it."""
    return query.report_year is not None or query.form is Form.FIGURE


@cache
def _speaking() -> re.Pattern[str]:
    said = [cells[0] for _, cells in rows("places_speaker.tsv", ("said",))]
    return re.compile("|".join(map(re.escape, sorted(said, key=len, reverse=True))))


def _weights(query: Query) -> tuple[list[float], frozenset[int]]:
    """How plainly each place named is the one asked about; and the places the asker speaks of themselves by."""
    if len(query.place_spans) != len(query.places):
        return [-float(n) for n in range(len(query.places))], frozenset()
    text = query.text
    dated = [n for n, (one, other) in enumerate(zip(text, query.rest, strict=False)) if one != other]
    found: list[float] = []
    speakers: set[int] = set()
    for number, (start, end) in enumerate(query.place_spans):
        first, last = _clause(text, start)
        clause = text[first:last]
        in_clause = any(first <= at < last for at in dated)
        near = any(start - _GAP - 1 <= at < start or end <= at <= end + _GAP for at in dated)
        asked = any(cue.kind in _ASKING for cue in cues(clause))
        weight = _NEAR * near + _DATED * in_clause + _ASKED * asked + _FIRST * (number == 0)
        if query.places[number][0].level is Level.COUNTRY:
            # 呼和浩特在全国排第几: the country named beside a place is no scope.
            weight -= _NEAR + _DATED + _ASKED + _FIRST
        elif _of_nature(query, number):
            # 2010年湘江涨大水,长沙…: no one asks for the report of a river.
            weight -= _NEAR + _DATED
        elif not in_clause and not asked and _speaking().search(clause):
            weight -= 2 * (_NEAR + _DATED)
            speakers.add(number)
        found.append(weight)
    for number in range(len(found) - 1):
        if _qualified(query, number):
            # 抚州, 江西: the second only says where the first lies.
            found[number] = max(found[number], found[number + 1])
            found[number + 1] = found[number] - _ASKED
    return found, frozenset(speakers) if len(speakers) < len(found) else frozenset()


def _of_nature(query: Query, number: int) -> bool:
    """Whether a county's name without its kind is a river's, a lake's or a mountain's as well."""
    place, said = query.places[number][0], query.place_words[number]
    return place.level is Level.COUNTY and place.name != said and said[-1] in _NATURE


_NATURE = frozenset("江河湖海山岛")


def _qualified(query: Query, number: int) -> bool:
    """Whether the next place named follows at once and holds this one."""
    gap = query.text[query.place_spans[number][1] : query.place_spans[number + 1][0]]
    names = {c.name for c in query.places[number + 1]}
    return not gap.strip(" ,(") and any(names & set(c.parents) for c in query.places[number])


def _clause(text: str, at: int) -> tuple[int, int]:
    ends = [m.start() for m in _CLAUSE.finditer(text)]
    return max((end + 1 for end in ends if end < at), default=0), min(
        (end for end in ends if end >= at), default=len(text)
    )


def _years(query: Query) -> frozenset[int]:
    """Years of the reports that may answer; none where the question names none."""
    if query.report_year is not None:
        return frozenset({query.report_year})
    return frozenset(year for p in query.periods if not p.relative for year in (p.last, p.last + 1))


def _has(place: Place, years: frozenset[int], loaded: _Loaded) -> bool:
    return not years or any(row.year in years for row in loaded[place.name])


def _related(query: Query, one: int, other: int) -> bool:
    """Whether one place lies in the other."""
    names, others = ({c.name for c in query.places[n]} for n in (one, other))
    parents = {name for c in query.places[one] for name in c.parents}
    above = {name for c in query.places[other] for name in c.parents}
    return bool(names & others or names & above or others & parents)


def _larger(query: Query, number: int, found: Sequence[Place]) -> Place | None:
    """The larger place of the name (河南 is the province) where only a smaller one has reports."""
    first = query.places[number][0]
    said = query.place_words[number]
    if "place" in query.carried or said == found[0].name or first.name in {c.name for c in found}:
        return None
    return first if _depth(first) < _depth(found[0]) else None


def _others(query: Query, number: int, found: Sequence[Place]) -> tuple[Option, ...]:
    others = dict.fromkeys(other.name for other in found if other.name != found[0].name)
    return tuple(
        Option(other, query.text.replace(query.place_words[number], other)) for other in list(others)[:_OFFERED]
    )


def _innermost(query: Query, number: int, held: Sequence[Sequence[Place]]) -> tuple[int, Sequence[Place]]:
    """The place chosen, or one inside it that follows at once (辽宁朝阳) and is no list (湖南长沙、株洲、湘潭)."""
    best, found = number, held[number]
    for n in range(number + 1, len(held)):
        outer = {place.name for place in found}
        inside = [place for place in held[n] if outer & set(place.parents)]
        if inside and adjacent(query, best, n) and not _listed(query, n, outer):
            best, found = n, inside
    return best, found


def _listed(query: Query, number: int, outer: set[str]) -> bool:
    """Whether a place begins a list of places inside another one."""
    following = number + 1
    if len(query.place_spans) <= following:
        return False
    gap = query.text[query.place_spans[number][1] : query.place_spans[following][0]]
    return bool(_LIST.fullmatch(gap)) and any(outer & set(c.parents) for c in query.places[following])


def _inside(query: Query, number: int, place: Place) -> tuple[str, list[int]]:
    """A place inside the one chosen that follows at once, and the mentions that say no more than where that lies."""
    inner, used = "", list[int]()
    for n, candidates in enumerate(query.places):
        if n == number:
            continue
        if any(c.name in place.parents or c.name == place.name for c in candidates):
            used.append(n)
        elif n == number + 1 and _begins_inside(query, number, place):
            inner = query.place_words[n]
            used.append(n)
    return inner, used


def _begins_inside(query: Query, number: int, place: Place) -> bool:
    """Whether the next place named lies in `place`, follows at once and is no list."""
    following = number + 1
    inside = any(place.name in c.parents for c in query.places[following])
    return inside and adjacent(query, number, following) and not _listed(query, following, {place.name})


def adjacent(query: Query, one: int, other: int) -> bool:
    """Whether one place named follows another at once, and not as the next of a list."""
    if not query.place_spans or len(query.place_spans) <= other:
        return False
    gap = query.text[query.place_spans[one][1] : query.place_spans[other][0]]
    return len(gap) <= 1 and gap not in ("、", "和", "与")


def _depth(place: Place) -> int:
    return _DEPTH[place.level]
