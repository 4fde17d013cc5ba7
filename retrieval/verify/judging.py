"""The verdict on a claim: what the reports say of the very thing in the very frame, or why nothing is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from retrieval.verify.causes import Explanation, explained, same_figure
from retrieval.verify.equality import Likeness
from retrieval.verify.evidence import Evidence, Facet
from retrieval.verify.values import Cause, Claim, Missing, Verdict

__all__ = ["Judgement", "judge"]

# A figure with the claim's number bears it out from this likelihood on, or from this share of the best one's.
_BEARS, _AS_GOOD = 0.05, 0.25
_DENIES = 0.8


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the figure that gives it, and where the claim's value is from."""

    verdict: Verdict
    evidence: Evidence | None = None
    cause: Cause | None = None
    source: Evidence | None = None
    missing: Missing | None = None
    chance: float = 0.0


def judge(claim: Claim, found: Sequence[Evidence], above: Callable[[], Iterable[Evidence]]) -> Judgement:
    """The verdict on a claim by the figures `found` for it, the likeliest first; `above` looks into the reports of the
    places over its place, where that is needed."""
    framed = [e for e in found if e.framed]
    best = framed[0] if framed else None
    agreeing = [e for e in framed if e.agrees]
    exact = [e for e in agreeing if e.likeness is Likeness.SAME]
    for group in (exact, agreeing):
        if group and best and group[0].chance >= max(_BEARS, _AS_GOOD * best.chance):
            verdict = Verdict.SAME if group[0].likeness is Likeness.SAME else Verdict.NEAR
            return Judgement(verdict, group[0], chance=group[0].chance)
    dressed = [(cause, e) for e in found if e.chance >= _DENIES and (cause := same_figure(claim, e)) is not None]
    if dressed and (best is None or dressed[0][1].chance >= best.chance or dressed[0][0] is Cause.UNIT):
        return Judgement(Verdict.DIFFERENT, dressed[0][1], dressed[0][0], chance=dressed[0][1].chance)
    if best is not None and best.chance >= _DENIES:
        why = explained(claim, best, found, above())
        return Judgement(Verdict.DIFFERENT, best, why.cause, why.source, chance=best.chance)
    return Judgement(Verdict.UNFOUND, best or (found[0] if found else None), missing=Missing.UNMENTIONED)
