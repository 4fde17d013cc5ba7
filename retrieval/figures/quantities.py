"""Quantities by their form alone: a number with its unit, and the ways of saying one in words."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from retrieval.figures.values import Quantity
from retrieval.model import Measure

__all__ = ["quantities"]

_CN = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CNN = "[一二两三四五六七八九十百]"
_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\s?\.\s?\d+)?"
_BASE = (
    r"标准立方米|蒸吨|吨标准煤|吨标煤|公里|千米|平方公里|平方千米|平方米|立方米|公顷|千瓦时|兆瓦|千瓦|千伏安|千伏|吨|亩|斤|公斤|克|微克|"
    r"美元|欧元|港元|元人民币|人民币|元|人次|人天|人|户次|户|家|个(?!百分点)|所|座|项|条|件|台|套|辆|列|班|架|位(?!数)|名|种|处|天|张|株|头|只|起|"
    r"宗|场|次|标箱|箱|岁|页|枚|站|床|门|对|批|艘|部|度|公斤|升|米|支|期|例|幅|篇|册|本|口|尾|羽|块|间|盏|根|棵|眼|片|栋|幢|亿千瓦时|匹|类|款|节|届|束|村|镇|户籍"
)
_UNIT = rf"个百分点|百分点|[%‰]|[十百千万亿]*\s?(?:{_BASE})|倍|成(?![立功长为员效果都品本])|[千百]?[万亿]+|千(?=[\u4e00-\u9fff])"
_MAIN = re.compile(rf"(?P<num>{_NUM})(?:\s?[%‰])?(?:\s?(?:-|—|–|~|至|到)\s?(?P<top>{_NUM}))?\s?(?P<more>余|多)?\s?(?P<unit>{_UNIT})(?P<tail>多|余)?")
_WORDS = (
    ("fraction", re.compile(rf"({_CNN}+)分之({_CNN}+(?:点[一二三四五六七八九零]+)?)")),
    ("double", re.compile(r"翻(?:了)?([一两二三四])?番")),
    ("digits", re.compile(r"两位数")),
    ("tenths", re.compile(r"([一二三四五六七八九])成(?=多|以上|左右|,|。|;|、|的)")),
    ("half", re.compile(r"(?<![上下])一半(?=以上|的|,|。)|半数(?=以上)")),
    ("streak", re.compile(rf"连续\s*(\d+|{_CNN}+)\s*(年|个月|个季度|届|次)")),
    ("wins", re.compile(rf"[“\"]?(\d+|{_CNN}+)[”\"]?连(?:增|丰|冠|降|升|涨|快|超|跨)")),
    ("rank", re.compile(rf"(?<![并之])第\s*(\d+|{_CNN}{{1,3}})\s*(位|名)?(?![\u4e00-\u9fff]*?(?:届|次会议|批|期|轮|个|产业|代|季|医|人民|线|双|步|三方|一线|条|版|章))")),
    ("top", re.compile(rf"前\s*(\d+|{_CNN}{{1,3}})\s*(位|名|强)?(?=[,。;、)]|$|的|行列)")),
    ("first", re.compile(r"首位|榜首(?:位)?|第一位|首席")),
    ("ratio", re.compile(r"\d+(?:\.\d+)?(?:\s?:\s?\d+(?:\.\d+)?){1,2}")),
    ("threshold", re.compile(r"(?<![\d.,])[十百千]*(?:亿元|万元|亿)(?:以上)?(?=[^,。;\d]{0,10}(?:项目|企业|园区|产业|工业))")),
)
_RANKED = re.compile(r"居|列|位|排名|名列|全[国省市区]|增速|总量|跻身|进入|名次|升至|水平")
# What looks like a quantity and is none.
_TRAPS = re.compile(
    r"(?:19|20)\d\d\s*年(?!均)(?:\s*\d+\s*月(?:\s*\d+\s*日)?)?|\d+\s*月\s*\d+\s*日|PM\s?(?:2\.5|10)|[A-Za-z]+\d+[A-Za-z]*|\d+[DdGgAa](?![A-Za-z])\s?级?|\d+\s?强|"
    r"\d{3,5}\s?(?:热线|平台)|[“\"][^”\"]{0,8}\d+(?:\+\d+)+[^”\"]{0,12}[”\"]|\d+(?:\+[\dNXn]+)+|^\s*\d{1,3}\s*[.、]|尼龙\s*66|\d+号|\d{1,2}:\d{2}(?!:)|\d+\s?年代|第\d+届|\(\d+\)|[a-z]+://\S+|\d+小时"
)


def chinese(text: str) -> int:
    """A number up to the hundreds in Chinese or Arabic digits."""
    if text.isdigit():
        return int(text)
    total, ones = 0, 0
    for character in text:
        if character == "百":
            total, ones = total + max(ones, 1) * 100, 0
        elif character == "十":
            total, ones = total + max(ones, 1) * 10, 0
        else:
            ones = _CN.get(character, 0)
    return total + ones


def quantities(text: str) -> list[Quantity]:
    """Quantities of a folded text in order, not overlapping."""
    taken = [match.span() for match in _TRAPS.finditer(text)]
    found: list[Quantity] = []

    def free(start: int, end: int) -> bool:
        return not any(start < other_end and other_start < end for other_start, other_end in taken)

    for name, pattern in _WORDS:
        for match in pattern.finditer(text):
            if free(*match.span()) and (quantity := _worded(name, match, text)):
                found.append(quantity)
                taken.append(match.span())
    for match in _MAIN.finditer(text):
        if free(*match.span()):
            found.append(_plain(match))
            taken.append(match.span())
    return sorted(found, key=lambda quantity: quantity.start)


def _decimal(text: str) -> Decimal:
    return Decimal(re.sub(r"[,\s]", "", text))


def _plain(match: re.Match[str]) -> Quantity:
    unit = match["unit"].replace(" ", "")
    unit = {"百分点": "个百分点"}.get(unit, unit)
    measure = None
    if unit == "个百分点":
        measure = Measure.GROWTH
    elif unit == "倍":
        measure = Measure.MULTIPLE
    top = match["top"]
    return Quantity(
        match.start(), match.end(), _decimal(match["num"]), unit, _decimal(top) if top else None, measure,
        qualifier=match["more"] or match["tail"] or "",
    )  # fmt: skip


def _worded(name: str, match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    before = text[max(0, start - 14) : start]
    if name == "fraction":
        below = 100 if match[1] == "百" else chinese(match[1])
        if "点" in match[2]:
            whole, _, part = match[2].partition("点")
            value: Decimal | Fraction = Decimal(f"{chinese(whole)}.{''.join(str(_CN[c]) for c in part)}")
        else:
            value = Fraction(chinese(match[2]), below) if below and below != 100 else Decimal(chinese(match[2]))
        return Quantity(start, end, value, "%" if below == 100 else "", None, Measure.SHARE)
    if name == "double":
        return Quantity(start, end, Decimal(2 ** chinese(match[1] or "一")), "倍", None, Measure.MULTIPLE, 1)
    if name == "digits":
        return Quantity(start, end, Decimal(10), "%", Decimal(100), Measure.GROWTH, 1, "两位数")
    if name == "tenths":
        return Quantity(start, end, Decimal(10 * chinese(match[1])), "%", None, Measure.SHARE)
    if name == "half":
        return Quantity(start, end, Decimal(50), "%", None, Measure.SHARE)
    if name == "streak":
        return Quantity(start, end, Decimal(chinese(match[1])), match[2], None, Measure.STREAK, 0, "连续")
    if name == "wins":
        return Quantity(start, end, Decimal(chinese(match[1])), "年", None, Measure.STREAK, 1, "连")
    if name == "rank":
        return Quantity(start, end, Decimal(chinese(match[1])), "位" if match[2] else "", None, Measure.RANK, 0, "第") if _RANKED.search(before) else None
    if name == "top":
        return Quantity(start, end, Decimal(chinese(match[1])), "位" if match[2] in ("位", "名") else "", None, Measure.RANK, 0, "前") if _RANKED.search(before) else None
    if name == "first":
        return Quantity(start, end, Decimal(1), "位", None, Measure.RANK) if _RANKED.search(before) else None
    if name == "threshold":
        scale = {"十": 10, "百": 100, "千": 1000}
        amount = Decimal(1)
        for character in match[0]:
            amount *= scale.get(character, 1)
        return Quantity(start, end, amount, "亿元", None, Measure.THRESHOLD, 0, "以上")
    return Quantity(start, end, None, "", None, Measure.RATIO)
