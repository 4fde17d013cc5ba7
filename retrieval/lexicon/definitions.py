"""Under which definition an indicator is stated: 一般预算收入 and 一般公共预算收入 are not the same series."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["Definition", "of"]


@dataclass(frozen=True, slots=True)
class Definition:
    """`name` is how it is called; those of one `series` tell of one thing, counted differently."""

    series: str
    name: str


@cache
def _table() -> tuple[tuple[str, Definition], ...]:
    found = [(word, Definition(series, name)) for _, (word, series, name) in rows("definitions.tsv", _COLUMNS)]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


_COLUMNS = ("word", "series", "definition")


@cache
def of(name: str) -> Definition | None:
    """The definition an indicator's name tells; None where it tells none."""
    return next((definition for word, definition in _table() if word in name), None)
