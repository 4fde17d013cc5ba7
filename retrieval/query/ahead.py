"""Whether a question about a year looks ahead in that year's own report or back from the next one's.

The report of year Y holds the plans of Y and the results of Y - 1. Words of plan and result tell less than they seem
to (想问一下, 预计增长 and 规划局 plan nothing), so all of a question's words are weighed together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from retrieval.lexicon.table import rows
from retrieval.model import Status
from retrieval.query import asks
from retrieval.query.values import Period

__all__ = ["ahead", "grams", "marked", "single"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BLANK = re.compile(r"\s")
_RUN = re.compile(r"Y[Y\s]*|P+")


@cache
def _weights() -> dict[str, float]:
    return {gram: float(weight) for _, (gram, weight) in rows("asked_ahead.tsv", ("gram", "weight"))}


def single(periods: Sequence[Period]) -> tuple[int, int] | None:
    """First and last of the years named, where that is one year or two that follow each other."""
    years = [(p.first, p.last) for p in periods if not p.relative]
    if not years:
        return None
    first, last = min(y for y, _ in years), max(y for _, y in years)
    return (first, last) if last - first <= 1 else None


def marked(text: str, rest: str, spans: Sequence[tuple[int, int]]) -> str:
    """A question with Y for its period words, P for its places and 0 for other numbers. `rest` is `text` with its
    period words blanked."""
    signs = ["Y" if one != other else one for one, other in zip(text, rest, strict=True)]
    for start, end in spans:
        signs[start:end] = "P" * (end - start)
    return _NUMBER.sub("0", _BLANK.sub("", _RUN.sub(lambda m: m[0][0], "".join(signs))))


def grams(seen: str, *, two: bool) -> frozenset[str]:
    """Characters and pairs of a marked question, the status its words name, and whether it names two years."""
    found = {one + other for one, other in pairwise(seen)} | set(seen) | {"(bias)"}
    worded = asks.status(seen)
    if worded in (Status.TARGET, Status.ACTUAL):
        found.add(f"({worded.value})")
    return frozenset(found | {"(two)"} if two else found)


def ahead(text: str, rest: str, spans: Sequence[tuple[int, int]], periods: Sequence[Period]) -> float:
    """How likely the report of the last year named is meant rather than the next one's, from 0 to 1."""
    years = single(periods)
    weights = _weights()
    two = years is not None and years[0] < years[1]
    score = sum(weights.get(gram, 0.0) for gram in grams(marked(text, rest, spans), two=two))
    return 1 / (1 + math.exp(-score))
