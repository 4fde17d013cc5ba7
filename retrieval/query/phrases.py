"""Set phrases (提法) asked about: which one, and whether its first or last report, its years, its count, how many
reports or which places say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.query.values import Query
from retrieval.query.wording import YEAR

__all__ = ["Phrase", "phrase"]

# An apostrophe opens no quote inside a word (Beijing's).
_QUOTED = re.compile(
    r"[“\"‘「『《]\s*([^“”\"‘’「」『』《》]{1,24}?)\s*[”\"’」』》]|(?<![A-Za-z])'\s*([^'A-Za-z]{1,24}?)\s*'"
)
_NAMED = re.compile(
    r"(?:^|[\s,。:的里中把])([一-鿿A-Za-z0-9+]{2,12}?)\s*(?:[一二两三四五六七八九十]个字|这(?:个|一)?(?:词|提法|说法|表述|字眼)|"
    r"一词|的?提法|字样|的?表述)"
)
_SPOKEN = (
    r"出现|提到|提及|提过|提的|提了|说过|说了|讲过|讲了|写进|写入|写了|用了|用过|使用|登场|亮相|消失|不再|字眼|"
    r"(?:最早|最先|率先|第一个)提出?|提法|一词|这个词|表述|检索|在提|还提|[提说讲写用]起?(?=[“\"「『])"
)
_FIRST = re.compile(
    r"最早|首次|第一次|第一个|率先|最先|头一次|头一回|首现|哪(?:一)?年(?:的报告)?(?:才)?开始|从哪(?:一)?年|何时开始|什么时候开始|\b(?:first|earliest)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"最后(?:一次|一回|一年)?|最近一次|最晚|末次|"
    r"哪(?:一)?年(?:之后|以后)?(?:消失|不再|没再)|\b(?:last|latest|most recent)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"几次|多少次|几回|多少回|几遍|多少遍|次数|几处|多少处|频次|词频|\bhow many times\b|\bhow often\b|\boccurrences?\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"哪(?:几|些|一)?年|哪(?:几|些)个?年份|哪(?:几|些)份|哪些年份?|年份|历年|历次|逐年|"
    r"\b(?:which|what) years?\b|\bwhich reports?\b",
    re.IGNORECASE,
)
# 有多少份报告, 几个省: how many reports; 哪些省, 谁: whose.
_HOW_MANY = re.compile(r"(?:多少|几)(?:份|篇)|\bhow many (?:work |government )*reports?\b", re.IGNORECASE)
_WHOSE = re.compile(
    r"(?:哪[些个几]?个?|多少个?|几个)(?:省(?:份|区市|级)?|城?市|市州|地级市|地方|地区)"
    r"[^,。?]{0,14}?(?:提到|提及|提过|提了|提的|提出|写进|写入|写到|写了|说到|讲到|出现|用了|在提)|"
    r"(?:提到|提及|提过|提了|写进|写入|写到|写了|说到|讲到|出现|用了)[^,。?]{0,16}?的"
    r"(?:省(?:份|区市)?|城?市|市州|地级市|地方|地区)(?:一共|共|都)?有(?:多少|哪些|几|哪几)|"
    r"\b(?:which|how many) (?:provinces|cities|places)\b.{0,40}\b(?:mention|use|say)",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"报告|\breports?\b", re.IGNORECASE)
_SAID = re.compile(
    rf"{_SPOKEN}|\b(?:mention\w*|appear\w*|occur\w*|use[ds]?|contain\w*|phrase|term|word|say|said)\b", re.IGNORECASE
)
# Words of the question that no phrase without quotes may hold.
_QUESTION = re.compile(
    rf"(?:哪[些个几]?个?|多少个?|几个|各个?)(?:省(?:份|区市|级)?|城?市|市州|地级市|地方|地区)|(?:多少|几)(?:份|篇)|一共有|共有|有(?=多少|几|哪)|"
    rf"{_SPOKEN}|政府工作报告|工作报告|报告|全文|通篇|哪|几|多少|最早|首次|第一次|最后|历年|是|在|的|了|里|中|吗|什么|时候|年|从|次|被|把|一共|总共"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The phrase as typed and what is asked of it (first, last, years, count, how many reports, which places), in
    reports of which years."""

    text: str
    wants: str
    since: int = 0
    until: int = 0


def phrase(typed: str, query: Query) -> Phrase | None:
    """The phrase a question asks about. `typed` is the question before any word of it is replaced."""
    wants = _wants(typed)
    if not wants or not (_SAID.search(typed) or _REPORTS.search(typed)):
        return None
    since, until = _stretch(typed)
    if match := _QUOTED.search(typed):
        return Phrase(match[1] or match[2], wants, since, until)
    if not _SAID.search(typed) or (query.asks and wants not in ("count", "reports", "places")):
        return None
    if match := _NAMED.search(_bare(typed, query)):
        return Phrase(match[1], wants, since, until)
    if not _REPORTS.search(typed) and not (wants == "first" and _PUT_FIRST.search(typed)):
        return None
    left = [word for word in _QUESTION.split(re.sub(r"[,。?!:;、\s]", "|", _bare(typed, query))) if word]
    left = [word for piece in left for word in piece.split("|") if len(word) >= 2 and not word.isascii()]
    return Phrase(left[0], wants, since, until) if len(left) == 1 and len(left[0]) <= 12 else None


# 哪个省最早提新质生产力: no report is named.
_PUT_FIRST = re.compile(r"(?:最早|最先|率先|第一个)(?:提|写|说|讲)")


def _wants(typed: str) -> str:
    outside = _QUOTED.sub(" ", typed)
    if _COUNT.search(outside):
        return "count"
    if _FIRST.search(outside):
        return "first"
    if _LAST.search(outside):
        return "last"
    if _HOW_MANY.search(outside):
        return "reports"
    if _YEARS.search(outside):
        return "years"
    return "places" if _WHOSE.search(outside) else ""


def _stretch(typed: str) -> tuple[int, int]:
    """First and last report year where a stretch of years is named; 0 is open."""
    if match := re.search(rf"({YEAR})\s*年?\s*(?:-|—|–|~|至|到|to|and|through)+\s*({YEAR})", typed):
        return int(match[1]), int(match[2])
    if match := re.search(rf"({YEAR})\s*年?\s*(?:以来|之后|以后|起|至今|开始)|since\s+({YEAR})", typed):
        return int(match[1] or match[2]), 0
    return 0, 0


def _bare(typed: str, query: Query) -> str:
    for word in query.place_words:
        typed = typed.replace(word, " ")
    return re.sub(r"(?:19|20)\d\d\s*年?", " ", typed)
