"""Words as vectors: how near in meaning two words are that share no character (菜场 and 农贸市场).

The table was made from multilingual-e5-small (MIT) in the way of `tools/build_vectors.py`, for the words of the
reports, the most usual other Chinese words and those of the English table. A row has 64 components of one byte.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

__all__ = ["near", "row", "rows", "units"]

_PACKAGE = "retrieval.lexicon"


@cache
def _words() -> list[str]:
    return files(_PACKAGE).joinpath("vectors.txt").read_text(encoding="utf-8").split()


@cache
def _table() -> NDArray[np.int8]:
    with as_file(files(_PACKAGE).joinpath("vectors.npy")) as path:
        found: NDArray[np.int8] = np.load(path)
    return found


@cache
def _lengths() -> NDArray[np.float32]:
    table = _table()
    found = np.empty(len(table), dtype=np.float32)
    for start in range(0, len(table), 4096):
        block = table[start : start + 4096].astype(np.float32)
        found[start : start + 4096] = np.sqrt((block * block).sum(axis=1))
    return found


def row(word: str) -> int:
    """The number of a word's vector; -1 where it has none."""
    words = _words()
    at = bisect_left(words, word)
    return at if at < len(words) and words[at] == word else -1


def rows(words: Sequence[str]) -> list[int]:
    """The numbers of many words' vectors; -1 where a word has none."""
    known = {word: number for number, word in enumerate(_words())}
    return [known.get(word, -1) for word in words]


def near(one: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
    """Cosines of the rows `one` with the rows `others`: a matrix, 0 where a row is missing."""
    found: NDArray[np.float32] = units(one) @ units(others).T
    return found


def units(numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    """The vectors of these rows, each of length 1: a row each, zeros where it is missing."""
    found = _table()[numbers].astype(np.float32)
    found /= _lengths()[numbers][:, None]
    found[numbers < 0] = 0.0
    return found
