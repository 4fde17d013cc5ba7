"""Which years a question sets side by side: listed, a range, the last ones, one and the one it is compared with."""

from __future__ import annotations

import re

from retrieval.lexicon import indicators
from retrieval.query.operations import Operation, operation
from retrieval.query.values import Query
from retrieval.query.wording import YEAR

__all__ = [
    "BOTH_YEARS",
    "EACH_YEAR",
    "LONGEST",
    "RANGE",
    "SINGLY",
    "asked_years",
    "based",
    "listed",
    "mean_of_years",
    "plan_of",
    "range_of",
    "recent",
    "together",
    "years_divided",
]


# A span of more years than this is a typing error.
LONGEST = 60
RANGE = re.compile(
    rf"(?:between\s+|from\s+)?({YEAR})\s*年?度?(?:的?政府工作报告|报告|年初)?\s*(?:-|—|–|~|至|到|直到|to|through|and|until)+\s*({YEAR})",
    re.IGNORECASE,
)
# The years one by one, whatever else is said: 每年一共打了多少粮.
SINGLY = re.compile(r"(?<!平均)(?<!年均)每一?年(?!均)|逐年|历年|各年")
EACH_YEAR = re.compile(
    r"历年|逐年|依次|一年一|挨年|按年|逐个年|(?<!平均)(?<!年均)每年|每一年|各年|年年|分年度?|各年度|一年一年|一年比一年|走势|趋势|怎么变|如何变化|变化情况|"
    r"列一下|列出|列个|"
    r"分别|各是|各为|各有|各定|各增|各涨|都是多少|"
    r"\b(?:each|every|per) year\b|\blist\b|\btargets\b|\brates\b|"
    r"year by year|\btrend\b|\byearly\b|\bannual(?:ly)?\b.*\bfrom\b",
    re.IGNORECASE,
)
# How the last years went, without saying how many: so many are shown.
_LATELY = re.compile(r"近几年|这几年|近年来?|这些年|最近几年|近些年")
_SHOWN = re.compile(r"增速|涨幅|走势|趋势|变化|怎么变")
_AVERAGE = re.compile(r"年均|平均|累计|合计|一共|总计")
_FEW_YEARS = 5
# 2022年是不是比2021年缩水了，两年各是多少: the year compared with is asked about as well.
BOTH_YEARS = re.compile(r"[这两]年(?:的|各|分别|都)|两年[^,。?]{0,12}(?:各|分别)")
_BASE = re.compile(rf"[比较跟与同和]\s*({YEAR})\s*年")
_UP_TO = re.compile(
    r"\s*(?:年|度|起|一直|到|至|-|—|–|~|直到|to|through|until)*(?:到|道|至|-|—|–|~|to|through|until)\s*",
    re.IGNORECASE,
)


def asked_years(query: Query) -> tuple[int, ...]:
    """Single years named, in their order; a stretch of years counts as each of them."""
    found: list[int] = []
    for period in query.periods:
        if not period.relative and 0 <= period.last - period.first <= LONGEST:
            found.extend(range(period.first, period.last + 1))
    return tuple(dict.fromkeys(found))


def listed(query: Query) -> bool:
    """Whether two years stand side by side in a list: 2023年 2024年, 2021和2022年."""
    if len(query.periods) != len(query.period_starts) or len(query.periods) != _PAIR:
        return False
    gap = query.rest[query.period_starts[0] + len(query.periods[0].surface) : query.period_starts[1]]
    return bool(_LISTED.fullmatch(gap))


_PAIR = 2
_LISTED = re.compile(r"[\s、,和与跟及同]*(?:以及)?\s*")


def range_of(query: Query) -> tuple[int, int] | None:
    """The first and last year of 从18年到25年: two years named with nothing but 到 between them."""
    single = [p for p in query.periods if not p.relative and p.first == p.last]
    if len(single) != len(query.periods) or len(single) != 2 or len(query.period_starts) != 2:
        return None
    one, other = single
    between = query.rest[query.period_starts[0] + len(one.surface) : query.period_starts[1]]
    return (one.first, other.first) if _UP_TO.fullmatch(between) and one.first < other.first else None


def based(query: Query) -> int:
    """The year that the year asked about is compared with; 0 for none."""
    found = _BASE.search(query.text)
    return int(found[1]) if found else 0


def plan_of(query: Query, said: str) -> tuple[int, int] | None:
    """First and last year of the plan asked about as one stretch (“十四五”…目标), where it is not year by year."""
    if len(query.periods) != 1 or query.periods[0].relative or re.search(r"历年|逐年|每一?年|各年", said):
        return None
    period = query.periods[0]
    return (period.first, period.last) if "五" in period.surface and period.last > period.first else None


def together(query: Query, said: str) -> int:
    """How many of the last years are asked for as one (近三年…平均增速, 近三年…一共); 0 where they are not."""
    back = [p for p in query.periods if p.relative == "back"]
    asked = bool(back) and (operation(said) in _TOGETHER or _YEARLY_MEAN.search(said)) and not _ONE_BY_ONE.search(said)
    return back[0].years if asked and len(back) == len(query.periods) == 1 and query.report_year is None else 0


_ONE_BY_ONE = re.compile(rf"{SINGLY.pattern}|一年一|挨年|按年|依次|分别")
_TOGETHER = (Operation.SUM, Operation.MEAN, Operation.MEDIAN)
# 年均多少亿: a mean of amounts; 年均增长 is told as it is.
_YEARLY_MEAN = re.compile(r"年均(?![各都分别]*(?:[增涨降减]|提高|复合|递)|浓度|值|气温)")


def mean_of_years(said: str) -> Operation | None:
    """The operation on amounts of several years: 年均多少亿 is their mean."""
    return operation(said) or (Operation.MEAN if _YEARLY_MEAN.search(said) else None)


# 2022年GDP是2012年的几倍.
_DIVIDED = re.compile(
    rf"({YEAR})\s*年[^,。?;]{{1,20}}?(?:是|为|相当于)\s*({YEAR})\s*年的?[^,。?;]{{0,8}}?(?:几|多少)倍"
)


def years_divided(said: str) -> tuple[int, int] | None:
    """A year and the one it is measured by, where it is asked how many times as much it tells."""
    match = _DIVIDED.search(said)
    return (int(match[1]), int(match[2])) if match else None


def recent(query: Query, said: str) -> int:
    """How many of the last years are asked for one by one (近三年…分别); 0 where they are not."""
    each = re.search(r"分别|依次|一年一|挨年|按年|每一?年(?!均)|逐年|历年|各年|each year|every year", said)
    back = [p for p in query.periods if p.relative == "back"]
    if not each and _SHOWN.search(said) and not _AVERAGE.search(said):
        # 近五年GDP增速: a rate of change, or how it went, is of each year.
        each = re.search(r"最?近", back[0].surface) if back else None
        if not query.periods and _LATELY.search(said) and query.report_year is None:
            return _FEW_YEARS
    # 近五年GDP: an amount of several years is of each of them, where no sum or mean is asked for.
    alone = back and back[0].surface.startswith(("近", "最近")) and not _AVERAGE.search(said)
    singly = bool(each) or (bool(alone) and bool(indicators.mentions(query.content)) and not query.asks)
    return back[0].years if singly and len(back) == len(query.periods) == 1 and query.report_year is None else 0
