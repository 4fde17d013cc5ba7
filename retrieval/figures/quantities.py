"""Quantities by their form alone: a number with its unit, and the ways of saying one in words."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from retrieval.figures.digits import JOINT, numbers
from retrieval.figures.forms import worded
from retrieval.figures.spelling import amounts
from retrieval.figures.values import Quantity
from retrieval.lexicon.units import scale
from retrieval.model import Measure

__all__ = ["quantities"]

_QUOTED = re.compile(r"[“‘\"《〈][^”’\"》〉,。;]{1,14}[”’\"》〉]")
_UP_TO = re.compile(r"[^,。;、\d]{0,6}[至到为]了?\s?")
_ENDS = re.compile(r"(?:以[内下])?(?:[,。;、)]|$)")
_QUOTED_FIGURE = re.compile(r"连[增丰冠降升涨快超跨调]")


def quantities(text: str) -> list[Quantity]:
    """Quantities of a folded text in order, not overlapping."""
    quoted = [m.span() for m in _QUOTED.finditer(text) if _is_slogan(m[0])]
    starts = [start for start, _ in quoted]

    def inside(found: Quantity) -> bool:
        place = bisect_right(starts, found.start) - 1
        return place >= 0 and quoted[place][1] >= found.end

    found = [q for q in [*worded(text), *amounts(text), *numbers(text)] if not inside(q)]
    found.sort(key=lambda q: (q.start, -q.end))
    out: list[Quantity] = []
    for quantity in found:
        if not out or quantity.start >= out[-1].end:
            out.append(quantity)
        elif quantity.measure is not None and out[-1].measure is None and quantity.end > out[-1].end:
            out[-1] = quantity
    if out and out[-1].end == len(text) and out[-1].unit and not scale(out[-1].unit)[1]:
        out.pop()  # …稳定在32万: a line that breaks off before the unit
    return _shortened(text, _ranked(text, out))


def _ranked(text: str, found: list[Quantity]) -> list[Quantity]:
    """分别上升56位、60位和13位: members of a list of ranks are ranks."""
    for number in range(1, len(found)):
        before, one = found[number - 1], found[number]
        joined = before.measure is Measure.RANK and one.measure is None and one.unit in ("位", "名")
        if joined and JOINT.fullmatch(text, before.behind, one.start):
            found[number] = replace(one, measure=Measure.RANK, direction=before.direction)
    return found


def _shortened(text: str, found: list[Quantity]) -> list[Quantity]:
    """由224个工作日压至90个: what days are brought down to is days."""
    for number in range(1, len(found)):
        before, one = found[number - 1], found[number]
        alike = before.unit == "个工作日" and one.unit == "个" and one.measure is None
        if alike and _UP_TO.fullmatch(text, before.behind, one.start) and _ENDS.match(text, one.end):
            found[number] = replace(one, unit=before.unit, measure=before.measure)
    return found


def _is_slogan(words: str) -> bool:
    return not _QUOTED_FIGURE.search(words) and len(words) > 2
