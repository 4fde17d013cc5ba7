"""Questions for a place's share of what it lies in: 长沙GDP占全省的比重. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from retrieval.lexicon import indicators, units
from retrieval.model import Measure
from retrieval.query.across_slots import common_slots
from retrieval.query.values import Ask, Query, Slot

__all__ = ["Shared", "shared"]

# 占全省的比重, 在全国占比多少: normalising has made 占湖南省 of a place in it 占全省.
_PART = re.compile(
    r"(?:占(?:了|到|据)?\s*(?P<whole>全[省区市州国])(?:全[省区市州国])?[^,。?;]{0,10}?(?:比重|比例|份额|几成|百分之几|多[少大])|"
    r"在\s*(?P<inside>全[省区市州国])[^,。?;第位]{0,6}?(?:占比|占多[少大]|占几成|比重|份额))"
    r"(?:是|为|有|达到?)?(?:多少|几成|百分之几)?"
)


@dataclass(frozen=True, slots=True)
class Shared:
    """The amount whose share is asked for, and of what: 全省, 全国, 全市."""

    slot: Slot
    whole: str


def shared(query: Query) -> Shared | None:
    """The share asked for; None where the question is about something else."""
    match = _PART.search(query.rest)
    if match is None or not query.places:
        return None
    blank = query.rest[: match.start()] + " " * len(match[0]) + query.rest[match.end() :]
    named = [mention.indicator for mention in indicators.mentions(blank)]
    if not named or any(units.kind(one.unit) == "rate" for one in named):
        return None
    slot = common_slots(replace(query, rest=blank, asks=()), ())[0]
    return Shared(replace(slot, ask=Ask(Measure.LEVEL), status=None), match["whole"] or match["inside"])
