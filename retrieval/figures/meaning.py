"""What a quantity measures, and in which direction."""

from __future__ import annotations

import re

from retrieval.figures.named import Named
from retrieval.figures.values import Quantity
from retrieval.lexicon.units import AMOUNTS, UnitKind, counts, kind
from retrieval.model import Measure

__all__ = ["basis", "is_threshold", "measure", "qualifier"]

_OVER = re.compile(r"(?:以上|以下|及以[上下]|以内)(?:的(?=\d)|的?(?=[一-鿿“]))")
_TIED = re.compile(
    r"(?:的|[一-鿿]){0,12}?(?:项目|企业|工业|贷款|产业|集群|园区|自然村|村|镇|锅炉|人口|老人|老年人|儿童|煤矿|船舶|机组|婴幼儿|产品|品牌|强县|固定资产投资|商品|商场|水库|灌区|河流|公司|集团|产业链|楼宇|合作社|大户|农户|基地|规模)"
)
# 超30万元企业达100家, 超50亿元的引领性产业项目42宗: what an amount tells apart is counted right behind it.
_TOLD_APART = re.compile(
    _TIED.pattern.replace("|固定资产投资", "")
    + r"(?<!产业)(?:\s?[\d、第]|等|达|数|由\d|从\d|从无到有|增[至加到]|发展到|有\d|$|[,。;])|"
    r"(?:[一-鿿]{0,12}?产业|[一-鿿]{0,12}?固定资产投资)[由从]"
)
# 310个超10亿元的项目: or right before it.
_COUNTED = re.compile(r"\d+余?[个家户宗项](?:总?投资|年?产值|营收|销售收入|主营业务收入|年?纳税|税收)?(?:超过?|过|逾)$")
_VERBAL = re.compile(
    r"(?:以上|以下|以内)(?:的)?(?:继续|实施|建设|用于|推进|增长|增速|目标|水平|台阶|，|的(?:增速|增长|目标|水平|速度|台阶))"
)
_BEFORE = re.compile(r"(?:超过?|过|逾)$|(?:超过?|过|逾|以上)[\d.]{1,6}[十百千万亿]*(?:美|欧|港)?元(?:或|、)$")
_OR = re.compile(r"(?:或|、)[\d.]{1,6}[十百千万亿]*(?:美|欧|港)?元(?:以上)?(?=[一-鿿])")
_REACHING = re.compile(r"(?:达到?|突破|增长|增加|提高|下降|完成|实现|保持在|稳定在|控制在|为|降至|增至)(?:了)?$")
_QUALIFIER = re.compile(
    r"(近|(?<![签履续违预公条契集制节])约|超过|超|逾|突破|不低于|不超过|不少于|不高于|达到|达|[迈跨跃站登]上|[跨迈越]过|跨越|接近|过|高于|(?<![得达做感找办看听赶想走])不[到足]|[≥≤＞＜>﹥])\s*$"
)
_NEAR = 40  # characters before a quantity in which its ground is named
_GROUND = re.compile(
    r"同口径|按?可比口径|按可比价格?|按不变价格?|(?:剔除|扣除)[^,。;()\d]{2,16}?(?:因素|影响)|(?:剔除|扣除)[^,。;()\d]{2,10}后"
)
_ASIDE = re.compile(r"[。;\d]")
_DIGIT = re.compile(r"\d")
_BESIDE = re.compile(r"(?:以上|左右|以内)?\(([^()]{2,30})\)")
_SUMMED = re.compile(r"[一-鿿“”]{0,10}\d")
_GROWING = re.compile(r"增速$|增幅$|(?<!自然)增长率$|涨幅$|^经济增长$|增长速度$|经济增长预期")
# 10千伏线路680公里: which lines.
_VOLTS = frozenset(("千伏", "kV"))
_LINES = re.compile(r"[一-鿿及]{1,10}\s?\d")
# 千分之, and the /10万 of 16/10万.
_PARTS = re.compile(r"分之$|^/")
_PRICE = re.compile(r"价格?$|电价|气价|水价|房价")
_RATE_NAMED = re.compile(r"(?<!增长)(?<!上升)(?<!上涨)率$")


_SIZED = re.compile(r"(?:及?以上)(?:的)?(?:项目|企业|工业)?\)")
_SCOPE = re.compile(r"(?:及?以上)?(?:的)?(?:项目)?口径")


def is_threshold(text: str, quantity: Quantity) -> bool:
    """Whether an amount only says which things are meant: 5000万元以上的项目."""
    if quantity.measure is not None:
        return False
    what = kind(quantity.unit)
    near = text[max(0, quantity.start - 14) : quantity.start]
    if quantity.unit in _VOLTS and _LINES.match(text, quantity.end):
        return True
    if _SCOPE.match(text, quantity.end) or (near.endswith("(") and _SIZED.match(text, quantity.end)):
        return True  # 固定资产投资(500万元口径): from what size things are counted
    if near.endswith("每") and what in AMOUNTS:
        # 每50公斤提高9到23元
        return True
    if what in AMOUNTS or what in (UnitKind.MONEY, UnitKind.TIME) or quantity.unit == "户":
        over = _OVER.match(text, quantity.end)
        if over and not _VERBAL.match(text, quantity.end) and (not _REACHING.search(near) or _counts(text, over.end())):
            return what is not UnitKind.TIME or text[over.end()].isdecimal() or bool(_TIED.match(text, over.end()))
        if not over and what is UnitKind.MONEY and _BEFORE.search(near):
            other = _OR.match(text, quantity.end)
            return bool(_TOLD_APART.match(text, other.end() if other else quantity.end) or _COUNTED.search(near))
    return quantity.unit == "岁" and bool(_OVER.match(text, quantity.end))


def _counts(text: str, at: int) -> bool:
    """Whether the things an amount tells apart are counted right behind: 500万元以上项目固定资产投资1.19万亿元."""
    tied = _TIED.match(text, at)
    return tied is not None and bool(_SUMMED.match(text, tied.end()))


def measure(named: Named) -> tuple[Measure, int]:
    """The measure of a named quantity and its direction: 1, -1 or 0. A sign before the number outweighs all words."""
    what, direction = _measured(named)
    if not named.quantity.sign:
        return what, direction
    # No part of a whole has a sign: a signed percentage that no rate is named for is a growth.
    share = what is Measure.SHARE and not _RATE_NAMED.search(named.name)
    return Measure.GROWTH if share else what, named.quantity.sign


def _measured(named: Named) -> tuple[Measure, int]:
    quantity, lead = named.quantity, named.lead
    if named.sign and not lead.kind and quantity.measure is None:
        return Measure.GROWTH, named.sign
    if quantity.measure in (Measure.STREAK, Measure.RATIO, Measure.DURATION, Measure.THRESHOLD):
        return quantity.measure, quantity.direction or (lead.sign if quantity.measure is not Measure.STREAK else 0)
    if quantity.measure is Measure.RANK:
        return Measure.RANK, quantity.direction
    sign = lead.sign or lead.rate
    if "负增长" in named.near[-12:] or (
        lead.words.endswith("改善") and re.search(r"浓度|指数$|PM(?:2\.5|10)$", named.name)
    ):
        sign = -1
    if quantity.value is None:
        return quantity.measure or Measure.LEVEL, quantity.direction or lead.rate
    if named.role == "gap" or lead.kind == "gap" or quantity.unit == "个百分点":
        return Measure.GROWTH, sign or named.sign or 1
    if quantity.measure is Measure.MULTIPLE or quantity.unit == "倍":
        return (Measure.GROWTH if lead.kind == "change" else Measure.MULTIPLE), quantity.direction or sign
    # 失业率、居民消费价格涨幅分别控制在…: the 涨幅 is the last one's.
    if lead.rate and quantity.unit in ("%", "‰", "成") and not _RATE_NAMED.search(named.name):
        return Measure.GROWTH, lead.rate
    if named.role != "from" and lead.kind == "change":
        return Measure.GROWTH, sign
    if quantity.measure is Measure.GROWTH:
        return Measure.GROWTH, quantity.direction or sign or 1
    direction = lead.sign if lead.kind == "to" and named.role != "from" else 0
    if quantity.measure is Measure.SHARE or quantity.unit in ("%", "‰", "成") or _PARTS.search(quantity.unit):
        return _rate(named, direction)
    if named.name.endswith(_ADDED) and kind(quantity.unit) is UnitKind.MONEY:
        return Measure.GROWTH, 1
    if counts(quantity.unit):
        return (
            Measure.LEVEL if not quantity.unit or quantity.unit.endswith(("人次", "标箱", "学位")) else Measure.COUNT
        ), direction
    return (Measure.PRICE if _PRICE.search(named.name) else Measure.LEVEL), direction


def _rate(named: Named, direction: int) -> tuple[Measure, int]:
    """A percentage without a change word: a growth where its name says so (增速, 经济增长…), else a share."""
    if _GROWING.search(named.name):
        return Measure.GROWTH, direction or 1
    if named.name.endswith(("降幅", "跌幅")):
        return Measure.GROWTH, -1
    if _PRICES.search(named.name) and named.quantity.value is not None and named.quantity.value < _BASE / 2:
        # 居民消费价格指数控制在3%: by how much it may rise; 103% is the index.
        return Measure.GROWTH, direction or 1
    return Measure.SHARE, direction


# 固定资产投资新增1000亿元
_ADDED = ("新增", "净增")
_PRICES = re.compile(r"(?:价格(?:总?(?:指数|水平))?|物价(?:总?水平|指数)?|CPI)$")
_BASE = 100  # an index of the year before


def basis(text: str, quantity: Quantity, compared: str) -> str:
    """What a quantity is compared with, and on what ground (同口径, 剔除…因素) where the words before it since the last
    quantity or the bracket behind it say so."""
    ground = None
    front = text[max(0, quantity.start - _NEAR) : quantity.start]
    # Few sentences name a ground: its characters are looked for before its forms.
    named = "口径" in front or "除" in front or "价" in front
    for match in _GROUND.finditer(text, max(0, quantity.start - _NEAR), quantity.start) if named else ():
        ground = None if _ASIDE.search(text, match.end(), quantity.start) else match
    if ground is None and (beside := _BESIDE.match(text, quantity.end)) and not _DIGIT.search(beside[1]):
        ground = _GROUND.search(beside[1])
    if ground is None or ground[0] in compared:
        return compared
    return f"{ground[0]}，{compared}" if compared else ground[0]


def qualifier(text: str, quantity: Quantity) -> str:
    """近, 以上, 余 and the like."""
    if quantity.qualifier:
        return quantity.qualifier
    if quantity.behind > quantity.end:
        return re.sub(r"\(.\)", "", text[quantity.end : quantity.behind]).strip()
    match = _QUALIFIER.search(text, max(0, quantity.start - 5), quantity.start)
    return match[1] if match else ""
