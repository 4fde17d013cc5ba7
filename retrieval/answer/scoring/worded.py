"""How far the words of a slot are those of each figure: by their characters, and in meaning.

Many readings of a question ask for other kinds of figures in the same words: what was found for the words is remembered
beside the report's columns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retrieval import tokens
from retrieval.answer.scoring.columns import Columns
from retrieval.answer.scoring.named import worth_of
from retrieval.answer.weights import CONTEXT, Weights
from retrieval.query import Slot

__all__ = ["NEAR", "WORDS", "nearness", "words"]

Floats = NDArray[np.float64]

# The rows of `words` and `nearness`, in their order.
WORDS = (
    "name_own",
    "clause_own",
    "sentence_own",
    "name_context",
    "clause_context",
    "sentence_context",
    "name_own_share",
    "clause_own_share",
    "sentence_own_share",
    "name_known",
    "name_known_worth",
    "name_unknown",
    "name_exact",
)
NEAR = (
    "near_name_own",
    "near_clause_own",
    "near_sentence_own",
    "near_name_all",
    "near_clause_all",
    "near_sentence_all",
)
# Other ways to write a word: so many are looked for, and count this much beside the word itself.
_OTHERS, _OTHER = 6, 0.8
# More weight of words than this says no more.
_MUCH = 12.0


def words(slot: Slot, weights: Weights, columns: Columns) -> Floats:
    """The words of the slot, and of its context, in each figure's name, clause and sentence: a row for each of WORDS.
    Not to be changed."""
    key = ("words", slot.words, weights.grams, weights.known)
    return columns.once(key, lambda: _words(slot, weights, columns))


def _words(slot: Slot, weights: Weights, columns: Columns) -> Floats:
    own, around = np.zeros((3, columns.size)), np.zeros((3, columns.size))
    weighed = np.empty_like(own)
    total = 0.0
    for gram in weights.grams:
        total += gram.weight if gram.own else 0.0
        held = columns.holding(gram.text)
        for other in gram.others[:_OTHERS]:
            held = np.maximum(held, _OTHER * columns.holding(other))
        sums = own if gram.own else around
        sums += np.multiply(held, gram.weight, out=weighed)
    known, worth, unknown = columns.known(weights.known)
    found = np.empty((len(WORDS), columns.size))
    found[0:3] = np.minimum(own, _MUCH) / 4.0
    found[3:6] = np.minimum(around / CONTEXT, _MUCH) / 4.0
    found[6:9] = own / (total + 1e-6)
    found[9] = known
    found[10] = worth
    found[11] = np.minimum(unknown, _MUCH) / 4.0
    found[12] = columns.named_exactly(slot.words.lower())
    return found


def nearness(slot: Slot, columns: Columns) -> Floats:
    """How near in meaning the words of the slot, and of the whole question, are to those of each figure: a row for each
    of NEAR. Not to be changed."""
    return columns.once(("near", slot.words, slot.context), lambda: _nearness(slot, columns))


def _nearness(slot: Slot, columns: Columns) -> Floats:
    own = [word for word in tokens.words(slot.words) if len(word) > 1]
    around = [word for word in tokens.words(slot.context) if len(word) > 1 and word not in own]
    found = np.empty((len(NEAR), columns.size))
    sums = np.zeros((3, columns.size))
    total = 0.5
    near = columns.near([*own, *around])
    for number, group in enumerate((own, around)):
        for word in group:
            sums += worth_of(word) * near[word]
            total += worth_of(word)
        found[3 * number : 3 * number + 3] = sums / total
    return found
