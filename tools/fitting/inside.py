"""Two looks inside the answering core, so that what is learnt from is what the program weighs, computed by it.

Each takes the place of a function of the core while a question is looked at. Where the core no longer calls it, nothing
is found and the fit stops.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from unittest.mock import patch

import numpy as np

from retrieval.answer import Library, Loaded, figures
from retrieval.answer.scope import Candidate, Scope
from retrieval.answer.scoring import Ranked, Reading, fitted, readings
from retrieval.answer.scoring.features import FEATURES
from retrieval.answer.scoring.model import Model
from retrieval.answer.scoring.pairs import PAIRS
from retrieval.answer.weights import Weights
from retrieval.query import Query, Slot

__all__ = ["Weighed", "answering_with", "blank", "first_weighed"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a slot's figures are weighed by: its words' weights, its scope, and the reports they come from."""

    weights: Weights
    scope: Scope
    reports: tuple[tuple[Candidate, Loaded], ...]


def blank() -> Model:
    """A model that weighs nothing."""
    return Model(np.zeros(len(FEATURES)), np.zeros(len(PAIRS)), 1.0, {})


def first_weighed(
    query: Query, slots: Sequence[Slot], where: Scope, library: Library, *, last_report: str, today: date
) -> tuple[Reading, dict[Slot, Weighed]]:
    """The first reading of a question, and what each of its slots would be ranked by."""
    first = readings(query, slots)[0]
    seen: dict[Slot, Weighed] = {}

    def note(
        slot: Slot, weights: Weights, scope: Scope, reports: Sequence[tuple[Candidate, Loaded]], _model: Model
    ) -> Ranked:
        seen[slot] = Weighed(weights, scope, tuple(reports))
        return Ranked(slot, weights, scope, (), np.zeros(0), np.zeros((0, len(FEATURES))), -np.inf)

    with answering_with(blank()), patch.object(figures, "rank", note):
        considering = figures.Considering(query, where, library, last_report=last_report, today=today)
        for slot in first.slots:
            considering.ranked(slot)
    return first, seen


@contextmanager
def answering_with(model: Model) -> Iterator[None]:
    """The engine answers with these weights; those that ship are not even read, and may be of other features."""
    with ExitStack() as stack:
        for module in [one for name, one in sys.modules.items() if name.startswith("retrieval.answer.")]:
            if getattr(module, "fitted", None) is fitted:
                stack.enter_context(patch.object(module, "fitted", lambda: model))
        yield
