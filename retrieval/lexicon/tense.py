"""Whether a paragraph plans or reviews, by its words alone."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise

from retrieval.lexicon.table import rows

__all__ = ["ahead"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BLANK = re.compile(r"[\s*]")
_LONGEST = 500  # characters looked at


@cache
def _weights() -> dict[str, float]:
    return {gram: float(weight) for _, (gram, weight) in rows("tense.tsv", ("gram", "weight"))}


def ahead(text: str) -> float:
    """Above zero where the words are those of plans, below where they are those of reviews."""
    weights = _weights()
    seen = _NUMBER.sub("0", _BLANK.sub("", text[:_LONGEST]))
    grams = ({one + other for one, other in pairwise(seen)} | set(seen)) & weights.keys()
    return sum(weights[gram] for gram in grams) / math.sqrt(max(1, len(grams))) + weights["(bias)"]
