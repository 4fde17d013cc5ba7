"""How usual a character pair is in government work reports."""

from __future__ import annotations

from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["share"]


@cache
def _table() -> dict[str, float]:
    found: dict[str, float] = {}
    for _, (permille, pairs) in rows("bigrams.tsv", ("permille", "pairs")):
        part = int(permille) / 1000
        for at in range(0, len(pairs), 2):
            found[pairs[at : at + 2]] = part
    return found


def share(pair: str) -> float:
    """The share of reports a pair stands in; 0 for pairs reports hardly use."""
    return _table().get(pair, 0.0)
