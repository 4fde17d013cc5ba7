"""Words that tell things of one kind apart: 城镇 and 农村, 进口 and 出口."""

from __future__ import annotations

from functools import cache, lru_cache

from retrieval.lexicon.table import rows

__all__ = ["opposed"]


@cache
def _groups() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Of each group its sides, each the words that name it."""
    return tuple(
        tuple(tuple(side.split("|")) for side in sides.split())
        for _, (_, sides) in rows("opposed.tsv", ("group", "sides"))
    )


@lru_cache(maxsize=16384)
def _sides(text: str) -> tuple[frozenset[int], ...]:
    """Of each group the sides a text names."""
    return tuple(frozenset(n for n, side in enumerate(group) if any(w in text for w in side)) for group in _groups())


def opposed(one: str, other: str) -> int:
    """In how many groups two names are on different sides."""
    return sum(bool(a and b and not a & b) for a, b in zip(_sides(one), _sides(other), strict=True))
