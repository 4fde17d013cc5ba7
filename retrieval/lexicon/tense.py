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
def _weights() -> tuple[dict[str, float], dict[tuple[str, str], float], float]:
    """Weights of characters and of pairs of them, and what is added to all."""
    known = {gram: float(weight) for _, (gram, weight) in rows("tense.tsv", ("gram", "weight"))}
    bias = known.pop("(bias)")
    single = {gram: weight for gram, weight in known.items() if len(gram) == 1}
    return single, {(gram[0], gram[1]): weight for gram, weight in known.items() if len(gram) == 2}, bias


def ahead(text: str) -> float:
    """Above zero where the words are those of plans, below where they are those of reviews."""
    single, double, bias = _weights()
    seen = _NUMBER.sub("0", _BLANK.sub("", text[:_LONGEST]))
    ones, pairs = set(seen) & single.keys(), set(pairwise(seen)) & double.keys()
    # Sets have no order of their own: fsum gives every run the same sum.
    total = math.fsum([*map(single.__getitem__, ones), *map(double.__getitem__, pairs)])
    return total / math.sqrt(max(1, len(ones) + len(pairs))) + bias
