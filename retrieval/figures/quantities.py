"""Quantities by their form alone: a number with its unit, and the ways of saying one in words."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal

from retrieval.figures.forms import behind, worded
from retrieval.figures.numbers import NUMBER, chinese, decimal, scale
from retrieval.figures.units import UNIT, UnitKind, kind
from retrieval.figures.values import Quantity
from retrieval.model import Measure

__all__ = ["quantities"]

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(NUMBER)
_UNIT = re.compile(rf"\s?(?P<more>余|多)?\s?(?P<unit>个[多余]百分点|{UNIT})(?P<tail>多|余)?")
# 1.4万多人: the unit stands behind 多.
_REST = re.compile(
    r"人次|条|项|所|座|处|场|种|张|棵|份|艘|盏|间|床|对|幢|栋|人|户|元|美元|吨|亩|公里|平方米|立方米|家|个|名|件|台|辆|斤|公斤|千瓦时|千瓦|株|只|头|套"
)
# 居民消费价格指数102.7 has no unit.
_INDEX = re.compile(r"指数(?:上涨幅度)?(?:为|达到?|控制在|是)?\s?$")
_ENDS = re.compile(r"(?:以内|左右|以下|以上)?(?:[,。;、)]|$)")
_FALLEN = re.compile(r"[降退落]了?$")
_SAME = {"百分点": "个百分点", "个多百分点": "个百分点", "个余百分点": "个百分点", "工作日": "个工作日"}
_TO = re.compile(rf"\s?(?P<unit>[%‰]|[十百千万亿]{{0,2}})?\s?(?:-|—{{1,2}}|–|~|至|到)\s?(?P<top>{NUMBER})")
_FROM = re.compile(r"[由从自](?:[^,。;]{0,12})$")
_RATIO = re.compile(r"\d+(?:\.\d+)?(?:\s?:\s?\d+(?:\.\d+)?){1,2}(?![\d:])")
_RATIOED = re.compile(r"比|结构|调整|[由从为至到]")
_JOIN = re.compile(r"\s?(?:以上|左右|以内|以下)?\s?[、和与及,]{1,2}(?:同比|分别)?\s?$")
# 低于全国16.5个和全省7.6个百分点
_BETWEEN_POINTS = re.compile(
    r"\s?[、和与及,]{1,2}(?:同比|分别)?(?:[高低]于)?(?:全[国省市区州]|中部|西部|东部)?(?:平均)?(?:水平)?\s?"
)
_PER = re.compile(r"每(立方米|升|平方米)$")
_LIST = re.compile(r"\s*\d{1,3}\s*[.、](?!\d)")
_RANKED = re.compile(r"(?:居|列|排名?|名列|位次|升至|降至|名次|跻身)[^,。;、]{0,10}$")
_MOVED = re.compile(r"(?:上升|提升|跃升|前移|前进|进位|后退|下降|(?<![提晋])升|(?<![引推改促跟挺先])进)了?$")
_CIRCLE = re.compile(r"[一-鿿]{0,7}(?:圈|服务|值班|热线|不打烊|自助|一线|畅通|通勤|响应|监控)")
# 三百五十万吨, 六亿元; of scales alone (近百亿元) only what something reaches.
_SPELT_UNIT = "元|人口|美元|吨|公里|亩|平方公里|平方米|立方米|公斤|斤|千瓦时|千瓦|度|人次|人|户|辆|台|标箱|担|公顷"
_SPELT = re.compile(
    r"(?P<num>[一二两三四五六七八九][一二三四五六七八九十百千零]*|十[一二三四五六七八九]?|[百千])?(?P<more>多|余|几)?(?P<scale>[万亿]{1,2})?"
    rf"(?P<tail>多|余)?(?P<unit>{_SPELT_UNIT})(?!级|均|民|头|才|工|贷)"
)
# Tried at the first character of a run only, so that long runs cost their length once.
_SPELT_RUN = re.compile(
    r"(?=[一二两三四五六七八九十百千万亿])(?<![第每数几分之零一二两三四五六七八九十百千万亿\d.])[一二两三四五六七八九十百千万亿][零一二三四五六七八九十百千万亿多余几]{0,15}"
    rf"(?={_SPELT_UNIT})"
)
_REACHED = re.compile(r"(?:近|超过?|突破|达到?|过|逾|迈[上进入过]|跨[过越上入]?|首破|约|接近|跃上|站上|迈向|登上)\s?$")
_QUOTED = re.compile(r"[“‘\"《〈][^”’\"》〉,。;]{1,14}[”’\"》〉]")
_QUOTED_FIGURE = re.compile(r"连[增丰冠降升涨快超跨调]")


def quantities(text: str) -> list[Quantity]:
    """Quantities of a folded text in order, not overlapping."""
    quoted = [m.span() for m in _QUOTED.finditer(text) if _is_slogan(m[0])]
    starts = [start for start, _ in quoted]

    def inside(found: Quantity) -> bool:
        place = bisect_right(starts, found.start) - 1
        return place >= 0 and quoted[place][1] >= found.end

    found = [q for q in [*worded(text), *_spelt(text), *_numbers(text)] if not inside(q)]
    found.sort(key=lambda q: (q.start, -q.end))
    out: list[Quantity] = []
    for quantity in found:
        if not out or quantity.start >= out[-1].end:
            out.append(quantity)
        elif quantity.measure is not None and out[-1].measure is None and quantity.end > out[-1].end:
            out[-1] = quantity
    return _ranked(text, out)


def _ranked(text: str, found: list[Quantity]) -> list[Quantity]:
    """分别上升56位、60位和13位: members of a list of ranks are ranks."""
    for number in range(1, len(found)):
        before, one = found[number - 1], found[number]
        joined = before.measure is Measure.RANK and one.measure is None and one.unit in ("位", "名")
        if joined and _JOIN.fullmatch(text, before.behind, one.start):
            found[number] = replace(one, measure=Measure.RANK, direction=before.direction)
    return found


def _is_slogan(words: str) -> bool:
    return not _QUOTED_FIGURE.search(words) and len(words) > 2


def _numbers(text: str) -> list[Quantity]:
    """Numbers with a unit; a number without one takes the unit of the next it is listed with."""
    found: list[Quantity] = []
    waiting: list[tuple[int, int, Decimal]] = []
    listed = _LIST.match(text)
    at = listed.end() if listed else 0
    while (digit := _DIGIT.search(text, at)) is not None and (match := _NUMBER.match(text, digit.start())) is not None:
        start, at = match.span()
        if ratio := _ratio(text, match):
            found.append(ratio)
            waiting, at = [], ratio.end
            continue
        value = decimal(match[0])
        if value is None:
            continue
        quantity = _quantity(text, start, at, value)
        if waiting and not _JOIN.fullmatch(text, waiting[-1][1], start):
            waiting = []
        if quantity is None:
            waiting.append((start, at, value))
            continue
        if waiting:
            found.extend(
                Quantity(s, e, e, v, quantity.unit, None, quantity.measure, quantity.direction) for s, e, v in waiting
            )
            waiting = []
        if found:
            found = _share(text, found, quantity)
        found.append(quantity)
        at = quantity.end
    return found


def _share(text: str, found: list[Quantity], quantity: Quantity) -> list[Quantity]:
    """5万亿、4万亿和3万亿元; 12.5个和7.4个百分点: earlier members of a list take the base unit of its last."""
    first = len(found)
    joint = _BETWEEN_POINTS if quantity.unit == "个百分点" else _JOIN
    while first and joint.fullmatch(
        text, found[first - 1].behind, (found[first] if first < len(found) else quantity).start
    ):
        before = found[first - 1]
        factor, base = scale(before.unit)
        _, wanted = scale(quantity.unit)
        if quantity.unit == "个百分点" and before.unit in ("个", "个多", "个余"):
            found[first - 1] = replace(before, unit="个百分点", measure=Measure.GROWTH)
        elif factor > 1 and not base and wanted and quantity.unit not in ("个百分点", "%"):
            found[first - 1] = replace(before, unit=before.unit + wanted)
        else:
            break
        first -= 1
    return found


# 平均受教育年限提高到10.8年: a number of years, and no year.
_LASTING = re.compile(r"年限(?:已|均)?(?:由|从|约|为|达到?|至|到|提高|提升|延长|增加|缩短|上升|[\d.年])*$")


def _ratio(text: str, match: re.Match[str]) -> Quantity | None:
    """17.4:39.1:43.5, or 1.95:1."""
    if text[match.end() : match.end() + 2].strip()[:1] != ":" or text[match.start() - 1 : match.start()] == ":":
        return None
    whole = _RATIO.match(text, match.start())
    if whole is None or not _RATIOED.search(text, max(0, match.start() - 12), match.start()):
        return None
    parts = [part.strip() for part in whole[0].split(":")]
    value = decimal(parts[0]) if len(parts) == 2 and parts[1] == "1" else None
    unit = whole[0][len(parts[0]) :].strip() if value is not None else ""
    return Quantity(whole.start(), whole.end(), whole.end(), value, unit, None, Measure.RATIO)


def _quantity(text: str, start: int, end: int, value: Decimal) -> Quantity | None:
    """A number with the unit behind it; None where there is none."""
    before = text[start - 1 : start]
    if before in ("第", "+", "×", "/", "[") or (before == "." and start > 1):
        return None
    upper, first_unit = None, None
    if (to := _TO.match(text, end)) and not _FROM.search(text, max(0, start - 14), start):
        upper = decimal(to["top"])
        first_unit = to["unit"]
        end = to.end()
    unit = _UNIT.match(text, end)
    if unit is None and text.startswith("年", end) and _LASTING.search(text, max(0, start - 18), start):
        return Quantity(start, end + 1, behind(text, end + 1), value, "年", None, Measure.DURATION)
    if unit is None:
        indexed = upper is None and _INDEX.search(text, max(0, start - 14), start) and _ENDS.match(text, end)
        return Quantity(start, end, behind(text, end), value, "") if indexed else None
    if upper is not None and (first_unit and not unit["unit"].lstrip().startswith(first_unit)):
        return None
    if upper is not None and upper < value:
        return None
    return _finish(text, start, unit, value, upper)


def _finish(text: str, start: int, unit: re.Match[str], value: Decimal, upper: Decimal | None) -> Quantity | None:
    """A number with the unit matched behind it; None where both are part of a word (15分钟生活圈)."""
    name, end = unit["unit"].replace(" ", ""), unit.end()
    more = unit["more"] or unit["tail"] or (name[1] if name in ("个多百分点", "个余百分点") else "")
    if unit["tail"] and (rest := _REST.match(text, end)):
        name, end = name + rest[0], rest.end()
    name = _SAME.get(name, name)
    before = text[max(0, start - 14) : start]
    measure: Measure | None = None
    direction = 0
    if name == "个百分点":
        measure = Measure.GROWTH
    elif kind(name) is UnitKind.TIME and name not in ("天", "岁"):
        if _CIRCLE.match(text, end):
            return None
        measure = Measure.DURATION
    elif name == "个" and text.startswith("位次", end):
        end, name, measure, direction = end + 2, "个位次", Measure.RANK, -1 if _FALLEN.search(before) else 1
    elif name in ("位", "名"):
        measure, direction = _place(before)
        start -= measure is not None and before.endswith("前")
    if (per := _PER.search(before)) and name.endswith("克"):
        name = f"{name}/{per[1]}"
    return Quantity(start, end, behind(text, end), value, name, upper, measure, direction, more)


def _place(before: str) -> tuple[Measure | None, int]:
    """Whether 11位 after these words is a rank, and the direction of a move by so many."""
    if _MOVED.search(before):
        return Measure.RANK, -1 if _FALLEN.search(before) else 1
    return (Measure.RANK if before.endswith("前") or _RANKED.search(before) else None), 0


def _spelt(text: str) -> list[Quantity]:
    """Amounts in Chinese digits."""
    matches = (_SPELT.match(text, run.start()) for run in _SPELT_RUN.finditer(text))
    amounts = (_amount(text, match) for match in matches if match is not None)
    return [quantity for quantity in amounts if quantity is not None]


def _amount(text: str, match: re.Match[str]) -> Quantity | None:
    number, scaled = match["num"] or "", match["scale"] or ""
    if number in ("", "百", "千", "十"):
        reached = _REACHED.search(text, max(0, match.start() - 4), match.start())
        if (not scaled and number != "千") or not reached or match["more"] or match["tail"]:
            return None
    elif not scaled and not re.search(r"[十百千]", number):
        return None
    if not scaled and match["unit"] in ("人", "户", "台", "辆", "斤", "度", "担", "亩", "元", "米") and len(number) < 3:
        return None
    unit = scaled + match["unit"].removesuffix("口")
    value = chinese(number) if number else Decimal(1)
    return Quantity(
        match.start(),
        match.end(),
        behind(text, match.end()),
        value,
        unit,
        None,
        None,
        0,
        match["more"] or match["tail"] or "",
    )
