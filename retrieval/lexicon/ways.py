"""Words of questions that say which way something went."""

from __future__ import annotations

import re
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon.table import rows

__all__ = ["supposed"]

_WAYS = {"rise": 1, "fall": -1, "either": 0, "none": None}


@cache
def _table() -> tuple[re.Pattern[str], dict[str, int | None]]:
    found: dict[str, int | None] = {}
    for number, (word, way) in rows("ways.tsv", ("word", "way")):
        if way not in _WAYS:
            raise LexiconError(f"ways.tsv:{number}: 未知的方向 {way}")
        found[word] = _WAYS[way]
    # Longest first, so that 涨跌 is not read as 涨.
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True)))), found


def supposed(text: str) -> frozenset[int]:
    """The ways a question says something went: 1 up, -1 down, 0 where it leaves it open (涨了还是跌了)."""
    pattern, table = _table()
    said = (table[match[0]] for match in pattern.finditer(text))
    return frozenset(way for way in said if way is not None)
