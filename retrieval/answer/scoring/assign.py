"""Figures for the slots of one reading, chosen together: a chain in which each slot's figure is weighed by itself and
beside the one before it.

The best chain is found exactly (Viterbi); how sure it is comes from the sum over all chains (forward-backward).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.library import Loaded, Stated
from retrieval.answer.scope import Candidate, Scope
from retrieval.answer.scoring.columns import columns
from retrieval.answer.scoring.features import features
from retrieval.answer.scoring.model import Model
from retrieval.answer.scoring.pairs import joint
from retrieval.answer.weights import Weights
from retrieval.query import Slot

__all__ = ["Assignment", "Ranked", "assign", "rank"]

Floats = NDArray[np.float64]
# So many of a slot's figures, best first, are weighed beside those of its neighbours.
KEPT = 16


@dataclass(frozen=True, slots=True)
class Ranked:
    """A slot's best figures, best first: `scores` are their weights, `rows` their features, `rest` the logarithm of
    what all other figures weigh together."""

    slot: Slot
    weights: Weights
    scope: Scope
    figures: tuple[tuple[Loaded, Stated, Candidate], ...]
    scores: Floats
    rows: Floats
    rest: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """One figure a slot: `chosen` numbers each slot's figure among its ranked ones. `sure` is the share of the whole
    chain among all chains (a logarithm), `each` that of each figure in its slot."""

    ranked: tuple[Ranked, ...]
    chosen: tuple[int, ...]
    sure: float
    each: tuple[float, ...]


def rank(
    slot: Slot,
    weights: Weights,
    scope: Scope,
    reports: Sequence[tuple[Candidate, Loaded]],
    model: Model,
) -> Ranked:
    """The figures of the reports that fit a slot best."""
    tables = [features(slot, weights, columns(loaded), candidate, scope.inner) for candidate, loaded in reports]
    scores = np.concatenate([table.scores(model.unary) for table in tables]) if tables else np.zeros(0)
    order = np.argsort(-scores, kind="stable")
    best, others = order[:KEPT], order[KEPT:]
    rest = _logsum(scores[others]) if len(others) else -np.inf
    starts = np.cumsum([0, *(table.scalars.shape[1] for table in tables)])
    rows = np.zeros((len(best), len(model.unary)))
    owners = np.searchsorted(starts, best, side="right") - 1
    numbers = best - starts[owners]
    # Only figures that are kept are made, and have all their features told.
    for report, table in enumerate(tables):
        own = owners == report
        rows[own] = table.rows(numbers[own])
    figures: list[tuple[Loaded, Stated, Candidate]] = []
    for report, number in zip(owners.tolist(), numbers.tolist(), strict=True):
        candidate, loaded = reports[report]
        figures.append((loaded, loaded.figures[number], candidate))
    return Ranked(slot, weights, scope, tuple(figures), scores[best], rows, float(rest))


def assign(ranked: Sequence[Ranked], model: Model) -> Assignment | None:
    """The figures that fit best together; None where a slot has none at all."""
    if not ranked or not all(len(r.figures) for r in ranked):
        return None
    single = [model.scale * r.scores for r in ranked]
    beside = [_joint(one, other, model) for one, other in pairwise(ranked)]
    best, back = single[0], []
    forward = [single[0]]
    for table, own in zip(beside, single[1:], strict=True):
        reached = best[:, None] + table
        back.append(reached.argmax(axis=0))
        best = reached.max(axis=0) + own
        forward.append(_logsum_columns(forward[-1][:, None] + table) + own)
    at = int(best.argmax())
    path = [at]
    for pointers in reversed(back):
        at = int(pointers[at])
        path.append(at)
    path.reverse()
    backward = [np.zeros(len(single[-1]))]
    for table, own in zip(reversed(beside), reversed(single[1:]), strict=True):
        backward.append(_logsum_columns((table + (own + backward[-1])[None, :]).T))
    backward.reverse()
    # Figures that were not kept weigh in as well: where one of them is as likely, nothing is sure.
    missing = sum(max(0.0, _ratio(model.scale * r.rest, _logsum(model.scale * r.scores))) for r in ranked)
    total = _logsum(forward[-1]) + missing
    each = tuple(float(f[n] + b[n] - total) for f, b, n in zip(forward, backward, path, strict=True))
    return Assignment(tuple(ranked), tuple(path), float(best.max() - total), each)


def _joint(one: Ranked, other: Ranked, model: Model) -> Floats:
    left, right = ([(loaded, stated) for loaded, stated, _ in side.figures] for side in (one, other))
    table: Floats = joint(one.slot, left, other.slot, right) @ model.pairs
    return table


def _ratio(rest: float, kept: float) -> float:
    """The logarithm of how much larger the sum is with the rest than without."""
    return float(np.log1p(np.exp(min(rest - kept, 30.0)))) if np.isfinite(rest) else 0.0


def _logsum(values: Floats) -> float:
    if not len(values):
        return -np.inf
    top = values.max()
    return float(top + np.log(np.exp(values - top).sum()))


def _logsum_columns(table: Floats) -> Floats:
    top = table.max(axis=0)
    found: Floats = top + np.log(np.exp(table - top).sum(axis=0))
    return found
