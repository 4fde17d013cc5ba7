"""Amounts in Chinese digits: 三百五十万吨, 一万五千亿元, 一点二万亿元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from retrieval.figures.forms import behind
from retrieval.figures.values import Quantity
from retrieval.lexicon.numerals import FORMAL, PLAIN, spelt

__all__ = ["SPELT_UNIT", "amounts"]

# Of the units of the lexicon those that Chinese digits count without being part of a phrase (两个确保, 三项制度).
SPELT_UNIT = (
    "元|人口|美元|吨|公里|亩|平方公里|平方米|立方米|公斤|斤|千瓦时|千瓦|度|人次|人|户|辆|台|标箱|担|公顷|头|只|株"
)
# 一百二十家: counted things, where the number is long enough to be one.
_COUNTER = "家|所|个|座|处"
_UNIT = re.compile(rf"(?:{SPELT_UNIT}|{_COUNTER})(?!级|均|民|头|才|工|贷|有|百分|月|性|大工程|阶)")
# Tried at the first character of a run only, so that long runs cost their length once.
_EVERYDAY = rf"[{PLAIN}万亿]"
_RUN = re.compile(
    # The 零 of 社零 is no digit.
    rf"(?=[{PLAIN}万亿])(?!(?<=社)零)(?:(?<![第每数几分之点{PLAIN}万亿\d.])|(?<=社零))(?:零(?=点))?[{PLAIN}万亿][{PLAIN}万亿点多余几]{{0,19}}"
    rf"(?={SPELT_UNIT}|{_COUNTER})"
)
_SEALED = re.compile(rf"(?<![{FORMAL}万亿])[{FORMAL}][{FORMAL}零万亿]{{1,19}}(?={SPELT_UNIT})")
_PARTS = re.compile(r"(?P<number>[^多余几]*)(?:(?P<more>[多余几])(?P<rest>[十百千]?[万亿]{0,2}))?(?P<tail>[多余])?")
_REACHED = re.compile(r"(?:近|超过?|突破|达到?|过|逾|迈[上进入过]|跨[过越上入]?|首破|约|接近|跃上|站上|迈向|登上)\s?$")
# 突破两千亿大关: money without its unit.
_PASSED = re.compile(
    r"(?:突破|超过?|过|迈上|跨上|跨越|跃上|站上|登上)(?P<number>[一二两三四五六七八九十百千万]{0,6}亿)(?=大关|台阶|关口)"
)
_BARE = frozenset(("百", "千", "十"))
_FEW = frozenset(("人", "户", "台", "辆", "斤", "度", "担", "亩", "元", "米", "头", "只", "株"))
_COUNTERS = frozenset(_COUNTER.split("|"))
_SCHOOLS = frozenset("校园院馆站达到共有建成办了各")
_MAKERS = ("项目", "生产线", "装置")
_SIZES = ("级", "轮", "巨轮", "船", "码头", "泊位", "水")
_NAME = 16  # characters
_LONG = 3  # characters from which a number without a scale is more than a way of speaking


def amounts(text: str) -> Iterator[Quantity]:
    """Amounts in Chinese digits, in order."""
    for run in _RUN.finditer(text):
        if (found := _amount(text, run)) is not None:
            yield found
    for run in _PASSED.finditer(text) if "亿" in text else ():
        if (known := spelt(run["number"])) is not None:
            yield Quantity(
                run.start("number"), run.end("number"), behind(text, run.end("number")), Decimal(known.value),
                known.scale, None, None, 0, "",
            )  # fmt: skip
    for run in _SEALED.finditer(text):
        if (found := _amount(text, run)) is not None:
            yield found


def _to_be_made(text: str, at: int) -> bool:
    """Whether an amount before `at` is what a project makes: 万吨电池级碳酸锂项目."""
    ends = [end for mark in ",;。、" if (end := text.find(mark, at)) >= 0]
    noun = text[at : min([*ends, at + _NAME])]
    return not noun.startswith(_SIZES) and any(word in noun for word in _MAKERS)


def _amount(text: str, run: re.Match[str]) -> Quantity | None:
    unit = _UNIT.match(text, run.end())
    parts = _PARTS.fullmatch(run[0])
    if unit is None or parts is None:
        return None
    number, rest = parts["number"], parts["rest"] or ""
    beyond = rest.lstrip("十百千")
    known = spelt(number + beyond) if number else None
    if known is None or (parts["more"] and not number):
        return None
    more = parts["more"] or parts["tail"] or ""
    scaled = known.scale
    bare = number.rstrip("万亿")
    if not bare or bare in _BARE:
        # Of scales alone (近百亿元) only what something reaches.
        reached = _REACHED.search(text, max(0, run.start() - 4), run.start())
        made = scaled == "万" and unit[0] == "吨" and not more and _to_be_made(text, unit.end())
        if not made and ((not scaled and bare != "千") or (not reached and not more) or (more and bare != "十")):
            return None
    elif not scaled and not re.search(r"[十百千万亿拾佰仟廿卅]", number):
        return None
    if len(number) < _LONG and (unit[0] in _COUNTERS or (not scaled and unit[0] in _FEW)):
        return None
    if unit[0] == "所" and text[run.start() - 1 : run.start()] not in _SCHOOLS:
        return None  # 电子二十九所 is one institute
    name = scaled + unit[0].removesuffix("口")
    end = unit.end()
    return Quantity(run.start(), end, behind(text, end), Decimal(known.value), name, None, None, 0, more)
