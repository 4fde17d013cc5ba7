"""How far a share of right answers can be trusted: Wilson's interval, and Clopper and Pearson's exact bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, log1p, sqrt

__all__ = ["Share", "at_least", "at_most", "clopper_pearson", "wilson"]

LEVEL = 0.95
# The normal distribution's quantile for 95 % between two ends.
_Z = 1.959963984540054
# Halvings until a float cannot be told from its neighbour.
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `right` is a whole number wherever scores are 0 or 1."""

    right: float
    of: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing."""
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 %."""
        return wilson(self.right, self.of)


def wilson(right: float, of: int) -> tuple[float, float]:
    """Wilson's score interval of 95 % (Wilson 1927), both ends between 0 and 1; 0 and 1 where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, z2 = right / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * sqrt(max(0.0, share * (1 - share)) / of + z2 / (4 * of * of))
    return (0.0 if right <= 0 else max(0.0, middle - half)), (1.0 if right >= of else min(1.0, middle + half))


def clopper_pearson(right: int, of: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval (Clopper and Pearson 1934): each end is missed in half of the cases outside `level`."""
    miss = (1 - level) / 2
    return at_least(right, of, 1 - miss), at_most(right, of, 1 - miss)


def at_most(right: int, of: int, level: float = LEVEL) -> float:
    """The exact upper bound: with so high a chance, so few would be seen in only `1 - level` of all samples."""
    if right >= of:
        return 1.0
    return _halved(lambda chance: _up_to(right, of, chance) > 1 - level)


def at_least(right: int, of: int, level: float = LEVEL) -> float:
    """The exact lower bound."""
    return 1.0 - at_most(of - right, of, level)


def _halved(below: Callable[[float], bool]) -> float:
    """Where between 0 and 1 `below` stops being true."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2


def _up_to(right: int, of: int, chance: float) -> float:
    """The chance of at most `right` of `of`, each with `chance` strictly between 0 and 1."""
    yes, no, ways = log(chance), log1p(-chance), lgamma(of + 1)
    return fsum(exp(ways - lgamma(n + 1) - lgamma(of - n + 1) + n * yes + (of - n) * no) for n in range(right + 1))
