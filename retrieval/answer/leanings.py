"""What makes one of two figures that fit alike the likelier answer: small factors on a match's score."""

from __future__ import annotations

import re

from retrieval.answer.library import Stated
from retrieval.model import plain
from retrieval.query import Slot

__all__ = ["CROSSED", "leaning"]

# A line that was crossed is stated beside the amount itself.
CROSSED = frozenset({"跨越", "迈上", "跨过", "迈过", "突破", "过", "跨"})
# A number that the question itself names is hardly what it asks for.
_GIVEN = 0.3
# 新增30万千瓦，累计达到65万千瓦: who asks for the sum is given it.
_SUMMED = re.compile(r"累计|总数|总共|合计|共")


def leaning(stated: Stated, slot: Slot, *, place: str, inner: str) -> float:
    """The product of the factors, 1 where none applies. `place` is the reports' own, `inner` one inside it."""
    figure = stated.figure
    factor = 1.0
    if figure.place and figure.place != place and not inner:
        factor *= 0.9
    if figure.qualifier in CROSSED:
        factor *= 0.85
    if slot.given and figure.value is not None and plain(figure.value) in slot.given:
        factor *= _GIVEN
    if slot.since and _SUMMED.search(stated.clause):
        factor *= 1.1
    if "新增" in stated.indicator and "新" not in slot.words + slot.context:
        factor *= 0.9
    return factor
