"""Refusals: which reason it is, in words, with the nearest figures and what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.citing import Quotes
from retrieval.answer.matching import Match
from retrieval.answer.scope import Scope
from retrieval.model import Answer, Kind, Option, Reason, Trace
from retrieval.query import Query

__all__ = ["cut_off", "none", "not_of_inner", "off_topic"]

# The nearest figure is of the very thing asked about where its name covers this share of the question's words.
_NEAR = 0.75
_CHAT = {
    "hello": "您好！我回答政府工作报告里的问题，例如“辽阳2023年粮食产量是多少”。",
    "thanks": "不客气。还想查哪项指标，直接发问即可。",
    "who": "我是“问政”：只从已收录的政府工作报告原文里找答案，每个数字都给出原句和出处。",
    "off": "这个问题不在政府工作报告的范围内，我只回答报告里写到的内容。",
}


def off_topic(kind: str = "off") -> Answer:
    """For greetings, questions about the bot, and what no report speaks of."""
    return Answer(Kind.NONE, Reason.OFF_TOPIC, message=_CHAT.get(kind, _CHAT["off"]))


def none(
    query: Query, scope: Scope, reason: Reason, nearest: Sequence[Match] = (), *, trace: Trace | None = None
) -> Answer:
    """A refusal with the nearest figures."""
    quotes = Quotes()
    related = quotes.all(nearest[:3])
    near = bool(nearest) and nearest[0].named >= _NEAR
    what = (query.content or query.text).replace(" ", "、")
    message = scope.message or {
        Reason.NOT_MENTIONED: f"报告没有写明“{what}”的这项数据。" if near else f"报告未提及“{what}”。",
        Reason.ONLY_TARGET: f"只有目标，没有“{what}”的实际结果。",
        Reason.ONLY_ACTUAL: f"只有实绩，没有“{what}”的目标。",
        Reason.FALSE_PREMISE: "前提不符：报告里的说法与问题不一致。",
        Reason.OFF_TOPIC: _CHAT["off"],
    }.get(reason, "没有找到。")
    nearby = (Option(item.label, f"{scope.place}{item.figure.indicator}") for item in related if item.figure.indicator)
    # Two figures of one name are one thing to ask about.
    options = tuple({option.question: option for option in (*scope.options, *nearby)}.values())
    return Answer(
        Kind.NONE,
        reason,
        related=related,
        citations=quotes.citations,
        notes=scope.notes,
        options=options[:4],
        message=message,
        topic=what,
        trace=trace or Trace(),
    )


def not_of_inner(query: Query, scope: Scope, *, trace: Trace) -> Answer:
    """The report of a place does not tell of the place inside it that is asked about."""
    message = f"地区未收录：没有{scope.inner}的政府工作报告，{scope.place}的报告里也没有写这一项。"
    return none(query, replace(scope, message=message), Reason.PLACE_MISSING, trace=trace)


def cut_off(query: Query, matches: Sequence[Match], scope: Scope, text_name: str) -> Answer:
    """The report's text breaks off before the part that would answer."""
    quotes = Quotes()
    related = quotes.all(matches[:2])
    return Answer(
        Kind.NONE,
        Reason.CUT_OFF,
        related=related,
        citations=quotes.citations,
        notes=scope.notes,
        message=f"{text_name}的收录文本在正文后半部分之前中断，今年的目标和任务不在其中。",
        topic=query.content,
    )
