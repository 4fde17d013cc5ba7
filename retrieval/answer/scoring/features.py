"""How a figure fits what a slot asks for, as numbers.

Every feature is a pure function of the slot and of the report's columns. Their weights are fitted
(`tools/fit_answers.py`) and stand in `weights.tsv` beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.scope import Candidate, names
from retrieval.answer.scoring.columns import CLASSES, Columns
from retrieval.answer.scoring.table import Table
from retrieval.answer.scoring.worded import NEAR, WORDS, nearness, words
from retrieval.answer.weights import Weights
from retrieval.figures import partial
from retrieval.lexicon import indicators, units
from retrieval.model import Measure, Status
from retrieval.query import Period, Slot

__all__ = ["FEATURES", "asked_class", "features"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What a slot asks for, as far as the words tell.
ASKED = (
    *("open", "open_rate", "unit_money", "unit_rate", "unit_count", "unit_other", "level", "level_rate"),
    *("growth", "growth_pp", "growth_amount", "share", "rank", "streak", "other"),
)
_PERIODS = ("none_asked", "equal", "ends", "inside", "around", "undated", "other")
_STATUSES = ("target", "actual", "past", "ahead", "free")
SCALARS = (
    *WORDS,
    "name_empty",
    "id_same",
    "id_same_exact",
    "id_other",
    "id_none",
    "id_unlike",
    "branch",
    "extra",
    "unit_same",
    "unit_kind",
    "unit_wrong",
    "direction_same",
    "direction_other",
    "crossed",
    "from_asked",
    "from_not_asked",
    "part_not_asked",
    "part_same",
    "part_other",
    "foreign",
    "inner",
    "aside",
    "goals_target",
    "headline_target",
    "position",
    "given",
    "digits",
    "report_weight",
    "report_strict",
    "superseded_target",
    "superseded_target_headline",
    "done_target",
    "threshold",
    "since_span",
    "since_single",
    "span_growth_single",
    "likely_unit_other",
    "new",
    *NEAR,
)
FEATURES: tuple[str, ...] = (
    *SCALARS,
    *(f"class:{a}:{c}" for a in ASKED for c in CLASSES),
    *(f"period:{m}:{p}" for m in ("change", "amount") for p in _PERIODS),
    *(f"status:{a}:{s}" for a in _STATUSES for s in ("target", "actual")),
)
_AT = {name: number for number, name in enumerate(FEATURES)}
_UNITS = {"money": "unit_money", "rate": "unit_rate", "count": "unit_count", "people": "unit_count"}
# What ends so is stated in per cent.
_RATE = re.compile(r"(?:率|比重|占比|比例|份额|浓度)(?:$|\s)")


def asked_class(slot: Slot) -> str:
    """The kind of figure a slot asks for, one of ASKED."""
    ask = slot.ask
    match ask.measure:
        case None:
            if ask.unit:
                return _UNITS.get(units.kind(ask.unit), "unit_other")
            return "open_rate" if _RATE.search(slot.words) else "open"
        case Measure.LEVEL:
            return "level_rate" if _RATE.search(slot.words) and not ask.unit else "level"
        case Measure.GROWTH:
            if ask.unit.endswith("百分点"):
                return "growth_pp"
            return "growth_amount" if ask.unit and ask.unit not in ("%", "成", "倍") else "growth"
        case Measure.SHARE:
            return "share"
        case Measure.RANK:
            return "rank"
        case Measure.STREAK:
            return "streak"
        case _:
            return "other"


def features(slot: Slot, weights: Weights, columns: Columns, candidate: Candidate, inner: str) -> Table:
    """How each figure of the report fits the slot, by FEATURES."""
    out = columns.once(("always",), lambda: _always(columns)).copy()
    _put(out, WORDS, words(slot, weights, columns))
    _put(out, NEAR, nearness(slot, columns))
    _indicator(slot, weights, columns, out)
    _kind(slot, columns, out)
    _time(slot, columns, candidate, weights, out)
    _where(columns, candidate, inner, out)
    marks = np.stack([_classes(slot, columns), _periods(candidate, columns), _statuses(slot, columns, candidate)])
    return Table(out, marks, len(FEATURES))


def _put(out: Floats, names: Sequence[str], found: Floats) -> None:
    """Rows of features that stand side by side."""
    first = _AT[names[0]]
    out[first : first + len(names)] = found


def _always(columns: Columns) -> Floats:
    """What is the same whatever is asked for."""
    out = np.zeros((len(SCALARS), columns.size))
    out[_AT["name_empty"]] = columns.named == 0
    out[_AT["crossed"]] = columns.crossed
    out[_AT["threshold"]] = columns.threshold
    out[_AT["digits"]] = columns.digits / 6.0
    out[_AT["goals_target"]] = columns.target & columns.goals
    out[_AT["headline_target"]] = columns.target & columns.headline
    out[_AT["aside"]] = columns.aside
    out[_AT["position"]] = columns.position
    return out


def _indicator(slot: Slot, weights: Weights, columns: Columns, out: Floats) -> None:
    asked = weights.indicators
    said = slot.words + slot.context
    for front, numbers in columns.fronts.items():
        if front not in said:
            out[_AT["branch"], numbers] = 1.0
    if "新" not in said:
        out[_AT["new"], columns.added] = 1.0
    if not asked:
        return
    longest = np.zeros(columns.size)
    for key in asked:
        length = max(len(alias) for alias in indicators.by_id(key).aliases)
        own = columns.of(key)
        longest[own] = np.maximum(longest[own], length)
    same = longest > 0
    unlike = np.zeros(columns.size, dtype=bool)
    for other in {other for key in asked for other in indicators.by_id(key).unlike} - set(asked):
        unlike[columns.of(other)] = True
    unlike &= ~same
    extra = columns.named - longest
    others = ~same & ~unlike
    out[_AT["id_same"]] = same
    out[_AT["id_same_exact"]] = same & (extra <= 0)
    out[_AT["extra"]] = np.where(same, np.clip(extra, 0, 10) / 5.0, 0.0)
    out[_AT["id_unlike"]] = unlike
    out[_AT["id_other"]] = columns.identified & others
    out[_AT["id_none"]] = ~columns.identified & others


def _classes(slot: Slot, columns: Columns) -> Ints:
    """Of each figure the feature of its class beside what is asked for."""
    return _AT[f"class:{asked_class(slot)}:{CLASSES[0]}"] + columns.cls


def _kind(slot: Slot, columns: Columns, out: Floats) -> None:
    ask = slot.ask
    if ask.unit:
        fits = columns.units(ask.unit)
        out[_AT["unit_same"]] = fits == 3
        out[_AT["unit_kind"]] = fits == 2
        out[_AT["unit_wrong"]] = fits == 0
    elif slot.likely:
        out[_AT["likely_unit_other"]] = columns.units(slot.likely) == 0
    if ask.direction:
        out[_AT["direction_same"]] = columns.direction == ask.direction
        out[_AT["direction_other"]] = columns.direction == -ask.direction
    if ask.end:
        right = columns.start == (ask.end == "from")
        out[_AT["from_asked"]] = np.where(right, 1.0, -1.0)
    else:
        out[_AT["from_not_asked"]] = columns.start
    given = set(slot.given)
    if given:
        out[_AT["given"]] = [value in given for value in columns.values]


def _periods(candidate: Candidate, columns: Columns) -> Ints:
    """Of each figure the feature of how its years are those asked about."""
    periods = tuple(candidate.periods)
    fits: Ints = columns.once(("periods", periods), lambda: _period_fit(periods, columns))
    return fits + np.where(columns.change, _CHANGED, _AMOUNT)


_CHANGED, _AMOUNT = (_AT[f"period:{kind}:{_PERIODS[0]}"] for kind in ("change", "amount"))


def _statuses(slot: Slot, columns: Columns, candidate: Candidate) -> Ints:
    """Of each figure the feature of its status beside the one asked for; none where the start of a change is."""
    if slot.ask.end == "from":
        return np.full(columns.size, len(FEATURES), dtype=np.int64)
    asked = _status_asked(slot, candidate.periods, columns.loaded.row.year)
    target, actual = _AT[f"status:{asked}:target"], _AT[f"status:{asked}:actual"]
    return np.where(columns.target, target, actual)


def _status_asked(slot: Slot, periods: Sequence[Period], year: int) -> str:
    """One of _STATUSES: what is asked for, else what the years tell."""
    if slot.status is not None:
        return "target" if slot.status is Status.TARGET else "actual"
    if periods and all(period.last < year for period in periods):
        return "past"
    return "ahead" if periods and all(period.first >= year for period in periods) else "free"


def _time(slot: Slot, columns: Columns, candidate: Candidate, weights: Weights, out: Floats) -> None:
    if candidate.superseded and slot.status is None:
        out[_AT["superseded_target"]] = columns.target
        if weights.indicators:
            out[_AT["superseded_target_headline"]] = columns.target
    if slot.done:
        out[_AT["done_target"]] = columns.target
    wanted = partial.parts(f"{slot.words} {slot.context}")
    if wanted:
        same = columns.part == wanted[0].code
        out[_AT["part_same"]] = same
        out[_AT["part_other"]] = ~same
    else:
        out[_AT["part_not_asked"]] = columns.part != ""
    span = columns.first != columns.last
    if slot.since:
        out[_AT["since_span"]] = span
        out[_AT["since_single"]] = ~span & columns.change
    elif slot.periods and all(p.first == p.last for p in slot.periods):
        out[_AT["span_growth_single"]] = span & columns.change


def _period_fit(periods: Sequence[Period], columns: Columns) -> NDArray[np.int64]:
    """For each figure the best of _PERIODS over the years asked about."""
    if not periods:
        return np.zeros(columns.size, dtype=np.int64)
    best = np.full(columns.size, len(_PERIODS) - 1, dtype=np.int64)
    first, last = columns.first, columns.last
    for period in periods:
        fit = np.full(columns.size, 6, dtype=np.int64)
        inside = (first >= period.first) & (last <= period.last)
        around = (first <= period.first) & (last >= period.last)
        fit[around] = 4
        fit[inside] = 3
        fit[last == period.last] = 2
        fit[(first == period.first) & (last == period.last)] = 1
        fit[first == 0] = 5
        best = np.minimum(best, fit)
    return best


def _where(columns: Columns, candidate: Candidate, inner: str, out: Floats) -> None:
    if inner:
        held = np.array([names(inner, text) for text in columns.loaded.texts], dtype=bool)
        own = np.array([names(inner, place) for place in columns.fields.places], dtype=bool)
        out[_AT["inner"]] = ~(held[columns.sentence] | own)
    else:
        out[_AT["foreign"]] = columns.foreign
    out[_AT["report_weight"]] = 1.0 - candidate.weight
    out[_AT["report_strict"]] = float(candidate.strict)
