"""What single figures and pairs of figures are learnt from: the slots of a question beside its known figures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from retrieval.answer import Library
from retrieval.answer.library import Loaded, Stated
from retrieval.answer.scoring.columns import columns
from retrieval.answer.scoring.features import features
from retrieval.answer.scoring.pairs import joint
from retrieval.query import Slot

from .cases import Case
from .chains import KEPT, Chain
from .inside import first_weighed
from .optimum import Floats, Sparse, packed, stacked
from .posing import Place, Posed
from .unary import Block

__all__ = ["Material", "Taught", "block", "chain", "material"]

# Kinds of questions whose figures the program looks for slot by slot.
_TAUGHT = frozenset(("figure", "followup", "list"))


@dataclass(frozen=True, slots=True)
class Taught:
    """A slot with the figures in its scope: a row of features each, whether it is right, and the reports they are of
    with the row each report begins at."""

    slot: Slot
    rows: Sparse
    right: NDArray[np.bool_]
    reports: tuple[str, ...]
    starts: tuple[int, ...]

    def place(self, row: int) -> Place:
        """The figure of a row."""
        report = bisect_right(self.starts, row) - 1
        return self.reports[report], row - self.starts[report]


@dataclass(frozen=True, slots=True)
class Material:
    """The slots of one question that a right figure is known for; `whole` says that these are all its slots."""

    case: Case
    slots: tuple[Taught, ...]
    whole: bool


def material(posed: Posed, library: Library, today: date) -> Material | None:
    """What a question teaches: nothing where it was not taken apart into as many slots as figures are known."""
    question = posed.case.question
    if question.kind not in _TAUGHT or not posed.right:
        return None
    first, weighed = first_weighed(
        posed.query, posed.slots, posed.where, library, last_report=posed.last_report, today=today
    )
    if len(first.slots) != len(posed.right):
        return None
    taught = []
    for slot, right in zip(first.slots, posed.right, strict=True):
        own = weighed[slot]
        tables: list[Floats] = []
        marks: list[bool] = []
        starts: list[int] = []
        for candidate, loaded in own.reports:
            table = features(slot, own.weights, columns(loaded), candidate, own.scope.inner)
            tables.append(table.rows(np.arange(len(loaded.figures))))
            starts.append(len(marks))
            marks += [(loaded.row.id, number) in right for number in range(len(loaded.figures))]
        if any(marks):
            names = tuple(loaded.row.id for _, loaded in own.reports)
            taught.append(Taught(slot, packed(np.vstack(tables)), np.array(marks), names, tuple(starts)))
    return Material(posed.case, tuple(taught), len(taught) == len(first.slots)) if taught else None


def block(found: Sequence[Material], width: int) -> Block:
    """The slots of these questions as one table."""
    slots = [slot for one in found for slot in one.slots]
    weights = np.array([one.case.source.weight for one in found for _ in one.slots])
    sizes = np.array([len(slot.right) for slot in slots], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    if not slots:
        return Block(packed(np.zeros((0, width))), np.zeros(0, dtype=bool), starts, weights)
    return Block(stacked([slot.rows for slot in slots]), np.concatenate([s.right for s in slots]), starts, weights)


def chain(one: Material, library: Library, weights: Floats) -> Chain | None:
    """The best figures of each slot side by side; None where a slot's right figure is not among them."""
    if not one.whole or len(one.slots) < 2:
        return None
    tops, scores, right = [], [], []
    for taught in one.slots:
        every = taught.rows @ weights
        top = np.argsort(-every, kind="stable")[:KEPT]
        if not taught.right[top].any():
            return None
        tops.append([_figure(library, taught.place(int(row))) for row in top])
        scores.append(every[top])
        right.append(taught.right[top])
    pairs = tuple(
        joint(one.slots[n].slot, tops[n], one.slots[n + 1].slot, tops[n + 1]).astype(np.float32)
        for n in range(len(tops) - 1)
    )
    return Chain(tuple(scores), tuple(right), pairs, one.case.source.weight)


def _figure(library: Library, place: Place) -> tuple[Loaded, Stated]:
    loaded = library.load(place[0])
    return loaded, loaded.figures[place[1]]
