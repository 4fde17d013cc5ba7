"""Which questions are about a whole report: its targets one by one, its wording against the last one's, what it leaves
out and claims."""

from __future__ import annotations

import re
from enum import StrEnum

from retrieval.lexicon import indicators
from retrieval.query.values import Query
from retrieval.query.wording import OVER_YEARS

__all__ = ["Whole", "whole"]


class Whole(StrEnum):
    """What is asked of a whole report."""

    SCORECARD = "scorecard"
    CHANGES = "changes"
    CHECKLIST = "checklist"


_SCORECARD = re.compile(
    r"目标(?:的)?(?:完成|兑现|实现)(?:情况|得怎么样|得如何|了哪些|了多少|表)|(?:完成|兑现|实现)了?(?:哪些|多少)(?:项)?目标|"
    r"(?:各项|所有|全部|年初)(?:的)?(?:主要|预期)?目标(?:都|是否)?(?:完成|实现|兑现)|目标(?:都)?兑现(?:了吗|没有)?|成绩单"
)
_CHANGES = re.compile(
    r"(?:提法|措辞|表述|用词|说法|新词)(?:上)?(?:有(?:什么|哪些|何)|的)?(?:变化|不同|区别|变动|增减)|(?:有|出现了?)(?:什么|哪些)新(?:的)?(?:提法|表述|说法|词)|"
    r"新(?:提法|表述|说法)(?:有哪些|是什么)?$|(?:什么|哪些)(?:提法|表述|说法|词)(?:不再|消失|没有了|不见了|是新的)|"
    r"报告[^,。?]{0,14}(?:相比|对比|比较|[比跟和与]\D{0,4}(?:19|20)\d\d)[^。?]{0,10}(?:什么|哪些|啥)[^,。?]{0,2}(?:变化|不同|新意|亮点|区别|新东西|新内容|新的?$)|"
    r"报告[^。?]{0,14}(?:比|相比)[^。?]{0,10}多了(?:什么|哪些|啥)|(?:两|这)[份年][^,。?]{0,6}报告[^。?]{0,8}(?:什么|哪些|啥)(?:变化|不同|区别)"
)
_CHECKLIST = re.compile(
    r"(?:没有|没|未)(?:提到?|写|提及|涉及|公布)(?:到)?(?:的)?(?:哪些|什么|常用)?(?:主要|常用)?(?:指标|数据)|(?:缺|少)(?:了)?(?:哪些|什么)(?:指标|数据)|指标清单|"
    r"(?:哪些|什么)(?:主要|常用)?(?:指标|数据)(?:没有|没|未)(?:提|写|公布)"
)


# 经济增长目标 is one of them; 经济社会发展目标 are all.
_GROWTH = re.compile(r"经济(?:增长|增速)|增[长速]的?目标")


def whole(query: Query) -> Whole | None:
    """The kind of question, or None where it is about something in particular."""
    text = query.text
    if _SCORECARD.search(text) and (indicators.mentions(text) or _GROWTH.search(text) or OVER_YEARS.search(text)):
        # GDP目标兑现了吗 is about one of them, 历年目标完成情况 about no single report.
        return None
    for found, pattern in ((Whole.CHANGES, _CHANGES), (Whole.CHECKLIST, _CHECKLIST), (Whole.SCORECARD, _SCORECARD)):
        if pattern.search(text):
            return found
    return None
