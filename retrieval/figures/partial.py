"""The part of a year a figure is of: 一季度, 上半年, 前三季度, 1—11月, 截至10月底."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.figures.values import Quantity
from retrieval.lexicon.numerals import small

__all__ = ["NAMED", "Part", "of", "parts"]

_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
# What names a part of a year; also the front of a name that is to lose it.
NAMED = (
    rf"截[至止]\s?(?:(?:20\d\d|去|今|当|本)年)?(?:{_COUNT}月(?:份|底|末)?)|"
    rf"(?<!提)(?:前|头)(?:{_COUNT})个?(?:季度|月(?!份))|"
    rf"第?(?:{_COUNT})[至到—-](?:{_COUNT})季度|第?[一二三四1-4]季度|"
    rf"[上下]半年|(?:{_COUNT})月?(?:-|—{{1,2}}|–|~|至|到)(?:{_COUNT})月份?|(?:{_COUNT})月份?"
)
_NAMED = re.compile(
    rf"(?<![\d一二三四五六七八九十])(?P<words>{NAMED})(?P<alone>当季|当月)?"
    r"(?!\d{1,2}日|日|起|前|之前|以前|后|以后|之后|一个|考核|[中上下]旬|初)"
)
_NUMBERS = re.compile(_COUNT)
# 比一季度提高3个百分点: what is compared with; 连续四季度, 每季度: no part of the year.
_COMPARED = re.compile(r"(?:[比较于与同]|连续|每|逐|各|开门|攻坚|决战|冲刺|大干)(?:去年|上年|今年)?$")
# What may stand between the beginning of a clause and the part of the year it is about.
_OPENING = re.compile(
    r"(?:全[国省市区县州盟旗]|我[国省市区县州]|今年|去年|上年|当年|其中|\d{4}年|预计|经济|同时|[\s“(:、])*"
)
_CLAUSE = re.compile(r"[,;:。]")
_TURN = re.compile(r"[;。]")
# Words that speak of the whole year again, or of more.
_WHOLE = re.compile(
    r"全年|年末|年底|年终|(?<!\d)1月?(?:-|—{1,2}|–|~|至|到)12月|一年来|年均|[五四三两]年|[”\"]时期|(?<!\d)(?:19|20)\d\d年|[去上今明]年(?!同期|同月|前|一季|上半|[1-9一二三四])"
)
# 受一季度疫情影响: the part of the year is another thing's.
_ASIDE = re.compile(r"影响|冲击|疫情|下滑|低迷|困难|不利|局面|基础上|开门红|以来|台风|洪|旱|攻坚|试点")
_BESIDE = 8  # characters between a month and what it is the rate of
_RATES = frozenset(("%", "‰", "个百分点"))
_WHOLE_YEAR = 12


@dataclass(frozen=True, slots=True)
class Part:
    """Words that name a part of a year, and its code (Q1, H1, Q1-3, 1-11). `opens`: they open their clause; `leads`:
    they open the sentence; `month`: they name one month; `past`: they tell of what is over (前11个月, 截至10月底)."""

    start: int
    end: int
    code: str
    opens: bool
    leads: bool
    month: bool
    past: bool


def parts(sentence: str) -> list[Part]:
    """The parts of a year a sentence names, in order."""
    if "月" not in sentence and "季度" not in sentence and "半年" not in sentence:
        return []
    found = []
    for match in _NAMED.finditer(sentence):
        code = _code(match["words"])
        if not code or _COMPARED.search(sentence, max(0, match.start() - 5), match.start()):
            continue
        stops = [stop.end() for stop in _CLAUSE.finditer(sentence, 0, match.start())]
        clause = stops[-1] if stops else 0
        opens = _OPENING.fullmatch(sentence, clause, match.start()) is not None
        month = code.isdecimal() and not match["alone"]
        past = match["words"].startswith(("前", "头", "截"))
        found.append(Part(match.start(), match.end(), code, opens, opens and clause == 0, month, past))
    return found


def _code(words: str) -> str:
    """Q1, H1, Q1-3, 1-11; empty where the words come to the whole year or to nothing."""
    if "半年" in words:
        return "H1" if words.startswith("上") else "H2"
    counts = [int(small(each)) for each in _NUMBERS.findall(re.sub(r"20\d\d年", "", words))]
    last = counts[-1] if counts else 0
    if "季度" in words:
        first = 1 if words.startswith(("前", "头")) else counts[0]
        if not 1 <= first <= last <= 4 or (first, last) == (1, 4):
            return ""
        return "H1" if (first, last) == (1, 2) else f"Q{first}" if first == last else f"Q{first}-{last}"
    if words.startswith(("前", "头", "截")):
        return f"1-{last}" if 1 < last < _WHOLE_YEAR else "1" if last == 1 else ""
    if not 1 <= counts[0] <= last <= _WHOLE_YEAR or (counts[0], last) == (1, _WHOLE_YEAR):
        return ""
    return f"{counts[0]}-{last}" if len(counts) > 1 else str(last)


def of(sentence: str, quantity: Quantity, named: Sequence[Part], before: int, *, ahead: bool) -> str:
    """The code of the part of the year a quantity is of; empty for the whole year.

    `before` is where the quantity before it ends, `ahead` tells that it is planned: of plans 上半年 dates only what its
    own clause says.
    """
    at = quantity.start
    number = bisect_left(named, at, key=lambda part: part.start) - 1
    if number < 0:
        return ""
    part = named[number]
    between = sentence[part.end : at]
    if _WHOLE.search(between) or _ASIDE.search(between):
        return ""
    same = not _CLAUSE.search(between)
    if part.month and not (same and quantity.unit in _RATES and len(between) <= _BESIDE):
        return ""
    if part.opens and (part.past or not ahead):
        return part.code if part.leads or not _TURN.search(between) else ""
    # Within a clause the words are of the next quantity alone.
    return part.code if same and (before <= part.start or part.opens) else ""
