"""Quantities said in words: ranks, streaks, fractions, doublings, outcomes without a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from retrieval.figures.signs import signed
from retrieval.figures.values import Quantity
from retrieval.lexicon.numerals import CHINESE, decimal, small, spelt
from retrieval.lexicon.table import rows
from retrieval.model import Measure

__all__ = ["worded"]

_Reader = Callable[[str, int], Quantity | None]


@dataclass(frozen=True, slots=True)
class _Form:
    """How a form is recognised, and what reads it."""

    anchor: str
    reader: _Reader


_FORMS: dict[str, _Form] = {}

_N = r"[一二两三四五六七八九十]"
_COUNT = rf"(?:\d{{1,4}}|{_N}{{1,3}})"
_RANK = re.compile(rf"第\s?({_COUNT})(?:\s?(位|名))?")
# What 第 and a number count off and do not rank.
_COUNTED_OFF = tuple(word for _, (word,) in rows("figure_ordinals.tsv", ("word",)))
_ROW = re.compile(r"[、至到](?=第?[一二三四五六七八九十\d])|[十百零〇]")
# 市第二、第三幼儿园
_LISTED = re.compile(rf"(?:[、和与及]第?{_COUNT})+")
# 质量第一: what comes first for someone, and no rank.
_FOREMOST = ("安全第", "质量第", "生命第", "健康第", "人民第", "顾客第", "信誉第")
_RANKED = re.compile(
    r"(?:居|列|排名?|名列|位次|跻身|进入|进位|升[至到]|上升|攀升|提升|跃升|前移|晋升|回升|降[至到]|下降|滑落|[至到]|冲刺|保持|稳定|名次|荣获|获|夺得|勇夺|蝉联|总分|"
    r"第\s?\S{1,3}位?[和与及、]|\d年的?|全[国省市区州县球]|世界|亚洲|国内|同类|[东西中]部|[东西]北|[东南华][南东北中]|长三角|珠三角|京津冀|省会|自治区|增速|增幅|总量|规模|数|量|率|均|各|并列|由|从|城市|地区|[省市州区县]|(?:[百十]|\d{2,4})强(?:企业|县|市|区)?|榜|实力|竞争力|考核|评价|满意度|(?:居|列|排|位)[^,。;、\d]{1,6})[”\"]?\s?(?:的|为|在|了|位|各?地?市?)?$"
)
_TOP = re.compile(rf"前\s?({_COUNT})\s?(位|名|强)?(?=以内|之列|行列|[,.。;、)”]|$|的|水平|位次|提|迈|冲|、|和)")
_STREAK = re.compile(rf"连续\s?({_COUNT}|多)\s?(年|个月|个季度|季度|届|次|天|期)")
_WINS = re.compile(rf"({_COUNT})[”\"’]?连(增|丰|冠|降|升|涨|快|超|跨|调)|({_COUNT})年连(?:获|年)?(?:丰收|增产|增收)")
_DOUBLE = re.compile(r"翻(?:了)?([一两二三四])?番(半)?")
_WHOLE = {"百": 100, "千": 1000, "万": 10000, "十万": 100000}
_BELOW = re.compile(rf"(十万|[百千万]|{_N}{{1,3}})$")
_ABOVE = re.compile(rf"\s?(\d+(?:\s?\.\s?\d+)?|{CHINESE})")
_BEHIND = re.compile(
    r"(?:\([次只家户个人条处项头件名台套座辆]\))?\s?(?:以上|以下|以内|左右|上下(?!游|水)|强(?!镇|县|市|村|企)|弱|"
    # 跨过7个千亿级台阶、达2.08万亿元: what was climbed is no thing of its own.
    r"[十百千万]*亿元?级?的?[新大]?(?:台阶|大关|关口))?"
)
# 又二分之一 behind a percentage, and a unit behind 一百又三分之一.
_AND_PART = re.compile(rf"又({_N}{{1,2}})分之({_N}{{1,2}})")
_SPELT = re.compile(r"[一二两三四五六七八九十百千零]+$")
_PARTED = re.compile(r"\s?[十百千]?[万亿]{0,2}(?:元|人|吨|公里|亩|公顷|户|倍|担)")
# A fraction, and neither a season (2025/26), a road (307/207) nor a rate (16/10万).
_SLASH = re.compile(r"(\d{1,2})/(\d{1,3})(?![\d/+月]|\.\d|\s?[十百千万]|小时|所|号|年|学年|赛季|榨季|雪季)")
_TIMES = re.compile(rf"{CHINESE}$")
_MORE = re.compile(r"[多余](?=[,。;、)的]|$)")
_TENTHS = re.compile(r"成(半|[一二三四五六七八九](?=[,。;、的)]|$|以上|左右)|(?=多|以上|以下|左右|[,。;、的)]|$))")
_NOT_TENTHS = frozenset("第十百千万几数")
_LEADING = re.compile(r"[居列位]|排|保持|升|蝉联|名|全[国省市区]|处")
_SAME = re.compile(r"与([^,。;、与]{2,14}?)(?:保持|实现|基本)*同步")


def behind(text: str, end: int) -> int:
    """Where the words end that belong to a quantity ending at `end`."""
    match = _BEHIND.match(text, end)
    return match.end() if match and match[0].strip() else end


def worded(text: str) -> Iterator[Quantity]:
    """Quantities in words, in order."""
    anchors, readers = _forms()
    for anchor in anchors.finditer(text):
        found = readers[anchor[0]](text, anchor.start())
        if found is not None:
            yield found


def _form(*words: str, before: str = "", after: str = "") -> Callable[[_Reader], _Reader]:
    """Has the decorated function read the quantity at each of `words`, where `before` (a look-behind) and `after` (a
    look-ahead) hold. It is given the text and where the word begins, and returns None where no quantity stands."""

    def register(reader: _Reader) -> _Reader:
        for word in words:
            if word in _FORMS:
                raise ValueError(f"{word} is read by {_FORMS[word].reader.__name__}")
            _FORMS[word] = _Form(before + re.escape(word) + after, reader)
        return reader

    return register


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, _Reader]]:
    """What all forms are recognised by, the longest word first, and what reads each."""
    longest = sorted(_FORMS, key=len, reverse=True)
    # What any of them begins with: most characters are passed over at once.
    first = "".join(sorted({word[0] for word in longest}))
    anchors = re.compile(f"(?=[{first}])(?:{'|'.join(_FORMS[word].anchor for word in longest)})")
    return anchors, {word: form.reader for word, form in _FORMS.items()}


def _make(
    text: str,
    span: tuple[int, int],
    value: Decimal | Fraction | None,
    unit: str,
    measure: Measure,
    *,
    direction: int = 0,
    qualifier: str = "",
    upper: Decimal | None = None,
) -> Quantity:
    start, end = span
    return Quantity(start, end, behind(text, end), value, unit, upper, measure, direction, qualifier)


@_form("第", after=r"(?=\s?[\d一二三四五六七八九十])")
def _rank(text: str, at: int) -> Quantity | None:
    match = _RANK.match(text, at)
    if match is None or not (_RANKED.search(text, max(0, at - 8), at) or _placed(text, match)):
        return None
    if not match[2]:
        after = text[match.end() : match.end() + 4]
        listed = _LISTED.match(text, match.end())
        if text.startswith(_COUNTED_OFF, listed.end() if listed else match.end()) or text.endswith(
            _FOREMOST, 0, at + 1
        ):
            return None
        if _ROW.match(after) and not (
            after.startswith("、") and re.match(rf"、[^,。;]{{0,14}}第{_COUNT}", text[match.end() : match.end() + 24])
        ):
            return None
    return _make(
        text, (match.start(), match.end()), small(match[1]), "位" if match[2] else "", Measure.RANK, qualifier="第"
    )


def _placed(text: str, match: re.Match[str]) -> bool:
    """Whether 第3位 ends its clause behind a noun, which it then ranks: 综合实力第25位、项目投资第3位."""
    return bool(
        match[2] == "位"
        and not text.endswith(("放在", "摆在"), 0, match.start())
        and _PLACED.search(text, 0, match.start())
        and _STOP.match(text, match.end())
    )


_PLACED = re.compile(r"[一-鿿]{2}[”\"]?\s?$")
_STOP = re.compile(r"[,。;、)]|$")


@_form("前", after=r"(?=\s?[\d一二两三四五六七八九十])")
def _top(text: str, at: int) -> Quantity | None:
    match = _TOP.match(text, at)
    if match is None or not _RANKED.search(text, max(0, at - 8), at):
        return None
    end = match.end(1) if match[2] == "强" else match.end()
    return _make(
        text,
        (match.start(), end),
        small(match[1]),
        "位" if match[2] in ("位", "名") else "",
        Measure.RANK,
        qualifier="前",
    )


@_form("首位", "榜首")
def _first(text: str, at: int) -> Quantity | None:
    if text.startswith("度", at + 2) or not _LEADING.search(text, max(0, at - 10), at):
        return None
    end = at + 3 if text.startswith("位", at + 2) else at + 2
    # 品牌价值榜首位: first of the list, which is named before.
    at += text.startswith("榜首位", at) and text[at - 1 : at] not in ("居", "列", "登")
    return _make(text, (at, end), Decimal(1), "位", Measure.RANK)


@_form("连", after="(?=续|增|丰|冠|降|升|涨|快|超|跨|调|获|年)")
def _streak(text: str, at: int) -> Quantity | None:
    match = _STREAK.match(text, at)
    if match is not None:
        if match[1] == "多":
            return None
        return _make(text, (match.start(), match.end()), small(match[1]), match[2], Measure.STREAK, qualifier="连续")
    for match in _WINS.finditer(text, max(0, at - 6), at + 6):
        if match.end() > at:
            return _make(
                text,
                (match.start(), match.end()),
                small(match[1] or match[3]),
                "年",
                Measure.STREAK,
                direction=-1 if match[2] == "降" else 1,
                qualifier="连",
            )
    return None


@_form("翻", after="(?=了?[一两二三四]?番)")
def _doubled(text: str, at: int) -> Quantity | None:
    match = _DOUBLE.match(text, at)
    if match is None:
        return None
    if match[2]:
        # Half a doubling is no multiple that could be stated exactly: the words are the figure.
        return _make(text, match.span(), None, "", Measure.MULTIPLE, direction=1)
    end, more = _more(text, match.end())
    times = Decimal(2 ** int(small(match[1] or "一")))
    return _make(text, (match.start(), end), times, "倍", Measure.MULTIPLE, direction=1, qualifier=more)


@_form("分之")
def _fraction(text: str, at: int) -> Quantity | None:
    below, above = _BELOW.search(text, max(0, at - 3), at), _ABOVE.match(text, at + 2)
    if below is None or above is None:
        return None
    value = _part(above[1])
    if value is None:
        return None
    if text[below.start() - 1 : below.start()] == "又":
        return _whole_and_part(text, below.start() - 1, above.end(), Fraction(int(value), int(small(below[1]))))
    hundred = _WHOLE.get(below[1])
    if hundred is None:
        parts = small(below[1])
        if not parts or value != value.to_integral_value():
            return None
        return _make(text, (below.start(), above.end()), Fraction(int(value), int(parts)), "", Measure.SHARE)
    unit = {100: "%"}.get(hundred, f"{below[1]}分之")
    start, end = below.start(), above.end()
    exact: Decimal | Fraction = value
    if rest := _AND_PART.match(text, end):
        # 百分之三又二分之一
        exact, end = _exact(Fraction(value) + Fraction(int(small(rest[2])), int(small(rest[1])))), rest.end()
    if text[start - 1 : start] == "负" and (sign := signed(text, start, "%")) is not None:
        return Quantity(sign.at, end, behind(text, end), exact, unit, None, None, -1, "", sign.direction)
    end, more = _more(text, end)
    return Quantity(start, end, behind(text, end), exact, unit, qualifier=more)


def _more(text: str, end: int) -> tuple[int, str]:
    """Where a number ends with the 多 or 余 that closes it, and that word: 一成多, 百分之三十余."""
    more = _MORE.match(text, end)
    return (more.end(), more[0]) if more else (end, "")


def _part(words: str) -> Decimal | None:
    """The number behind 分之; None where it is none or more than one (百分之三四)."""
    if words[0].isdigit():
        return decimal(words)
    known = spelt(words)
    return known.value if known else None


def _whole_and_part(text: str, at: int, end: int, part: Fraction) -> Quantity | None:
    """一百又三分之一万吨: 又 stands at `at`, the part ends at `end`."""
    head = _SPELT.search(text, max(0, at - 8), at)
    whole = spelt(head[0]) if head else None
    unit = _PARTED.match(text, end)
    if head is None or whole is None or unit is None or whole.scale:
        return None
    return Quantity(
        head.start(), unit.end(), behind(text, unit.end()), _exact(Fraction(whole.value) + part), unit[0].strip()
    )


def _exact(value: Fraction) -> Decimal | Fraction:
    """A fraction as a decimal where that ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else value


@_form(*"0123456789", after=r"(?=/\d)")
def _slash(text: str, at: int) -> Quantity | None:
    while at > 0 and text[at - 1].isdigit():
        at -= 1
    match = _SLASH.match(text, at)
    if (
        match is None
        or match[1] == "0"
        or int(match[2]) == 0
        or int(match[1]) >= int(match[2])
        or text[at - 1 : at] in ("/", "+", "-")
    ):
        return None
    return _make(text, (match.start(), match.end()), Fraction(int(match[1]), int(match[2])), "", Measure.SHARE)


@_form(*"一二两三四五六七八九", after="(?=成)")
def _tenths(text: str, at: int) -> Quantity | None:
    """八成, 三成半, 五成三 (53%)."""
    match = _TENTHS.match(text, at + 1)
    if match is None or (at and text[at - 1] in _NOT_TENTHS):
        return None
    part = {"": Decimal(0), "半": Decimal("0.5")}.get(match[1])
    value = small(text[at]) + (small(match[1]) / 10 if part is None else part)
    end, more = _more(text, at + 2 + len(match[1]))
    return _make(text, (at, end), value, "成", Measure.SHARE, qualifier=more)


@_form("一半", "过半", "半数")
def _half(text: str, at: int) -> Quantity | None:
    end = at + 2
    if text.startswith("一半", at) and (
        (text[at - 1 : at] in "上下另前后" and at > 0) or not re.match(r"以上|左右|[,。;、的]|$", text[end : end + 2])
    ):
        return None
    if text.startswith("半数", at) and not text.startswith("以上", end):
        return None
    return _make(text, (at, end), Decimal(50), "%", Measure.SHARE, qualifier="过" if text.startswith("过", at) else "")


@_form("两位数")
def _digits(text: str, at: int) -> Quantity | None:
    return _make(
        text, (at, at + 3), Decimal(10), "%", Measure.GROWTH, direction=1, qualifier="两位数", upper=Decimal(100)
    )


@_form("负增长", "零增长", before="(?<![由从为率])", after=r"(?!转|的|率|\s?[\d])")
@_form("持平", before="(?<![保支坚维主])", after="(?![稳衡等安台])")
@_form("同步", "由负转正", "未达到", "没有达到")
def _outcome(text: str, at: int) -> Quantity | None:
    """持平, 由负转正, 与经济增长同步: no value, the words are the figure."""
    if text.startswith("同步", at):
        window = max(0, at - 20)
        for match in _SAME.finditer(text, window, at + 2):
            if match.end() == at + 2 and re.search(r"增长|增速|经济", match[1]):
                return _make(text, (match.start(), match.end()), None, "", Measure.GROWTH)
        return None
    if text.startswith(("未达到", "没有达到"), at):
        match2 = re.compile(r"(?:未|没有)达到[^,。;]{0,12}?(?:目标|预期(?!目标)|计划(?!目标))").match(text, at)
        return _make(text, (at, match2.end()), None, "", Measure.LEVEL) if match2 else None
    if text.startswith(("负增长", "零增长"), at):
        return _make(text, (at, at + 3), None, "", Measure.GROWTH, direction=-1 if text[at] == "负" else 0)
    end = at + (4 if text.startswith("由负", at) else 2)
    return _make(text, (at, end), None, "", Measure.GROWTH, direction=1 if text.startswith("由负", at) else 0)


@_form("倍", after="(?!增|数|体|感|加|受|率)")
def _times(text: str, at: int) -> Quantity | None:
    """两倍; a number in digits is none of its business."""
    match = _TIMES.search(text, max(0, at - 8), at)
    known = spelt(match[0]) if match else None
    if (
        match is None
        or known is None
        or match[0] in ("百", "千")
        or text[match.start() - 1 : match.start()] in "第.几数万亿"
    ):
        return None
    half = text.startswith("半", at + 1)
    value = known.value + (Decimal("0.5") if half else 0)
    return _make(text, (match.start(), at + 1 + half), value, "倍", Measure.MULTIPLE)


@_form("时隔")
def _gap(text: str, at: int) -> Quantity | None:
    match = re.compile(rf"时隔\s?({_COUNT})\s?年").match(text, at)
    if match is None:
        return None
    return _make(text, (match.start(1), match.end()), small(match[1]), "年", Measure.DURATION, qualifier="时隔")


@_form(
    *("前进", "前移", "上升", "提升", "跃升", "进位", "后移", "后退", "下降"),
    after="(?=了?[一二三四五六七八九十]{1,3}(?:位|名|个位))",
)
def _move(text: str, at: int) -> Quantity | None:
    """前进五位."""
    match = re.compile(rf"(?P<verb>..)了?(?P<count>{_N}{{1,3}})(?P<unit>个位次|位|名)").match(text, at)
    if match is None:
        return None
    sign = -1 if match["verb"][0] in "后下" else 1
    return _make(
        text, (match.start("count"), match.end()), small(match["count"]), match["unit"], Measure.RANK, direction=sign
    )
