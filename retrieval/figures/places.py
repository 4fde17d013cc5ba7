"""Whose a figure is: the report's place, or one that its name begins with."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.figures.cues import deed
from retrieval.lexicon import places

__all__ = ["elsewhere", "own"]

_FRONT = 10  # characters a place's name may take
_WITHIN = re.compile(
    r"(?![国省市县区全各新我本两三四五六七八九十一]|重点|沿|建|培)[一-鿿]{1,5}?(?:经济技术开发区|高新技术产业开发区|经济开发区|开发区|高新区|经开区|保税区|自贸区|工业园区?)"
)

# What is no name of a zone: a preposition before it, its rank or its kind.
_UNNAMED = re.compile(r"[在向为被指列每]|其[他它]|.*?(?:全国|国家|[省市]级|[千百]亿|特色|专业|生态|综合|工业类)")


# Parts of the place a report is of, that figures are told of one after the other.
_PARTS = (
    "市本级",
    "省本级",
    "区本级",
    "县本级",
    "州本级",
    "州直",
    "市直",
    "市区",
    "城区",
    "县域",
    "主城区",
    "中心城区",
    "县级",
    "各县",
)


# 白云国际机场, 黄骅港, 麦积山: named after a district, and the city's.
_FACILITY = re.compile(r"路|街|大道|桥|(?:[东南西北]|火车|高铁)?站|(?:国际)?机场|港(?!区)|山|石窟")
_SHORT = 3  # characters of a place named without its rank: 柳州, 庐山
_ENDS = frozenset("省市县区州盟旗级直域")


@lru_cache(8192)
def _fronted(name: str) -> int:
    """Where the place ends that a name begins with; 0 where it begins with none."""
    part = next((word for word in _PARTS if name.startswith(word)), "")
    if part:
        return len(part)
    found = places.mentions_in_prose(name[:_FRONT])
    return found[0].end if found and found[0].start == 0 else 0


def elsewhere(name: str, subject: str) -> str:
    """The name of a figure of which only the place is told: 塔城地区 after 州直新建高标准农田; empty where more is."""
    if len(name) > _FRONT or (len(name) > _SHORT and name[-1] not in _ENDS) or _fronted(name) != len(name):
        return ""
    rest = subject[_fronted(subject) :]
    return name + rest if len(rest) > 1 and not rest.startswith(("、", "和")) else ""


@lru_cache(8192)
def own(name: str, place: str) -> str:
    """The place of a figure named `name` in a report of `place`: a county or a development zone the name begins with,
    else the report's. An enterprise is no place: its name tells whose the figure is."""
    front = name[:_FRONT]
    found = places.mentions_in_prose(front)
    if found and found[0].start == 0:
        if any(unit.name == place for unit in found[0].candidates):
            return place
        inner = next((unit for unit in found[0].candidates if place in unit.parents), None)
        if inner is not None and not _FACILITY.match(front, found[0].end):
            return inner.name
    match = _WITHIN.match(name)
    return match[0] if match and not _UNNAMED.match(match[0]) and not deed(name)[0] else place
