"""The target in the report of a year beside the outcome in the next report, with a verdict."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.across.bearing import borne_out
from retrieval.answer.across.cells import Cell, Site, Wanted, alike, cells, single_site
from retrieval.answer.across.comparable import unit_class
from retrieval.answer.across.kinds import kind
from retrieval.answer.across.verdict import verdict
from retrieval.answer.across.writing import figure_of, name_notes, put
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.answer.weights import grams
from retrieval.lexicon import indicators
from retrieval.model import Answer, Kind, Measure, Reason, Status
from retrieval.query import Ask, Query, Slot, resolve
from retrieval.query.across import Across

__all__ = ["fulfilment", "pair"]

# Target and outcome are of one indicator: how much is left where something differs.
_OTHER_UNIT, _OTHER_MEASURE, _OTHER_NAME = 0.02, 0.1, 0.3
_NAMED_NUMBER = 20.0
_NAMES, _ECONOMY = re.compile(r"[一-鿿A-Za-z]{2}"), "地区生产总值"
_APART = frozenset((Measure.SHARE, Measure.RANK, Measure.STREAK, Measure.DURATION))


def fulfilment(asked: Across, query: Query, library: Library) -> Answer | None:
    """Target first, then outcome; or which of them is missing. None where one report may answer as well and something
    is missing."""
    place = single_site(query, asked.places, library)
    year, notes = _year(asked, query, place)
    slot = asked.slots[0]
    slot = borne_out([slot], [Wanted(place, year, Status.TARGET), Wanted(place, year, Status.ACTUAL)], library, query)[
        0
    ]
    if not _NAMES.search(slot.words):
        # 说要涨8%: of what is not said; growth alone is that of the economy.
        slot = replace(slot, words=_ECONOMY, context="", ask=Ask(Measure.GROWTH, "", 1))
        notes = [*notes, "未指明指标，按地区生产总值理解"]
    target = cells([Wanted(place, year, Status.TARGET)], slot, library)[0]
    outcome = cells([Wanted(place, year, Status.ACTUAL)], _known_by(target, slot), library)[0]
    if target.best and not outcome.best:
        outcome = alike(outcome, replace(kind(target.best), target=False))
    found = pair(asked, target, outcome)
    if found is None and asked.tentative:
        return None
    if found is None:
        return _without(target, outcome, slot.words, year, notes)
    promised, achieved = found
    quotes = Quotes()
    figures = (put(quotes, target, promised, placed=False), put(quotes, outcome, achieved, placed=False))
    goal, result = figures[0].figure, figures[1].figure
    said = [*notes, f"目标取自{promised.loaded.row.year}年报告，结果取自{achieved.loaded.row.year}年报告"]
    if result.status is Status.ESTIMATED:
        said.append("结果为预计数")
    said += [note for note in name_notes([goal, result]) if "预计" not in note]
    return Answer(
        Kind.FIGURES,
        figures=figures,
        citations=quotes.citations,
        notes=tuple(said),
        verdict=verdict(goal, result, promised.stated.clause),
        topic=f"{place.name}{slot.words}",
    )


def _known_by(target: Cell, slot: Slot) -> Slot:
    """The slot under the name of the target's indicator, where its own words name none: 老百姓买东西的总额."""
    key = target.best.figure.indicator_id if target.best else None
    if key is None or indicators.mentions(slot.words):
        return slot
    return replace(slot, words=indicators.by_id(key).name, context="")


def _year(asked: Across, query: Query, place: Site) -> tuple[int, list[str]]:
    """The year whose target is asked about."""
    named = query.report_year
    if named is not None:
        # 按2025年报告，2024年的目标: the report that tells the outcome. 2024年报告定的目标: the one that sets it.
        return (named - 1 if asked.years and asked.years[0] == named - 1 else named), []
    if asked.years:
        return asked.years[0], []
    relative = [p for p in query.periods if p.relative]
    base = place.newest
    if relative and (found := resolve(relative[0], base)).first == found.last:
        return found.last, [f"“{relative[0].surface}”从{base}年报告算起"]
    return base - 1, [f"未指明年份，取{base - 1}年的目标"]


def pair(asked: Across, target: Cell, outcome: Cell) -> tuple[Match, Match] | None:
    """The target and the outcome that fit the question and each other best."""
    best: tuple[float, Match, Match] | None = None
    for promised in target.matches:
        if promised.figure.status is not Status.TARGET:
            continue
        own = promised.score * (_NAMED_NUMBER if promised.figure.value in asked.numbers else 1.0)
        for achieved in outcome.matches:
            if achieved.figure.status is Status.TARGET or not _comparable(promised, achieved):
                continue
            score = own * achieved.score * _agreement(promised, achieved)
            if best is None or score > best[0]:
                best = (score, promised, achieved)
    return (best[1], best[2]) if best else None


def _comparable(one: Match, other: Match) -> bool:
    """A share or a rank is no outcome of a growth aimed at; an amount is, though it cannot be judged."""
    kinds = {one.figure.measure, other.figure.measure}
    return len(kinds) == 1 or not kinds & _APART


def _agreement(one: Match, other: Match) -> float:
    fit = 1.0
    if unit_class(one.figure) != unit_class(other.figure):
        fit *= _OTHER_UNIT
    if one.figure.measure is not other.figure.measure:
        fit *= _OTHER_MEASURE
    if one.figure.indicator_id != other.figure.indicator_id:
        fit *= _OTHER_NAME
    named, told = set(grams(one.stated.indicator)), set(grams(other.stated.indicator))
    if named or told:
        fit *= 0.8 + 0.2 * len(named & told) / len(named | told)
    return fit


def _without(target: Cell, outcome: Cell, what: str, year: int, notes: list[str]) -> Answer:
    """Why no verdict can be given, with the half that is there."""
    place = target.site
    if not place.rows:
        return Answer(
            Kind.NONE, Reason.PLACE_MISSING, message=f"地区未收录：没有{place.name}的政府工作报告。", topic=what
        )
    quotes = Quotes()
    half = target.best or outcome.best
    found = () if half is None else (put(quotes, target if target.best else outcome, half, placed=False),)
    absent = [y for y, cell in ((year, target), (year + 1, outcome)) if not cell.held and not cell.matches]
    if absent:
        named = "、".join(f"{y}年" for y in absent)
        reason, message = Reason.YEAR_MISSING, f"年份未收录：{place.name}没有{named}政府工作报告，无法对照目标与结果。"
    elif target.best:
        reason, message = Reason.ONLY_TARGET, f"只有目标：{year + 1}年报告没有写“{what}”的实际结果。"
    elif outcome.best:
        reason, message = Reason.ONLY_ACTUAL, f"只有实绩：{year}年报告没有给“{what}”定目标。"
    else:
        reason, message = Reason.NOT_MENTIONED, f"报告未提及“{what}”。"
    return Answer(
        Kind.NONE,
        reason,
        related=tuple(replace(item, figure=figure_of(half.figure, place, year)) for item in found if half),
        citations=quotes.citations,
        notes=tuple(notes),
        message=message,
        topic=what,
    )
