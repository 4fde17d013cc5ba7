"""How usual a character pair is in government work reports."""

from __future__ import annotations

from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["pairs", "share"]


@cache
def pairs() -> dict[str, float]:
    """Pairs with the share of reports each stands in. Not to be changed."""
    found: dict[str, float] = {}
    for _, (permille, pairs) in rows("bigrams.tsv", ("permille", "pairs")):
        part = int(permille) / 1000
        for at in range(0, len(pairs), 2):
            found[pairs[at : at + 2]] = part
    return found


def share(pair: str) -> float:
    """The share of reports a pair stands in; 0 for pairs reports hardly use."""
    return pairs().get(pair, 0.0)
