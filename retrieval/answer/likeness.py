"""How far a figure's name is that of the indicator a slot asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.answer.library import Stated
from retrieval.answer.weights import Weights, grams
from retrieval.lexicon import indicators, units
from retrieval.model import Figure, Measure

__all__ = ["CONFLICT", "indicator_fit", "precision", "says_more"]


def precision(indicator: str, weights: Weights) -> float:
    """Less where the figure's name says more than the question asked (单位GDP能耗 for GDP)."""
    named = grams(_TOTAL.sub("", indicator))
    if not named:
        return 0.8
    return 0.7 + 0.3 * sum(g in weights.known for g in named) / len(named)


def indicator_fit(figure: Figure, stated: Stated, weights: Weights, said: float, own: float) -> float:
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
        if said >= _ALIKE and says_more(weights) and _holds(stated.indicator, weights):
            return 0.85  # 小微工业企业升级为规模以上企业: far more than the indicator
        if inside or _taken_for(weights) & (named | {figure.indicator_id or ""}):
            return 0.2
        return 0.85 if said >= _ALIKE else 0.5 if said >= _SAID else 0.2
    return 0.9 if said >= _SAID else 0.6


def says_more(weights: Weights) -> bool:
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
CONFLICT = 0.2
_MUCH = 0.4
# A name that holds this share of the question's words is much like the indicator's.
_SAID = 0.6
_ALIKE = 0.75


@lru_cache(maxsize=8192)
def _named(indicator: str) -> frozenset[str]:
    """Ids of the indicators a figure's name names."""
    # 常住 only makes the count of residents precise.
    return frozenset(mention.indicator.id for mention in indicators.mentions(indicator.replace("常住", "")))
