"""How well a stated figure fits what is asked: words, measure, unit, status, period, place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.answer import units
from retrieval.answer.leanings import leaning
from retrieval.answer.library import Loaded, Stated
from retrieval.answer.scope import Candidate, names
from retrieval.answer.weights import Weights, grams
from retrieval.lexicon import indicators
from retrieval.model import Figure, Measure, Status
from retrieval.query import Ask, Period, Slot

__all__ = ["FROM", "Match", "fits_ask", "match_all", "period_fit", "status_fit"]

_AMOUNTS = frozenset({Measure.LEVEL, Measure.COUNT, Measure.PRICE, Measure.DURATION, Measure.MULTIPLE, Measure.RATIO})


@dataclass(frozen=True, slots=True)
class Match:
    """A figure with its score for a slot.

    `share` of the slot's words and context are covered, `own` of its own words, `named` of its own words in the
    figure's name or clause; `fit` tells how well measure and unit fit, `weight` how much the slot's words say,
    `doubtful` that the lexicon does not know the figure as the indicator asked for.
    """

    loaded: Loaded
    stated: Stated
    score: float
    share: float
    own: float
    named: float
    fit: float
    weight: float = 1.0
    doubtful: bool = False
    words: str = ""

    def same(self, other: Match) -> bool:
        """Whether both are one figure."""
        return (
            self.loaded is other.loaded
            and self.figure.span == other.figure.span
            and self.figure.indicator == other.figure.indicator
        )

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.stated.figure


@lru_cache(maxsize=4096)
def years(text: str) -> tuple[int, int] | None:
    """First and last year of a figure's period, where it has years."""
    parts = text.split("-")
    if not all(len(part) == 4 and part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[-1])


def period_fit(stated: str, asked: Sequence[Period]) -> float:
    """1 for the same years, less for a longer or overlapping stretch, 0 for others."""
    if not asked:
        return 1.0
    span = years(stated)
    if span is None:
        return 0.35
    return max(_fit(span, (p.first, p.last)) for p in asked)


def _fit(span: tuple[int, int], asked: tuple[int, int]) -> float:
    if span == asked:
        return 1.0
    single = asked[0] == asked[1]
    if single and span[1] == asked[1]:
        return 0.72
    if not single and span[0] == span[1] == asked[1]:
        return 0.55
    if not single and span[1] == asked[1]:
        return 0.85
    if single and span[0] <= asked[0] <= span[1]:
        return 0.4
    if not single and asked[0] <= span[0] and span[1] <= asked[1]:
        return 0.35
    return 0.0


def status_fit(figure: Figure, status: Status | None, candidate: Candidate, year: int) -> float:
    """1 where the figure's status is the asked one, 0 where it is the other, between where the question leaves it."""
    target = figure.status is Status.TARGET
    if status is Status.TARGET:
        return 1.0 if target else 0.0
    if status is Status.ACTUAL:
        return 0.0 if target else 1.0
    if candidate.periods and all(p.last < year for p in candidate.periods):
        return 0.1 if target else 1.0
    return 0.9 if target else 1.0


def fits_ask(figure: Figure, ask: Ask, words: str = "") -> float:
    """1 where measure and unit are the asked ones; the less, the less they are alike; 0 where the figure cannot be
    what was asked. `words` name what is asked for."""
    if ask.measure is figure.measure is Measure.STREAK and (ask.unit == "次" or figure.unit.startswith("连")):
        # 连着提了几次 of 十四连涨
        return 1.0
    if ask.unit and not units.compatible(figure.unit, ask.unit):
        return 0.0
    if ask.unit and ask.measure is not Measure.RANK and figure.measure is Measure.RANK:
        return 0.0
    if ask.unit and units.kind(ask.unit) == "" and units.kind(figure.unit) in ("rate", "times"):
        return 0.0
    if figure.value is None and figure.measure is not Measure.RATIO and ask.unit:
        return 0.0
    fit = _measure_fit(figure, ask, words)
    if ask.unit.endswith("百分点") and not figure.unit.endswith("百分点") and _GAP.search(words):
        return fit * _NO_GAP
    if not ask.unit and figure.measure is Measure.COUNT and _SUM.search(words):
        return fit * _NO_GAP  # 投资: no number of projects
    if not ask.unit:
        return fit
    wanted, stated = units.bare(ask.unit), units.bare(figure.unit)
    if stated == wanted or units.kind(ask.unit) == "":
        return fit * 1.15
    if not units.kind(figure.unit) and figure.measure is Measure.COUNT:
        # 1.7万贫困人口: what is counted stands behind the number, and is no money.
        return fit if units.kind(ask.unit) in ("people", "count", "") else 0.0
    if units.particular(wanted) and units.kind(figure.unit) != "rate":
        return fit * 0.4
    return fit * (0.9 if units.kind(figure.unit) == units.kind(ask.unit) else 0.75)


def _measure_fit(figure: Figure, ask: Ask, words: str) -> float:
    rate = units.kind(figure.unit) == "rate"
    if ask.measure is None:
        return _open_fit(figure, words)
    if ask.measure is Measure.LEVEL:
        return 0.0 if figure.measure in (Measure.GROWTH, Measure.RANK, Measure.STREAK) else 0.7 if rate else 1.0
    if ask.measure is Measure.GROWTH:
        if figure.measure is not Measure.GROWTH and figure.measure is not Measure.MULTIPLE:
            if figure.measure in _AMOUNTS and _REDUCED.search(words + figure.indicator):
                return 0.35
            # 市区面积 扩大: where no quantity is named, what it came to may be meant.
            return 0.3 if figure.measure in _AMOUNTS and not ask.unit and figure.direction else 0.0
        fit = 0.8 if ask.direction and figure.direction and ask.direction != figure.direction else 1.0
        if figure.unit.endswith("百分点") and ask.unit != figure.unit and not _RATIO.search(words):
            return 0.0
        return fit if figure.value is not None else fit * 0.4
    if ask.measure is figure.measure:
        moved = figure.measure is Measure.RANK and bool(figure.direction) != bool(ask.direction)
        return 0.35 if moved else 1.0
    if ask.measure is Measure.SHARE:
        if figure.measure is Measure.GROWTH and _OF_WHOLE.search(words):
            return 0.0  # how much it grew is no part of a whole
        return 0.85 if rate and figure.measure is Measure.LEVEL else 0.4 if rate else 0.15
    if ask.measure is Measure.STREAK and figure.measure is Measure.DURATION:
        return 0.8
    return 0.0 if ask.measure in (Measure.RANK, Measure.STREAK) else 0.5


def _open_fit(figure: Figure, words: str) -> float:
    """Where no kind is named: an amount rather than its growth, its share or its rank."""
    if figure.measure is Measure.MULTIPLE:
        return 0.85
    if figure.measure in _AMOUNTS:
        return 1.0
    if figure.measure is Measure.SHARE:
        of_whole = _OF_WHOLE.search(figure.indicator) and not _OF_WHOLE.search(words)
        return 1.0 if _RATIO.search(words) else _PORTION if of_whole else 0.85
    return 0.72 if figure.measure is Measure.GROWTH else 0.6


_GAP = re.compile(r"[高低快慢]于全")
_SUM = re.compile(r"(?:投资|收入|支出|产值|金额|资金|税收|利润)额?$")
_NO_GAP = 0.35
# What it makes up of a whole is not how much it is.
_PORTION = 0.55
_OF_WHOLE = re.compile(r"占|比重")
_REDUCED = re.compile(r"减|降|压|少|增|涨|提")
_RATIO = re.compile(r"率|比|占|份额|天数")


def match_all(
    slot: Slot, weights: Weights, loaded: Loaded, candidate: Candidate, *, place: str, inner: str
) -> list[Match]:
    """The figures of one report that may be meant by a slot, unsorted."""
    found: list[Match] = []
    owner = _owner(slot.words)
    for stated in loaded.figures:
        figure = stated.figure
        if figure.measure is Measure.THRESHOLD:
            continue
        outer = _period_of(figure, slot, candidate.periods)
        if slot.ask.end != "from":  # where a target starts from is a result
            outer *= status_fit(figure, slot.status, candidate, loaded.row.year)
        if candidate.superseded and slot.status is None and figure.status is Status.TARGET:
            # The next report tells the result; of a headline figure the plan is then no answer.
            headline = weights.indicators and slot.firm and not slot.ask.end and not _says_more(weights)
            outer *= 0.0 if headline else _PLANNED_DONE if slot.done else 0.4
        if outer == 0 or (candidate.strict and outer < 0.9):
            continue
        sentence = loaded.sentences[stated.sentence].text
        if inner and not (names(inner, sentence) or names(inner, figure.place)):
            continue
        fields = (
            (stated.indicator, 1.0),
            (units.implied(figure.unit), 0.85),
            (stated.clause, 0.85 if figure.group is None else 0.7),
            (sentence, 0.5),
            (_before(loaded, stated), 0.3),
            (loaded.title(stated.passage).lower(), 0.25),
        )
        covered = weights.covered(fields)
        share = weights.share(covered)
        if share < 0.05:
            continue
        fit = fits_ask(figure, slot.ask, slot.words) * _end_fit(stated, slot.ask) * _part_fit(stated, slot)
        if fit == 0:
            continue
        if slot.likely and not units.compatible(figure.unit, slot.likely):
            fit *= _OTHER_UNIT
        score = share * _precision(stated.indicator, weights) * fit * outer * candidate.weight
        # A clause shared by a list says less of one of its figures.
        said = weights.own_share([1.0 if c >= 0.85 else 0.6 if c >= 0.7 else 0.0 for c in covered])
        own = weights.own_share(covered)
        known = _indicator_fit(figure, stated, weights, said, own)
        # What a slot names itself decides; the words around it only tell like from like.
        score *= 0.4 + 0.6 * said
        score *= known * (1.0 + 0.004 * min(6, sum(c.isdigit() for c in figure.surface)))
        if stated.indicator == slot.words.lower():
            score *= _EXACT  # 出口 before 进出口
        score *= leaning(stated, slot, place=place, inner=inner)
        if owner and known < 1.0 and sum(gram in stated.indicator for gram in owner) < _OWNED * len(owner):
            score, said = score * _CONFLICT, said * _CONFLICT
        named = said if known > _CONFLICT else said * known
        found.append(Match(loaded, stated, score, share, own, named, fit, weights.own, known < 1.0, slot.words))
    return found


def _period_of(figure: Figure, slot: Slot, asked: Sequence[Period]) -> float:
    """How well a figure's years fit; of a change its start lies at or before the first year, its end in the last."""
    if not asked:
        return 0.93 if "-" in figure.period else 1.0
    ask, span = slot.ask, years(figure.period)
    if not ask.end:
        if slot.since and span and span[0] != span[1] and ask.measure is Measure.GROWTH:
            # 到2020年…年均增长: the growth over the years up to the one named.
            return 1.0 if any(p.last == span[1] for p in asked) else period_fit(figure.period, asked)
        if slot.since and span and ask.measure is Measure.GROWTH and all(p.first != p.last for p in asked):
            return 0.0  # of one year only
        return period_fit(figure.period, asked)
    if span is None:
        return 0.35
    first, last = min(p.first for p in asked), max(p.last for p in asked)
    if ask.end == "to":
        return 1.0 if span[1] == last else 0.0
    return 1.0 if span[1] in (first - 1, last - 1) or (span[1] == first != last) else 0.3 if span[1] == last else 0.0


_PART = re.compile(r"[一二三四1-4]季度|上半年|前[一二三四五六七八九十\d]+个?月|\d+[-—至到]\d+月|下半年|首季|一季度")


def _part_fit(stated: Stated, slot: Slot) -> float:
    """A part of the year answers only who asks for it; a change over years only who names where it began."""
    part = bool(_PART.search(stated.clause))
    asked = _PART.search(slot.words + slot.context)
    if part and not asked:
        return 0.0 if slot.yearly else 0.45
    span = years(stated.figure.period)
    one = all(p.first == p.last for p in slot.periods) and bool(slot.periods)
    if stated.figure.measure is Measure.GROWTH and span and span[0] != span[1] and one and not slot.since:
        return 0.0 if slot.yearly else 0.3
    return 1.0


def _owner(words: str) -> list[str]:
    """The grams of what a share of output is asked of: 工业增加值 of 工业增加值 GDP比重."""
    match = _SHARE_OF_OUTPUT.match(words.lower())
    return grams(match[1]) if match else []


_SHARE_OF_OUTPUT = re.compile(r"(\S{2,})\s*占?\s+?(?:gdp|地区生产总值|国内生产总值|生产总值)\s*的?比[重例]$")
# The figure's own name has so much of it.
_OWNED = 0.6
# Up to the figure: 由 or 从 and no 到 behind it.
FROM = re.compile(r"(?:由|从)(?:(?!到|至|为)[^,。;])*$")


def _end_fit(stated: Stated, ask: Ask) -> float:
    """Of a change from one value to another, the one that is asked for."""
    start = bool(FROM.search(stated.clause)) and stated.figure.measure is not Measure.GROWTH
    if not ask.end:
        return 0.88 if start else 1.0
    return 1.0 if start == (ask.end == "from") else 0.7


def _before(loaded: Loaded, stated: Stated) -> str:
    """The sentence before, where it is in the same passage: it may hold the subject."""
    if stated.sentence == 0:
        return ""
    before = loaded.sentences[stated.sentence - 1]
    return before.text if before.passage == stated.passage else ""


def _precision(indicator: str, weights: Weights) -> float:
    """Less where the figure's name says more than the question asked (单位GDP能耗 for GDP)."""
    named = grams(_TOTAL.sub("", indicator))
    if not named:
        return 0.8
    return 0.7 + 0.3 * sum(g in weights.known for g in named) / len(named)


def _indicator_fit(figure: Figure, stated: Stated, weights: Weights, said: float, own: float) -> float:
    """More where lexicon and question agree on the indicator, little where the figure is of another one. `said` is the
    share of the slot's words in the figure's name or clause, `own` that in its sentence as well."""
    if not weights.indicators:
        return 1.0
    named = _named(stated.indicator)
    if figure.indicator_id in weights.indicators or named & weights.indicators.keys():
        if figure.measure is Measure.COUNT and _amounts_only(figure, weights):
            return _PART_OF  # 总量跨过7个千亿级台阶
        return _PART_OF if _narrower(stated.indicator, weights) else 1.1
    if figure.measure is Measure.RANK and said >= _SAID:
        return 0.8
    shorter = stated.indicator and any(words.endswith(stated.indicator) for words in weights.indicators.values())
    if shorter and own >= _SAID:
        return 1.0  # 毛入学率 behind 高等教育: the same, said shorter
    if figure.measure is Measure.SHARE and any(stated.indicator.startswith(w) for w in weights.indicators.values()):
        return 1.0  # 服务业增加值占GDP比重 is the share of what was named
    if named or figure.indicator_id:
        # 出口 stands in 进出口 as well: another indicator's longer name.
        inside = any(words in stated.indicator for words in weights.indicators.values())
        if said >= _ALIKE and _says_more(weights) and _holds(stated.indicator, weights):
            return 0.85  # 小微工业企业升级为规模以上企业: far more than the indicator
        if inside or _taken_for(weights) & (named | {figure.indicator_id or ""}):
            return 0.2
        return 0.85 if said >= _ALIKE else 0.5 if said >= _SAID else 0.2
    return 0.9 if said >= _SAID else 0.6


def _says_more(weights: Weights) -> bool:
    """Whether much of what a slot's words say is not the name of an indicator."""
    named = {gram for words in weights.indicators.values() for gram in grams(words)}
    return sum(g.weight for g in weights.grams if g.own and g.text not in named) > _MUCH * weights.own


def _holds(indicator: str, weights: Weights) -> bool:
    """Whether a figure's name holds most of the words that name an indicator asked for."""
    return any(
        sum(gram in indicator for gram in named) >= _SAID * len(named)
        for named in (grams(words) for words in weights.indicators.values())
    )


def _amounts_only(figure: Figure, weights: Weights) -> bool:
    """Whether the indicator asked for is one of money, which nothing told off one by one states."""
    asked = weights.indicators.keys() & {figure.indicator_id}
    return any(units.kind(indicators.by_id(key).unit) == "money" for key in asked)


def _narrower(indicator: str, weights: Weights) -> bool:
    """Whether a figure is of one branch of what was asked for: 农产品出口 for 出口."""
    first = next((m for m in indicators.mentions(indicator) if m.indicator.id in weights.indicators), None)
    branch = _BRANCH.search(indicator[: first.start]) if first else None
    return branch is not None and not any(gram in weights.known for gram in grams(branch[0]))


_BRANCH = re.compile(
    r"农产品|农副产品|机电|高新技术|高技术|民间|房地产|加工贸易|服务贸易|文化|旅游|工业|农业|园区|开发区|民营|县域|制造业|建筑业|"
    r"跨境电商|基础设施|技改|技术改造|乡镇|产业|"
    # A place inside the place.
    r"新区|高新区|经开区|功能区|自贸|两翼|片区|经济[圈带]|都市圈|城市群|山区|珠三角|每平方公里|第\d+个"
)
# A part's figure is hardly that of the whole.
_PART_OF = 0.2


def _taken_for(weights: Weights) -> frozenset[str]:
    """Ids of the indicators that those asked for are easily taken for: 进出口 for 出口."""
    return frozenset(other for key in weights.indicators for other in indicators.by_id(key).unlike) - set(
        weights.indicators
    )


# 总量 and the like add nothing to a name.
_TOTAL = re.compile(r"总量|规模$|^全[省市县区州国]")
_CONFLICT = 0.2
# Of what is said to be done the plan of the year is hardly an answer.
_PLANNED_DONE = 0.15
_EXACT = 1.08
_MUCH = 0.4
# The same indicator of another year is mostly stated in the same unit; a target may be a growth.
_OTHER_UNIT = 0.45
# A name that holds this share of the question's words is much like the indicator's.
_SAID = 0.6
_ALIKE = 0.75


@lru_cache(maxsize=8192)
def _named(indicator: str) -> frozenset[str]:
    """Ids of the indicators a figure's name names."""
    # 常住 only makes the count of residents precise.
    return frozenset(mention.indicator.id for mention in indicators.mentions(indicator.replace("常住", "")))
