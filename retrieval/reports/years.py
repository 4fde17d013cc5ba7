"""The year a report plans for, and the years it reviews and plans, from its headings and its words.

A report is asked by the year it plans for: the one given in December plans for the next year, and so does the one
whose headings say so. Where no date stands in the text, its headings tell; where they do not, the plan period whose
beginning or end it marks; else the latest year it keeps reviewing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from retrieval.lexicon import plans
from retrieval.reports.dates import year_of
from retrieval.text import Line, fold

__all__ = ["horizons", "plans_in", "year_of_report"]

_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\d)\s*年")
# Years so introduced are goals or history, not the report's own.
_FAR = re.compile(r"(?:到|至|比|自|从|截至|[－—\-~])\s*$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}\s*[、.,]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六]部分)"
)
_SHORT = 46
_PLANNING = re.compile(
    r"安排|任务|目标|要求|建议|部署|打算|思路|重点|做好|完成|实事|奋斗|计划|全力|开创|展望|力争|推进|迈出"
)
_LOOKING_BACK = re.compile(r"回顾|成就|总结|情况|过去|发展历程|成绩|完成.{0,4}任务|了")
_PLAN = re.compile(
    r"[“\"]?(十?[一二三四五六七八九十])五[”\"]?(?:规划|计划|时期|经济|发展|开局|收官|规模|建设|目标|[”\"])"
)
_PLAN_MARK = re.compile(
    r"(?P<when>今年|明年|去年|过去的?一年|上年|(?:19|20)\d\d年)[^。;]{0,30}[“\"](?P<plan>十?[一二三四五六七八九十])五[”\"]"
    r"[^。;,]{0,12}?(?P<mark>开局|起步|第一年|头一年|开端|收官|最后一年|收尾|决胜)"
)
_TERM = re.compile(
    r"(?:过去|近|这)的?五年|五年来|五年(?:政府)?工作|本届政府|上届政府|[“\"]十?[一二三四五六七八九十]五[”\"]"
)
_COMING = re.compile(r"(?:今后|未来|下一?|接下来)(?:的)?五年|[“\"]十?[一二三四五六七八九十]五[”\"]")
_LATE = 10


def year_of_report(meeting: date | None, title: str, report: Sequence[Line]) -> int:
    """The year planned for; 0 where nothing tells."""
    heads = _headings(report)
    named = Counter(year for _, line in heads for year in _years(line))
    if meeting:
        following = meeting.year + 1
        late = meeting.month == 12 or (meeting.month >= _LATE and following in named)
        # A meeting put off to the very end of the year it plans for says so in its headings.
        if late and meeting.year in named and following not in named and meeting.year - 1 in named:
            late = False
        return meeting.year + late
    stated = _YEAR.search(fold(title))
    return (int(stated[1]) if stated else 0) or _by_headings(heads) or _by_plans(report) or _by_review(report)


def horizons(year: int, report: Sequence[Line]) -> tuple[tuple[int, int], tuple[int, int]]:
    """(first and last year reviewed, first and last year planned) of the report of `year`."""
    review, plan = (year - 1, year - 1), (year, year)
    main = [
        (at, line)
        for at, line in _headings(report)
        if len(line) <= _SHORT and (_NUMBERED.match(line) or len(line) < 24)
    ]
    for at, line in main:
        if _TERM.search(line) and _LOOKING_BACK.search(line) and at < 0.6:
            review = (_term_start(line, year), year - 1)
        elif _COMING.search(line) and (_PLANNING.search(line) or "发展" in line) and not _LOOKING_BACK.search(line):
            plan = (year, _term_end(line, year))
    return review, plan


def plans_in(text: str) -> list[int]:
    """The numbers of the five-year plans a text names: 14 for “十四五”."""
    return [plans.number(match[1]) for match in _PLAN.finditer(text)]


def _term_start(line: str, year: int) -> int:
    found = _PLAN.search(line)
    if found:
        first, last = plans.years(plans.number(found[1]))
        if first < year <= last + 1:
            return first
    return year - 5


def _term_end(line: str, year: int) -> int:
    found = _PLAN.search(line)
    if found:
        first, last = plans.years(plans.number(found[1]))
        if first <= year <= last:
            return last
    return year + 4


def _headings(report: Sequence[Line]) -> list[tuple[float, str]]:
    """(how far into the text, 0 to 1; the line) of lines that are or begin with a heading."""
    length = max(1, report[-1].span.end - report[0].span.start) if report else 1
    start = report[0].span.start if report else 0
    # Some copies set every line as an item of a list.
    return [
        ((line.span.start - start) / length, text[:_SHORT])
        for line in report
        if (len(text := line.text.removeprefix("- ")) <= _SHORT or _NUMBERED.match(text))
        and not text.endswith((";", ","))
    ]


def _years(text: str) -> list[int]:
    return [int(match[1]) for match in _YEAR.finditer(text) if not _FAR.search(text[: match.start()])]


def _by_headings(heads: Sequence[tuple[float, str]]) -> int:
    planned: Counter[int] = Counter()
    reviewed: Counter[int] = Counter()
    named_plans: list[int] = []
    for at, line in heads:
        back = bool(_LOOKING_BACK.search(line)) or (at < 0.25 and not _PLANNING.search(line))
        ahead = bool(_PLANNING.search(line)) or at > 0.4
        years = _years(line)
        for year in years:
            if len(set(years)) == 2 and year == max(years):
                planned[year] += 2
            elif back and not (ahead and at > 0.4):
                reviewed[year] += 1
            elif ahead:
                planned[year] += 1
        if _NUMBERED.match(line):
            named_plans += plans_in(line)[:1]
    votes = Counter({year + 1: count for year, count in reviewed.items()})
    votes.update(planned)
    both = [year for year in planned if year - 1 in reviewed]
    if both:
        return max(both, key=lambda year: (votes[year], -year))
    firsts = sorted({plans.years(plan)[0] for plan in named_plans})
    if len(firsts) == 2 and firsts[1] - firsts[0] == 5:
        return firsts[1]
    if not votes:
        return 0
    return max(votes, key=lambda year: (votes[year], -year))


def _by_plans(report: Sequence[Line]) -> int:
    """A report that calls a year the first or last of a plan period."""
    votes: Counter[int] = Counter()
    for line in report:
        for match in _PLAN_MARK.finditer(line.text):
            first, last = plans.years(plans.number(match["plan"]))
            year = last if match["mark"] in ("收官", "最后一年", "收尾", "决胜") else first
            when = match["when"]
            if when == "今年":
                votes[year] += 1
            elif when == "明年":
                votes[year - 1] += 1
            elif not when[0].isdigit():
                votes[year + 1] += 1
    return votes.most_common(1)[0][0] if votes else 0


def _by_review(report: Sequence[Line]) -> int:
    """The year after the one that the first third, which reviews, names most; the later of two named alike."""
    words = " ".join(line.text for line in report)
    counts = Counter(_years(words[: len(words) // 3]))
    if counts:
        return max(counts, key=lambda year: (counts[year], year)) + 1
    match = re.search(r"([一二][〇○零一二三四五六七八九]{3})年", words[:600])
    return year_of(match[1]) if match else 0
