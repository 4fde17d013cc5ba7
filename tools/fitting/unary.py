"""How well single figures fit a slot: a conditional logit over all figures in the slot's scope.

A slot's likelihood is the share of the right figures among all, each weighing the exponential of its features' weights.
Questions are kept by fold, so that weights for one fold are fitted on the tables of the others as they lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .optimum import Floats, Sparse, least

__all__ = ["Block", "fit"]

# The penalty on the squares of the weights.
_L2 = 2.0
_TINY = 1e-30


@dataclass(frozen=True, slots=True)
class Block:
    """Slots of one fold: a row a figure, whether it is `right`, the row each slot begins at, and each slot's weight.
    Each slot has a right figure."""

    rows: Sparse
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]
    weights: Floats

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many figures each slot has."""
        return np.diff(np.append(self.starts, len(self.right)))


def fit(blocks: Sequence[Block], width: int, start: Floats | None = None, l2: float = _L2) -> Floats:
    """The weights of the features, learnt from these blocks."""
    used = [(block, np.repeat(np.arange(len(block.starts)), block.sizes)) for block in blocks if len(block.starts)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = l2 * float(weights @ weights) / 2, l2 * weights
        for block, slot in used:
            scores = block.rows @ weights
            share = np.exp(scores - np.maximum.reduceat(scores, block.starts)[slot])
            every = np.add.reduceat(share, block.starts)
            true = np.maximum(np.add.reduceat(share * block.right, block.starts), _TINY)
            total += float(block.weights @ (np.log(every) - np.log(true)))
            pull = block.weights[slot] * share * (1.0 / every[slot] - block.right / true[slot])
            slope = slope + block.rows.T @ pull
        return total, slope

    return least(loss, np.zeros(width) if start is None else start)
