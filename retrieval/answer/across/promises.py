"""Several places' targets beside what came of each: 哪些省没完成2018年的GDP目标, 哪些市连续三年没完成."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer.across.bearing import borne_out
from retrieval.answer.across.cells import Cell, Site, Wanted, agreed, cells, sites
from retrieval.answer.across.comparable import magnitude
from retrieval.answer.across.fulfilment import pair
from retrieval.answer.across.groups import absent_note, members
from retrieval.answer.across.headlines import match_of_told, side_by_side, told_by_index
from retrieval.answer.across.kinds import kind_of
from retrieval.answer.across.verdict import verdict
from retrieval.answer.across.writing import missing_notes, name_notes, put, refused
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.model import Answer, AnswerFigure, Assessed, Kind, Status
from retrieval.query import Query, Slot
from retrieval.query.across import Across
from retrieval.text import chinese_count, stretches

__all__ = ["promises"]

_SAID = (("met", "完成"), ("missed", "未完成"), ("unclear", "无法判断"))
# Names that a summary lists.
_LISTED = 8


@dataclass(frozen=True, slots=True)
class _Judged:
    """A place's target of a year, what came of it, and whether that meets it."""

    target: Cell
    outcome: Cell
    promised: Match
    achieved: Match
    told: str


def promises(asked: Across, query: Query, library: Library) -> Answer | None:
    """Target and outcome of each place that is asked for, with a verdict; None where the store holds no such group."""
    places = sites(query, asked.places, library) if asked.group is None else members(asked.group, library)
    years = _years(asked, places)
    if not places or not years:
        return None
    wanted = [Wanted(place, years[-1], Status.TARGET) for place in places]
    slot = borne_out([replace(slot, status=None) for slot in asked.slots], wanted, library, query)[0]
    judged: list[_Judged] = []
    targets: list[Cell] = []
    outcomes: list[Cell] = []
    for year in years:
        aimed, came = _of_year(asked, places, year, slot, library)
        targets += aimed
        outcomes += came
        judged += [one for target, outcome in zip(aimed, came, strict=True) if (one := _judge(asked, target, outcome))]
    if not judged:
        return refused([*targets, *outcomes], slot.words, Status.TARGET) if targets else None
    several = len(years) > 1
    shown = _throughout(judged, years, asked.chosen) if several else _chosen(judged, asked.chosen)
    quotes = Quotes()
    figures: list[AnswerFigure] = []
    assessed: list[Assessed] = []
    for one in shown:
        figures += [
            put(quotes, one.target, one.promised, placed=True),
            put(quotes, one.outcome, one.achieved, placed=True),
        ]
        name = f"{one.target.site.name}{one.target.year}年" if several else one.target.site.name
        assessed.append(Assessed(name, len(figures) - 2, len(figures) - 1, one.told))
    notes = _sources(years)
    notes += [*missing_notes(targets, Status.TARGET)]
    notes += [note for note in missing_notes(outcomes, None) if note not in notes]
    if asked.group is not None:
        notes += absent_note(asked.group, {cell.site.name for cell in targets}, years[0], "比较")
    results = [item.figure for item in figures if item.figure.status is not Status.TARGET]
    notes += name_notes(results) if results else []
    return Answer(
        Kind.FIGURES,
        figures=tuple(figures),
        citations=quotes.citations,
        assessed=tuple(assessed),
        notes=tuple(dict.fromkeys(notes)),
        message=_in_a_row(slot.words, years, shown, asked.chosen)
        if several
        else _summary(years[0], slot.words, judged),
        topic=slot.words,
    )


def _of_year(
    asked: Across, places: Sequence[Site], year: int, slot: Slot, library: Library
) -> tuple[list[Cell], list[Cell]]:
    """The targets of a year and what came of them, place by place; of a group those whose reports are stored."""
    wanted = [Wanted(place, year, Status.TARGET) for place in places]
    resulting = [Wanted(place, year, Status.ACTUAL) for place in places]
    if (told := _indexed(wanted, resulting, slot, library)) is not None:
        targets, outcomes = told
    else:
        targets = [_planned(cell) for cell in agreed(cells(wanted, slot, library), strict=True)]
        outcomes = list(cells(resulting, slot, library))
    if asked.group is not None:
        # A group is what the store holds of it.
        held = [n for n, (one, other) in enumerate(zip(targets, outcomes, strict=True)) if one.held and other.held]
        targets, outcomes = [targets[n] for n in held], [outcomes[n] for n in held]
    return targets, outcomes


def _indexed(
    wanted: Sequence[Wanted], resulting: Sequence[Wanted], slot: Slot, library: Library
) -> tuple[list[Cell], list[Cell]] | None:
    """Both rows by the index, where targets and results are told in one kind of figure; else None."""
    if not told_by_index(wanted, slot):
        return None
    rows = [side_by_side(some, slot, library) for some in (wanted, resulting)]
    kinds = [Counter(kind_of(cell.figure) for cell in row if cell.figure).most_common(1) for row in rows]
    if not all(kinds):
        return None
    aim, result = kinds[0][0][0], kinds[1][0][0]
    if not aim.target or replace(aim, target=False) != result:
        return None
    # Only pairs are read: of a place without a target or a result nothing is judged.
    read = [bool(one.figure and other.figure) for one, other in zip(*rows, strict=True)]
    targets, outcomes = (
        [_opened(cell, library) if both else cell for cell, both in zip(row, read, strict=True)] for row in rows
    )
    return targets, outcomes


def _opened(cell: Cell, library: Library) -> Cell:
    match = match_of_told(cell, library)
    return replace(cell, matches=(match,) if match else (), told=None)


def _judge(asked: Across, target: Cell, outcome: Cell) -> _Judged | None:
    found = pair(asked, target, outcome)
    if found is None:
        return None
    promised, achieved = found
    told = verdict(promised.figure, achieved.figure, promised.stated.clause)
    return _Judged(target, outcome, promised, achieved, told)


def _chosen(judged: Sequence[_Judged], chosen: str) -> list[_Judged]:
    if chosen == "exceeded":
        return [one for one in judged if one.told == "met" and _beyond(one)]
    return [one for one in judged if not chosen or one.told == chosen]


def _beyond(one: _Judged) -> bool:
    """Whether more came of a target than was aimed at."""
    aim, result = magnitude(one.promised.figure), magnitude(one.achieved.figure)
    return aim is not None and result is not None and result > aim


def _throughout(judged: Sequence[_Judged], years: Sequence[int], chosen: str) -> list[_Judged]:
    """Those of the places that met their target (or missed it) in each of the years, place by place."""
    of_place: dict[str, list[_Judged]] = {}
    for one in _chosen(judged, chosen or "met"):
        of_place.setdefault(one.target.site.name, []).append(one)
    return [one for own in of_place.values() if len(own) == len(years) for one in own]


def _planned(cell: Cell) -> Cell:
    return replace(cell, matches=tuple(m for m in cell.matches if m.figure.status is Status.TARGET))


def _years(asked: Across, places: Sequence[Site]) -> tuple[int, ...]:
    """The years asked about: those named, else the last whose outcome most of the places tell, or the last few."""
    if asked.years and not asked.recent:
        return asked.years
    newest = [place.newest for place in places if place.rows]
    if not newest:
        return ()
    last = asked.years[0] if asked.years else max(set(newest), key=lambda year: (newest.count(year), year)) - 1
    return tuple(range(last - max(1, asked.recent) + 1, last + 1))


def _sources(years: Sequence[int]) -> list[str]:
    if len(years) == 1:
        return [f"目标取自{years[0]}年报告，结果取自{years[0] + 1}年报告"]
    return [f"{stretches(list(years))}年各年的目标取自当年报告，结果取自下一年报告"]


def _listing(names: Sequence[str]) -> str:
    more = "等" if len(names) > _LISTED else ""
    return f"{chinese_count(len(names), '个')}（{'、'.join(names[:_LISTED])}{more}）"


def _summary(year: int, what: str, judged: Sequence[_Judged]) -> str:
    """How many of the places, and which, met the target."""
    parts = []
    for key, word in _SAID:
        names = [one.target.site.name for one in judged if one.told == key]
        if names:
            parts.append(f"{word}{_listing(names)}")
    return f"{year}年{what}目标：{'，'.join(parts)}。"


def _in_a_row(what: str, years: Sequence[int], shown: Sequence[_Judged], chosen: str) -> str:
    word = "未完成" if chosen == "missed" else "完成"
    names = list(dict.fromkeys(one.target.site.name for one in shown))
    told = f"{stretches(list(years))}年{what}目标连续{chinese_count(len(years), '年')}{word}的"
    return f"{told}：{_listing(names)}。" if names else f"没有{told}地方（只算各年目标和结果都有收录、能判断的）。"
