"""The verdict on a claim: what the reports say of the very thing in the very frame, or why nothing is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from retrieval.model import Status
from retrieval.verify import matter
from retrieval.verify.causes import explained, same_figure, written_alike
from retrieval.verify.equality import Likeness
from retrieval.verify.evidence import Evidence, Facet
from retrieval.verify.values import Cause, Claim, Missing, Verdict

__all__ = ["Judgement", "judge"]


# Causes that name the frame in which the report tells the claim's number.
_FRAMES = frozenset({Cause.YEAR, Cause.STATUS})
# A figure of another place, kind or unit helps nobody who looks for the claim's.
_APART = frozenset({Facet.PLACE, Facet.KIND, Facet.UNIT})


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the figure that gives it, and where the claim's value is from."""

    verdict: Verdict
    evidence: Evidence | None = None
    cause: Cause | None = None
    source: Evidence | None = None
    missing: Missing | None = None

    @property
    def chance(self) -> float:
        """The likelihood that the figure is of what the claim is of."""
        return self.evidence.chance if self.evidence else 0.0


def judge(
    claim: Claim,
    found: Sequence[Evidence],
    above: Callable[[], Iterable[Evidence]],
    taken: Callable[[Evidence], bool] = lambda _: False,
) -> Judgement:
    """The verdict on a claim by the figures `found` for it, the likeliest first. `above` looks into the reports of the
    places over its place, where that is needed. `taken` tells of a figure whether it rather bears out another claim.

    How likely a figure must be of the claim's thing to bear it out or to deny it is calibrated (tools/fit_verify.py).
    """
    limits = matter.weights("limit")
    framed = [e for e in found if e.framed]
    best = framed[0] if framed else None
    firm = next((e for e in framed if e.firm), None)
    denied = firm is not None and firm.chance >= limits["denies"] and not firm.agrees
    agreeing = [e for e in framed if e.agrees and not (denied and taken(e))]
    exact = [e for e in agreeing if e.likeness is Likeness.SAME]
    for group in (exact, agreeing):
        if group and best and group[0].chance >= limits["bears"] and _odds(group[0]) >= limits["beside"] * _odds(best):
            final = _final(group[0], framed, limits["denies"])
            if final is not None:
                return Judgement(Verdict.NEAR, final, Cause.REVISED, group[0])
            return Judgement(Verdict.SAME if group is exact else Verdict.NEAR, group[0])
    dressed = [(how, e) for e in found if e.chance >= limits["denies"] and (how := same_figure(claim, e)) is not None]
    told = [(how, e) for how, e in dressed if how is not Cause.SCALE or written_alike(claim.figure, e.figure)]
    if told and (best is None or told[0][1].chance >= best.chance or told[0][0] is Cause.UNIT):
        return Judgement(Verdict.DIFFERENT, told[0][1], told[0][0])
    if firm is not None and firm.chance >= limits["explained"] and not firm.agrees:
        why = explained(claim, firm, found, above() if firm.chance >= limits["denies"] else ())
        # That the number is told of something else makes it likelier that it is wrong here.
        sure = why.source is not None and why.source.chance >= limits["denies"] and why.cause in _FRAMES
        if firm.chance >= limits["denies"] or sure:
            return Judgement(Verdict.DIFFERENT, firm, why.cause, why.source)
    return _unfound(found, limits["explained"])


def _unfound(found: Sequence[Evidence], likely: float) -> Judgement:
    """Nothing bears the claim out or denies it: with the figure that comes nearest to it, where one rather is of its
    thing than not. One that tells the claim's number comes before others."""
    near = [e for e in found if e.chance >= likely]
    agreeing = max((e for e in near if e.agrees), key=_odds, default=None)
    if agreeing is not None:
        missing = Missing.UNSURE if agreeing.framed else Missing.ELSEWHERE
        return Judgement(Verdict.UNFOUND, agreeing, missing=missing)
    nearest = max((e for e in near if not e.differs & _APART), key=_odds, default=None)
    if nearest is not None and nearest.framed:
        return Judgement(Verdict.UNFOUND, nearest, missing=Missing.UNSURE)
    return Judgement(Verdict.UNFOUND, nearest, missing=Missing.UNMENTIONED)


def _final(held: Evidence, framed: Sequence[Evidence], sure: float) -> Evidence | None:
    """The final figure that a later report tells instead of an estimate."""
    if held.figure.status is not Status.ESTIMATED:
        return None
    later = (e for e in framed if e.loaded.row.year > held.loaded.row.year and not e.agrees)
    return next((e for e in later if e.chance >= sure and e.figure.period == held.figure.period), None)


def _odds(evidence: Evidence) -> float:
    return evidence.chance / max(1e-6, 1.0 - evidence.chance)
