"""Why a claim differs: where its value does stand, and in what the frame it stands in differs from the claim's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.answer.across.comparable import magnitude, unit_class
from retrieval.answer.scoring.columns import years
from retrieval.answer.weights import grams
from retrieval.model import Figure
from retrieval.verify.equality import comparable, digits_of
from retrieval.verify.evidence import Evidence, Facet
from retrieval.verify.values import Cause, Claim

__all__ = ["Explanation", "explained", "same_figure", "written_alike"]

# A figure with the claim's value tells where it is from if it is of the same thing with this likelihood.
_OF_IT = 0.3
_RATE_UNITS = frozenset(("%", "％", "‰", "个百分点"))
_HALVES = (("城镇", "农村"), ("城市", "农村"), ("城镇", "农民"), ("城市", "农民"))
# Of a single digit nothing is known but that it is another.
_TELLING = 2


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a differing claim most likely is, and the figure that its value is of."""

    cause: Cause
    source: Evidence | None = None


def same_figure(claim: Claim, evidence: Evidence) -> Cause | None:
    """How a claim is the report's very figure in another dress: its sign turned, its scale, its unit."""
    own, other = claim.figure, evidence.figure
    if own.value is None or other.value is None:
        return None
    one, two = magnitude(own), magnitude(other)
    if one is None or two is None:
        return None
    if not evidence.differs - {Facet.KIND} and one == -two and one:
        return Cause.SIGN
    digits = bool(digits_of(own)) and digits_of(own) == digits_of(other)
    if digits and comparable(own, other) and one != two and not evidence.differs - {Facet.KIND}:
        return Cause.SCALE if own.direction * other.direction >= 0 else Cause.SIGN
    if own.value == other.value and Facet.UNIT in evidence.differs and not evidence.differs - {Facet.UNIT, Facet.KIND}:
        return Cause.UNIT
    return None


def explained(claim: Claim, best: Evidence, every: Sequence[Evidence], above: Iterable[Evidence]) -> Explanation:
    """The likeliest explanation of a claim that `best` denies. `every` are the figures of the reports looked into,
    `above` those of the places over the claim's that have its number."""
    dressed = same_figure(claim, best)
    if dressed is not None and (dressed is not Cause.SCALE or written_alike(claim.figure, best.figure)):
        return Explanation(dressed, best)
    valued = [e for e in every if _valued(claim.figure, e.figure)]
    for one in valued:
        if _of_other_half(claim, one) and not one.differs & {Facet.PERIOD, Facet.STATUS}:
            return Explanation(Cause.HALF, one)
    found = [(cause, e) for e in valued if e.chance >= _OF_IT and (cause := _by_frame(claim, e)) is not None]
    # The frame that differs in the fewest ways tells best: the target of the very year goes before that of another.
    found.sort(key=lambda one: (len(one[1].differs), -one[1].chance))
    if found:
        return Explanation(*found[0])
    beside = [e for e in valued if _beside(e, best) and unit_class(e.figure) == unit_class(claim.figure)]
    over = [e for e in above if e.chance >= _OF_IT and _valued(claim.figure, e.figure) and _framed_above(e)]
    if over and (not beside or over[0].chance > _SURE):
        return Explanation(Cause.PLACE, over[0])
    if beside:
        return Explanation(Cause.NEIGHBOUR, beside[0])
    if dressed is not None:
        return Explanation(dressed, best)
    if _mistyped(claim.figure, best.figure):
        return Explanation(Cause.DIGITS)
    return Explanation(Cause.OTHER)


_SURE = 0.8


def written_alike(own: Figure, other: Figure) -> bool:
    """Whether two figures are written with one number, and only the scale behind it is another: 5万, 5亿."""
    return own.value == other.value


def _valued(own: Figure, other: Figure) -> bool:
    """Whether two figures have one value in units of one class."""
    return own.value is not None and unit_class(own) == unit_class(other) and magnitude(own) == magnitude(other)


def _framed_above(evidence: Evidence) -> bool:
    return not evidence.differs - {Facet.PLACE, Facet.KIND}


def _by_frame(claim: Claim, evidence: Evidence) -> Cause | None:
    """What the facets that differ make of a figure with the claim's value."""
    differs = evidence.differs
    if Facet.PERIOD in differs:
        first, last = years(evidence.figure.period)
        return Cause.SPAN if last > first and len(claim.figure.period) == _ONE_YEAR else Cause.YEAR
    if Facet.PLACE in differs:
        return Cause.PLACE if evidence.loaded.row.place != claim.place else Cause.PART
    if Facet.PART in differs:
        return Cause.PART
    if Facet.STATUS in differs:
        return Cause.STATUS
    if Facet.KIND in differs or Facet.UNIT in differs:
        return Cause.UNIT if {claim.figure.unit, evidence.figure.unit} <= _RATE_UNITS else Cause.MEASURE
    return None


_ONE_YEAR = 4


def _of_other_half(claim: Claim, evidence: Evidence) -> bool:
    """Whether a figure is of the country where the claim is of towns, or the reverse, and else of the same."""
    name, other = claim.name, evidence.stated.indicator
    return any(
        (one in name and two in other and one not in other) or (two in name and one in other and two not in other)
        for one, two in _HALVES
    ) and bool(set(grams(_HALF.sub("", name))) & set(grams(_HALF.sub("", other))))


_HALF = re.compile(r"城镇|城市|农村|农民|常住|居民|人均")


def _beside(evidence: Evidence, best: Evidence) -> bool:
    """Whether a figure stands beside the one that should have been told."""
    near = abs(evidence.stated.sentence - best.stated.sentence) <= 1 and evidence.stated.passage == best.stated.passage
    return evidence.loaded is best.loaded and near


def _mistyped(own: Figure, other: Figure) -> bool:
    """Whether two numbers of as many digits differ in one of them, or in the order of two."""
    one, two = digits_of(own), digits_of(other)
    if len(one) != len(two) or len(one) < _TELLING or unit_class(own) != unit_class(other):
        return False
    apart = [n for n, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    if len(apart) == 1:
        return len(one) > _TELLING
    return (
        len(apart) == 2
        and apart[1] - apart[0] == 1
        and one[apart[0]] == two[apart[1]]
        and one[apart[1]] == two[apart[0]]
    )
