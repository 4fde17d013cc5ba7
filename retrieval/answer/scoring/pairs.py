"""How two figures stand together that two slots of one question may be answered with: one number a feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.library import Loaded, Stated
from retrieval.model import Status
from retrieval.query import Slot

__all__ = ["PAIRS", "joint"]

Floats = NDArray[np.float64]

PAIRS: tuple[str, ...] = (
    "same_figure",
    "same_report",
    "same_passage",
    "same_sentence",
    "next_sentence",
    "same_group",
    "forward",
    "adjacent",
    "near",
    "same_name",
    "same_words_same_name",
    "same_words_other_name",
    "other_words_same_name",
    "same_words_same_class",
    "same_status",
    "same_period",
    "same_unit_same_words",
)
_AT = {name: number for number, name in enumerate(PAIRS)}
# So many characters between two figures are near.
_NEAR = 25


def joint(
    one: Slot, left: Sequence[tuple[Loaded, Stated]], other: Slot, right: Sequence[tuple[Loaded, Stated]]
) -> Floats:
    """The features of each figure of `left` for slot `one` beside each of `right` for slot `other`, asked behind it:
    (left × right × PAIRS)."""
    a, b = _Side(left), _Side(right)
    out = np.zeros((len(left), len(right), len(PAIRS)))
    report = a.report[:, None] == b.report[None, :]
    name = report & (a.name[:, None] == b.name[None, :])
    same = name & (a.start[:, None] == b.start[None, :]) & (a.end[:, None] == b.end[None, :])
    passage = report & (a.passage[:, None] == b.passage[None, :])
    apart = b.sentence[None, :] - a.sentence[:, None]
    gap = b.start[None, :] - a.end[:, None]
    words = one.words == other.words
    out[:, :, _AT["same_report"]] = report
    out[:, :, _AT["same_figure"]] = same
    out[:, :, _AT["same_passage"]] = passage
    out[:, :, _AT["same_sentence"]] = passage & (apart == 0)
    out[:, :, _AT["next_sentence"]] = passage & (apart == 1)
    out[:, :, _AT["forward"]] = passage & (gap >= 0) & ~same
    out[:, :, _AT["adjacent"]] = np.where(passage & ~same, 1.0 / (1.0 + np.abs(gap) / 20.0), 0.0)
    out[:, :, _AT["near"]] = passage & (gap >= 0) & (gap <= _NEAR)
    out[:, :, _AT["same_group"]] = passage & (a.group[:, None] == b.group[None, :]) & (a.group[:, None] >= 0)
    out[:, :, _AT["same_name"]] = name
    out[:, :, _AT["same_words_same_name" if words else "other_words_same_name"]] = name
    if words:
        out[:, :, _AT["same_words_other_name"]] = report & ~name
        out[:, :, _AT["same_words_same_class"]] = report & (a.measure[:, None] == b.measure[None, :])
        out[:, :, _AT["same_unit_same_words"]] = report & (a.unit[:, None] == b.unit[None, :])
    if one.status is other.status:
        out[:, :, _AT["same_status"]] = report & (a.target[:, None] == b.target[None, :])
    if one.periods == other.periods:
        out[:, :, _AT["same_period"]] = report & (a.period[:, None] == b.period[None, :])
    return out


class _Side:
    """Figures as columns of what is compared; words by their hashes."""

    def __init__(self, figures: Sequence[tuple[Loaded, Stated]]) -> None:
        self.report = np.array([id(loaded) for loaded, _ in figures])
        self.name = np.array([hash(s.indicator) for _, s in figures])
        self.start = np.array([s.figure.span.start for _, s in figures])
        self.end = np.array([s.figure.span.end for _, s in figures])
        self.passage = np.array([s.passage for _, s in figures])
        self.sentence = np.array([s.sentence for _, s in figures])
        self.group = np.array([-1 if s.figure.group is None else s.figure.group for _, s in figures])
        self.measure = np.array([hash(s.figure.measure) for _, s in figures])
        self.unit = np.array([hash(s.figure.unit) for _, s in figures])
        self.target = np.array([s.figure.status is Status.TARGET for _, s in figures])
        self.period = np.array([hash(s.figure.period) for _, s in figures])
