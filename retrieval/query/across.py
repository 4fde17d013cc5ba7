"""Questions that no single report answers: compare, trend, rank, fulfilment, phrase, who was first. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from retrieval.lexicon import indicators
from retrieval.model import Measure, Status
from retrieval.query.across_earliest import earliest
from retrieval.query.across_places import group_of, joined_places, set_apart_places
from retrieval.query.across_slots import BY_HOW_MUCH, common_slots
from retrieval.query.across_targets import fulfilment, promises
from retrieval.query.across_values import Across, Group, Shape
from retrieval.query.across_years import (
    BOTH_YEARS,
    EACH_YEAR,
    LONGEST,
    RANGE,
    SINGLY,
    asked_years,
    based,
    listed,
    mean_of_years,
    plan_of,
    range_of,
    recent,
    together,
    years_divided,
)
from retrieval.query.bounds import Order, both_ends, bounds, numbers, order
from retrieval.query.normalise import normalise
from retrieval.query.operations import Operation, operation
from retrieval.query.phrases import phrase
from retrieval.query.slots import is_keywords
from retrieval.query.slots import slots as slots_of
from retrieval.query.values import LATEST, Ask, Period, Query, Slot
from retrieval.query.wording import BOTH_ENDS, SENTENCE_IN_LATIN, YEAR

__all__ = ["Across", "Group", "Shape", "across"]


# Years in a list from which on they are a trend and not a comparison.
_TREND = 3
_BOTH_ENDS = re.compile(BOTH_ENDS)
_ENDS = re.compile(rf"{BOTH_ENDS}|年均(?!浓度|值|气温)|一共|累计|合计")
_BETTER = r"(?:高|低|快|慢|多|少|大|小|好|差|强|猛|狠|厉害)"
_COMPARED = re.compile(
    rf"谁|哪(?:一?个|边|家|座|里|儿|省|市|一?年)|对比|相比|比较|比一比|差(?:得|了)?(?:多少|多|几)|差距|相差|分别|各|都是|孰|更{_BETTER}|"
    rf"比.{{2,30}}{_BETTER}|\b(?:compare|versus|vs|faster|slower|higher|lower|larger|more|which|whose|respectively|both|each)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    rf"差(?:得|了)?(?:多少|多|几)|差距|相差|[快慢][下起]来多少|比.{{2,30}}{_BETTER}(?:出|了)?(?:多少|几)|"
    rf"{_BETTER}(?:出|了)?(?:多少|几个百分点)|\bhow much (?:higher|lower|faster|slower|more|less)\b|"
    r"\bdifference\b|\bgap\b",
    re.IGNORECASE,
)
# 增速比2018年高多少: a rate of one year beside another's; 产量比2018年增长多少 is stated as it is.
_THAN = re.compile(
    rf"(?:(?:增速|增幅|涨幅|跌幅|降幅|率|比重|占比|比例|强度|浓度)[^,。?]{{0,8}}|[涨增跌降升](?:得|幅))比\s*({YEAR})\s*年(?:度)?[^,。?]{{0,8}}?{_BETTER}|"
    rf"比\s*({YEAR})\s*年(?:度)?[^,。?]{{0,10}}?(?:增速|增幅|涨幅|跌幅|降幅|[涨增跌降升]得?)[^,。?]{{0,4}}?{_BETTER}(?:了|出)?(?:多少|几|吗|还是)"
)
_SINCE = re.compile(rf"(?:从|自)?({YEAR})\s*年?(?:那次)?(?:以来|开始|起|至今|到现在|到今年|到最近|算起|之后|以后)")
_WHICH_YEAR = re.compile(
    rf"哪一?(?:个)?年(?:份)?[^,。?]{{0,14}}最{_BETTER}|最{_BETTER}[^,。?]{{0,4}}(?:是|在|出现在)?[^,。?]{{0,3}}(?:哪一?(?:个)?年|年份是)"
)
_ALL_OF = re.compile(r"(?:各个?|每个|所有|全部)(?:省|地级市|地级|地市|地州|市|州|盟|自治州|县|区|旗)")
_SELECT = re.compile(
    r"哪|谁|几个|排|最|前|后|倒数|名单|的(?:省份?|城?市|市州|县|地区|地方)(?=\s*(?:$|[,。?!]|有|是))|"
    r"\bwhich\b|\bwhat\b|\btop\b|\brank",
    re.IGNORECASE,
)
# 有几个省超过5%, how many provinces: they are counted.
_HOW_MANY = re.compile(r"(?<!哪)(?:几|多少)(?:个|座)|\bhow many\b", re.IGNORECASE)
_PAIR = 2
_DIVIDING = (Operation.TIMES, Operation.PORTION)
_RATE = re.compile(r"增速|增幅|涨幅|增长")
_TIMES = re.compile(r"(?:几|多少)倍")
_PLACES = frozenset(("个", "家", "座", "名", "位"))


@lru_cache(maxsize=LATEST)
def across(query: Query) -> Across | None:
    """What is asked across reports; None where one report is to answer."""
    typed = normalise(query.question)
    # An English question was translated word by word: how it compares stands in its own words.
    said = f"{query.text} {typed}" if SENTENCE_IN_LATIN.search(typed) else query.text
    if (phrased := _phrased(query, said, typed)) is not None:
        return phrased
    places = joined_places(query) if not set_apart_places(query, said) else (0, 1)
    if len(query.places) == _PAIR and operation(typed) in _DIVIDING:
        # How many times larger is A's product than B's.
        places = (0, 1)
    for found in (
        earliest(query, said, places),
        promises(query, said, places, typed),
        _rank(query, said, places, typed),
        fulfilment(query, said) or fulfilment(query, typed),
        _compare(query, said, places),
        _trend(query, said),
    ):
        if found is not None:
            return found
    return _of_slots(query) if len(places) == 1 else None


_OF_GROUPS = frozenset(("first", "reports", "places"))


def _phrased(query: Query, said: str, typed: str) -> Across | None:
    """What is asked of a set phrase, in the reports of a place or of a group."""
    named = phrase(typed, query)
    if named is None:
        return None
    places = joined_places(query)
    group = group_of(query, f"{said} {typed}", places) if named.wants in _OF_GROUPS else None
    if group is None and named.wants == "places":
        return None
    return Across(Shape.PHRASE, places if group is None else (), years=asked_years(query), phrase=named, group=group)


def _of_slots(query: Query) -> Across | None:
    """One thing asked of several years, or what was aimed at and what came of it, in clauses of their own."""
    found = [slot for slot in slots_of(query) if slot.words]
    if these := _these(found):
        return these
    statuses = [slot.status for slot in found]
    if len(found) < 2:
        return None
    outcome = statuses == [Status.TARGET, Status.ACTUAL] and found[0].periods == found[1].periods
    others = any(indicators.mentions(slot.words) for slot in found[1:])
    if len({slot.words for slot in found}) != 1 and (others or not (outcome or indicators.mentions(found[0].words))):
        return None
    years = [slot.periods[0].first for slot in found if len(slot.periods) == 1 and _single(slot.periods[0])]
    if len(years) != len(found):
        return None
    ask = next((slot.ask for slot in found if slot.ask != Ask()), Ask())
    slot = replace(found[0], ask=ask, context="", status=None, periods=())
    if len(set(years)) == 1 and outcome:
        return Across(Shape.FULFILMENT, (0,), (slot,), (years[0],), numbers=numbers(query.rest), tentative=True)
    if len(set(years)) == len(years) and len(set(statuses)) == 1 and len({s.ask.measure for s in found} - {None}) < 2:
        slot = replace(slot, status=statuses[0])
        return Across(Shape.COMPARE if len(years) == 2 else Shape.TREND, (0,), (slot,), tuple(years), tentative=True)
    return None


# 2021年这两样又是多少: what was asked of another year before it.
_THESE = re.compile(r"(?:这|那)?[两二三几]?(?:样|项|个|者|种)(?:数|数据|指标)?|(?:这|那)些")


def _these(found: Sequence[Slot]) -> Across | None:
    """Several things asked of one year, and again of another."""
    years = {slot.periods[0].first for slot in found if len(slot.periods) == 1 and _single(slot.periods[0])}
    if len(found) < 2 or len(years) != 2 or not _THESE.fullmatch(found[-1].words):
        return None
    asked = [replace(slot, context="", periods=()) for slot in found[:-1]]
    if len({slot.periods for slot in found[:-1]}) != 1:
        return None
    return Across(Shape.COMPARE, (0,), tuple(asked), tuple(sorted(years)))


def _single(period: Period) -> bool:
    return not period.relative and period.first == period.last


def _rank(query: Query, said: str, places: tuple[int, ...], typed: str) -> Across | None:
    # 在收录的各省中 looks like an aside, and names the group.
    group = group_of(query, said, places) or group_of(query, typed, places)
    limits, sort = bounds(said), order(said)
    # 各市2022年的GDP增速: all of them, in order.
    all_of = group is not None and bool(group.places or _ALL_OF.search(said))
    all_of = all_of and bool(query.asks or indicators.mentions(query.content))
    ends = both_ends(said)
    worked_out = operation(said) if group is not None or ends else None
    if worked_out is None and ends and _TIMES.search(said):
        worked_out = Operation.TIMES
    if worked_out is None and limits and _HOW_MANY.search(said):
        worked_out = Operation.COUNT
    if not (limits or sort or all_of or worked_out) or (group is None and len(places) < 2):
        return None
    if group is not None and not (sort or all_of or worked_out) and not _SELECT.search(said):
        return None
    if group is None and sort is not None and sort.most == 1 and not limits and not ends and len(places) < 5:
        return None  # which of two or three is the highest: all are shown
    # 有几个定在5%左右 counts places, not the indicator; 有几个…增速超过5% a growth.
    growth = Measure.GROWTH if any(bound.unit == "%" for bound in limits) and _RATE.search(said) else None
    slots = tuple(
        replace(s, ask=replace(s.ask, unit="", measure=s.ask.measure or growth)) if s.ask.unit in _PLACES else s
        for s in common_slots(query, limits)
    )
    return Across(
        Shape.RANK,
        places if group is None else (),
        slots,
        asked_years(query),
        group=group,
        bounds=limits,
        ranges=not re.search(r"区间的?(?:都|也)?(?:不算|不计|除外|不要)|不[算含](?:定成)?区间", said),
        order=Order(falling=True) if ends else sort,
        difference=ends and bool(_DIFFERENCE.search(said)),
        operation=worked_out,
        ends=ends,
    )


def _compare(query: Query, said: str, places: tuple[int, ...]) -> Across | None:
    years = asked_years(query)
    difference = bool(_DIFFERENCE.search(said))
    than = _THAN.search(said) if len(years) == 1 else None
    if than:
        years = tuple(sorted({int(than[1] or than[2]), *years}))
        difference = True
    worked_out = operation(said)
    if len(places) == 1 and (pair := years_divided(said)) and indicators.mentions(query.content):
        amounts = tuple(replace(slot, ask=Ask(Measure.LEVEL)) for slot in common_slots(query, ()))
        return Across(Shape.COMPARE, places, amounts, pair, operation=Operation.TIMES)
    difference = difference or (len(places) > 1 and bool(BY_HOW_MUCH.search(said)))
    asked = worked_out or _COMPARED.search(said) or query.asks or query.status or is_keywords(query.text)
    if len(places) > 1 and (asked or indicators.mentions(query.content)):
        plan = plan_of(query, said)
        slots = common_slots(query, ())
        if worked_out in _DIVIDING:
            # Of rates that are to be divided the answer tells that they cannot be.
            slots = tuple(s if s.ask.measure is Measure.GROWTH else replace(s, ask=Ask(Measure.LEVEL)) for s in slots)
        slots = tuple(replace(slot, since=True) for slot in slots) if plan else slots
        return Across(
            Shape.COMPARE,
            places,
            slots,
            years,
            difference=difference,
            plan=plan,
            claim=_claim(query) if difference else 0,
            operation=worked_out,
        )
    more = len(places) == 1 and len(years) == 1 and bool(BY_HOW_MUCH.search(said)) and based(query)
    if more and indicators.mentions(query.content):
        # 2022年比2021年多了多少: told of the two years where no report tells it.
        slots = common_slots(query, ())
        return Across(Shape.COMPARE, places, slots, (more, *years), difference=True, tentative=True)
    if len(years) == 1 and query.since and BOTH_YEARS.search(said) and (base := based(query)):
        years = (*sorted((base, *years)),)
    named = bool(query.asks or indicators.mentions(query.content))
    apart = len(years) == 2 and not RANGE.search(said) and not range_of(query) and named
    # 与2012年相比,2014年下降多少,2017年下降多少: what both are measured by.
    apart = apart and not (query.since and _SINCE_THEN.search(query.text) and not BOTH_YEARS.search(said))
    # 2013年多少，2014年目标多少: one report states both.
    apart = apart and len({slot.status for slot in slots_of(query)}) == 1
    compared = _COMPARED.search(said) or _COMPARED.search(query.text) or is_keywords(query.text) or listed(query)
    if len(places) == 1 and (apart or than) and compared and not _ENDS.search(said):
        claim = _claim(query) if difference else 0
        return Across(Shape.COMPARE, places, common_slots(query, ()), years, difference=difference, claim=claim)
    return None


# A比B高出不少,高了几个百分点: that A is higher is taken for granted; 是不是, 谁 and 吗 leave it open.
_CLAIM = re.compile(
    r"比[^,。?]{2,16}?(?:年|度)?[^,。?]{0,10}?(?P<way>[高快多大强]|[低慢少小差])(?:出|了|不少|很多|一截|得多)"
)
_OPEN = re.compile(
    r"谁|哪|吗|是否|是不是|有没有|还是|会不会|能不能|孰|到底.{0,6}(?:高|低|快|慢)?(?:没有|没)|[高低快慢多少]不[高低快慢多少]"
)


def _claim(query: Query) -> int:
    """1 where the first year or place named is said to be higher than the second, -1 where lower, 0 where asked."""
    found = _CLAIM.search(query.text)
    if found is None or _OPEN.search(query.text):
        return 0
    before = query.text[: found.start()]
    named = [*(w for w in query.place_words if w in before), *(y for y in re.findall(YEAR, before))]
    way = 1 if found["way"] in "高快多大强" else -1
    return way if named else 0


_SINCE_THEN = re.compile(r"[与同和跟较比]\s?(?:19|20)\d\d年相?比")


def _trend(query: Query, said: str) -> Across | None:
    places = joined_places(query)
    # “十二五”(2011-2015年): the years of a plan as one stretch.
    match = None if plan_of(query, said) else RANGE.search(said)
    # 2019年到2023年合计多少: of the years one by one, where no report sums them up.
    worked_out = mean_of_years(said)
    years = asked_years(query)
    summed = (bool(match) or len(years) >= _TREND) and worked_out in (Operation.SUM, Operation.MEAN, Operation.MEDIAN)
    last = together(query, said)
    since = worked_out is not None and bool(_SINCE.search(said))
    ends_asked = _ENDS.search(said) and not SINGLY.search(said) and not (summed or last or since)
    if len(places) != 1 or ends_asked or _BOTH_ENDS.search(said):
        return None
    ends = (int(match[1]), int(match[2])) if match else range_of(query)
    if ends and 0 < ends[1] - ends[0] <= LONGEST and EACH_YEAR.search(said):
        years = tuple(range(ends[0], ends[1] + 1))
    elif (series := _years_left_open(query, said, years)) is not None:
        return replace(series, places=places, slots=common_slots(query, ()))
    elif len(years) < _TREND and not (re.search(r"历年|逐年", said) and not query.periods and not query.report_year):
        return None
    if ends is None and any(p.first != p.last for p in query.periods) and not re.search(r"历年|逐年|每一年|各年", said):
        return None
    return Across(
        Shape.TREND,
        places,
        common_slots(query, ()),
        years,
        stretch=(ends is not None or summed) and not EACH_YEAR.search(said),
        operation=worked_out,
        order=Order(falling=True) if both_ends(said) else None,
        by_report=bool(re.search(r"报告", said) and query.report_year),
    )


def _years_left_open(query: Query, said: str, years: Sequence[int]) -> Across | None:
    """A series whose years count from the newest report or begin with one named: 近三年, 2015年以来, 哪年最高."""
    worked_out = mean_of_years(said)
    if last := together(query, said):
        # 近三年平均增速: of the years one by one, where no report tells of them as one.
        return Across(Shape.TREND, recent=last, operation=worked_out, stretch=True)
    if last := recent(query, said):
        return Across(Shape.TREND, recent=last, order=order(said) if _WHICH_YEAR.search(said) else None)
    since = _SINCE.search(said)
    first = int(since[1]) if since else 0
    if _WHICH_YEAR.search(said) and len(years) < 2 and (indicators.mentions(query.content) or query.asks):
        back = [p.years for p in query.periods if p.relative == "back"]
        return Across(Shape.TREND, recent=back[0] if back else 0, order=order(said), since=first)
    if first and (EACH_YEAR.search(said) or worked_out) and query.report_year in (None, first):
        return Across(Shape.TREND, since=first, operation=worked_out, stretch=worked_out is not None)
    return None
