"""Questions who was first to reach an amount: 哪个市GDP最先过万亿. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.lexicon import indicators
from retrieval.model import Measure
from retrieval.query.across_places import group_of
from retrieval.query.across_slots import common_slots
from retrieval.query.across_values import Across, Group, Shape
from retrieval.query.bounds import bounds
from retrieval.query.values import Ask, Query

__all__ = ["earliest"]

_FIRST = re.compile(
    r"最早|最先|率先|首个|首座|第一个|头一个|第一座|首先|哪一?年(?:首次|第一次|才|开始)?|什么时候|何时|\b(?:first|earliest|when)\b",
    re.IGNORECASE,
)
_BEYOND = frozenset((">", ">="))


def earliest(query: Query, said: str, places: tuple[int, ...]) -> Across | None:
    """Who of a group, or of the places listed, first reached an amount; None where that is not asked."""
    limits = bounds(said)
    if len(limits) != 1 or limits[0].relation not in _BEYOND or not _FIRST.search(said) or query.periods:
        return None
    group: Group | None = group_of(query, said, places)
    if (group is None and not places) or not indicators.mentions(query.content):
        return None
    slot = common_slots(query, ())[0]
    if slot.ask.measure not in (None, Measure.LEVEL):
        return None
    slot = replace(slot, words=" ".join(_FIRST.sub(" ", slot.words).split()))
    return Across(
        Shape.EARLIEST,
        () if group is not None else places,
        (replace(slot, ask=Ask(Measure.LEVEL), status=None),),
        group=group,
        bounds=limits,
    )
