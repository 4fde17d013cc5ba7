"""Several places' targets of one year beside what came of each: 哪些省没完成2018年的GDP目标."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.across.bearing import borne_out
from retrieval.answer.across.cells import Cell, Site, Wanted, agreed, cells, sites
from retrieval.answer.across.fulfilment import pair
from retrieval.answer.across.groups import absent_note, members
from retrieval.answer.across.verdict import verdict
from retrieval.answer.across.writing import missing_notes, name_notes, put, refused
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.model import Answer, AnswerFigure, Assessed, Kind, Status
from retrieval.query import Query
from retrieval.query.across import Across
from retrieval.text import chinese_count

__all__ = ["promises"]

_SAID = (("met", "完成"), ("missed", "未完成"), ("unclear", "无法判断"))
# Names that a summary lists.
_LISTED = 8


def promises(asked: Across, query: Query, library: Library) -> Answer | None:
    """Target and outcome of each place that is asked for, with a verdict; None where the store holds no such group."""
    places = sites(query, asked.places, library) if asked.group is None else members(asked.group, library)
    year = asked.years[0] if asked.years else _latest(places)
    if not places or year is None:
        return None
    wanted = [Wanted(place, year, Status.TARGET) for place in places]
    slot = borne_out([replace(slot, status=None) for slot in asked.slots], wanted, library, query)[0]
    targets = [_planned(cell) for cell in agreed(cells(wanted, slot, library), strict=True)]
    outcomes = cells([Wanted(place, year, Status.ACTUAL) for place in places], slot, library)
    if asked.group is not None:
        # A group is what the store holds of it.
        held = [n for n, (one, other) in enumerate(zip(targets, outcomes, strict=True)) if one.held and other.held]
        targets, outcomes = [targets[n] for n in held], tuple(outcomes[n] for n in held)
    judged: list[tuple[Cell, Cell, Match, Match, str]] = []
    for target, outcome in zip(targets, outcomes, strict=True):
        if found := pair(asked, target, outcome):
            told = verdict(found[0].figure, found[1].figure, found[0].stated.clause)
            judged.append((target, outcome, *found, told))
    if not judged:
        return refused([*targets, *outcomes], slot.words, Status.TARGET) if targets else None
    quotes = Quotes()
    figures: list[AnswerFigure] = []
    assessed: list[Assessed] = []
    for target, outcome, promised, achieved, told in judged:
        if asked.chosen and told != asked.chosen:
            continue
        figures += [put(quotes, target, promised, placed=True), put(quotes, outcome, achieved, placed=True)]
        assessed.append(Assessed(target.site.name, len(figures) - 2, len(figures) - 1, told))
    notes = [f"目标取自{year}年报告，结果取自{year + 1}年报告", *missing_notes(targets, Status.TARGET)]
    notes += [note for note in missing_notes(outcomes, None) if note not in notes]
    if asked.group is not None:
        notes += absent_note(asked.group, {cell.site.name for cell in targets}, year, "比较")
    results = [item.figure for item in figures if item.figure.status is not Status.TARGET]
    notes += name_notes(results) if results else []
    return Answer(
        Kind.FIGURES,
        figures=tuple(figures),
        citations=quotes.citations,
        assessed=tuple(assessed),
        notes=tuple(dict.fromkeys(notes)),
        message=_summary(f"{year}年{slot.words}", [(target.site.name, told) for target, *_, told in judged]),
        topic=slot.words,
    )


def _planned(cell: Cell) -> Cell:
    return replace(cell, matches=tuple(m for m in cell.matches if m.figure.status is Status.TARGET))


def _latest(places: Sequence[Site]) -> int | None:
    """The last year whose outcome most of the places tell."""
    newest = [place.newest for place in places if place.rows]
    return max(set(newest), key=lambda year: (newest.count(year), year)) - 1 if newest else None


def _summary(what: str, judged: Sequence[tuple[str, str]]) -> str:
    """How many of the places, and which, met the target."""
    parts = []
    for key, word in _SAID:
        names = [name for name, told in judged if told == key]
        if names:
            more = "等" if len(names) > _LISTED else ""
            parts.append(f"{word}{chinese_count(len(names), '个')}（{'、'.join(names[:_LISTED])}{more}）")
    return f"{what}目标：{'，'.join(parts)}。"
