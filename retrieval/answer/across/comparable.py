"""Whether a figure may answer for one place and year, and which figures can be set side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from retrieval.answer.matching import Match
from retrieval.answer.scoring.columns import years
from retrieval.answer.weights import grams
from retrieval.figures import partial
from retrieval.lexicon import bigrams, indicators, vectors
from retrieval.lexicon import places as gazetteer
from retrieval.model import Figure, Level, Measure, Status
from retrieval.query import Slot

__all__ = ["class_of_unit", "magnitude", "may_answer", "narrowing", "of_part", "of_whole", "size", "unit_class"]

_AVERAGE = re.compile(r"年均|平均|累计|五年|五年来|以来")
_SUMMED = re.compile(r"累计|合计|总共")
_STANDING = frozenset((Measure.LEVEL, Measure.SHARE, Measure.PRICE))
_MINUS = ("-", "\N{MINUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}", "负")
# Units told in another one, and its size in that: 亿斤 beside 万吨, 三成 beside 30%.
_TOLD_IN = {
    "斤": ("吨", Decimal("0.0005")),
    "公斤": ("吨", Decimal("0.001")),
    "千克": ("吨", Decimal("0.001")),
    "成": ("%", Decimal(10)),
}
_COUNTERS = frozenset("个家项户所座条处件位名人次例台套种批场宗类支只辆艘架部间列班")


def may_answer(match: Match, slot: Slot, place: str, year: int | None) -> bool:
    """Whether a figure is the place's own, of the whole year, and of that year alone."""
    figure = match.figure
    if _foreign(figure, place, slot.words) or (year is not None and not _told(match, year)):
        return False
    whole = not figure.part or bool(partial.parts(f"{slot.words} {slot.context}"))
    return whole and not _wider(match, slot) and not _of_smaller(match)


def _of_smaller(match: Match) -> bool:
    """Whether a growth is that of a part of the place, by the amount beside it."""
    figure = match.figure
    if figure.measure is not Measure.GROWTH or figure.indicator_id is None or figure.status is Status.TARGET:
        return False
    fields = match.loaded.fields
    return of_part(
        figure.span.start,
        [
            (other.span.end, Decimal(other.scaled))
            for number, key in enumerate(fields.ids)
            if key == figure.indicator_id
            and fields.measures[number] is Measure.LEVEL
            and fields.periods[number] == figure.period
            and isinstance((other := match.loaded.figures[number].figure).scaled, Decimal)
            and other.status is not Status.TARGET
        ],
    )


# Words before an indicator's name that do not narrow it: scopes and hedges of reports, and words of closed classes.
_PLAIN = re.compile(
    r"全社会|全[市省区州县盟年国]|地方|城区|环境|预计|实现|完成|累计|同口径|可比口?径?|同比|其中|地区|国内|总体|平均|当年|年末|分别|"
    r"[各每这那哪某一两几]个?|地市|城市|省份|[我你他她它咱]们?[市省区]?|[的和为等了过着定说提叫是有把对将从在到与跟比按向给让被其该本此市省县]"
)


def narrowing(words: str) -> str:
    """What of the words before an indicator makes it another: 研学 of 研学旅游收入, nothing of 各个地市生产总值."""
    return _PLAIN.sub("", words)


def _is_word(gram: str) -> bool:
    """Whether two characters are a word of reports or of the language, and no slip of the pen."""
    return bool(bigrams.share(gram)) or vectors.row(gram) >= 0


def _wider(match: Match, slot: Slot) -> bool:
    """Whether a figure is of more than what is asked: 旅游收入 for 研学旅游收入. Most of what narrows an indicator in
    the question must stand in the figure's clause."""
    for word in slot.words.lower().split():
        mentions = indicators.mentions(word)
        if len(mentions) == 1 and mentions[0].end == len(word):
            said = f"{match.stated.indicator} {match.stated.clause}"
            pairs = [gram for gram in grams(narrowing(word[: mentions[0].start])) if _is_word(gram)]
            return sum(gram in said for gram in pairs) * 2 < len(pairs)
    return False


def of_whole(figure: Figure, place: str) -> bool:
    """Whether a figure is of the place and the indicator as a whole: not of a part of the year, another place, or what
    is narrower (民营经济增加值)."""
    own = place if place in figure.indicator or place[:_SHORT] in figure.indicator else ""
    return not figure.part and not _foreign(figure, place, "") and not _narrower(figure.indicator, own)


# A place's short name has so many characters at least.
_SHORT = 2


@lru_cache(maxsize=8192)
def _narrower(indicator: str, place: str) -> bool:
    """Whether something stands before an indicator's name that makes it another; the name of `place` does not."""
    mentions = indicators.mentions(indicator)
    # 地区生产总值(GDP): one indicator said twice.
    own = (
        mentions[0] if len({mention.indicator.id for mention in mentions}) == 1 else mentions[-1] if mentions else None
    )
    before = indicator[: own.start] if own else ""
    if before and place:
        # 西藏生产总值: the place by its short name.
        said = [m.surface for m in _mentions(indicator) if any(c.name == place for c in m.candidates)]
        for name in (place, place[:-1], *said):
            before = before.replace(name, "")
    return bool(narrowing(before))


# 地区生产总值300亿元、增长23%: so near behind an amount a growth is of that amount; of a part of the place, where
# another amount of the indicator is so many times as large.
_BEHIND, _PART = 8, 3


def of_part(start: int, amounts: Sequence[tuple[int, Decimal]]) -> bool:
    """Whether the amount that a growth at `start` stands right behind is much smaller than another one that the report
    tells of the same indicator and year. `amounts` are the ends and sizes of these."""
    own = [size for end, size in amounts if 0 <= start - end <= _BEHIND]
    return bool(own) and max(size for _, size in amounts) > _PART * max(own)


def _foreign(figure: Figure, place: str, words: str) -> bool:
    """Whether a figure is another place's than the report's: by its field, or by a place in its name."""
    name = figure.indicator.replace(place, "")
    if (figure.place and figure.place != place) or (_OF_SOME.match(name) and not _OF_SOME.search(words)):
        return True
    return any(
        all(c.name != place and c.level is not Level.COUNTRY for c in mention.candidates)
        for mention in _mentions(figure.indicator)
    )


# 三市地区生产总值, 经济区生产总值: of some places inside.
_OF_SOME = re.compile(
    r"[两二三四五六七八九十\d]+[市县区州盟]|县\(|[^,]{0,8}?(?:经济[区带圈]|城市群|都市圈|示范区|功能区|开发区|高新区|新区|园区|自贸区|试验区|保税区|县域)"
)


@lru_cache(maxsize=4096)
def _mentions(indicator: str) -> tuple[gazetteer.PlaceMention, ...]:
    return tuple(gazetteer.mentions(indicator))


def _told(match: Match, year: int) -> bool:
    """Whether a figure tells of the year alone: a rate over several years does not, unless its sentence names the
    year and no average."""
    figure = match.figure
    span = years(figure.period)
    if not span[0] or span == (year, year):
        return True
    if span[1] != year and not (span[0] <= year <= span[1]):
        return False
    sentence = match.loaded.sentences[match.stated.sentence].text
    if str(year) in sentence and not figure.basis and not _AVERAGE.search(match.stated.clause):
        return True
    # 过去五年…累计8475亿元: a sum of years is none of its last one.
    summed = _SUMMED.search(f"{figure.qualifier} {match.stated.clause}") is not None
    return span[1] == year and figure.measure not in (Measure.GROWTH, Measure.COUNT) and not summed


def unit_class(figure: Figure) -> str:
    """Units that can be set side by side: 万亿元 and 亿元, 列 and 班."""
    return class_of_unit(figure.unit, figure.base_unit)


def class_of_unit(unit: str, base: str) -> str:
    """The same of a unit and its base unit."""
    bare = base or unit.lstrip("十百千万亿")
    return "个" if bare in _COUNTERS else _TOLD_IN[bare][0] if bare in _TOLD_IN else bare


def size(unit: str) -> Decimal:
    """How much a unit without scale is of the unit it is set side by side in: of tonnes, of per cent; else 1."""
    return _TOLD_IN[unit][1] if unit in _TOLD_IN else Decimal(1)


def magnitude(figure: Figure) -> Decimal | None:
    """The value with its sign in the base unit; None for wordings."""
    value = figure.scaled if figure.scaled is not None else figure.value
    if value is None:
        return None
    number = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    number *= size(figure.base_unit)
    # 下降到33微克 is an amount, whichever way it went.
    falls = figure.direction < 0 and (figure.measure not in _STANDING or figure.surface.startswith(_MINUS))
    return -abs(number) if falls else number
