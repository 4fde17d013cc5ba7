"""A figure that may answer a slot, with how far it fits."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.answer.library import Loaded, Stated
from retrieval.model import Figure

__all__ = ["Match"]


@dataclass(frozen=True, slots=True)
class Match:
    """A figure with its score for a slot.

    `share` of the slot's words and context are covered, `own` of its own words, `named` of its own words in the
    figure's name or clause; `fit` tells how well measure and unit fit, `weight` how much the slot's words say,
    `doubtful` that the lexicon does not know the figure as the indicator asked for, `of_indicator` that it does.
    """

    loaded: Loaded
    stated: Stated
    score: float
    share: float
    own: float
    named: float
    fit: float
    weight: float = 1.0
    doubtful: bool = False
    words: str = ""
    of_indicator: bool = False

    def same(self, other: Match) -> bool:
        """Whether both are one figure."""
        return (
            self.loaded is other.loaded
            and self.figure.span == other.figure.span
            and self.figure.indicator == other.figure.indicator
        )

    @property
    def figure(self) -> Figure:
        """The figure."""
        return self.stated.figure
