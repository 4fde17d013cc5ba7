"""Questions that no single report answers: compare, trend, rank, fulfilment, phrase. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from retrieval.lexicon import indicators
from retrieval.model import Level, Measure
from retrieval.query.across_slots import common_slots
from retrieval.query.bounds import Bound, Order, bounds, numbers, order
from retrieval.query.moves import move
from retrieval.query.normalise import normalise
from retrieval.query.phrases import Phrase, phrase
from retrieval.query.slots import is_keywords
from retrieval.query.slots import slots as slots_of
from retrieval.query.values import Ask, Query, Slot
from retrieval.query.wording import BOTH_ENDS, KEPT, OVER_YEARS, SENTENCE_IN_LATIN, YEAR

__all__ = ["Across", "Group", "Shape", "across"]

# Years in a list from which on they are a trend and not a comparison.
_TREND = 3
# A span of more years than this is a typing error.
_LONGEST = 60
_RANGE = re.compile(
    rf"(?:between\s+|from\s+)?({YEAR})\s*年?度?(?:的?政府工作报告|报告|年初)?\s*(?:-|—|–|~|至|到|直到|to|through|and|until)+\s*({YEAR})",
    re.IGNORECASE,
)
_EACH_YEAR = re.compile(
    r"历年|逐年|(?<!平均)(?<!年均)每年|每一年|各年|年年|分年度?|各年度|一年一年|一年比一年|走势|趋势|怎么变|如何变化|变化情况|"
    r"列一下|列出|列个|"
    r"分别|各是|各为|各有|各定|各增|各涨|都是多少|"
    r"\b(?:each|every|per) year\b|\blist\b|\btargets\b|\brates\b|"
    r"year by year|\btrend\b|\byearly\b|\bannual(?:ly)?\b.*\bfrom\b",
    re.IGNORECASE,
)
_ENDS = re.compile(rf"{BOTH_ENDS}|年均(?!浓度|值|气温)|一共|累计|总共|合计")
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
_SIDE = re.compile(r"对比|相比|比较|比一比|谁|哪个|差距|相差|\b(?:compare|versus|vs)\b", re.IGNORECASE)
# 增速比2018年高多少: a rate of one year beside another's; 产量比2018年增长多少 is stated as it is.
_THAN = re.compile(
    rf"(?:(?:增速|增幅|涨幅|跌幅|降幅|率|比重|占比|比例|强度|浓度)[^,。?]{{0,8}}|[涨增跌降升](?:得|幅))比\s*({YEAR})\s*年(?:度)?[^,。?]{{0,8}}?{_BETTER}|"
    rf"比\s*({YEAR})\s*年(?:度)?[^,。?]{{0,10}}?(?:增速|增幅|涨幅|跌幅|降幅|[涨增跌降升]得?)[^,。?]{{0,4}}?{_BETTER}(?:了|出)?(?:多少|几|吗|还是)"
)
_SINCE = re.compile(rf"(?:从|自)?({YEAR})\s*年?(?:以来|开始|起|至今|到现在|之后|以后)")
_WHICH_YEAR = re.compile(
    rf"哪一?(?:个)?年(?:份)?[^,。?]{{0,14}}最{_BETTER}|最{_BETTER}[^,。?]{{0,4}}(?:是|在|出现在)?[^,。?]{{0,3}}(?:哪一?(?:个)?年|年份是)"
)
# How the last years went, without saying how many: so many are shown.
_LATELY = re.compile(r"近几年|这几年|近年来?|这些年|最近几年|近些年")
_SHOWN = re.compile(r"增速|涨幅|走势|趋势|变化|怎么变")
_AVERAGE = re.compile(r"年均|平均|累计|合计|一共|总共|总计")
_FEW_YEARS = 5
# What may stand between places named as a list.
_JOIN = re.compile(
    r"\s*(?:[、,/和与跟及同比或]|以及|还有|还是|或者|或是|vs\.?|对比|相比|两?市|两?省)*\s*", re.IGNORECASE
)
# Highest first.
_RANKS = tuple(Level)
_GROUPED = r"(?:各|哪些|哪几个|哪个|几个|所有|全部|每个|\d+个|多少个)"
_LEVELS = (
    (
        Level.PROVINCE,
        re.compile(
            rf"{_GROUPED}(?:省|直辖市|自治区)|省(?:有|是)哪|省级|省份|各地区|省区市|"
            r"\bprovinces\b|\b(?:which|what) province\b",
            re.IGNORECASE,
        ),
    ),
    (
        Level.CITY,
        re.compile(
            rf"{_GROUPED}(?:地级|地)?(?:城?市|地市|州市|州|盟)|市(?:有|是)哪|的(?:地级)?市(?:里|中)|"
            r"省会|地级市|\bcities\b|\bwhich city\b",
            re.IGNORECASE,
        ),
    ),
    (Level.COUNTY, re.compile(r"(?:各|哪些|哪几个|哪个|所有|全部)(?:县|区|旗)")),
)
_ALL_OF = re.compile(r"各(?:省|市|州|盟|地市|地州|自治州)|每个(?:省|市|州)|所有(?:省|地级市|市州)")
_CAPITALS = re.compile(r"省会|\bprovincial capitals?\b", re.IGNORECASE)
_SELECT = re.compile(r"哪|谁|几个|排|最|前|后|倒数|\bwhich\b|\bwhat\b|\btop\b|\brank", re.IGNORECASE)
_FULFILLED = re.compile(
    rf"兑现|达标|达成|算不算完成|算完成|说到做到|(?:{KEPT}|交账|落实)"
    r"(?:了)?(?:吗|没|么|了没|与否|情况|率|几次|几年|了多少|得怎么样|得如何|得咋样|得好不好)|(?:有没有|是否|是不是|究竟|到底|真的)(?:如期|真的|都)?"
    rf"(?:{KEPT})|"
    r"没(?:能)?(?:完成|实现|做到|达到)|(?:目标|计划|任务)\D{0,12}(?:vs\.?|对比|和|与|跟|对|、|/|\s)\s*(?:实际(?!利用|使用|到位)|实绩|完成|结果)|"
    r"(?:实际|实绩|完成)\D{0,6}(?:vs\.?|对比)\D{0,6}目标|"
    r"(?:实际|实绩|结果)[^。]{0,16}(?:目标|计划)[^,。?]{0,4}差(?:了|得)?(?:多少|几|多远)|"
    r"目标[^。]{0,12}多少[^。]{0,8}(?:实际|最后|最终|结果)[^。]{0,10}(?:多少|几)|"
    r"\b(?:did|does|was|were|has|have|whether|if)\b.{2,60}\b(?:meet|met|hit|achieved?|fulfil+(?:ed)?|reach(?:ed)?|miss(?:ed)?|deliver(?:ed)?)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"目标|计划|任务|承诺|预期|想|要|打算|提出|说过?|定的|定了|力争|年初|喊出|指标|\b(?:target|goal|plan|aim|promise)",
    re.IGNORECASE,
)
_PLACES = frozenset(("个", "家", "座", "名", "位"))
_TIMES = frozenset(("次", "年", "回"))
_EXPLAINED = re.compile(
    r"为什么|为何|为啥|哪些措施|怎么会|怎么做到|哪几个指标|哪些指标|交代|怎么说|咋说|怎么评价|如何评价"
)


class Shape(StrEnum):
    """What is done with the figures of several reports."""

    COMPARE = "compare"
    TREND = "trend"
    RANK = "rank"
    FULFILMENT = "fulfilment"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Group:
    """Places meant together without being listed: all of a level, of those inside `within`; or the capitals."""

    level: Level
    within: str = ""
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Across:
    """A question over several reports.

    `places` numbers the query's places that are meant; `slots` are the figures asked of each place and year; `years`
    the years asked about, `by_report` that they are years of reports. `numbers` are the quantities the question names,
    `recent` how many of the last years it asks about, `plan` the years of the five-year plan it asks about as one,
    `record` whether targets of many years are asked about, `since` the year from which on a series is asked for. A
    `stretch` of years (2008-2012年) may be meant as one.
    """

    shape: Shape
    places: tuple[int, ...] = ()
    slots: tuple[Slot, ...] = ()
    years: tuple[int, ...] = ()
    by_report: bool = False
    group: Group | None = None
    bounds: tuple[Bound, ...] = ()
    ranges: bool = True
    order: Order | None = None
    difference: bool = False
    phrase: Phrase | None = None
    numbers: tuple[Decimal, ...] = ()
    recent: int = 0
    plan: tuple[int, int] | None = None
    record: bool = False
    since: int = 0
    stretch: bool = False


def across(query: Query) -> Across | None:
    """What is asked across reports; None where one report is to answer."""
    typed = normalise(query.question)
    # An English question was translated word by word: how it compares stands in its own words.
    said = f"{query.text} {typed}" if SENTENCE_IN_LATIN.search(typed) else query.text
    named = phrase(typed, query)
    if named is not None:
        return Across(Shape.PHRASE, _joined(query), years=_asked_years(query), phrase=named)
    places = _joined(query) if not _apart(query, said) else (0, 1)
    for found in (
        _rank(query, said, places),
        _fulfilment(query, said),
        _compare(query, said, places),
        _trend(query, said),
    ):
        if found is not None:
            return found
    return None


def _rank(query: Query, said: str, places: tuple[int, ...]) -> Across | None:
    group = _group(query, said, places)
    limits, sort = bounds(said), order(said)
    # 各市2022年的GDP增速: all of them, in order.
    all_of = group is not None and bool(_ALL_OF.search(said)) and bool(query.asks or indicators.mentions(query.content))
    if not (limits or sort or all_of) or (group is None and len(places) < 2):
        return None
    if group is not None and not (sort or all_of) and not _SELECT.search(said):
        return None
    if group is None and sort is not None and sort.most == 1 and not limits and len(places) < 5:
        return None  # which of two or three is the highest: all are shown
    # 有几个定在5%左右 counts places, not the indicator.
    slots = tuple(
        replace(s, ask=replace(s.ask, unit="")) if s.ask.unit in _PLACES else s for s in common_slots(query, limits)
    )
    return Across(
        Shape.RANK,
        places if group is None else (),
        slots,
        _asked_years(query),
        group=group,
        bounds=limits,
        ranges=not re.search(r"区间的?(?:都|也)?(?:不算|不计|除外|不要)|不[算含](?:定成)?区间", said),
        order=sort,
    )


def _group(query: Query, said: str, places: tuple[int, ...]) -> Group | None:
    if len(places) > 1:
        return None
    within = ""
    if len(query.places) == 1:
        within = query.places[0][0].name
        if query.places[0][0].level not in (Level.PROVINCE, Level.CITY, Level.COUNTRY):
            return None
    elif query.places:
        return None
    for level, pattern in _LEVELS:
        if pattern.search(said):
            # A place taken over from the last question holds no provinces, a city no cities: all of them are meant.
            if within and "place" in query.carried and _RANKS.index(level) <= _RANKS.index(query.places[0][0].level):
                within = ""
            if within and level is Level.PROVINCE and within != "全国":
                return None
            return Group(level, "" if within == "全国" else within, bool(_CAPITALS.search(said)))
    return None


# 打算完成营造林多少万亩: what is planned, not what came of it.
_TO_FULFIL = re.compile(
    r"(?:打算|计划|准备|力争|争取|预计|确保|拟|想|要|将)要?(?:完成|实现|做到|达到)(?!了|没|得|情况)"
)


def _fulfilment(query: Query, said: str) -> Across | None:
    years = _asked_years(query)
    if not query.places or len(_joined(query)) > 1 or not _FULFILLED.search(_TO_FULFIL.sub("", said)):
        return None
    record = bool(OVER_YEARS.search(said)) or (len(years) > 1 and bool(re.search(r"都|各|分别|\bboth\b", said)))
    if (len(years) > 1 and not record) or (move(query) is not None and not record):
        return None
    if not (_PROMISED.search(said) or re.search(r"[控压守管]制?住", said)) or _EXPLAINED.search(said):
        return None
    slots = common_slots(query, ())
    if record:
        # 完成了几次, 哪几年没完成: the years are counted, not the indicator.
        slots = tuple(replace(slot, ask=Ask()) if slot.ask.unit in _TIMES else slot for slot in slots)
        slots = slots if slots[0].words else (Slot("地区生产总值", "", Ask(Measure.GROWTH), None),)
    back = [p.years for p in query.periods if p.relative == "back"]
    return Across(
        Shape.FULFILMENT,
        _joined(query),
        slots,
        years,
        numbers=numbers(query.rest),
        record=record,
        recent=back[0] if record and back else 0,
    )


def _compare(query: Query, said: str, places: tuple[int, ...]) -> Across | None:
    years = _asked_years(query)
    difference = bool(_DIFFERENCE.search(said))
    than = _THAN.search(said) if len(years) == 1 else None
    if than:
        years = tuple(sorted({int(than[1] or than[2]), *years}))
        difference = True
    named = _COMPARED.search(said) or query.asks or query.status or is_keywords(query.text)
    if len(places) > 1 and (named or indicators.mentions(query.content)):
        plan = _plan(query, said)
        slots = common_slots(query, ())
        slots = tuple(replace(slot, since=True) for slot in slots) if plan else slots
        return Across(Shape.COMPARE, places, slots, years, difference=difference, plan=plan)
    apart = len(years) == 2 and not _RANGE.search(said) and bool(query.asks)
    # 与2012年相比,2014年下降多少,2017年下降多少: what both are measured by.
    apart = apart and not (query.since and _SINCE_THEN.search(query.text))
    # 2013年多少，2014年目标多少: one report states both.
    apart = apart and len({slot.status for slot in slots_of(query)}) == 1
    if len(places) == 1 and (apart or than) and _COMPARED.search(said) and not _ENDS.search(said):
        return Across(Shape.COMPARE, places, common_slots(query, ()), years, difference=difference)
    return None


_SINCE_THEN = re.compile(r"[与同和跟较比]\s?(?:19|20)\d\d年相?比")


def _plan(query: Query, said: str) -> tuple[int, int] | None:
    """First and last year of the plan asked about as one stretch (“十四五”…目标), where it is not year by year."""
    if len(query.periods) != 1 or query.periods[0].relative or re.search(r"历年|逐年|每一?年|各年", said):
        return None
    period = query.periods[0]
    return (period.first, period.last) if "五" in period.surface and period.last > period.first else None


def _trend(query: Query, said: str) -> Across | None:
    places = _joined(query)
    if len(places) != 1 or _ENDS.search(said):
        return None
    match = _RANGE.search(said)
    years = _asked_years(query)
    if match and 0 < int(match[2]) - int(match[1]) <= _LONGEST and _EACH_YEAR.search(said):
        years = tuple(range(int(match[1]), int(match[2]) + 1))
    elif recent := _recent(query, said):
        sort = order(said) if _WHICH_YEAR.search(said) else None
        return Across(Shape.TREND, places, common_slots(query, ()), recent=recent, order=sort)
    elif _WHICH_YEAR.search(said) and len(years) < 2 and (indicators.mentions(query.content) or query.asks):
        back = [p.years for p in query.periods if p.relative == "back"]
        return Across(Shape.TREND, places, common_slots(query, ()), recent=back[0] if back else 0, order=order(said))
    elif (since := _SINCE.search(said)) and _EACH_YEAR.search(said) and query.report_year is None:
        return Across(Shape.TREND, places, common_slots(query, ()), since=int(since[1]))
    elif len(years) < _TREND and not (re.search(r"历年|逐年", said) and not query.periods and not query.report_year):
        return None
    if (
        match is None
        and any(p.first != p.last for p in query.periods)
        and not re.search(r"历年|逐年|每一年|各年", said)
    ):
        return None
    return Across(
        Shape.TREND,
        places,
        common_slots(query, ()),
        years,
        stretch=match is not None and not _EACH_YEAR.search(said),
        by_report=bool(re.search(r"报告", said) and query.report_year),
    )


def _recent(query: Query, said: str) -> int:
    """How many of the last years are asked for one by one (近三年…分别); 0 where they are not."""
    each = re.search(r"分别|每一?年(?!均)|逐年|历年|各年|each year|every year", said)
    back = [p for p in query.periods if p.relative == "back"]
    if not each and _SHOWN.search(said) and not _AVERAGE.search(said):
        # 近五年GDP增速: a rate of change, or how it went, is of each year.
        each = re.search(r"最?近", back[0].surface) if back else None
        if not query.periods and _LATELY.search(said) and query.report_year is None:
            return _FEW_YEARS
    return back[0].years if each and len(back) == len(query.periods) == 1 and query.report_year is None else 0


def _asked_years(query: Query) -> tuple[int, ...]:
    """Single years named, in their order; a stretch of years counts as each of them."""
    found: list[int] = []
    for period in query.periods:
        if not period.relative and 0 <= period.last - period.first <= _LONGEST:
            found.extend(range(period.first, period.last + 1))
    return tuple(dict.fromkeys(found))


def _joined(query: Query) -> tuple[int, ...]:
    """The places named as one list, without those that only say where the others lie (湖南的长沙)."""
    if not query.places:
        return ()
    if not query.place_spans:
        return tuple(range(len(query.places)))  # taken over from the question before
    run, joins = [0], list[str]()
    for number in range(1, len(query.places)):
        gap = query.rest[query.place_spans[number - 1][1] : query.place_spans[number][0]]
        if _same(query, run[-1], number) or (_inside(query, number, run[-1]) and gap.strip() in ("", "(", ",")):
            continue
        if _inside(query, run[-1], number) and gap.strip() in ("", "的", "省", "市", "下辖", "下辖的"):
            run[-1] = number
        elif _JOIN.fullmatch(gap) or (len(run) == 1 and re.search(r"比(?:起)?\s*$", gap)):
            run.append(number)
            joins.append(gap.strip())
        elif len(run) == 1:
            return (0,)
        else:
            break
    if joins and joins[0] in ("跟", "与", "同", "和") and "、" in joins:
        return (0,)  # 吉安跟赣州、东莞…: one of them speaks of the others
    return tuple(run)


def _apart(query: Query, said: str) -> bool:
    """Whether two places are set side by side though one lies in the other: 江西省 赣州市 2024年 …对比."""
    if len(query.places) != 2 or len(query.place_spans) != 2 or len(_asked_years(query)) > 1:
        return False
    gap = query.rest[query.place_spans[0][1] : query.place_spans[1][0]]
    return not gap.strip() and bool(gap) and bool(_SIDE.search(said))


def _same(query: Query, one: int, other: int) -> bool:
    return bool({place.name for place in query.places[one]} & {place.name for place in query.places[other]})


def _inside(query: Query, outer: int, inner: int) -> bool:
    names = {place.name for place in query.places[outer]}
    return any(names & set(place.parents) for place in query.places[inner])
