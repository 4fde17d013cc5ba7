"""Figures that deny what a question takes for granted: that something rose which fell, a growth that is another, a
place in a ranking, a goal that was passed. Where no figure tells, nothing is denied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer.fitness import AHEAD
from retrieval.answer.library import Loaded, Stated
from retrieval.answer.matching import Match
from retrieval.answer.moves import FELL_SHORT
from retrieval.answer.sectors import parts
from retrieval.lexicon import indicators, numerals
from retrieval.lexicon.question_words import cues
from retrieval.lexicon.ways import supposed
from retrieval.model import Measure, Status
from retrieval.query import Form, Query, Slot

__all__ = ["Denial", "moved_otherwise", "stated_otherwise", "states"]

# A figure is of the very thing asked about where its name and clause hold this share of the words.
_SURE = 0.75
_MOVES = frozenset({"growth", "decline"})
# An index of prices stands at 100 where they did not move, and never far from it.
_UNMOVED, _INDEX = 100, 30


@dataclass(frozen=True, slots=True)
class Denial:
    """The sentence of a report that says otherwise."""

    loaded: Loaded
    sentence: int


def moved_otherwise(query: Query, chosen: Iterable[tuple[Slot, Match]]) -> Match | None:
    """The result of the very thing asked about that went the other way than the question says."""
    pairs = list(chosen)
    ways = supposed(query.text)
    if 0 in ways:
        return None
    way = next(iter(ways)) if len(ways) == 1 else 0
    alone = len({slot for slot, _ in pairs}) == 1
    for slot, match in pairs:
        own = slot.ask.direction
        # 刑案少了多少、破案率提高多少: of several each goes its own way.
        asked = own if own < 0 else way if alone or own in (0, way) else 0
        known = (match.of_indicator or match.named >= _SURE) and not match.doubtful
        if asked and known and match.figure.status is not Status.TARGET and _against(asked, match):
            return match
    return None


def _against(asked: int, match: Match) -> bool:
    figure = match.figure
    unmoved = figure.measure is Measure.GROWTH and figure.value is None and not figure.direction
    return asked * _went(match) < 0 or (unmoved and figure.wording == "持平")


def _went(match: Match) -> int:
    """Which way a figure went; an index of prices rose above 100."""
    figure = match.figure
    if figure.direction or figure.unit or figure.value is None or not figure.indicator.endswith("指数"):
        return figure.direction
    moved = float(figure.value) - _UNMOVED
    return (moved > 0) - (moved < 0) if abs(moved) < _INDEX else 0


def states(query: Query) -> bool:
    """Whether a question states anything of its years that reports can deny; most do not, and none is then read."""
    text = query.text
    dated = any(not period.relative for period in query.periods)
    stated = (
        any(words.search(text) for words in (_PERCENT, _PLACED, _PASSED, _SHARE)) or _supposed_order(text) is not None
    )
    return dated and query.form is not Form.YESNO and stated


def stated_otherwise(query: Query, reports: Sequence[Loaded]) -> Denial | None:
    """Where the reports of the place deny what the question states of a year: a growth, a place in a ranking, that a
    goal was passed, that towns were ahead of the country, that a sector's share rose."""
    if not states(query):
        return None
    years = frozenset(str(period) for period in query.periods if not period.relative)
    last = max(period.last for period in query.periods)
    told = [
        (loaded, loaded.figures[number])
        for loaded in reports
        for number, (period, part) in enumerate(zip(loaded.fields.periods, loaded.fields.parts, strict=True))
        if period in years and not part
    ]
    results = [
        (loaded, s) for loaded, s in told if s.figure.status is not Status.TARGET and loaded.row.year == last + 1
    ]
    goals = [(loaded, s) for loaded, s in told if s.figure.status is Status.TARGET]
    reviews = [loaded for loaded in reports if loaded.row.year == last + 1]
    return (
        _growth(query.text, results)
        or _rank(query.text, results)
        or _goal(query.text, results, goals, reviews)
        or _order(query.text, results, reviews)
        or _sector(query.text, results)
    )


_Told = tuple[Loaded, Stated]
_PERCENT = re.compile(r"(超过?|突破|高达)?\s?(\d+(?:\.\d+)?)\s?(?:%|个?百分点|个点)")
_CLAUSE = re.compile(r"[^,;。?!]+")
_PLANNED = re.compile(r"目标|预期|计划|任务")


def _growth(text: str, results: Sequence[_Told]) -> Denial | None:
    """财政收入增长22%靠什么: the growth of that indicator is another, or it fell."""
    for clause in (match[0] for match in _CLAUSE.finditer(text)):
        number = _PERCENT.search(clause)
        kinds = {cue.kind for cue in cues(clause)} & _MOVES
        if number is None or len(kinds) != 1 or _PLANNED.search(clause):
            continue
        way = -1 if kinds == {"decline"} or -1 in supposed(clause) else 1
        grown = _grown(_of(indicators.meant(clause[: number.start()]), results))
        if not grown or any(_is(stated, way, number) for _, stated in grown):
            continue
        opposite = [one for one in grown if _is(one[1], -way, number)]
        if opposite or not any(_written(number[2], told) for told in grown):
            return _at((opposite or grown)[0])
    return None


def _written(number: str, told: _Told) -> bool:
    """Whether a number stands beside a figure, in its sentence: it may be of the same all the same."""
    return number in told[0].sentences[told[1].sentence].text


def _is(stated: Stated, way: int, number: re.Match[str]) -> bool:
    figure, claimed = stated.figure, Decimal(number[2])
    if not isinstance(figure.value, Decimal) or figure.direction != way:
        return False
    return figure.value >= claimed if number[1] else figure.value == claimed


def _of(named: Sequence[str], told: Sequence[_Told]) -> list[_Told]:
    """The figures of the indicators with these ids."""
    return [(loaded, stated) for loaded, stated in told if stated.figure.indicator_id in named]


def _grown(told: Sequence[_Told]) -> list[_Told]:
    return [
        (loaded, stated)
        for loaded, stated in told
        if stated.figure.measure is Measure.GROWTH and stated.figure.unit == "%" and stated.figure.value is not None
    ]


def _at(told: _Told) -> Denial:
    return Denial(told[0], told[1].sentence)


_PLACED = re.compile(
    r"(?:位列|位居|名列|排名|排在|排|居|列)[^,;。?!\d第]{0,8}第([一二三四五六七八九十]+|\d+)(?![一三产次个])"
)


def _rank(text: str, results: Sequence[_Told]) -> Denial | None:
    """固投增速位列全省第一: its place is another."""
    placed = _PLACED.search(text)
    if placed is None:
        return None
    claimed = numerals.small(placed[1])
    named = _of(indicators.meant(text[: placed.start()]), results)
    # 全国第十 says nothing of 全省第三.
    ranks = [
        (loaded, stated)
        for loaded, stated in named
        if stated.figure.measure is Measure.RANK and (not stated.figure.scope or stated.figure.scope in text)
    ]
    return _at(ranks[0]) if ranks and all(stated.figure.value != claimed for _, stated in ranks) else None


_PASSED = re.compile(
    r"(?:超出|超过|高于|高出|好于|超额)[^,;。?!]{0,3}(?:年初|预期|预定|原定|目标|计划)|"
    r"(?:比|较)(?:年初|预期|预定|原定|目标|计划)[^,;。?!]{0,6}(?:高|快|好|超)"
)


def _goal(text: str, results: Sequence[_Told], goals: Sequence[_Told], reviews: Sequence[Loaded]) -> Denial | None:
    """增速超出年初目标多少: the report says that it fell short, or its growth is below the one that was planned."""
    if not _PASSED.search(text):
        return None
    named = frozenset(indicators.meant(text))
    for loaded in reviews:
        for sentence in loaded.sentences:
            if sentence.kind in AHEAD or not FELL_SHORT.search(sentence.text):
                continue
            whole = not named and "经济" in text and "经济" in sentence.text
            if whole or named & set(indicators.meant(sentence.text)):
                return Denial(loaded, sentence.number)
    reached, planned = _grown(_of(tuple(named), results)), _grown(_of(tuple(named), goals))
    if len(named) == 1 and reached and planned and _signed(reached[0]) < min(map(_signed, planned)):
        return _at(reached[0])
    return None


def _signed(told: _Told) -> Decimal:
    figure = told[1].figure
    return Decimal(str(figure.value)) * (figure.direction or 1)


_TOWN, _COUNTRY = r"城镇|城里|城市", r"农村|农民|乡村|乡下|村里"
_SIDE = rf"(?:{_TOWN}|{_COUNTRY})"
_BESIDE = re.compile(
    rf"({_SIDE})[^,;。?!]*?(?:(领先|高于|高出|快于|超出|超过|跑赢)|(低于|慢于|落后于?))[^,;。?!]{{0,4}}?({_SIDE})|"
    rf"({_SIDE})[^,;。?!]*?比[^,;。?!]{{0,4}}?({_SIDE})[^,;。?!]{{0,6}}?(?:(快|高|多)|(慢|低|少))"
)
_WIDER = re.compile(r"城乡[^,;。?!]*?(?:差距|收入比)[^,;。?!]{0,4}(?:拉大|扩大|加大)")
_COUNTRY_AHEAD = re.compile(rf"(?:{_COUNTRY})[^;。]*?(?:高于|快于|超过|领先于?|跑赢)[^,;。]{{0,3}}?(?:{_TOWN})")
_PACE = re.compile(r"增[速幅长]|涨|[快慢]|差距|收入比")


def _order(text: str, results: Sequence[_Told], reviews: Sequence[Loaded]) -> Denial | None:
    """城镇居民收入增速领先农村多少: it was the country whose incomes grew faster."""
    town_ahead = _supposed_order(text)
    if town_ahead is None or "收入" not in text or not _PACE.search(text):
        return None
    town, country = (_grown(_of((key,), results)) for key in ("inc_urban", "inc_rural"))
    if town and country:
        apart = _signed(town[0]) - _signed(country[0])
        return _at(town[0]) if apart and (apart > 0) is not town_ahead else None
    for loaded in reviews if town_ahead else ():
        for sentence in loaded.sentences:
            if sentence.kind not in AHEAD and "收入" in sentence.text and _COUNTRY_AHEAD.search(sentence.text):
                return Denial(loaded, sentence.number)
    return None


def _supposed_order(text: str) -> bool | None:
    """Whether towns are said to be ahead of the country; None where nothing is said of both."""
    if _WIDER.search(text):
        return True
    beside = _BESIDE.search(text)
    if beside is None:
        return None
    sides = beside[1] or beside[5], beside[4] or beside[6]
    first, second = (re.fullmatch(_TOWN, side) is not None for side in sides)
    return None if first is second else first is bool(beside[2] or beside[7])


_SHARE = re.compile(r"(第[一二三]产业)[^,;。?!]*?(?:占比|比重|比例)")


def _sector(text: str, results: Sequence[_Told]) -> Denial | None:
    """第二产业占比上升了几个百分点: of 50.2 it is 47.7 now."""
    share = _SHARE.search(text)
    ways = supposed(text)
    if share is None or len(ways) != 1:
        return None
    part, way = _SECTORS.index(share[1]), next(iter(ways))
    for loaded, stated in results:
        before = [s for s in loaded.figures_in(stated.sentence) if s.figure.span < stated.figure.span]
        ratios = [found for s in [*before[-1:], stated] if (found := parts(s.figure))]
        if len(ratios) == _BOTH and way * (ratios[1][part] - ratios[0][part]) < 0:
            return Denial(loaded, stated.sentence)
    return None


_SECTORS = ("第一产业", "第二产业", "第三产业")
_BOTH = 2
