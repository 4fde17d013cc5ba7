"""A logistic function with a penalty on the squares of its weights; the weight of `one`, its constant, is free."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .optimum import Floats, Sparse, least

__all__ = ["CONSTANT", "chances", "fit"]

CONSTANT = "one"
# What a row's loss counts beside the penalty.
_C = 1.0
# As in answering: beyond this nothing becomes surer.
_MOST = 30.0


def fit(
    names: Sequence[str], rows: Sparse, right: NDArray[np.bool_], weights: Floats, start: Floats | None = None
) -> Floats:
    """The weights of the columns `names`, for which rows are `right`, each row counting by its weight."""
    signs = np.where(right, 1.0, -1.0)
    bound = np.array([name != CONSTANT for name in names], dtype=np.float64)

    def loss(values: Floats) -> tuple[float, Floats]:
        margin = signs * (rows @ values)
        held = bound * values
        total = float(values @ held) / 2 + _C * float(weights @ np.logaddexp(0.0, -margin))
        pull = -signs * weights * np.exp(-np.logaddexp(0.0, margin))
        slope: Floats = held + _C * (rows.T @ pull)
        return total, slope

    return least(loss, np.zeros(len(names)) if start is None else start)


def chances(rows: Sparse, weights: Floats) -> Floats:
    """The probability of each row."""
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -_MOST, _MOST)))
    return found
