"""The features of a report's figures. Most of them are of a kind of which a figure has one: these are numbered, not
spelt out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Table"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """`scalars` holds the first features, a row each with a column for every figure. Each row of `marks` numbers one
    more feature that is 1 for a figure; `width`, the number of all features, stands for none."""

    scalars: Floats
    marks: NDArray[np.int64]
    width: int

    def scores(self, weights: Floats) -> Floats:
        """What each figure's features weigh together."""
        found: Floats = weights[: len(self.scalars)] @ self.scalars
        padded = np.append(weights, 0.0)
        for marks in self.marks:
            found += padded[marks]
        return found

    def rows(self, figures: NDArray[np.int64]) -> Floats:
        """All features of some figures, a row a figure."""
        found = np.zeros((len(figures), self.width + 1))
        found[:, : len(self.scalars)] = self.scalars[:, figures].T
        rows = np.arange(len(figures))
        for marks in self.marks:
            found[rows, marks[figures]] = 1.0
        return found[:, : self.width]
