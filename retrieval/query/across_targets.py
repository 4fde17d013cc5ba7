"""Questions whether targets were met: of one year, year by year, of several places."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.lexicon import numerals
from retrieval.model import Measure
from retrieval.query.across_places import group_of, joined_places
from retrieval.query.across_slots import common_slots
from retrieval.query.across_values import Across, Shape
from retrieval.query.across_years import asked_years
from retrieval.query.bounds import numbers
from retrieval.query.moves import move
from retrieval.query.values import Ask, Query, Slot
from retrieval.query.wording import KEPT, OVER_YEARS

__all__ = ["fulfilment", "promises"]


_FULFILLED = re.compile(
    rf"([够成到完做达实兑拿守控])[没不]\1|够(?:没|不够)?数(?:没|吗|了)|做到没|成了没|兑现|达标|达成|算不算完成|算完成|说到做到|(?:{KEPT}|交账|落实)"
    r"(?:了)?(?:吗|没|么|了没|与否|情况|率|几次|几年|了多少|得怎么样|得如何|得咋样|得好不好)|(?:有没有|是否|是不是|究竟|到底|真的)(?:如期|真的|都)?"
    rf"(?:{KEPT})|"
    r"(?:完成|实现|达到)[^,。?]{0,14}(?:目标|任务)了?(?:吗|没)|"
    r"没(?:能)?(?:完成|实现|做到|达到)|(?:目标|计划|任务)\D{0,12}(?:vs\.?|对比|和|与|跟|对|、|/|\s)\s*(?:实际(?!利用|使用|到位)|实绩|完成|结果)|"
    r"(?:实际|实绩|完成)\D{0,6}(?:vs\.?|对比)\D{0,6}目标|"
    r"(?:实际|实绩|结果)[^。]{0,16}(?:目标|计划)[^,。?]{0,4}差(?:了|得)?(?:多少|几|多远)|"
    r"目标[^。]{0,12}多少[^。]{0,8}(?:实际|最后|最终|结果)[^。]{0,10}(?:多少|几)|"
    r"\b(?:target|goal)\b.{2,40}\bactual|\bactual.{2,40}\b(?:target|goal)\b|\bget there\b|"
    r"\b(?:did|does|was|were|has|have|whether|if)\b.{2,60}\b(?:meet|met|hit|achieved?|fulfil+(?:ed)?|reach(?:ed)?|miss(?:ed)?|deliver(?:ed)?)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"目标|计划|任务|承诺|预期|想|要|打算|提出|说过?|定(?:的|了|多少|下)|力争|年初|喊出|指标|\b(?:target|goal|plan|aim|promise)",
    re.IGNORECASE,
)
_TIMES = frozenset(("次", "年", "回"))
_EXPLAINED = re.compile(
    r"为什么|为何|为啥|哪些(?:措施|行业|产业|原因|因素|方面|问题|领域|环节|指标)|原因|拖[^,。?]{0,3}后腿|拖累|怎么会|怎么做到|哪几个指标|交代|"
    r"怎么说|咋说|怎么评价|如何评价"
)
_MISSED = re.compile(
    r"(?:没有?|未|未能|没能)(?:如期|全部|有)?(?:完成|实现|达到|达成|达标|做到|兑现|够到|够着)|落空|(?:完成|达|兑现|够)不[了到上着成]|\bmiss|"
    r"\bfail|\bnot (?:meet|reach|hit|achieve)|\bfell short",
    re.IGNORECASE,
)
_WHICH_OF = re.compile(r"哪些|哪几|哪个|哪家|谁|几个|\bwhich\b|\bwho\b", re.IGNORECASE)
_MET = re.compile(r"(?:超额)?(?:完成|实现|达到|达成|达标|做到|兑现)了?")
# 打算完成营造林多少万亩: what is planned, not what came of it.
_TO_FULFIL = re.compile(
    r"(?:打算|计划|准备|力争|争取|预计|确保|拟|想|要|将)要?(?:完成|实现|做到|达到)(?!了|没|得|情况)"
)


def promises(query: Query, said: str, places: tuple[int, ...], typed: str) -> Across | None:
    """Targets and outcomes of several places: 哪些省没完成目标."""
    group = group_of(query, said, places) or group_of(query, typed, places)
    if (group is None and len(places) < 2) or not (_PROMISED.search(said) or _PROMISED.search(query.question)):
        return None
    missed = _MISSED.search(said) or _MISSED.search(query.question)
    running = _in_a_row(said)
    years = asked_years(query)
    which = bool(_WHICH_OF.search(said))
    chosen = "" if not which else "missed" if missed else "met" if _MET.search(_TO_FULFIL.sub("", said)) else ""
    if chosen == "met" and "超额" in said:
        chosen = "exceeded"
    asked = missed or running or _FULFILLED.search(_TO_FULFIL.sub("", said)) or (group is not None and chosen)
    if not asked or (len(years) > 1 and not running):
        return None
    slots = common_slots(replace(query, status=None), ())
    if running:
        # 连续三年: how often in a row is no figure of a report.
        slots = tuple(replace(s, ask=Ask()) if s.ask.measure is Measure.STREAK else s for s in slots)
    return Across(
        Shape.FULFILMENT,
        places if group is None else (),
        slots,
        years,
        group=group,
        chosen=chosen,
        recent=0 if len(years) > 1 else running,
    )


# 连续三年没完成, 三年都没完成: in each of the years.
_IN_A_ROW = re.compile(
    rf"(?:连续|接连|连着)([{numerals.PLAIN}\d]+)年|([{numerals.PLAIN}\d]+)年(?:都|全都|年年)(?=没|未|完|达|实)"
)


def _in_a_row(said: str) -> int:
    """How many years in a row a target was to be met or missed; 0 where one year is asked about."""
    match = _IN_A_ROW.search(said)
    if match is None:
        return 0
    words = match[1] or match[2]
    found = numerals.arabic(words, 0) if words.isdecimal() else numerals.spelt(words)
    return int(found.value) if found and 1 < found.value <= _LONGEST else 0


_LONGEST = 10


def fulfilment(query: Query, said: str) -> Across | None:
    """Whether one place met a target, in one year or year after year; None where that is not asked."""
    years = asked_years(query)
    if not query.places or len(joined_places(query)) > 1 or not _FULFILLED.search(_TO_FULFIL.sub("", said)):
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
        joined_places(query),
        slots,
        years,
        numbers=numbers(query.rest),
        record=record,
        recent=back[0] if record and back else 0,
    )
