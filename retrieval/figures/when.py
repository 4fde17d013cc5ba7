"""When a figure of a sentence holds, by the times the sentence names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from retrieval.figures import timing
from retrieval.figures.named import Named
from retrieval.figures.sections import Setting
from retrieval.figures.timing import Event, Frame, Told
from retrieval.model import Measure, Status

__all__ = ["forward", "period", "told"]

_PAIR = 2
_EVENTS = 12  # times before a quantity that are weighed
_ASIDE = 40  # characters before a time in which its clause begins
_OPENING = 5  # characters a clause may have before the time that opens it
_NEAR = 240  # characters
# 是“十一五”时期的2.6倍: the time is what is compared with.
_MULTIPLE = re.compile(r"(?:时期|期间|年)?的?(?:近|约)?[\d.]+倍")
_COMPARED = re.compile(r"是|为|相当于")
_GOAL = re.compile(r"目标\D{0,3}\d")
_STOP = re.compile(r"[,;。]")
_TURNED = re.compile(r"[;。]")
_VALUE = re.compile(r"\d(?:%|‰|[十百千万亿]|个|家|元|倍)")
# 五年累计接待游客2341万人次,实现旅游业收入88亿元: what follows in the list is summed as well.
_SUMMED = re.compile(
    r"累计|(?<!公)共(?![建享同有产用治])|[五5]年(?!年均|平均|来|末|间|以|翻|增|的|[,。;])|(?:时期|期间),?(?:完成|实现)"
)
_LAST_YEAR = re.compile(r"(?:上|去|上一|前一)年(?:度|末|底)?的?\s*$")
_LAID_DOWN = re.compile(r"价|事项|期限|时限|时间|费(?!用)")
_CARRIED_OUT = re.compile(
    r"(?:实施|推进|编制|启动|制定|落实|列入|纳入|对接)(?:了|好|完成)?(?:国家|全[国省市])?[“\"《]?$"
)
_WITHIN = re.compile(r"年初|季度|月|上半年")
# 比1995年的1243.07亿元接近翻一番: the amount of the year compared with.
_OF_BASE = re.compile(r"[比较](\d{4})年的\s*$")


def told(sentence: str, one: Named, clause_at: int, times: Sequence[Event], setting: Setting) -> Told:
    """What a sentence tells of a quantity's time; its clause begins at `clause_at`."""
    at = one.quantity.start
    turned = max(sentence.rfind(mark, 0, at) for mark in ";。")
    summed = bool(_SUMMED.search(sentence, turned + 1, at))
    known = Told(setting.frame, summed=summed, happened=timing.happened(sentence, one))
    before = _before(times, at)
    if one.role == "from" and (origin := _same_origin(before, clause_at)):
        return Told(origin.frame, named=True)
    if one.role == "from" and one.quantity.measure is Measure.RANK and (bases := [e.base for e in before if e.base]):
        # 2007年…比2002年增长65.5%,从第六位上升到第四位: both are told from the year compared with.
        return Told(Frame(bases[-1], bases[-1], False), named=True)
    for event in before:
        between = sentence[event.end : min(at, event.end + _NEAR)]
        if _GOAL.search(between) or _MULTIPLE.match(sentence, event.end):
            continue
        if event.base:
            if not _STOP.search(between) or between.startswith(("相比", "比")):
                known = replace(known, base=event.base)
        elif event.origin:
            if one.role == "from" and event.start >= clause_at:
                known = replace(known, frame=event.frame, named=True)
            elif one.lead.kind == "change" and one.start <= event.start and not _TURNED.search(between):
                # 由2015年的17.24亿元增加到24.8亿元,增长43.9%
                known = replace(known, base=event.frame.last)
        elif not event.known:
            if (known.frame.long or sentence[event.start : event.end] == "年内") and known.frame.ahead:
                # 力争全年…, in the plan of five years: of the first.
                known = replace(known, frame=Frame(setting.context.year, setting.context.year, True))
            elif known.frame.long:
                known = replace(known, frame=event.frame)
        elif not _beside(sentence, event, between, one, clause_at=clause_at, setting=setting):
            known = replace(known, frame=forward(sentence, event, setting), named=True)
    return known


def _same_origin(before: Sequence[Event], clause_at: int) -> Event | None:
    """Where a change begins whose clause names no years, behind one that does: 城镇由2007年…到2012年…,农村由…."""
    if len(before) < _PAIR or before[-1].start >= clause_at:
        return None
    origin, end = before[-_PAIR:]
    return origin if origin.origin and end.known and not end.base else None


def _beside(sentence: str, event: Event, between: str, one: Named, *, clause_at: int, setting: Setting) -> bool:
    """Whether a time the sentence names is another figure's."""
    frame, year = event.frame, setting.context.year
    if one.quantity.unit == "倍" and event.start >= clause_at and _COMPARED.search(sentence, clause_at, event.start):
        return True
    if frame.first == frame.last == year and setting.frame.last == year - 1 and "今年以来" in sentence:
        return True
    if frame.first == frame.last == year and setting.frame.last == year - 1 and sentence[event.start].isdecimal():
        # 支线机场被列入全省2020年百大项目计划,…7条公路交付使用: a plan of the coming year, named in passing.
        front = _STOP.split(sentence[max(0, event.start - _ASIDE) : event.start])[-1]
        if len(front.strip()) > _OPENING and _STOP.search(between):
            return True
    if one.role == "from" and event.start < clause_at and not frame.long and frame.last < year - 1:
        return True
    if frame.long and _STOP.search(between) and _CARRIED_OUT.search(sentence[: event.start]):
        # 实施“十二五”项目建设计划,…完成投资1474.1亿元: the plan is named for what was done in the year.
        return True
    # 工业投资年均增长8.1%,2025年突破2250亿元,占比提高10.2个百分点: the year is that clause's alone.
    single = setting.frame.long and not frame.long and frame.last == setting.frame.last and not event.until
    return bool(single and _STOP.search(between) and _VALUE.search(sentence, max(0, event.start - _NEAR), event.start))


def forward(sentence: str, event: Event, setting: Setting) -> Frame:
    """五年 among plans are the coming five years; 今年, said in December of what was done, is the year that ends."""
    frame, year = event.frame, setting.context.year
    if setting.context.early and not setting.frame.ahead and sentence[event.start : event.end] == "今年":
        return Frame(year - 1, year - 1, False)
    planned = setting.frame.ahead or setting.goal
    if planned and frame.long and not frame.ahead and sentence[event.start] in "五5":
        return Frame(year, year + frame.last - frame.first, True)
    return frame


def _before(times: Sequence[Event], at: int) -> Sequence[Event]:
    """The last events before a position."""
    count = bisect_left(times, at, key=lambda event: event.start)
    return times[max(0, count - _EVENTS) : count]


def period(one: Named, what: Measure, known: Told, held: Status, setting: Setting) -> str:
    """A figure's period."""
    year, frame = setting.context.year, known.frame
    if one.role == "from":
        if _LAST_YEAR.search(one.near):
            return str(year - 1 if setting.frame.ahead else year - 2)
        if frame.long:
            return str(frame.first - 1)
        if frame.ahead and frame == setting.frame:
            return str(year - 1)
        # What a year changed is how things stood the year before. A year that is named is meant itself, and a
        # price or a time limit changes within the year.
        return str(frame.last - (not known.named and not _LAID_DOWN.search(one.name) and not _WITHIN.search(one.near)))
    if what is not Measure.MULTIPLE and (base := _OF_BASE.search(one.near)):
        return base[1]
    if held is not Status.TARGET and frame.ahead:
        frame = Frame(year - 1, year - 1, False)
    elif held is Status.TARGET and not frame.ahead and not one.near.rstrip().endswith(("目标", "计划")):
        frame = Frame(year, year, True)
    if not frame.long and not known.base and "年均" in timing.means(one.near):
        frame = Frame(year, year + 4, True) if frame.ahead else Frame(year - 5, year - 1, False)
    return timing.period(one, what, replace(known, frame=frame))
