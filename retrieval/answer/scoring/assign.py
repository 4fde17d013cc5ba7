"""Figures for the slots of one reading, chosen together: a chain in which each slot's figure is weighed by itself and
beside the one before it.

The best chain is found exactly (Viterbi); how sure it is comes from the sum over all chains (forward-backward).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.library import Loaded, Stated
from retrieval.answer.scope import Candidate, Scope
from retrieval.answer.scoring.columns import columns
from retrieval.answer.scoring.features import FEATURES, features
from retrieval.answer.scoring.model import Model
from retrieval.answer.scoring.pairs import joint
from retrieval.answer.weights import Weights
from retrieval.lexicon import indicators, units
from retrieval.model import Measure, Status
from retrieval.query import Slot

__all__ = ["Assignment", "Ranked", "assign", "of_indicator", "rank", "rates_only", "results_only", "targets_only"]

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
    rows: list[Floats] = []
    owners: list[tuple[Loaded, Stated, Candidate]] = []
    for candidate, loaded in reports:
        rows.append(features(slot, weights, columns(loaded), candidate, scope.inner))
        owners.extend((loaded, stated, candidate) for stated in loaded.figures)
    table = np.concatenate(rows) if rows else np.zeros((0, len(model.unary)))
    scores = table @ model.unary
    order = np.argsort(-scores, kind="stable")
    best, others = order[:KEPT], order[KEPT:]
    rest = _logsum(scores[others]) if len(others) else -np.inf
    return Ranked(slot, weights, scope, tuple(owners[n] for n in best), scores[best], table[best], float(rest))


def targets_only(ranked: Ranked) -> Ranked:
    """The ranking without results: where a plan is asked for in so many words, no result answers. A change's start
    is a result all the same."""
    if ranked.slot.ask.end == "from":
        return ranked
    return _kept(ranked, [n for n, (_, s, _) in enumerate(ranked.figures) if s.figure.status is Status.TARGET])


def results_only(ranked: Ranked) -> Ranked:
    """The ranking without plans: where a result is asked for, no plan answers."""
    return _kept(ranked, [n for n, (_, s, _) in enumerate(ranked.figures) if s.figure.status is not Status.TARGET])


def rates_only(ranked: Ranked) -> Ranked:
    """The ranking without amounts, where a rate is named: no 失业率 is told in yuan."""
    if not ranked.slot.words.endswith("率") or ranked.slot.ask.unit:
        return ranked
    return _kept(
        ranked,
        [n for n, (_, s, _) in enumerate(ranked.figures) if units.kind(s.figure.unit) in _OF_RATES],
    )


# Kinds of units that a rate, its change or its rank is told in.
_OF_RATES = frozenset({"rate", "times", ""})


def of_indicator(ranked: Ranked) -> Ranked:
    """The ranking without figures of other known indicators, where the slot is the name of one that is stated: GDP is
    never answered with the harvest."""
    ranked = _measured_alike(_counted_alike(_of_kind(ranked)))
    if ranked.slot.ask.measure is Measure.SHARE:
        # The share of something in another is an indicator of its own.
        return ranked
    words = ranked.slot.words.lower()
    if not any(words == said.lower() for said in ranked.weights.indicators.values()):
        # 民营经济增加值要跨过哪个关口: beside other words a name still tells what it is not.
        if len(ranked.rows) and ranked.rows[0, _SAME]:
            return _kept(ranked, [n for n, row in enumerate(ranked.rows) if not any(row[at] for at in _OTHERS)])
        return ranked
    if not ranked.rows[:, _SAME].any():
        # 人均GDP is no GDP; 居民收入 may be that of towns.
        wider = {
            other
            for key in ranked.weights.indicators
            for other in indicators.by_id(key).unlike
            if any(alias.lower() in words for alias in indicators.by_id(other).aliases)
        }
        return _kept(ranked, [n for n, (_, s, _) in enumerate(ranked.figures) if s.figure.indicator_id not in wider])
    own = [
        n
        for n, (row, (_, s, _)) in enumerate(zip(ranked.rows, ranked.figures, strict=True))
        if not any(row[at] for at in _OTHERS) and not _part_of(s, words)
    ]
    same = [n for n in own if ranked.rows[n, _SAME]]
    if same and ranked.scores[same].max() >= ranked.scores.max() - _NEARLY:
        # 出口 is no 进出口, though the lexicon has no entry for it.
        own = same
    told = any(ranked.rows[n, _SAME] and not _outdated(ranked, n) for n in own)
    return _kept(ranked, [n for n in own if not (told and ranked.slot.status is None and _outdated(ranked, n))])


def _of_kind(ranked: Ranked) -> Ranked:
    """The ranking without figures of another kind, where a rank or a share is asked for: no place is told in trains, no
    share by what it rose."""
    if ranked.slot.ask.measure is Measure.RANK:
        kept = [n for n, (_, s, _) in enumerate(ranked.figures) if s.figure.measure in _RANKS]
    elif ranked.slot.ask.measure is Measure.GROWTH and ranked.slot.ask.unit != "倍":
        # 是2015年的1.3倍 is no growth, nor is what something is to come to the growth that is planned.
        planned = ranked.slot.status is Status.TARGET and bool(ranked.weights.indicators)
        changed = planned or ranked.slot.yearly
        kept = [n for n, (_, s, _) in enumerate(ranked.figures) if not _stood(s, changed=changed)]
    elif ranked.slot.ask.measure is Measure.SHARE and not ranked.slot.ask.direction:
        kept = [n for n, (_, s, _) in enumerate(ranked.figures) if not _rose(s)]
    else:
        return ranked
    return _kept(ranked, kept)


_RANKS = frozenset({Measure.RANK, Measure.STREAK})


def _stood(stated: Stated, *, changed: bool) -> bool:
    figure = stated.figure
    still = changed and figure.measure is Measure.LEVEL and not figure.direction and figure.value is not None
    return figure.measure is Measure.MULTIPLE or still


def _rose(stated: Stated) -> bool:
    return stated.figure.measure is Measure.GROWTH and stated.figure.value is not None


# Kinds of units that answer for no other kind.
_STRICT = frozenset({"money", "mass", "area", "volume", "length", "energy"})


def _counted_alike(ranked: Ranked) -> Ranked:
    """The ranking without figures counted in units of another kind than is asked for: no harvest is told in dollars."""
    kind = units.kind(ranked.slot.ask.unit)
    if ranked.slot.ask.unit and kind == "":
        # 多少亿 asks for an amount of something.
        kept = [n for n, (_, s, _) in enumerate(ranked.figures) if units.kind(s.figure.unit) not in ("rate", "times")]
        return _kept(ranked, kept)
    if kind in ("rate", "people"):
        # 百分之几 is no amount, and people are counted in nothing that is weighed or paid.
        others = _STRICT if kind == "rate" else {*_STRICT, "rate"}
        return _kept(
            ranked, [n for n, (_, s, _) in enumerate(ranked.figures) if units.kind(s.figure.unit) not in others]
        )
    if kind not in _STRICT:
        return ranked
    return _kept(
        ranked,
        [n for n, (_, s, _) in enumerate(ranked.figures) if units.kind(s.figure.unit) in (kind, "count", "measure")],
    )


def _part_of(stated: Stated, words: str) -> bool:
    """Whether a figure is the share of something else in what is named: 数字经济占GDP比重 is no GDP."""
    return stated.figure.measure is Measure.SHARE and "占" in stated.indicator and "占" not in words


def _measured_alike(ranked: Ranked) -> Ranked:
    """The ranking without amounts that no indicator asked for is measured in: no income is told in visitors."""
    asked = [indicators.by_id(key).unit for key in ranked.weights.indicators]
    if not asked or ranked.slot.ask.unit:
        return ranked

    def alike(stated: Stated) -> bool:
        amount = stated.figure.measure in (Measure.LEVEL, Measure.COUNT) and bool(stated.figure.unit)
        return not amount or any(units.compatible(unit, stated.figure.unit) for unit in asked)

    return _kept(ranked, [n for n, (_, s, _) in enumerate(ranked.figures) if alike(s)])


def _outdated(ranked: Ranked, number: int) -> bool:
    """Whether a figure is a plan whose outcome a later report tells."""
    _, stated, candidate = ranked.figures[number]
    return stated.figure.status is Status.TARGET and candidate.superseded


# A figure of the very indicator, so little behind the best, goes before those of none.
_NEARLY = 2.0
_SAME = FEATURES.index("id_same")
_OTHERS = [FEATURES.index("id_other"), FEATURES.index("id_unlike")]


def _kept(ranked: Ranked, numbers: list[int]) -> Ranked:
    figures = tuple(ranked.figures[n] for n in numbers)
    return replace(ranked, figures=figures, scores=ranked.scores[numbers], rows=ranked.rows[numbers])


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
