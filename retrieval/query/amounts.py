"""生产总值及其增速: the amount that stands before a growth that is joined to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.model import Measure
from retrieval.query.values import Ask, Slot

__all__ = ["with_amounts"]

# An amount, a joining word, and the growth of the same.
_AND_GROWTH = re.compile(
    r",?(?:及其?|和|与|、|跟|还有|连同|以及)(?:其|它的?|各自)?(?:(?:过去|近|这)?五年的?)?(?:同比|年均|(?:比|较|相对|相比|相较)于?上一?年|相应|具体)?的?(?:增速|增幅|增长率|涨幅|降幅|升幅|增减幅?|变动的?百分比|变动幅度|变动率|变化幅度)"
    r"(?=[,。?;、\s]|$|各|分别|是|为|多少|怎|如何|情况|目标)"
)


def with_amounts(slots: Sequence[Slot], text: str) -> list[Slot]:
    """The slots, the amount before each growth that is asked for without one where `text` joins the two."""
    if not _AND_GROWTH.search(text):
        return list(slots)
    out: list[Slot] = []
    for slot in slots:
        amounts = (s for s in slots if s.words == slot.words and s.ask.measure in (None, Measure.LEVEL))
        if slot.ask.measure is Measure.GROWTH and not any(amounts):
            out.append(replace(slot, ask=Ask()))
        out.append(slot)
    return out
