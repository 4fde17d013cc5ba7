"""How well figures stand side by side: the pair weights of a chain over the slots of a question.

Each slot keeps its best figures by the single weights, as answering does. A chain's likelihood is the share of the
chains of right figures among all. Chains of one length are one array; a slot with fewer figures is padded with figures
that weigh nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .optimum import Floats, least

__all__ = ["KEPT", "Batch", "Chain", "batches", "fit", "sums_of"]

# So many figures a slot, as in answering.
KEPT = 16
_NEVER = -1e9

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chain:
    """The slots of a question: each figure's score and whether it is right; for each two slots their pairs' features
    (figures × figures × features)."""

    scores: tuple[Floats, ...]
    right: tuple[Bools, ...]
    pairs: tuple[NDArray[np.float32], ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Chains of one length, padded: scores, what is added where there is no figure, what is added where it is not
    right (chains × slots × figures); pairs (chains × slots - 1 × figures × figures × features); weights."""

    scores: Floats
    real: Floats
    true: Floats
    pairs: Floats
    weights: Floats


def batches(chains: Sequence[Chain], width: int, kept: int = KEPT) -> list[Batch]:
    """Chains by their lengths. Those of one slot teach nothing."""
    sorted_out: defaultdict[int, list[Chain]] = defaultdict(list)
    for chain in chains:
        sorted_out[len(chain.scores)].append(chain)
    return [_batch(sorted_out[size], size, width, kept) for size in sorted(sorted_out) if size > 1]


def _batch(chains: Sequence[Chain], size: int, width: int, kept: int) -> Batch:
    shape = (len(chains), size, kept)
    scores, real, true = np.zeros(shape), np.full(shape, _NEVER), np.full(shape, _NEVER)
    pairs = np.zeros((len(chains), size - 1, kept, kept, width))
    for n, chain in enumerate(chains):
        for m, (own, right) in enumerate(zip(chain.scores, chain.right, strict=True)):
            scores[n, m, : len(own)] = own
            real[n, m, : len(own)] = 0.0
            true[n, m, : len(own)] = np.where(right, 0.0, _NEVER)
        for m, table in enumerate(chain.pairs):
            pairs[n, m, : table.shape[0], : table.shape[1]] = table
    return Batch(scores, real, true, pairs, np.array([chain.weight for chain in chains]))


def fit(folds: Sequence[Sequence[Batch]], width: int) -> tuple[Floats, float]:
    """The pair weights, and how far the single scores count beside them."""
    used = [batch for batched in folds for batch in batched]

    def loss(values: Floats) -> tuple[float, Floats]:
        weights, scale = values[:-1], float(values[-1])
        total, slope = float(weights @ weights) / 2, np.append(weights, 0.0)
        for batch in used:
            joint = _joint(batch.pairs, weights)
            for sign, kept in ((1.0, batch.real), (-1.0, batch.true)):
                sums, single, double = sums_of(scale * batch.scores + kept, joint)
                total += sign * float(batch.weights @ sums)
                slope[-1] += sign * float(np.einsum("n,nsk,nsk->", batch.weights, single, batch.scores))
                flat = (batch.weights[:, None, None, None] * double).reshape(-1)
                slope[:-1] += sign * (flat @ batch.pairs.reshape(-1, width))
        return total, slope

    found = least(loss, np.append(np.zeros(width), 1.0), steps=100)
    return found[:-1], float(found[-1])


def _joint(pairs: Floats, weights: Floats) -> Floats:
    found: Floats = (pairs.reshape(-1, pairs.shape[-1]) @ weights).reshape(pairs.shape[:-1])
    return found


def sums_of(single: Floats, joint: Floats) -> tuple[Floats, Floats, Floats]:
    """The logarithm of the sum over all chains, the share of each figure, that of each pair (forward-backward)."""
    size = single.shape[1]
    forward, backward = np.empty_like(single), np.zeros_like(single)
    forward[:, 0] = single[:, 0]
    for n in range(size - 1):
        forward[:, n + 1] = _logsum(forward[:, n, :, None] + joint[:, n], 1) + single[:, n + 1]
    for n in reversed(range(size - 1)):
        backward[:, n] = _logsum(joint[:, n] + (single[:, n + 1] + backward[:, n + 1])[:, None, :], 2)
    sums = _logsum(forward[:, -1], 1)
    alone = np.exp(forward + backward - sums[:, None, None])
    after = single[:, 1:] + backward[:, 1:]
    paired = np.exp(forward[:, :-1, :, None] + joint + after[:, :, None, :] - sums[:, None, None, None])
    return sums, alone, paired


def _logsum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    found: Floats = np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis=axis)
    return found
