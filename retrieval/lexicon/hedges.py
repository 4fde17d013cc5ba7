"""What the words beside a figure (左右, 以上, 突破, 近) make of its number."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["Hedge", "of"]


class Hedge(StrEnum):
    """How a figure's number stands to what it tells of."""

    EXACT = "exact"
    ABOVE = "above"
    LEAST = "least"
    BELOW = "below"
    MOST = "most"
    ABOUT = "about"


@cache
def _table() -> dict[str, Hedge]:
    return {word: Hedge(kind) for _, (word, kind) in rows("hedges.tsv", ("word", "kind"))}


def of(qualifier: str) -> Hedge:
    """The hedge of a figure's qualifier; a word the table does not have leaves the number uncertain."""
    return _table().get(qualifier, Hedge.ABOUT) if qualifier else Hedge.EXACT
