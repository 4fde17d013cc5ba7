"""The one place that knows scipy: the least of a function, and tables most of whose numbers are zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped,import-not-found,unused-ignore]
from scipy.optimize import minimize  # type: ignore[import-untyped,import-not-found,unused-ignore]

__all__ = ["Floats", "Rows", "Sparse", "least", "packed", "stacked"]

Floats = NDArray[np.float64]
# A table of scipy's, whose types are not published.
Sparse = Any
_STEPS = 600


def least(function: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int = _STEPS) -> Floats:
    """Where a smooth function of its value and gradient is least (L-BFGS)."""
    options = {"maxiter": steps, "maxfun": 2 * steps, "ftol": 1e-11, "gtol": 1e-4}
    found: Floats = minimize(function, start, jac=True, method="L-BFGS-B", options=options).x
    return found


def packed(table: Floats) -> Sparse:
    """A table without its zeros. Numbers are cut to single precision first: the order in which a feature's parts were
    added up is then not seen in them."""
    return sparse.csr_matrix(table.astype(np.float32).astype(np.float64))


def stacked(tables: list[Sparse]) -> Sparse:
    """Tables one below the other."""
    return sparse.vstack(tables, format="csr")


class Rows:
    """A table that grows by rows with named numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._columns: list[NDArray[np.int32]] = []
        self._values: list[Floats] = []

    def __len__(self) -> int:
        return len(self._columns)

    def add(self, row: Mapping[str, float]) -> None:
        """One more row; zeros are not kept."""
        kept = [(self._numbers.setdefault(name, len(self._numbers)), value) for name, value in row.items() if value]
        self._columns.append(np.array([column for column, _ in kept], dtype=np.int32))
        self._values.append(np.array([value for _, value in kept], dtype=np.float32).astype(np.float64))

    def table(self) -> tuple[tuple[str, ...], Sparse]:
        """The names of the columns, in alphabetical order, and the table."""
        names = tuple(sorted(self._numbers))
        place = np.zeros(max(1, len(names)), dtype=np.int32)
        for column, name in enumerate(names):
            place[self._numbers[name]] = column
        ends = np.cumsum([0, *(len(one) for one in self._columns)])
        columns = place[np.concatenate([np.zeros(0, dtype=np.int32), *self._columns])]
        values = np.concatenate([np.zeros(0), *self._values])
        made = sparse.csr_matrix((values, columns, ends), shape=(len(self), len(names)))
        made.sort_indices()
        return names, made
