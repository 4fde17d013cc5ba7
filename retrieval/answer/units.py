"""Whether a figure's unit can answer what was asked for."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["bare", "compatible", "implied", "kind", "particular"]

_KINDS: dict[str, tuple[str, ...]] = {
    "money": ("美元", "欧元", "港元", "人民币", "元", "块钱", "块", "钱"),
    "mass": ("吨标准煤", "吨标煤", "吨", "公斤", "斤", "千克", "克"),
    "rate": ("个百分点", "百分点", "个点", "%", "‰", "成"),
    "area": ("平方公里", "平方千米", "平方米", "公顷", "亩"),
    "volume": ("立方米", "升"),
    "length": ("公里", "千米", "米"),
    "energy": ("千瓦时", "千瓦", "兆瓦", "度", "千伏安"),
    "time": ("年", "个月", "月", "天", "小时", "分钟", "岁"),
    "people": ("人次", "人天", "人", "名", "户次", "户"),
    "times": ("倍",),
}
_OF = {unit: kind for kind, units in _KINDS.items() for unit in units}
_POWERS = "十百千万亿"
# Units that begin like a power of ten.
_SCALED = tuple(sorted((unit for unit in _OF if unit[0] in _POWERS), key=len, reverse=True))
# What counts for "how many": a thing may be counted by any of these.
_COUNTED = frozenset({"people", "count"})


# Words that count anything; 标箱 or 批 count only their own.
_ANY = frozenset(
    [
        "个",
        "家",
        "户",
        "项",
        "所",
        "座",
        "条",
        "处",
        "件",
        "位",
        "名",
        "人",
        "人次",
        "次",
        "例",
        "台",
        "套",
        "种",
        "场",
        "宗",
        "类",
        "间",
        "栋",
        "起",
        "部",
        "辆",
    ]
)


def particular(unit: str) -> bool:
    """Whether a bare unit counts one kind of thing, so that another count is none of it."""
    return unit not in _ANY and unit not in _OF


@lru_cache(maxsize=4096)
def bare(unit: str) -> str:
    """A unit without its powers of ten; 千 of 千瓦 is none."""
    known = next((name for name in _SCALED if unit.endswith(name) and not unit.removesuffix(name).strip(_POWERS)), "")
    return known or unit.lstrip(_POWERS) or unit


@lru_cache(maxsize=4096)
def kind(unit: str) -> str:
    """money, mass, rate, … or count for everything that is counted one by one; nothing for no unit."""
    name = bare(unit.split("/", maxsplit=1)[0])
    if not name or name in "十百千万亿" or unit in ("亿", "万", "千", "百"):
        return ""
    return _OF.get(name, "count")


def compatible(stated: str, asked: str) -> bool:
    """Whether a figure stated in one unit can answer a question that names the other."""
    one, other = kind(stated), kind(asked)
    if not one or not other or one == other:
        return True
    return {one, other} <= _COUNTED


# What is told by the unit alone: 茶叶达100万亩 is an area, 改造管网20公里 a length.
_IMPLIED = {"area": "面积", "people": "人数", "length": "里程长度", "money": "金额", "energy": "装机容量"}


def implied(unit: str) -> str:
    """The words for the kind of quantity that a unit tells of; nothing where it tells of none."""
    return _IMPLIED.get(kind(unit), "")
