"""Numbers in Arabic digits with what stands around them: unit, sign, the top of a range, ratios."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.figures.forms import behind
from retrieval.figures.signs import signed
from retrieval.figures.units import UNIT
from retrieval.figures.values import Quantity
from retrieval.lexicon.numerals import Numeral, arabic, decimal
from retrieval.lexicon.units import STATED, UnitKind, kind, scale
from retrieval.model import Measure

__all__ = ["JOINT", "numbers"]

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d++")
_UNIT = re.compile(
    rf"\s?(?P<more>余|多|几)?\s?(?P<unit>个[多余]百分点|{UNIT})(?P<tail>多(?!媒体|功能|双边|彩|式联运|层|样|晶|语)|余)?"
)
# 1.4万多人: the unit stands behind 多.
_REST = re.compile(STATED)
# 居民消费价格指数102.7 has no unit.
_INDEX = re.compile(
    r"(?:指数(?:上涨幅度|年?均值|平均值)?|倍差|收入(?:之|倍数?)?比|基尼系数|恩格尔系数)(?:进一步|已|逐步)?"
    r"(?:由(?P<from>[^,。;\d]{0,10}|上年的|\d{4}年的)\d+(?:\.\d+)?)?"
    r"(?:为|达到?|(?:控制|保持|稳定)在|是|(?:缩小|下降|降低?|提高|上升|收窄|提升|扩大)[到至为]|[降升][到至])?\s?$"
)
# 倍差由“十二五”末的2.64缩小至2.49: the value it began with.
_INDEX_FROM = re.compile(
    r"(?:指数|倍差|收入(?:之|倍数?)?比|基尼系数|恩格尔系数)[由从][^,。;\d]{0,10}(?:\d{4}年的)?\s?$"
)
_INDEX_TO = re.compile(r"(?:缩小|下降|降低?|提高|上升|收窄|提升|扩大|[降升])[到至为]\d")
_ENDS = re.compile(r"(?:以内|左右|以下|以上)?(?:[,。;、)](?!\d)|$)")
_INSTITUTES = ("电科", "科工", "重工", "船舶", "兵器", "航天", "航空")
_DAY = 24  # hours
_LIMITS = ("以内", "之内", "内", "左右", "以上", "办结", "、", "和", "到", "至", "的时限")
_LIMITED = ("至", "到", "为", "过", "超", "达", "短", "少", "用", "在", "近", "于")
_FALLEN = re.compile(r"[降退落]了?$")
_SAME = {"百分点": "个百分点", "个多百分点": "个百分点", "个余百分点": "个百分点", "工作日": "个工作日"}
_TO = re.compile(r"\s?(?P<unit>[%‰]|[十百千万亿]{0,2})?\s?(?P<to>-|—{1,2}|–|~|至|到)\s?(?=\d)")
_FROM = re.compile(r"[由从自](?:[^,。;]{0,12})$")
_RATIO = re.compile(r"\d++(?:\.\d++)?(?:\s?:\s?\d++(?:\.\d++)?){1,2}(?![\d:%‰万亿元个])")
_RATIOED = re.compile(r"比|结构|调整|[由从为至到]")
JOINT = re.compile(r"\s?(?:以上|左右|以内|以下)?\s?[、和与及,]{1,2}(?:同比|分别)?\s?$")
# 低于全国16.5个和全省7.6个百分点
_BETWEEN_POINTS = re.compile(
    r"\s?[、和与及,]{1,2}(?:同比|分别)?(?:[高低]于)?(?:全[国省市区州]|中部|西部|东部)?(?:平均)?(?:水平)?\s?"
)
_PER = re.compile(r"每(立方米|升|平方米)$")
# 17.5条快速路: the seventeenth of a list; things that are counted are whole.
_LIST = re.compile(r"\s*\d{1,3}\s*(?:[.、](?!\d)|\.(?=\d+\s?(?:条|家|项|所|座|处|件|户|名|台|人|辆|个(?!百分点))))")
_RANKED = re.compile(r"(?:居|列|排名?|名列|位次|升至|降至|名次|跻身)[^,。;、]{0,10}$")
_MOVED = re.compile(r"(?:上升|提升|跃升|前移|前进|进位|后退|下降|(?<![提晋])升|(?<![引推改促跟挺先])进)了?$")
_CIRCLE = re.compile(r"[一-鿿]{0,7}(?:圈|服务|值班|热线|不打烊|自助|一线|畅通|通勤|响应|监控)")
_BRACKETED = re.compile(r"\s?\(((?:美|欧|港|日)?元|人民币|人次|人|户|吨|亩)\)")
_POINT = re.compile(r"点(?![位上对状源供球杀的]|[一-鿿]?项目)")
_POINTS = re.compile(r"(?:提高|提升|上升|下降|降低|回落|高于|低于|快于|增长|增加|回升|收窄|扩大|减少|高出?|低)了?\s?$")
# What damage leaves between the digits of one number; a colon parts hours from minutes and the terms of a ratio.
_MARKS = frozenset(".:/'")
_STOPS = frozenset("。·•")
_WHOLE = re.compile(r"(?:第|前|[/:.])\s?\d+$")
_MENDED = re.compile(r"[。·•](\d{1,2})(?=\s?(?:[%‰倍]|个?百分点|[十百千]?[万亿]))")
_YEARS = 1000  # whole numbers from here may be years: 在2008。5%…
_RATE = re.compile(r"\s?/\s?(?:10|100|1)?[十百千]?万(?!元|人|吨|户|亩)")
# 平均受教育年限提高到10.8年: a number of years, and no year.
_LASTING = re.compile(r"年限(?:已|均)?(?:由|从|约|为|达到?|至|到|提高|提升|延长|增加|缩短|上升|[\d.年])*$")


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A number that takes the unit of the next it is listed with."""

    start: int
    end: int
    value: Decimal


def numbers(text: str) -> list[Quantity]:
    """Numbers with a unit; a number without one takes the unit of the next it is listed with."""
    found: list[Quantity] = []
    waiting: list[_Waiting] = []
    listed = _LIST.match(text)
    at = listed.end() if listed else 0
    while (digit := _DIGIT.search(text, at)) is not None:
        start = digit.start()
        numeral = arabic(text, start)
        if numeral is not None and (mended := _MENDED.match(text, numeral.end)) and 0 < numeral.value < _YEARS:
            # 301。2亿元: a decimal whose point was typed or scanned as another mark.
            numeral = Numeral(mended.end(), Decimal(f"{numeral.value}.{mended[1]}"))
        if _of_model(text, start):
            at = numeral.end if numeral else _end_of_digits(text, start)
            waiting = []
            continue
        begun = listed is not None and start == listed.end()
        if numeral is None or (_inside(text, start) and not begun and not (found and found[-1].end == start - 1)):
            # A serial number, or what is left of one that is damaged.
            at = numeral.end if numeral else _end_of_digits(text, start)
            waiting = []
            continue
        at = numeral.end
        if ratio := _ratio(text, start, at):
            found.append(ratio)
            waiting, at = [], ratio.end
            continue
        quantity = _quantity(text, start, numeral, begun=begun)
        if quantity is not None and text[start - 1 : start] == "+" and not quantity.sign:
            quantity = None  # 1+3+8 are the parts of a name
        if waiting and not JOINT.fullmatch(text, waiting[-1].end, quantity.start if quantity else start):
            waiting = []
        if quantity is None:
            waiting.append(_Waiting(start, at, numeral.value))
            continue
        at = quantity.end
        if found and found[-1].end == start and _cut(found[-1], quantity):
            found.pop()
            waiting = []
            continue
        for one in waiting:
            bare = Quantity(one.start, one.end, one.end, one.value, quantity.unit, None, quantity.measure)
            found.append(_with_sign(text, replace(bare, direction=quantity.direction)))
        waiting = []
        if found:
            found = _share(text, found, quantity)
        found.append(quantity)
    return found


def _end_of_digits(text: str, at: int) -> int:
    match = _DIGITS.match(text, at)
    return match.end() if match else at + 1


def _of_model(text: str, start: int) -> bool:
    """Whether digits belong to the letter before them: G228套尔河特大桥."""
    letter = text[start - 1] if start else ""
    longer = start > 1 and text[start - 2].isascii() and text[start - 2].isalpha()
    return letter.isascii() and letter.isupper() and not longer


def _inside(text: str, start: int) -> bool:
    """Whether a number stands inside a longer one that is damaged or no quantity: 12:2%, 12,34.5, 301。2家."""
    mark = text[start - 1] if start > 1 and text[start - 2].isdecimal() else ""
    if mark == ",":
        # 居全省第1,89项…: what stands before is whole.
        return not _WHOLE.search(text, max(0, start - 12), start - 1)
    return bool(mark) and (mark in _MARKS or (mark in _STOPS and _MENDED.match(text, start - 1) is not None))


def _cut(before: Quantity, quantity: Quantity) -> bool:
    """Whether a number that follows a bare 万 is a part of it that fills no place: 3万28元. An age is none."""
    return not scale(before.unit)[1] and quantity.unit != "岁"


def _share(text: str, found: list[Quantity], quantity: Quantity) -> list[Quantity]:
    """5万亿、4万亿和3万亿元; 12.5个和7.4个百分点: earlier members of a list take the base unit of its last."""
    first = len(found)
    joint = _BETWEEN_POINTS if quantity.unit == "个百分点" else JOINT
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


def _ratio(text: str, start: int, end: int) -> Quantity | None:
    """17.4:39.1:43.5, or 1.95:1."""
    if text[end : end + 2].strip()[:1] != ":":
        return None
    whole = _RATIO.match(text, start)
    if whole is None or not _RATIOED.search(text, max(0, start - 12), start):
        return None
    parts = [part.strip() for part in whole[0].split(":")]
    value = decimal(parts[0]) if len(parts) == 2 and parts[1] == "1" else None
    unit = whole[0][len(parts[0]) :].strip() if value is not None else ""
    return Quantity(whole.start(), whole.end(), whole.end(), value, unit, None, Measure.RATIO)


def _quantity(text: str, start: int, numeral: Numeral, *, begun: bool) -> Quantity | None:
    """A number with the unit behind it; None where there is none. `begun`: the number of a list stands before it."""
    value, end = numeral.value, numeral.end
    before = text[start - 1 : start]
    if before == "前" and text[start - 2 : start - 1] != "提" and text.startswith("个月", end):
        return None  # 前11个月 is a part of the year
    if before in ("第", "×", "/", "[") or (before == "." and start > 1 and not begun):
        return None
    if rate := _RATE.match(text, end):
        # 16/10万: so many of a hundred thousand.
        at = rate.end()
        return _with_sign(text, Quantity(start, at, behind(text, at), value, rate[0].replace(" ", "")))
    upper, first_unit = None, None
    if (to := _TO.match(text, end)) and not (to["to"] in "至到" and _FROM.search(text, max(0, start - 14), start)):
        top = arabic(text, to.end())
        upper = top.value if top and top.scale == numeral.scale else None
        if top is None or upper is None:
            return None
        first_unit, end = to["unit"], top.end
    unit = _UNIT.match(text, end)
    if unit is None and text.startswith("年", end) and _LASTING.search(text, max(0, start - 18), start):
        return Quantity(start, end + 1, behind(text, end + 1), value, "年", None, Measure.DURATION)
    if unit is None:
        if numeral.scale and upper is None:
            return _with_sign(text, Quantity(start, end, behind(text, end), value, numeral.scale))
        indexed = upper is None and (
            (_INDEX.search(text, max(0, start - 40), start) and _ENDS.match(text, end))
            or (_INDEX_FROM.search(text, max(0, start - 24), start) and _INDEX_TO.match(text, end))
        )
        return Quantity(start, end, behind(text, end), value, "") if indexed else None
    if upper is not None and (first_unit and not unit["unit"].lstrip().startswith(first_unit)):
        return None
    if upper is not None and upper < value:
        return None
    finished = _finish(text, start, unit, value, upper)
    if finished is None or upper is not None:
        return finished
    if numeral.scale:
        finished = replace(finished, unit=numeral.scale + finished.unit)
    return _with_sign(text, finished)


def _with_sign(text: str, quantity: Quantity) -> Quantity:
    """A quantity with the sign before it, if it has one."""
    sign = signed(text, quantity.start, quantity.unit) if quantity.measure in (None, Measure.GROWTH) else None
    return quantity if sign is None else replace(quantity, start=sign.at, direction=sign.direction, sign=sign.direction)


def _finish(text: str, start: int, unit: re.Match[str], value: Decimal, upper: Decimal | None) -> Quantity | None:
    """A number with the unit matched behind it; None where both are part of a word (15分钟生活圈)."""
    name, end = "".join(unit["unit"].split()).replace("萬", "万").replace("億", "亿"), unit.end()
    more = unit["more"] or unit["tail"] or (name[1] if name in ("个多百分点", "个余百分点") else "")
    if unit["tail"] and not scale(name)[1] and (rest := _REST.match(text, end)):
        name, end = name + rest[0], rest.end()
    before = text[max(0, start - 14) : start]
    if (aside := _BRACKETED.match(text, end)) and not scale(name)[1]:
        # 12.5亿(美元)
        name, end = name + aside[1], aside.end()
    if name == "个" and (_POINT.match(text, end) and (value % 1 or _POINTS.search(before))):
        # 提高2.1个点
        name, end = "个百分点", end + 1
    if name == "倍" and text.startswith("半", end):
        value, end = value + Decimal("0.5"), end + 1
    name = _SAME.get(name, name)
    measure: Measure | None = None
    direction = 0
    if name == "个百分点":
        measure = Measure.GROWTH
    elif kind(name) is UnitKind.TIME and name not in ("天", "岁"):
        if _CIRCLE.match(text, end) or (value == _DAY and name == "小时" and _all_day(text, start, end)):
            return None
        measure = Measure.DURATION
    elif name == "个" and text.startswith("位次", end):
        end, name, measure, direction = end + 2, "个位次", Measure.RANK, -1 if _FALLEN.search(before) else 1
    elif name == "所" and before.endswith(_INSTITUTES):
        return None  # 中电科49所 is one institute
    elif name in ("位", "名"):
        measure, direction = _place(before)
        start -= measure is not None and before.endswith("前")
    if (per := _PER.search(before)) and name.endswith("克"):
        name = f"{name}/{per[1]}"
    return Quantity(start, end, behind(text, end), value, name, upper, measure, direction, more)


def _all_day(text: str, start: int, end: int) -> bool:
    """Whether 24小时 says that something goes on around the clock, and sets no time limit."""
    limited = text.startswith(_LIMITS, end) or text.endswith(_LIMITED, 0, start)
    return not limited


def _place(before: str) -> tuple[Measure | None, int]:
    """Whether 11位 after these words is a rank, and the direction of a move by so many."""
    if _MOVED.search(before):
        return Measure.RANK, -1 if _FALLEN.search(before) else 1
    return (Measure.RANK if before.endswith("前") or _RANKED.search(before) else None), 0
