"""How a figure fits what a slot asks for, as numbers: one row a figure, one column a feature.

Every feature is a pure function of the slot and of the report's columns. Their weights are fitted
(`tools/fit_answers.py`) and stand in `weights.tsv` beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval import tokens
from retrieval.answer.scope import Candidate, names
from retrieval.answer.scoring.columns import CLASSES, Columns, worth_of
from retrieval.answer.weights import CONTEXT, Weights
from retrieval.figures import partial
from retrieval.lexicon import indicators, units
from retrieval.model import Measure, Status, plain
from retrieval.query import Period, Slot

__all__ = ["FEATURES", "asked_class", "features"]

Floats = NDArray[np.float64]

# What a slot asks for, as far as the words tell.
ASKED = (
    *("open", "open_rate", "unit_money", "unit_rate", "unit_count", "unit_other", "level", "level_rate"),
    *("growth", "growth_pp", "growth_amount", "share", "rank", "streak", "other"),
)
_PERIODS = ("none_asked", "equal", "ends", "inside", "around", "undated", "other")
_STATUSES = ("target", "actual", "past", "ahead", "free")
_SCALARS = (
    "name_own",
    "clause_own",
    "sentence_own",
    "name_context",
    "clause_context",
    "sentence_context",
    "name_own_share",
    "clause_own_share",
    "sentence_own_share",
    "name_known",
    "name_known_worth",
    "name_unknown",
    "name_exact",
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
    "near_name_own",
    "near_clause_own",
    "near_sentence_own",
    "near_name_all",
    "near_clause_all",
    "near_sentence_all",
)
FEATURES: tuple[str, ...] = (
    *_SCALARS,
    *(f"class:{a}:{c}" for a in ASKED for c in CLASSES),
    *(f"period:{m}:{p}" for m in ("change", "amount") for p in _PERIODS),
    *(f"status:{a}:{s}" for a in _STATUSES for s in ("target", "actual")),
)
_AT = {name: number for number, name in enumerate(FEATURES)}
_UNITS = {"money": "unit_money", "rate": "unit_rate", "count": "unit_count", "people": "unit_count"}
# What ends so is stated in per cent.
_RATE = re.compile(r"(?:率|比重|占比|比例|份额|浓度)(?:$|\s)")
_CHANGES = frozenset(CLASSES.index(c) for c in ("growth_rate", "growth_points", "growth_amount", "multiple"))


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


def features(slot: Slot, weights: Weights, columns: Columns, candidate: Candidate, inner: str) -> Floats:
    """A matrix of (figures of the report) × FEATURES."""
    out = np.zeros((columns.size, len(FEATURES)), order="F")
    if not columns.size:
        return out
    _words(slot, weights, columns, out)
    _nearness(slot, columns, out)
    _indicator(slot, weights, columns, out)
    _kind(slot, columns, out)
    _time(slot, columns, candidate, weights, out)
    _where(columns, candidate, inner, out)
    return out


def _words(slot: Slot, weights: Weights, columns: Columns, out: Floats) -> None:
    """The words of the slot, and of its context, in each figure's name, clause and sentence."""
    sums = {True: np.zeros((3, columns.size)), False: np.zeros((3, columns.size))}
    total = 0.0
    for gram in weights.grams:
        total += gram.weight if gram.own else 0.0
        held = columns.holding(gram.text)
        for other in gram.others[:_OTHERS]:
            held = np.maximum(held, _OTHER * columns.holding(other))
        sums[gram.own] += gram.weight * held
    for number, field in enumerate(("name", "clause", "sentence")):
        own = sums[True][number]
        out[:, _AT[f"{field}_own"]] = np.minimum(own, _MUCH) / 4.0
        out[:, _AT[f"{field}_own_share"]] = own / (total + 1e-6)
        out[:, _AT[f"{field}_context"]] = np.minimum(sums[False][number] / CONTEXT, _MUCH) / 4.0
    known, worth, unknown = columns.known(weights.known)
    out[:, _AT["name_known"]] = known
    out[:, _AT["name_known_worth"]] = worth
    out[:, _AT["name_unknown"]] = np.minimum(unknown, _MUCH) / 4.0
    out[:, _AT["name_empty"]] = columns.named == 0
    words = slot.words.lower()
    out[:, _AT["name_exact"]] = columns.named_exactly(words)


# Other ways to write a word: so many are looked for, and count this much beside the word itself.
_OTHERS, _OTHER = 6, 0.8
# More weight of words than this says no more.
_MUCH = 12.0


def _nearness(slot: Slot, columns: Columns, out: Floats) -> None:
    """How near in meaning the words of the slot, and of the whole question, are to those of each figure."""
    own = [word for word in tokens.words(slot.words) if len(word) > 1]
    around = [word for word in tokens.words(slot.context) if len(word) > 1 and word not in own]
    sums = np.zeros((3, columns.size))
    total = 0.5
    for which, words in (("own", own), ("all", around)):
        for word in words:
            sums += worth_of(word) * columns.near(word)
            total += worth_of(word)
        for number, field in enumerate(("name", "clause", "sentence")):
            out[:, _AT[f"near_{field}_{which}"]] = sums[number] / total


def _indicator(slot: Slot, weights: Weights, columns: Columns, out: Floats) -> None:
    asked = weights.indicators
    said = slot.words + slot.context
    figures = columns.loaded.figures
    for number in np.flatnonzero(columns.branch).tolist():
        out[number, _AT["branch"]] = figures[number].indicator[:2] not in said
    if "新" not in said:
        out[columns.names.holding("新增"), _AT["new"]] = 1.0
    if not asked:
        return
    longest = np.zeros(columns.size)
    for key in asked:
        length = max(len(alias) for alias in indicators.by_id(key).aliases)
        longest[columns.of(key)] = np.maximum(longest[columns.of(key)], length)
    same = longest > 0
    unlike = np.zeros(columns.size, dtype=bool)
    for other in {other for key in asked for other in indicators.by_id(key).unlike} - set(asked):
        unlike[columns.of(other)] = True
    unlike &= ~same
    extra = columns.named - longest
    out[:, _AT["id_same"]] = same
    out[:, _AT["id_same_exact"]] = same & (extra <= 0)
    out[:, _AT["extra"]] = np.where(same, np.clip(extra, 0, 10) / 5.0, 0.0)
    out[:, _AT["id_unlike"]] = unlike
    out[:, _AT["id_other"]] = columns.identified & ~same & ~unlike
    out[:, _AT["id_none"]] = ~columns.identified & ~same & ~unlike


def _kind(slot: Slot, columns: Columns, out: Floats) -> None:
    ask = slot.ask
    asked = asked_class(slot)
    first = _AT[f"class:{asked}:{CLASSES[0]}"]
    out[np.arange(columns.size), first + columns.cls] = 1.0
    if ask.unit:
        fits = columns.units(ask.unit)
        out[:, _AT["unit_same"]] = fits == 3
        out[:, _AT["unit_kind"]] = fits == 2
        out[:, _AT["unit_wrong"]] = fits == 0
    elif slot.likely:
        out[:, _AT["likely_unit_other"]] = columns.units(slot.likely) == 0
    if ask.direction:
        out[:, _AT["direction_same"]] = columns.direction == ask.direction
        out[:, _AT["direction_other"]] = columns.direction == -ask.direction
    out[:, _AT["crossed"]] = columns.crossed
    if ask.end:
        right = columns.start == (ask.end == "from")
        out[:, _AT["from_asked"]] = np.where(right, 1.0, -1.0)
    else:
        out[:, _AT["from_not_asked"]] = columns.start
    out[:, _AT["threshold"]] = columns.threshold
    given = set(slot.given)
    if given:
        out[:, _AT["given"]] = [
            s.figure.value is not None and plain(s.figure.value) in given for s in columns.loaded.figures
        ]
    out[:, _AT["digits"]] = columns.digits / 6.0


def _time(slot: Slot, columns: Columns, candidate: Candidate, weights: Weights, out: Floats) -> None:
    periods: Sequence[Period] = candidate.periods
    year = columns.loaded.row.year
    change = np.isin(columns.cls, list(_CHANGES))
    fits = _period_fit(periods, columns)
    for number, name in enumerate(_PERIODS):
        of = fits == number
        out[:, _AT[f"period:change:{name}"]] = of & change
        out[:, _AT[f"period:amount:{name}"]] = of & ~change
    past = bool(periods) and all(p.last < year for p in periods)
    ahead = bool(periods) and all(p.first >= year for p in periods)
    asked = (
        "target"
        if slot.status is Status.TARGET
        else "actual"
        if slot.status is not None
        else "past"
        if past
        else "ahead"
        if ahead
        else "free"
    )
    starts = slot.ask.end == "from"
    if not starts:
        out[:, _AT[f"status:{asked}:target"]] = columns.target
        out[:, _AT[f"status:{asked}:actual"]] = ~columns.target
    out[:, _AT["goals_target"]] = columns.target & columns.goals
    out[:, _AT["headline_target"]] = columns.target & columns.headline
    if candidate.superseded and slot.status is None:
        out[:, _AT["superseded_target"]] = columns.target
        if weights.indicators:
            out[:, _AT["superseded_target_headline"]] = columns.target
    if slot.done:
        out[:, _AT["done_target"]] = columns.target
    wanted = partial.parts(f"{slot.words} {slot.context}")
    if wanted:
        same = columns.part == wanted[0].code
        out[:, _AT["part_same"]] = same
        out[:, _AT["part_other"]] = ~same
    else:
        out[:, _AT["part_not_asked"]] = columns.part != ""
    span = columns.first != columns.last
    if slot.since:
        out[:, _AT["since_span"]] = span
        out[:, _AT["since_single"]] = ~span & change
    elif slot.periods and all(p.first == p.last for p in slot.periods):
        out[:, _AT["span_growth_single"]] = span & change


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
    out[:, _AT["foreign"]] = columns.foreign & (not inner)
    if inner:
        held = np.array([names(inner, s.text) for s in columns.loaded.sentences], dtype=bool)
        out[:, _AT["inner"]] = ~(
            held[columns.sentence] | np.array([names(inner, s.figure.place) for s in columns.loaded.figures])
        )
    out[:, _AT["aside"]] = columns.aside
    out[:, _AT["position"]] = columns.position
    out[:, _AT["report_weight"]] = 1.0 - candidate.weight
    out[:, _AT["report_strict"]] = float(candidate.strict)
