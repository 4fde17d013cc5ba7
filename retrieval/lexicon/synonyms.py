"""What people say for what reports write."""

from __future__ import annotations

from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["pairs"]


@cache
def _table() -> tuple[tuple[str, str], ...]:
    return tuple((said, report) for _, (said, report) in rows("synonyms.tsv", ("said", "written")))


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """(what is said, what reports write) for the sayings in `text`."""
    return tuple((said, report) for said, report in _table() if said in text)
