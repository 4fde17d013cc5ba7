"""The figures of a report scored for a slot: words, name, measure, unit, status, period, place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.answer.fitting import end_fit, fits_ask, part_fit, period_of, status_fit
from retrieval.answer.leanings import leaning
from retrieval.answer.library import Loaded, Stated
from retrieval.answer.likeness import CONFLICT, indicator_fit, precision, says_more
from retrieval.answer.scope import Candidate, names
from retrieval.answer.weights import Weights, grams
from retrieval.lexicon import units
from retrieval.model import Figure, Measure, Status
from retrieval.query import Slot

__all__ = ["Match", "match_all"]


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


def match_all(
    slot: Slot, weights: Weights, loaded: Loaded, candidate: Candidate, *, place: str, inner: str
) -> list[Match]:
    """The figures of one report that may be meant by a slot, unsorted."""
    found: list[Match] = []
    owner = _owner(slot.words)
    for stated in loaded.figures:
        figure = stated.figure
        if figure.measure is Measure.THRESHOLD:
            continue
        outer = period_of(figure, slot, candidate.periods)
        if slot.ask.end != "from":  # where a target starts from is a result
            outer *= status_fit(figure, slot.status, candidate, loaded.row.year)
        if candidate.superseded and slot.status is None and figure.status is Status.TARGET:
            # The next report tells the result; of a headline figure the plan is then no answer.
            headline = weights.indicators and slot.firm and not slot.ask.end and not says_more(weights)
            outer *= 0.0 if headline else _PLANNED_DONE if slot.done else 0.4
        if outer == 0 or (candidate.strict and outer < 0.9):
            continue
        sentence = loaded.sentences[stated.sentence].text
        if inner and not (names(inner, sentence) or names(inner, figure.place)):
            continue
        fields = (
            (stated.indicator, 1.0),
            (units.implied(figure.unit), 0.85),
            (stated.clause, 0.85 if figure.group is None else 0.7),
            (sentence, 0.5),
            (_before(loaded, stated), 0.3),
            (loaded.title(stated.passage).lower(), 0.25),
        )
        covered = weights.covered(fields)
        share = weights.share(covered)
        if share < 0.05:
            continue
        fit = fits_ask(figure, slot.ask, slot.words) * end_fit(stated, slot.ask) * part_fit(stated, slot)
        if fit == 0:
            continue
        if slot.likely and not units.compatible(figure.unit, slot.likely):
            fit *= _OTHER_UNIT
        score = share * precision(stated.indicator, weights) * fit * outer * candidate.weight
        # A clause shared by a list says less of one of its figures.
        said = weights.own_share([1.0 if c >= 0.85 else 0.6 if c >= 0.7 else 0.0 for c in covered])
        own = weights.own_share(covered)
        known = indicator_fit(figure, stated, weights, said, own)
        # What a slot names itself decides; the words around it only tell like from like.
        score *= 0.4 + 0.6 * said
        score *= known * (1.0 + 0.004 * min(6, sum(c.isdigit() for c in figure.surface)))
        if stated.indicator == slot.words.lower():
            score *= _EXACT  # 出口 before 进出口
        score *= leaning(stated, slot, place=place, inner=inner)
        if owner and known < 1.0 and sum(gram in stated.indicator for gram in owner) < _OWNED * len(owner):
            score, said = score * CONFLICT, said * CONFLICT
        named = said if known > CONFLICT else said * known
        found.append(Match(loaded, stated, score, share, own, named, fit, weights.own, known < 1.0, slot.words))
    return found


def _owner(words: str) -> list[str]:
    """The grams of what a share of output is asked of: 工业增加值 of 工业增加值 GDP比重."""
    match = _SHARE_OF_OUTPUT.match(words.lower())
    return grams(match[1]) if match else []


_SHARE_OF_OUTPUT = re.compile(r"(\S{2,})\s*占?\s+?(?:gdp|地区生产总值|国内生产总值|生产总值)\s*的?比[重例]$")
# The figure's own name has so much of it.
_OWNED = 0.6


def _before(loaded: Loaded, stated: Stated) -> str:
    """The sentence before, where it is in the same passage: it may hold the subject."""
    if stated.sentence == 0:
        return ""
    before = loaded.sentences[stated.sentence - 1]
    return before.text if before.passage == stated.passage else ""


# Of what is said to be done the plan of the year is hardly an answer.
_PLANNED_DONE = 0.15
_EXACT = 1.08
# The same indicator of another year is mostly stated in the same unit; a target may be a growth.
_OTHER_UNIT = 0.45
