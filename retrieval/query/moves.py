"""Questions about indicators as a whole: which of them fell, which missed what was expected. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from retrieval.lexicon import indicators
from retrieval.query.values import Query

__all__ = ["Move", "move"]


class Move(StrEnum):
    """What the indicators asked for have in common."""

    FELL = "fell"
    MISSED = "missed"
    GOALS = "goals"


_WHICH = (
    r"(?:哪些|哪?几个|哪?几项|有没有|有什么|哪个|多少[个项]?)(?:主要|经济|重要|预期|年度|核心)*(?:经济)?(?:社会)?(?:发展)?的?(?:预期|主要|年度)?"
    r"(?:指标|数据|目标)"
)
_FELL = re.compile(rf"{_WHICH}[^,。?]{{0,8}}(?:下降|下滑|负增长|回落|减少|降了|下跌|跌了|为负)")
_MISSED = re.compile(
    rf"{_WHICH}[^,。?]{{0,10}}(?:没有?(?:能|有)?(?:完成|达到|实现|达标)|未(?:能)?(?:完成|达|实现)|不及预期|低于预期|落空|没完成)"
    r"|(?:指标|目标)[^,。?]{0,4}(?:完成|达成|实现)(?:得|情况)(?:怎么?样|如何)"
    r"|(?:定的|各项|所有|全部)(?:主要|经济)*(?:指标|目标)(?:都|全)?(?:完成|达成|实现)了?(?:没有?|吗)"
    r"|(?:有什么|有哪些|哪些)[^,。?]{0,6}没(?:有)?(?:做|完成|落实|达)到?(?:位|好)?"
)
# An indicator that is named is asked about itself.
_OWN = re.compile(r"(?:增加值|收入|生产总值|GDP|投资|消费|出口|就业|粮食)", re.IGNORECASE)


# 财政和消费有什么没达到预期: of what is named as well.
_SHORT = re.compile(
    r"(?:有什么|有哪些|哪些|什么)[^,。?]{0,6}(?:没(?:有|能)?|未(?:能)?)(?:完成|达到?|实现|达成)(?:年初|既定)?的?(?:预期|目标|要求|计划)"
)


# 今年的主要预期目标有哪些: nothing but the words of such a question.
_GOALS = re.compile(
    r"(?=.*目标)(?=.*(?:哪|什么|啥|列|说|介绍|怎么|如何|[?\s]$|目标$))"
    r"(?:政府工作报告|报告|政府|工作|经济|社会|发展|主要|预期|总体|核心|年度|全年|奋斗|目标|指标|任务|提出|确定|设定|制定|定下|"
    r"有哪些|哪些|有什么|什么|有啥|啥|哪几[个项]|列出|列举|说说|介绍|一下|告诉|怎么|如何|打算|计划|今年|"
    r"[的中里了定是有都请给我和及与呢吗设,。?!:\s])+"
)


# What is asked about may come from the question before.
_NOTHING = re.compile(r"(?:主要|预期|经济|社会|发展|经济社会发展|任务|指标|工作|\s)*")


def move(query: Query) -> Move | None:
    """What is asked of the indicators as a whole; None where one is named, or nothing like it is asked."""
    if _SHORT.search(query.rest):
        return Move.MISSED
    if _OWN.search(query.content) or indicators.mentions(query.content):
        return None
    if _MISSED.search(query.rest):
        return Move.MISSED
    if query.content == "经济" and query.text.split()[-1:] == ["目标"]:
        return None  # 2014 经济 目标: of the gross product
    if _NOTHING.fullmatch(query.content) and _GOALS.fullmatch(_without(query.rest, query.place_words)):
        return Move.GOALS
    return Move.FELL if _FELL.search(query.rest) else None


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text
