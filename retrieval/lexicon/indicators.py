"""Statistical indicators: by id, and found in text under any of their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon.table import rows
from retrieval.model import Indicator

__all__ = ["Mention", "by_id", "load", "mentions"]

_COLUMNS = ("id", "name", "group", "aliases", "unit", "kinds")


@dataclass(frozen=True, slots=True)
class Mention:
    """An indicator named in a text."""

    start: int
    end: int
    indicator: Indicator


@cache
def _table() -> tuple[dict[str, Indicator], dict[str, Indicator], re.Pattern[str]]:
    known: dict[str, Indicator] = {}
    names: dict[str, Indicator] = {}
    for number, (key, name, group, aliases, unit, kinds) in rows("indicators.tsv", _COLUMNS):
        indicator = Indicator(key, name, group, tuple(aliases.split("|")), unit, tuple(kinds.split(",")))
        known[key] = indicator
        for alias in indicator.aliases:
            if alias.lower() in names:
                raise LexiconError(f"indicators.tsv:{number}: {alias} 已属于 {names[alias.lower()].id}")
            names[alias.lower()] = indicator
    longest = sorted(names, key=len, reverse=True)
    words = [rf"(?<![a-z]){re.escape(n)}(?![a-z])" if n.isascii() else re.escape(n) for n in longest]
    return known, names, re.compile("|".join(words))


def load() -> tuple[Indicator, ...]:
    """All indicators. Raises LexiconError."""
    return tuple(_table()[0].values())


def by_id(key: str) -> Indicator:
    """Raises KeyError."""
    return _table()[0][key]


def mentions(text: str) -> list[Mention]:
    """Indicators named in `text`, leftmost and longest, without regard to case."""
    _, names, pattern = _table()
    return [Mention(m.start(), m.end(), names[m[0]]) for m in pattern.finditer(text.lower())]
