"""Whether a figure may answer for one place and year, and how well: whose it is, of when, under which name."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from retrieval.answer.fitting import years
from retrieval.answer.matching import Match
from retrieval.answer.weights import Weights, grams
from retrieval.lexicon import bigrams, indicators
from retrieval.lexicon import places as gazetteer
from retrieval.model import Figure, Level, Measure, SectionKind, Status
from retrieval.query import Slot

__all__ = ["magnitude", "may_answer", "narrower", "spoken_of", "unit_class", "worth"]

# Figures of glossaries count this much, and targets that stand among tasks.
_ASIDE, _ELSEWHERE = 0.6, 0.92
# A figure without a name takes that of the indicator named before it, at most so far away.
_BEFORE, _FITTING = 120, 0.9
_MILESTONE = re.compile(r"突破|超|跨|迈上|站上|逾")
_PASSED = 0.96
# 连续13年稳定在430亿斤以上 tells of no year by itself.
_HELD = 0.7
_STEADY = re.compile(r"连续[^,。;]{1,6}年(?:稳定|保持|超)|(?:稳定|保持)在")
_AVERAGE = re.compile(r"年均|平均|累计|五年|五年来|以来")
_RATES = frozenset(("%", "％", "‰"))
# Units of mass side by side: 亿斤 and 万吨.
_MASS = {"斤": Decimal("0.0005"), "公斤": Decimal("0.001"), "千克": Decimal("0.001")}
_COUNTERS = frozenset("个家项户所座条处件位名人次例台套种批场宗类支只辆艘架部间列班")
_PART = re.compile(r"全年|季度|上半年|下半年|前[一二三四五六七八九十\d]+个?月|\d+\s*[-—–至到]\s*\d+月")
# Words before or behind an indicator's name that do not narrow it.
_PLAIN = re.compile(
    r"全社会|全[市省区州县盟年]|地方|本级|主城区?|中心城区|城区|环境|预计|实现|完成|累计|同口径|可比口径?|总[额量值]|增[速幅]|涨幅|"
    r"同比|比上年|初步核算|其中|我[市省区]|[今去]年|地区|国内|生产|总体|平均|当年|年末|分别|达到?|约|的|和|为|等"
)
# A name that holds so many more characters than the indicator's is of a part of it.
_MORE = 3


def may_answer(match: Match, slot: Slot, weights: Weights, place: str, year: int | None) -> bool:
    """Whether a figure is the place's own, of the year, of the kind asked for, and not of a part of it."""
    if foreign(match.figure, place) or (year is not None and not told(match, year)):
        return False
    if match.figure.indicator.startswith("名义") and "名义" not in slot.words:
        return False
    kind = _of_kind(match.figure, slot) and not _part(match, slot)
    return kind and not narrower(match, slot, weights) and not _wider(match, slot)


def _of_kind(figure: Figure, slot: Slot) -> bool:
    """Whether a figure's measure can be the asked one: no share for a level, no count for a growth."""
    match slot.ask.measure:
        case Measure.LEVEL:
            return figure.measure is not Measure.SHARE
        case Measure.GROWTH:
            return bool(slot.ask.unit) or figure.measure in (Measure.GROWTH, Measure.MULTIPLE)
        case Measure.SHARE:
            # A list of rates may end in one that grows: what counts is that it is a rate and no change of one.
            return figure.unit in _RATES if slot.ask.unit in ("", "%") else True
        case _:
            return True


def _part(match: Match, slot: Slot) -> bool:
    """Whether a figure tells of a part of the year: the last such word before it counts."""
    said = list(_PART.finditer(match.stated.clause))
    return bool(said) and said[-1][0] != "全年" and not _PART.search(slot.words)


def narrower(match: Match, slot: Slot, weights: Weights) -> bool:
    """Whether a rate is of a part of the indicator: 民营企业进出口 of 进出口. What narrows stands before the name."""
    figure = match.figure
    if not weights.indicators or figure.measure is not Measure.GROWTH or spoken_of(match, weights):
        return False
    left = match.stated.indicator
    names = [alias.lower() for key in weights.indicators for alias in indicators.by_id(key).aliases]
    for name in sorted([*slot.words.lower().split(), *names], key=len, reverse=True):
        if name in left:
            left = left[: left.index(name)]
            break
    for mention in _mentions(figure.indicator):
        left = left.replace(mention.surface, " ")
    return len(re.findall(r"[\u4e00-\u9fff]", _PLAIN.sub(" ", left))) >= _MORE


def _wider(match: Match, slot: Slot) -> bool:
    """Whether a figure is of more than what is asked: 旅游收入 for 研学旅游收入. What narrows an indicator in the
    question must stand in the figure's clause, for the most part."""
    words = next((w for w in slot.words.lower().split() if len(indicators.mentions(w)) == 1), "")
    mention = indicators.mentions(words)[0] if words else None
    if mention is None or mention.end < len(words):
        return False
    before = _PLAIN.sub("", words[: mention.start])
    pairs = [gram for gram in grams(before) if bigrams.share(gram)]
    named = f"{match.stated.indicator} {match.stated.clause}"
    return bool(pairs) and sum(pair in named for pair in pairs) * 2 < len(pairs)


def worth(match: Match) -> float:
    """Less for glossaries, for a milestone passed (突破2000亿元) beside the value, for targets among tasks."""
    figure = match.figure
    worth = 1.0
    if match.loaded.kind(match.stated.passage) in (SectionKind.NOTES, SectionKind.ANNEX):
        worth *= _ASIDE
    if figure.status is not Status.TARGET and _MILESTONE.search(figure.qualifier):
        worth *= _PASSED
    if figure.status is not Status.TARGET and _STEADY.search(match.stated.clause):
        worth *= _HELD
    if figure.status is Status.TARGET:
        sentence = match.loaded.sentences[match.stated.sentence]
        worth *= 1.0 if sentence.kind is SectionKind.TARGETS or "目标" in sentence.text else _ELSEWHERE
    return worth


def foreign(figure: Figure, place: str) -> bool:
    """Whether a figure is another place's than the report's: by its field, or by a place in its name."""
    if figure.place and figure.place != place:
        return True
    return any(
        all(c.name != place and c.level is not Level.COUNTRY for c in mention.candidates)
        for mention in _mentions(figure.indicator)
    )


@lru_cache(maxsize=4096)
def _mentions(indicator: str) -> tuple[gazetteer.PlaceMention, ...]:
    return tuple(gazetteer.mentions(indicator))


def told(match: Match, year: int) -> bool:
    """Whether a figure tells of the year alone: a rate over several years does not, unless its sentence names the
    year and no average."""
    figure = match.figure
    span = years(figure.period)
    if span is None or span == (year, year):
        return True
    if span[1] != year and not (span[0] <= year <= span[1]):
        return False
    sentence = match.loaded.sentences[match.stated.sentence].text
    if str(year) in sentence and not figure.basis and not _AVERAGE.search(match.stated.clause):
        return True
    return span[1] == year and figure.measure not in (Measure.GROWTH, Measure.COUNT)


def spoken_of(match: Match, weights: Weights) -> bool:
    """Whether the indicator asked for is the last one named before a figure that bears no name of its own."""
    figure = match.figure
    if not weights.indicators or figure.indicator_id is not None or match.fit < _FITTING:
        return False
    passage = match.loaded.outline.passages[match.stated.passage].span
    start = max(passage.start, figure.span.start - _BEFORE)
    before = match.loaded.report.text[start : figure.span.start]
    named = indicators.mentions(before)
    return bool(named) and named[-1].indicator.id in weights.indicators


def unit_class(figure: Figure) -> str:
    """Units that can be set side by side: 万亿元 and 亿元, 列 and 班."""
    bare = figure.base_unit or figure.unit.lstrip("十百千万亿")
    return "个" if bare in _COUNTERS else "吨" if bare in _MASS else bare


def magnitude(figure: Figure) -> Decimal | None:
    """The value with its sign in the base unit; None for wordings."""
    value = figure.scaled if figure.scaled is not None else figure.value
    if value is None:
        return None
    number = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    number *= _MASS.get(figure.base_unit, Decimal(1))
    return -abs(number) if figure.direction < 0 else number
