"""Words of reports that tell of the same thing: 遇难 and 死亡, 取消 and 废止."""

from __future__ import annotations

from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["alike"]


@cache
def _families() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for _, (words, _field) in rows("alike.tsv", ("words", "field")):
        family = words.split("|")
        for word in family:
            found.setdefault(word, {}).update(dict.fromkeys(family))
    return {word: tuple(other for other in others if other != word) for word, others in found.items()}


def alike(word: str) -> tuple[str, ...]:
    """Other words that may tell of the same."""
    return _families().get(word, ())
