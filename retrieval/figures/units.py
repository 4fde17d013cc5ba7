"""Units of quantities, from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon.numerals import scale
from retrieval.lexicon.table import rows

__all__ = ["UNIT", "UnitKind", "kind", "known"]


class UnitKind(StrEnum):
    """What a unit measures."""

    COUNT = "count"
    PEOPLE = "people"
    MEASURE = "measure"
    MONEY = "money"
    TIME = "time"
    RATE = "rate"


def _load() -> tuple[dict[str, UnitKind], str]:
    """Kinds by unit, and the pattern of all units, longest first."""
    known: dict[str, UnitKind] = {}
    patterns: dict[str, str] = {}
    for number, (unit, word, before) in rows("units.tsv", ("unit", "kind", "before")):
        try:
            known[unit] = UnitKind(word)
        except ValueError as error:
            raise LexiconError(f"units.tsv:{number}: {word} 不是单位种类") from error
        barred = "|".join(re.escape(w) for w in before.split("|") if w)
        patterns[unit] = re.escape(unit) + (f"(?!{barred})" if barred else "")
    return known, "|".join(patterns[unit] for unit in sorted(known, key=len, reverse=True))


_KNOWN, _BASE = _load()
# The scale is lazy: 千 of 千瓦 belongs to the unit.
# 亿元/平方公里, 万元/亩
_PER = (
    r"(?:/(?:平方公里|平方米|立方米|公顷|公里|公斤|千瓦时|百公里|亩|人|吨|户|年|月|天|日|度|头|株|斤|米|生|床|学年))?"
)
UNIT = rf"[十百千万亿萬億]{{0,4}}?\s?(?:{_BASE}){_PER}|[十百千]?[万亿萬億]{{1,2}}|千(?=[一-鿿])"


def known() -> Mapping[str, UnitKind]:
    """All units of the lexicon, as they are written without a scale."""
    return _KNOWN


@cache
def kind(unit: str) -> UnitKind | None:
    """The kind of a unit as written, its scale left out: 万亿元 is money. None for none or a bare scale."""
    if unit in _KNOWN:
        return _KNOWN[unit]
    base = scale(unit)[1]
    return _KNOWN.get(base) or _KNOWN.get(base.split("/", 1)[0])
