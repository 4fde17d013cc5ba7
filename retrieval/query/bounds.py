"""Thresholds and orders in questions: 超过6%, 没定到7.5%, 4.5%到5%之间; 从高到低, 倒数前三, 最高."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from retrieval.lexicon import numerals

__all__ = ["Bound", "Order", "both_ends", "bounds", "numbers", "order", "without_numbers"]

_UNIT = (
    r"个?百分点|个点|%|‰|"
    r"[十百千万亿]*(?:元|美元|斤|吨|亩|人次|人|公里|平方米|标箱|家|个|户|套|倍|微克|天|块钱?)|[万亿]+"
)
_NUMBER = re.compile(rf"(?<![A-Za-z\d.])(\d+(?:\.\d+)?)(?![\d.])\s*({_UNIT})?(?!\s*(?:年|月|日))")
# 八百亿斤, 六个点, 百分之六: in words, with their unit.
_SPELT = re.compile(rf"(?<![第前后这那每几数上近])([{numerals.PLAIN}]+(?:点[{numerals.PLAIN}]+)?)({_UNIT})")
_PERCENT = re.compile(rf"百分之([{numerals.PLAIN}]+(?:点[{numerals.PLAIN}]+)?)")
_DOUBLE_DIGITS = re.compile(
    r"(破|过|达到?|到|上|冲上|是|为|有|[增涨]长?)(?:了)?(?:两位数|双位数)|(?:两位数|双位数)(?:以上)?(?:增长|增速)"
)
_HALF = re.compile(r"(过|超过?|不到|不足|低于|高于|达到?)(?:了)?一半")
_TRILLION = re.compile(r"(过|破|超|上|达到?|跨过|迈过|迈入|站上|进入)(?:了)?(?:(?=万亿)|([千百])(?=亿))")
_HUNDREDS = {"千": "1000", "百": "100"}
_BETWEEN = re.compile(
    rf"(\d+(?:\.\d+)?)\s*(?:{_UNIT})?\s*(?:-|—|–|~|至|到)\s*(\d+(?:\.\d+)?)\s*({_UNIT})(?:之间|区间)?"
)
_NOT = r"(?:没有?|未|不|达不|没能|并未|尚未)"
# What stands before a number, and what it then is.
_BEFORE = (
    ("<", rf"{_NOT}(?:定到|达到|到|够|满|足|破)"),
    (
        "<=",
        r"(?:(?<!有)没有?|未|不)[过超]过?了?|不高于|不多于|不大于|至多|最多|没突破|at most|no more than|within",
    ),
    (">=", r"不低于|不少于|不小于|至少|达到了?|达|站上了?|迈上了?|上了|到了|at least|no less than"),
    ("<", r"低于|小于|少于|慢于|below|under|less than|lower than"),
    (
        ">",
        r"超过了?|高于|大于|多于|(?:突|冲)?破了?|超了?|快于|跑赢了?|过了?|over|above|more than|exceed\w*|higher than",
    ),
)
_AFTER = (
    (">=", re.compile(r"\s*(?:及|或)?(?:其)?(?:以上|起步|或更高|or (?:more|higher|above))", re.IGNORECASE)),
    ("<=", re.compile(r"\s*(?:及|或)?(?:以内|以下|之内)", re.IGNORECASE)),
)
_SET = re.compile(
    r"(?:定|设|放|控制|压|锁)(?:在|为|成|到|了)*\s*$|只有\s*$|等于\s*$|都?是\s*$|为\s*$|在\s*$|\b(?:at|to|of)\s*$",
    re.IGNORECASE,
)
_DIGIT = {
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "俩": 2,
    "仨": 3,
}
_N = r"(\d{1,2}(?!\d)|十[一二三四五六七八九]|二十|[一二两三四五六七八九十俩仨])"
_N_ENGLISH = r"(\d{1,2}(?!\d)|two|three|four|five|six|seven|eight|nine|ten)\b"
_RISING = re.compile(
    r"(?:从|由)低(?:到|至)高|(?:从|由)小(?:到|至)大|(?:从|由)慢(?:到|至)快|(?:从|由)少(?:到|至)多|升序|"
    r"lowest to highest|ascending",
    re.IGNORECASE,
)
_FALLING = re.compile(
    r"(?:从|由)高(?:到|至)低|(?:从|由)大(?:到|至)小|(?:从|由)快(?:到|至)慢|(?:从|由)多(?:到|至)少|降序|排序|排名|怎么排|"
    r"排个[名队序]|highest to lowest|descending|\brank(?:ing)?\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    rf"倒数(?:的)?(?:前|后)?{_N}?|(?:最低|最慢|最少|最小|垫底)的?(?:前)?{_N}(?:个|名|位|家|座|市|省)?|[后末]{_N}(?:名|位|个|家)?(?=[,。?的是在各有]|$)|(?:bottom|lowest|slowest)(?:\s+{_N_ENGLISH})?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"排(?:在|到)?最?前面?的?{_N}(?:个|名|位|家)?|(?<!提)[前头]{_N}(?!\s*(?:个?(?:月|季|年|半年)|天|日|批|期|届))(?:名|位|个|强|大)?|(?:最高|最快|最多|最大)的?(?:前)?{_N}(?:个|名|位|家|座|市|省)?|(?:top|highest|fastest)(?:\s+{_N_ENGLISH})?",
    re.IGNORECASE,
)
# which two … had the highest; 哪两个…最高
_WHICH = re.compile(
    rf"\bwhich\s+{_N_ENGLISH}.{{1,90}}?\b(?:highest|lowest|fastest|slowest|largest|smallest|most|least)\b|"
    r"哪([俩仨两二三四五六七八九])(?:个|家|座|省|市|地|名)?[^,。?]{1,30}最(?:高|低|快|慢|多|少|大|小|好|差)",
    re.IGNORECASE,
)
# highest first: all of them.
_IN_ORDER = re.compile(
    r"\b(top|highest|largest|fastest|biggest|lowest|slowest|smallest|bottom)\s+first\b", re.IGNORECASE
)
_WORST = re.compile(r"最低|最慢|最少|最小|垫底|最差|\b(?:lowest|slowest|smallest|least)\b", re.IGNORECASE)
_BEST = re.compile(
    r"最高|最快|最多|最大|最好|最猛|最强|第一名|居首|领跑|冠军|\b(?:highest|fastest|largest|most)\b", re.IGNORECASE
)
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "二十": 20,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold: `relation` is one of < <= = >= >; `unit` as typed."""

    relation: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Order:
    """How to sort, and how many to keep (None: all)."""

    falling: bool
    most: int | None = None


def bounds(text: str) -> tuple[Bound, ...]:
    """Thresholds of a question; what it says of the others (其他省多是5.5%) is none."""
    text = _in_figures(re.sub(r"(?:其他|其余|别的)[^,。;?]{0,30}", " ", text))
    for match in _BETWEEN.finditer(text):
        if match[3] and float(match[1]) < float(match[2]) and not match[3].startswith(("个", "家")):
            return Bound(">=", Decimal(match[1]), match[3]), Bound("<=", Decimal(match[2]), match[3])
    for match in _NUMBER.finditer(text):
        if not match[2]:
            continue
        before, after = text[: match.start()], text[match.end() :]
        relation = next((r for r, words in _BEFORE if re.search(rf"(?:{words})\s*$", before, re.IGNORECASE)), "")
        if not relation:
            relation = next((r for r, pattern in _AFTER if pattern.match(after)), "")
        # 是3个: how many places; 不到100家: a threshold.
        if not relation and match[2] not in _COUNTERS and _SET.search(before):
            relation = "="
        if relation:
            return (Bound(relation, Decimal(match[1]), match[2]),)
    if re.search(r"负增长|下降了?的|为负|\bnegative\b|\bshrank\b|\bcontracted\b", text, re.IGNORECASE):
        return (Bound("<", Decimal(0), "%"),)
    return ()


def _in_figures(text: str) -> str:
    """`text` with its numbers in figures: 超过八百亿斤, 百分之六, 破两位数, 过万亿."""
    text = _PERCENT.sub(lambda m: f"{_value(m[1])}%" if _value(m[1]) is not None else m[0], text)
    text = _HALF.sub(lambda m: f"{'超过' if m[1] == '过' else m[1]}50%", text)
    text = _DOUBLE_DIGITS.sub("不低于10%", text)
    text = _TRILLION.sub(lambda m: f"不低于{_HUNDREDS.get(m[2], '1')}", text)
    for match in reversed(list(_spelt(text))):
        text = f"{text[: match.start()]}{_value(match[1])}{match[2]}{text[match.end() :]}"
    return text


def _spelt(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _SPELT.finditer(text) if _value(match[1]) is not None and match[2] not in _UNCOUNTED)


# 两个, 三家: how many places, not a quantity of theirs.
_UNCOUNTED = frozenset(("个", "家", "户", "人", "倍", "天", "套", "块", "块钱"))  # 放一块比, 一套房
_COUNTERS = frozenset(("个", "家", "户", "人", "倍", "天"))


def _value(words: str) -> Decimal | None:
    """The value of a number in words without the scale of its unit."""
    found = numerals.spelt(words)
    return None if found is None or found.scale else found.value


def order(text: str) -> Order | None:
    """How the places are to be sorted, and how many are asked for."""
    text = re.sub(r"(?:其他|其余|别的)[^,。;?]{0,30}", " ", text)
    if match := _IN_ORDER.search(text):
        most = _WHICH.search(text)
        return Order(
            match[1].lower() not in ("lowest", "slowest", "smallest", "bottom"), _count(most) if most else None
        )
    if match := _WHICH.search(text):
        return Order(not _WORST.search(text), _count(match))
    if match := _LAST.search(text):
        return Order(False, _count(match) or 1)
    if match := _FIRST.search(text):
        return Order(True, _count(match) or 1)
    if _RISING.search(text):
        return Order(False)
    if _FALLING.search(text):
        return Order(True)
    if _WORST.search(text):
        return Order(False, 1)
    if _BEST.search(text):
        return Order(True, 1)
    return None


def both_ends(text: str) -> bool:
    """Whether the highest and the lowest are asked for together: 最高的是谁,是最低的几倍."""
    return bool(_BEST.search(text) and _WORST.search(text))


def _count(match: re.Match[str]) -> int:
    word = next((group for group in match.groups() if group), "")
    if word.isdigit():
        return int(word)
    if len(word) == 2 and word[0] == "十":
        return 10 + _DIGIT[word[1]]
    return _DIGIT.get(word, _WORDS.get(word.lower(), 0))


def without_numbers(text: str) -> tuple[str, str]:
    """`text` with its quantities blanked, and the unit of the first."""
    spelt = list(_spelt(text))
    units = [match[2] for match in (*_NUMBER.finditer(text), *spelt) if match[2] and match[2] not in ("个", "家")]
    for match in spelt:
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    for pattern in (_HALF, _PERCENT, _DOUBLE_DIGITS, _TRILLION, _BETWEEN, _NUMBER):
        text = pattern.sub(lambda m: " " * len(m[0]), text)
    return text, "%" if (unit := units[0] if units else "") == "个点" else unit


def numbers(text: str) -> tuple[Decimal, ...]:
    """The quantities named, without units."""
    return tuple(Decimal(match[1]) for match in _NUMBER.finditer(text) if match[2])
