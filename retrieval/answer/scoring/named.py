"""What the names of figures tell: how much their words say, and which indicators they name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from retrieval.answer.stated import Fields
from retrieval.answer.weights import grams
from retrieval.figures.others import MADE_OTHER
from retrieval.lexicon import bigrams, indicators, units
from retrieval.model import Measure

__all__ = ["ids_of", "made_of", "worth_of"]

# Pairs that fewer reports use say no more.
_RAREST = 0.004
_AMOUNTS = frozenset((Measure.LEVEL, Measure.COUNT))


def _worth(share: float) -> float:
    """What a pair says that so many of the reports use."""
    return 1.0 + math.log(1.0 / max(share, _RAREST))


@cache
def _worths() -> Mapping[str, float]:
    """What each pair says; those that are not here say as much as the rarest."""
    known = bigrams.pairs()
    worths = {share: _worth(share) for share in set(known.values())}
    return {pair: worths[share] for pair, share in known.items()}


_RARE = _worth(0.0)


@lru_cache(maxsize=4096)
def worth_of(word: str) -> float:
    """How much a word says: the less, the more reports use it."""
    shares = [bigrams.share(gram) for gram in grams(word)]
    return _worth(min(shares)) if shares else 1.0


def made_of(names: Sequence[str]) -> list[tuple[int, float]]:
    """How many grams each name is made of, and what they are worth together."""
    worth = _worths().get
    found: dict[str, tuple[int, float]] = {}
    for name in dict.fromkeys(names):
        own = sorted(set(grams(name)))
        found[name] = len(own), sum([worth(gram, _RARE) for gram in own])
    return [found[name] for name in names]


def ids_of(fields: Fields) -> list[frozenset[str]]:
    """The indicators that each figure is of."""
    named = _named(list(dict.fromkeys(fields.names)))
    return [
        _measured(named[name] | {known} if known else named[name], measure, unit)
        for name, known, measure, unit in zip(fields.names, fields.ids, fields.measures, fields.units, strict=True)
    ]


def _named(names: Sequence[str]) -> dict[str, frozenset[str]]:
    """The indicators that each name names."""
    # 常住 only makes the count of residents precise.
    plain = [name.replace("常住", "") for name in names]
    found: list[list[str]] = [[] for _ in names]
    for number, mention in indicators.mentions_in(plain):
        if not mention.start or not MADE_OTHER.search(plain[number], 0, mention.start):
            found[number].append(mention.indicator.id)
    return {name: frozenset(ids) for name, ids in zip(names, found, strict=True)}


def _measured(ids: frozenset[str], measure: Measure, unit: str) -> frozenset[str]:
    """The indicators that may be told in a unit: 人均可支配收入…日均26.6万人次 is no income."""
    if not ids or not unit or measure not in _AMOUNTS:
        return ids
    return frozenset(key for key in ids if units.compatible(indicators.by_id(key).unit, unit))
