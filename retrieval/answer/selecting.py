"""From scored figures to those that were asked: one, or as many as the question names."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.matching import Match, fits_ask
from retrieval.answer.weights import Weights
from retrieval.query import Ask, Query

__all__ = ["select"]

# At most this many figures are given: a list of all districts' targets has about ten.
MOST = 12
# A further figure must bring in this share of the question's words, or answer another kind of ask.
GAIN = 0.12
# Words already answered by a figure chosen before count this much for the next.
SEEN = 0.3


def select(query: Query, weights: Weights, matches: Sequence[Match]) -> list[Match]:
    """The figures asked, best first. `matches` must be sorted by falling score."""
    if not matches:
        return []
    first = matches[0]
    chosen = [first]
    asks = list(query.asks) or [Ask()]
    if not query.several and len(asks) == 1:
        return chosen
    near = [m for m in matches[1:120] if m.loaded is first.loaded and m.score >= 0.45 * first.score]
    while len(chosen) < MOST:
        best = max(near, key=lambda m: _gain(m, chosen, asks, weights), default=None)
        if best is None or _gain(best, chosen, asks, weights) < GAIN:
            break
        chosen.append(best)
        near.remove(best)
    chosen.sort(key=lambda m: m.figure.span.start)
    return chosen


def _gain(match: Match, chosen: Sequence[Match], asks: Sequence[Ask], weights: Weights) -> float:
    """What a further figure adds: words not answered yet, kinds of ask not answered yet; in the same place at best."""
    if any(m.figure.span == match.figure.span and m.figure.indicator == match.figure.indicator for m in chosen):
        return 0.0
    new = 0.0
    for n, gram in enumerate(weights.grams):
        held = max((m.covered[n] for m in chosen), default=0.0)
        new += gram.weight * max(0.0, match.covered[n] - held)
    words = new / weights.total if weights.total else 0.0
    answered = {_ask(m, asks) for m in chosen}
    kind = _ask(match, asks)
    same_words = match.share >= 0.8 * max(m.share for m in chosen)
    other_kind = 0.3 if kind not in answered and match.fit >= 0.9 and same_words else 0.0
    near = 1.0 if any(abs(m.stated.sentence - match.stated.sentence) <= 1 for m in chosen) else 0.6
    return (words + other_kind) * near


def _ask(match: Match, asks: Sequence[Ask]) -> int:
    """Which ask a figure answers best."""
    return max(range(len(asks)), key=lambda n: fits_ask(match.figure, asks[n]))
