"""Whether a paragraph plans or reviews, by its words alone."""

from __future__ import annotations

import math
import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.lexicon.table import rows

__all__ = ["ahead"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BLANK = re.compile(r"[\s*]")
_BITS = 21  # of a character
_LONGEST = 500  # characters looked at


@cache
def _weights() -> tuple[NDArray[np.int64], NDArray[np.float64], float]:
    """Keys of characters and of pairs of them in order, their weights, and what is added to all."""
    known = {gram: float(weight) for _, (gram, weight) in rows("tense.tsv", ("gram", "weight"))}
    bias = known.pop("(bias)")
    keys = np.array([int(_keys(gram)[-1]) for gram in known], dtype=np.int64)
    order = np.argsort(keys)
    return keys[order], np.array(list(known.values()))[order], bias


def _keys(text: str) -> NDArray[np.int64]:
    """A number for each character of a text, then one for each pair."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    return np.concatenate([codes, (codes[:-1] << _BITS) + codes[1:]])


def ahead(text: str) -> float:
    """Above zero where the words are those of plans, below where they are those of reviews."""
    keys, weights, bias = _weights()
    seen = _NUMBER.sub("0", _BLANK.sub("", text[:_LONGEST]))
    grams = _keys(seen)
    places = np.minimum(np.searchsorted(keys, grams), len(keys) - 1)
    found = np.zeros(len(keys), dtype=bool)
    found[places[keys[places] == grams]] = True
    return float(weights[found].sum()) / math.sqrt(max(1, int(found.sum()))) + bias
