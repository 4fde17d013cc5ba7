"""Whether a paragraph plans or reviews, and whether one year or five, by its words alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.lexicon.table import rows

__all__ = ["AFTER_TERMS", "ahead", "marks", "term"]

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BLANK = re.compile(r"[\s*]")
_BITS = 21  # of a character
_GRAM = 2  # characters
_LONGEST = 500  # characters looked at
# Last digits, of five, of the years whose reports follow a plan (2021) or a term of a city (2022) or province (2023).
AFTER_TERMS = frozenset({1, 2, 3})
# What a paragraph of a list opens with.
_DASHES = ("—", "-", "―")


@dataclass(frozen=True, slots=True)
class _Weights:
    """Keys of grams in order and their weights; `marks` of what is no gram, `bias` for any text."""

    keys: NDArray[np.int64]
    weights: NDArray[np.float64]
    marks: Mapping[str, float]
    bias: float


@cache
def _load(table: str) -> _Weights:
    known = {gram: float(weight) for _, (gram, weight) in rows(table, ("gram", "weight"))}
    marks = {gram: known.pop(gram) for gram in list(known) if gram.startswith("(") and len(gram) > _GRAM}
    bias = marks.pop("(bias)")
    keys = np.array([int(_keys(gram)[-1]) for gram in known], dtype=np.int64)
    order = np.argsort(keys)
    return _Weights(keys[order], np.array(list(known.values()))[order], marks, bias)


def _keys(text: str) -> NDArray[np.int64]:
    """A number for each character of a text, then one for each pair."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    return np.concatenate([codes, (codes[:-1] << _BITS) + codes[1:]])


def _score(table: str, text: str, marked: Iterable[str] = ()) -> float:
    known = _load(table)
    seen = _NUMBER.sub("0", _BLANK.sub("", text[:_LONGEST]))
    grams = _keys(seen)
    places = np.minimum(np.searchsorted(known.keys, grams), len(known.keys) - 1)
    found = np.zeros(len(known.keys), dtype=bool)
    found[places[known.keys[places] == grams]] = True
    extra = [known.marks[mark] for mark in marked if mark in known.marks]
    count = int(found.sum()) + len(extra)
    return (float(known.weights[found].sum()) + sum(extra)) / math.sqrt(max(1, count)) + known.bias


def ahead(text: str) -> float:
    """Above zero where the words are those of plans, below where they are those of reviews."""
    return _score("tense.tsv", text)


def marks(text: str, year: int) -> tuple[str, ...]:
    """What besides its words tells the stretch of a paragraph: the year of the report, and whether it is of a list."""
    of_year = f"(year {year % 5})"
    return (of_year, "(dash)") if text.lstrip().startswith(_DASHES) else (of_year,)


def term(text: str, year: int, *, planned: bool) -> float:
    """Above zero where a paragraph of the report of `year` plans or reviews five years, below where it does one."""
    return _score("stretch_planned.tsv" if planned else "stretch_reviewed.tsv", text, marks(text, year))
