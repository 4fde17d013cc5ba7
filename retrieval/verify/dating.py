"""Of which year a paragraph tells: the years it names, the day it was written, its title, what the user said.

Everywhere here a year is that of the report that would say the paragraph: what was done in 2023 and what is planned for
2024 stands in the report of 2024.
"""

from __future__ import annotations

import re

from retrieval.lexicon import plans as five_years
from retrieval.lexicon.tense import ahead

__all__ = ["aimed", "context_year", "dates", "done", "named", "of_report", "plans", "stretch", "sure"]

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?年(?!代|以来|版|第)")
# The day a text was written or a report was given on: 2024年1月10日. In the first half of a year 今年 is still ahead.
_DAY = re.compile(r"((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月\s?\d{1,2}\s?日")
_HALF_YEAR = 6
# Of the title of a plan, or compared with, or where a change began: not the year told of.
_ASIDE = re.compile(r"[《(][^》)]*$|(?:比|较|与|同|由|从|自|到|(?<!截)至|[-—~])$")
# Of how many times another year's value: 是2010年的2.2倍.
_TIMES_OF = re.compile(r"的?\s?[\d.]+\s?倍")
_SENTENCE = re.compile(r"[^。!?;\n]+")
_REPORT = re.compile(r"((?:19|20)\d\d)\s?年?[^,。;\d]{0,24}?政府工作报告")
_GIVEN = re.compile(r"政府工作报告[^,。;\d]{0,12}((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月")
# What a year is said of ends where another begins: 2021年增长8.3%,2022年预期…; 2021年…今年预期….
_ANOTHER = re.compile(r"(?:19|20)\d\d\s?年|[今明来]年")
_BESIDE = re.compile(r"[今明去上]年")
# A change from one value to another, and what is worked out of the two.
_FROM = re.compile(
    r"[由从](?:[^,。;]{0,14}|[^。;]*[至到][^。;]*(?:减少|增加|提高|降低|下降|缩小|压缩|上升|提升|净增)了?)\s?$"
)
_FIVE = re.compile(r"[“\"]?([十]?[一二三四五六七八九])五[”\"]")
_PLANNING = r"目标|预期|计划|力争|将(?!近)|拟|确保|年内|(?<![主重需必])要(?!求|素|闻|道|点|塞|地)"
_AHEAD = re.compile(rf"{_PLANNING}|安排|到$")
_AIMED = re.compile(rf"[^。;\d]{{0,16}}?(?:{_PLANNING}|提出)")
_PLANS = re.compile(rf"{_PLANNING}|规划|任务|提出")
# 超过年初目标, 完成年度任务: what was aimed at, told of what was done.
_MET = re.compile(r"(?:超过|超额|超|完成|实现|高于|好于)了?[^,。;]{0,14}(?:目标|任务|计划|预期)")
_DONE = re.compile(r"了|已|同比|[上去]年|累计|荣获|获得|历史|连续|首次")
_RELATIVE = re.compile(r"(?:19|20)\d\d\s?年|[“\"]?十[一二三四五]五[”\"]|[今去上本明当]年|过去一年|五年|年来|时期")


def dates(sentence: str) -> bool:
    """Whether a sentence names the time it tells of, be it only as this year or the last."""
    return bool(_RELATIVE.search(sentence))


def done(sentence: str) -> bool:
    """Whether a folded sentence says that it tells of something done."""
    return bool(_DONE.search(sentence))


def plans(sentence: str) -> bool:
    """Whether a folded sentence says that it tells of something planned."""
    return bool(_PLANS.search(_MET.sub("", sentence)))


def aimed(sentence: str, start: int, end: int) -> bool:
    """Whether the figure at `start` to `end` of a folded sentence is a target that was met or missed.

    没有完成下降4%的目标 tells a target.
    """
    return bool(_REACHED.search(sentence[:start])) and bool(_AIM.match(sentence, end))


# Before and behind what was aimed at.
_REACHED = re.compile(r"(?:完成|实现|达到|达成|超过|超额|低于|高于|未达)了?[^,。;]{0,12}$")
_AIM = re.compile(r"(?:左右|以上|以内|以下)?的?(?:年初|预期|既定|年度)?(?:目标|任务|计划)")


def of_report(text: str) -> int:
    """The year of the report that a folded text names, 0 where it names none."""
    if found := _REPORT.search(text):
        return int(found[1])
    given = _GIVEN.search(text)
    return int(given[1]) + (int(given[2]) > _HALF_YEAR) if given else 0


def named(words: str) -> str:
    """The year that the folded `words` of a sentence before a figure name last, where none is told from it (今年) or
    compared with it; empty where there is none."""
    words = _REPORT.sub("", words)
    found = [match for match in _YEAR.finditer(words) if not _aside(words, match)]
    return found[-1][1] if found and not _BESIDE.search(words, found[-1].end()) else ""


def _aside(words: str, year: re.Match[str]) -> bool:
    """Whether a year is not the one told of: compared with, begun from, counted in times, or of a title."""
    return bool(_ASIDE.search(words[: year.start()])) or bool(_TIMES_OF.match(words, year.end()))


def sure(words: str, period: str) -> bool:
    """Whether the folded `words` of a sentence before a figure leave no doubt that it is of `period`: the year they
    name is its own, they name no plan of five years, and they make it no part of a change."""
    year = named(words)
    if year and year not in (period, period[-len(year) :]):
        return False
    return bool(year or not _FIVE.search(words)) and not _FROM.search(words)


def stretch(sentence: str, at: int) -> str:
    """The part of a folded sentence around `at` that is said of one year."""
    begins = [match.start() for match in _ANOTHER.finditer(sentence) if not _TIMES_OF.match(sentence, match.end())]
    start = max((begin for begin in begins[1:] if begin <= at), default=0)
    return sentence[start : min((begin for begin in begins[1:] if begin > at), default=len(sentence))]


def context_year(paragraph: str, *, by_plan: bool = True) -> int:
    """The year of the report that would say a folded paragraph; 0 where the paragraph names none.

    A report that is named tells it; else the last year told of, the one after it where it is looked back on; else the
    day the text was written; else, `by_plan`, the years of a plan.
    """
    if named := of_report(paragraph):
        return named
    back: list[int] = []
    ahead_of: list[int] = []
    written = 0
    for match in _SENTENCE.finditer(paragraph):
        sentence = match[0]
        for year in _YEAR.finditer(sentence):
            day = _DAY.match(sentence, year.start())
            if day:
                written = written or int(day[1]) + (int(day[2]) > _HALF_YEAR)
            elif not _aside(sentence, year):
                other = _ANOTHER.search(sentence, year.end())
                rest = sentence[year.end() : other.start()].rstrip("到至而、,") if other else sentence[year.end() :]
                rest = _MET.sub("", rest)
                planned = bool(_AIMED.match(rest)) or (bool(_AHEAD.search(rest)) and ahead(sentence) > 0)
                (ahead_of if planned else back).append(int(year[1]) + (not planned))
    if back:
        # Beside what was done, only the plan of the next year is of the same report: not that of 2035.
        return max([max(back), *(year for year in ahead_of if year <= max(back) + 1)])
    if ahead_of or written:
        return min(ahead_of, default=0) or written
    plan = _FIVE.search(paragraph) if by_plan else None
    number = five_years.number(plan[1]) if plan else 0
    return five_years.years(number)[1] + 1 if number else 0
