"""Questions that figures answer: the readings of a question, each with the figures that bear it out best."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answer.library import Library, Loaded, Stated
from retrieval.answer.matching import Match
from retrieval.answer.scope import Candidate, Scope, narrowed
from retrieval.answer.scoring import (
    LICENSED,
    Assignment,
    Ranked,
    Reading,
    Weighed,
    assign,
    conceivable,
    eligible,
    fitted,
    rank,
    readings,
    restricted,
    settled,
    weigh_readings,
)
from retrieval.answer.scoring.features import FEATURES
from retrieval.answer.sectors import sector_of, sectors
from retrieval.answer.weighing import of_kind, weigh_in, words_in
from retrieval.answer.weights import Weights
from retrieval.lexicon import units
from retrieval.model import Measure, Span, Status
from retrieval.query import Ask, Query, Slot, is_bare
from retrieval.query import asks as asking

__all__ = ["Chosen", "Considering", "Found", "chosen", "match_of", "unsaid"]

# What another year's report counts, for a year that is asked about beside its own.
_ELSEWHERE = 0.8
# So many reports are looked into for one slot, the likeliest first.
_REPORTS = 3
# An answer of the likeliest report so likely is given without a look into the others.
_ALONE = 0.9
# At most this many figures are given: a list of all districts' targets has about ten.
_MOST = 12
# A figure of a group is as good as the best one, nearly: by so much less in its own sentence, by that elsewhere.
_BESIDE, _APART = 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figures chosen, in the question's order, the number of the slot each was chosen for, and the slots of the
    question that nothing was given for."""

    matches: tuple[Match, ...]
    empty: tuple[Slot, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The slots of a reading with their weights, scopes and best figures, and what was chosen of them."""

    slots: tuple[Slot, ...]
    weights: tuple[Weights, ...]
    scopes: tuple[Scope, ...]
    scored: Mapping[int, Sequence[Match]]
    chosen: Chosen


_SAID, _MEANT = FEATURES.index("sentence_own_share"), FEATURES.index("near_sentence_own")
_KNOWN, _NAMED = FEATURES.index("id_same"), FEATURES.index("clause_own_share")
_SPOKEN = [_NAMED, FEATURES.index("near_name_own"), FEATURES.index("near_name_all")]
# A clause that says so little of an indicator's name is of something else.
_HARDLY = 0.2
# A sentence says what a slot names where it holds this share of its words, or words so near in meaning.
_LITTLE, _ALIKE = 0.35, 0.5


class Considering:
    """The readings of one question with the figures that bear them out; a slot that several readings share is ranked
    once."""

    def __init__(
        self,
        query: Query,
        where: Scope,
        library: Library,
        *,
        last_report: str,
        today: date,
        afar: bool = False,
        fits: Callable[[Slot, Loaded, Stated], bool] | None = None,
    ) -> None:
        """Of a slot's figures only those that fit are looked at, where `fits` is given."""
        self.query, self.library, self._where = query, library, where
        self.last_report, self.today, self._afar = last_report, today, afar
        self._fits = fits
        self._main = [c for c in where.candidates if not c.strict]
        self._scopes: dict[Slot, tuple[Scope, Sequence[Candidate]]] = {}
        self._words: dict[tuple[str, ...], Weights] = {}
        self._scored: dict[tuple[Slot, int], Ranked] = {}
        self._ranked: dict[tuple[Slot, int], Ranked] = {}
        self._model = fitted()
        # 14年想拉多少 after the result of 2013: of a year of its own, a follow-up's plan is no result.
        another = "place" in query.carried and "period" not in query.carried and bool(query.periods)
        self._planned = asking.planned(query.rest) or "status" in query.carried or another

    def weighed(self, slots: Sequence[Slot]) -> tuple[Weighed, ...]:
        """All readings, the likeliest first; the first one alone where it leaves no doubt."""
        query, model = self.query, self._model
        first, *rest = readings(query, slots)
        early = [first, *(reading for reading in rest if reading.how in LICENSED)]
        if not self._afar and len(self._main) > 1:
            # Most questions are answered by the likeliest report alone: the others are opened only in doubt.
            alone = weigh_readings(query, self._assigned(early, most=1), model)
            if alone and alone[0].chance >= _ALONE:
                return alone
        sure = weigh_readings(query, self._assigned(early), model)
        if settled(sure):
            return sure
        others = [reading for reading in rest if reading.how not in LICENSED]
        found = self._assigned(others)
        every = (*sure, *weigh_readings(query, [*found, *self._unruled([first, *rest])], model))
        return tuple(sorted(every, key=lambda one: -one.weight))

    def assigned(self, slots: Sequence[Slot]) -> list[tuple[Reading, Assignment]]:
        """All readings that the reports have figures for."""
        proposed = readings(self.query, slots)
        return [*self._assigned(proposed), *self._unruled(proposed)]

    def _unruled(self, proposed: Sequence[Reading]) -> list[tuple[Reading, Assignment]]:
        """The plainest readings with the figures that weigh most, where a rule about status, year or indicator leaves
        out one of them: what the rule knows of the words may be wrong."""
        found = []
        # What a follow-up names is told by few words: without the rules they fit too much.
        for reading in proposed if not self.query.follows else ():
            if reading.how not in _PLAIN:
                continue
            ruled = [self.ranked(slot) for slot in reading.slots]
            every = [conceivable(self._every(slot, _REPORTS), self.query.text) for slot in reading.slots]
            if all(len(one.figures) == len(other.figures) for one, other in zip(ruled, every, strict=True)):
                continue  # no rule left anything out
            best, usual = assign(every, self._model), assign(ruled, self._model)
            if best is None or self._unborne(best) or (usual and _figures_of(best) == _figures_of(usual)):
                continue
            found.append((replace(reading, how=f"{reading.how}_unruled"), best))
        return found

    def _assigned(self, proposed: Sequence[Reading], most: int = _REPORTS) -> list[tuple[Reading, Assignment]]:
        found = []
        for reading in proposed:
            assignment = assign([self.ranked(slot, most) for slot in reading.slots], self._model)
            if assignment is not None and not self._unborne(assignment):
                found.append((reading, assignment))
        return found

    def _unborne(self, assignment: Assignment) -> bool:
        """Whether a follow-up names something that a figure says nothing of: what it takes over is not what it asks."""
        return self.query.follows and any(_silent(assignment))

    def of_any_year(self, slot: Slot) -> Ranked:
        """The figures that fit a slot best in the reports of the question, whatever their years and status."""
        free = replace(slot, status=None, periods=())
        reports = [(replace(c, periods=()), self.library.load(c.report)) for c in self._main[:_REPORTS]]
        weights = weigh_in(free, [loaded for _, loaded in reports], self.query.glosses)
        return rank(free, weights, self._where, reports, self._model)

    def nearest(self, slot: Slot) -> list[Match]:
        """The figures that come nearest to a slot, whether or not they may answer it."""
        ranked = self._rank(slot, *self._taken(slot))
        return [match_of(ranked, number) for number in range(len(ranked.figures))]

    def _rank(self, slot: Slot, own: Scope, taken: Sequence[Candidate]) -> Ranked:
        reports = [(candidate, self.library.load(candidate.report)) for candidate in taken]
        # Readings ask for other kinds of figures in the same words.
        key = (slot.words, slot.context, *(candidate.report for candidate in taken))
        if key not in self._words:
            self._words[key] = words_in(slot, [loaded for _, loaded in reports], self.query.glosses)
        return rank(slot, of_kind(slot, self._words[key]), own, reports, self._model)

    def _taken(self, slot: Slot) -> tuple[Scope, Sequence[Candidate]]:
        """The scope of a slot, and its reports, the likeliest first."""
        if slot not in self._scopes:
            own = _scope(self.query, slot, self._where, self.library, last_report=self.last_report, today=self.today)
            self._scopes[slot] = own, _looked_into(self.query, slot, own, self._main, afar=self._afar)
        return self._scopes[slot]

    def ranked(self, slot: Slot, most: int = _REPORTS) -> Ranked:
        """The figures that fit a slot best, of its `most` likeliest reports, among those that may answer it."""
        key = slot, most
        if key not in self._ranked:
            self._ranked[key] = eligible(self._every(slot, most), self.query.text, planned=self._planned)
        return self._ranked[key]

    def _every(self, slot: Slot, most: int) -> Ranked:
        """The figures that fit a slot best, of its `most` likeliest reports, whether or not they may answer it."""
        own, taken = self._taken(slot)
        taken = taken if self._afar else taken[:most]
        key = slot, len(taken)
        if key not in self._scored:
            found = self._rank(slot, own, taken)
            self._scored[key] = restricted(found, self._fits) if self._fits else found
        return self._scored[key]


# Readings that are also weighed with all figures that are `conceivable`.
_PLAIN = frozenset({"first", "by_clause", "segments"})


def _figures_of(assignment: Assignment) -> list[tuple[str, Span]]:
    chosen = (ranked.figures[n] for ranked, n in zip(assignment.ranked, assignment.chosen, strict=True))
    return [(loaded.row.id, stated.figure.span) for loaded, stated, _ in chosen]


def _silent(assignment: Assignment) -> list[bool]:
    """Of each figure whether its sentence says nothing of what its slot names."""
    return [
        bool(ranked.slot.words) and ranked.rows[n, _SAID] < _LITTLE and ranked.rows[n, _MEANT] < _ALIKE
        for ranked, n in zip(assignment.ranked, assignment.chosen, strict=True)
    ]


def unsaid(query: Query, assignment: Assignment) -> bool:
    """Whether all figures are of something else: of no indicator their slots name, or in name and clause without a word
    of what was asked or one near it in meaning (the start of a change speaks for itself); of a bare name that is all
    there is (评论验证码), whether none of their sentences says it."""
    if is_bare(query.text) and not query.asks:
        return all(_silent(assignment))
    return all(
        _of_other(ranked, n) or (silent and not ranked.slot.ask.end and not ranked.rows[n, _SPOKEN].any())
        for silent, ranked, n in zip(_silent(assignment), assignment.ranked, assignment.chosen, strict=True)
    )


def _of_other(ranked: Ranked, number: int) -> bool:
    """Whether a slot names an indicator, and a figure is not known to be of it and hardly named so."""
    row = ranked.rows[number]
    return bool(ranked.weights.indicators) and not row[_KNOWN] and row[_NAMED] < _HARDLY


def _looked_into(query: Query, slot: Slot, own: Scope, main: Sequence[Candidate], *, afar: bool) -> Sequence[Candidate]:
    """The reports looked into for a slot, the likeliest first."""
    near = [c for c in own.candidates if not c.strict] or list(own.candidates)
    if slot.periods != query.periods:
        # A year of its own may be told in the report of the others: 由2002年的…增加到2007年的….
        held = {c.report for c in near}
        near += [replace(c, periods=slot.periods, weight=_ELSEWHERE) for c in main if c.report not in held]
    return own.candidates if afar else near[:_REPORTS]


def chosen(reading: Reading, assignment: Assignment, first: Sequence[Slot]) -> Found:
    """What a reading comes to. `first` are the slots of the first reading: those left out are told."""
    scored = {
        n: [match_of(ranked, m) for m in range(len(ranked.figures))] for n, ranked in enumerate(assignment.ranked)
    }
    numbers = _once(_told(reading.slots), reading.slots, assignment)
    matches = [sector_of(scored[n][assignment.chosen[n]]) for n in numbers]
    if len(matches) == 1 and reading.slots[0].many:
        matches = sectors(matches[0]) or _members(matches[0], scored[0])
        numbers = [0] * len(matches)
    elif len(matches) == 1 and reading.slots[0].ask == Ask():
        matches = _with_companion(matches[0], reading.slots[0].likely)
        numbers = [0] * len(matches)
    left = tuple(s for s in first if s.firm and all((s.words, s.ask) != (o.words, o.ask) for o in reading.slots))
    return Found(
        reading.slots,
        tuple(ranked.weights for ranked in assignment.ranked),
        tuple(ranked.scope for ranked in assignment.ranked),
        scored,
        Chosen(tuple(matches[:_MOST]), left if reading.how == "drop" else (), tuple(numbers[:_MOST])),
    )


def _told(slots: Sequence[Slot]) -> list[int]:
    """The numbers of slots in the order their figures are told in: one beside another comes behind it."""
    return sorted(range(len(slots)), key=lambda n: (n + 1, 1) if slots[n].beside else (n, 0))


def _once(numbers: Sequence[int], slots: Sequence[Slot], assignment: Assignment) -> list[int]:
    """The numbers without slots that ask for what one before them asks for, and were given its figure."""
    kept: dict[tuple[str, str, Span], int] = {}
    for number in numbers:
        loaded, stated, _ = assignment.ranked[number].figures[assignment.chosen[number]]
        kept.setdefault((slots[number].words, loaded.row.id, stated.figure.span), number)
    return list(kept.values())


def match_of(ranked: Ranked, number: int) -> Match:
    """A slot's figure with how far it says what the slot names."""
    loaded, stated, _ = ranked.figures[number]
    row = dict(zip(FEATURES, ranked.rows[number].tolist(), strict=True))
    return Match(
        loaded,
        stated,
        score=float(ranked.scores[number]),
        share=row["sentence_own_share"],
        own=row["sentence_own_share"],
        named=row["clause_own_share"],
        fit=0.0 if row["unit_wrong"] else 1.0,
        weight=ranked.weights.own,
        doubtful=bool(ranked.weights.indicators) and not row["id_same"],
        of_indicator=bool(row["id_same"]),
        words=ranked.slot.words,
    )


def _with_companion(match: Match, likely: str) -> list[Match]:
    """Of a known indicator, where neither its amount nor its growth was asked for, both where they stand together; of
    a plan the growth first, which is how plans are named, save after an answer in a `likely` unit of amounts."""
    figure = match.figure
    other = {Measure.GROWTH: Measure.LEVEL, Measure.LEVEL: Measure.GROWTH}.get(figure.measure)
    if other is None or figure.indicator_id is None:
        return [match]
    alike = (figure.indicator, figure.period, figure.status, figure.part)
    beside = [
        replace(match, stated=stated)
        for stated in match.loaded.figures_in(match.stated.sentence)
        if stated.figure.measure is other
        and stated.figure.value is not None
        and (stated.figure.indicator, stated.figure.period, stated.figure.status, stated.figure.part) == alike
    ]
    planned = figure.status is Status.TARGET
    # 新港区的进出口额: of a part no growth of the whole is told.
    whole = planned and len(match.words.split()) == 1
    both = [match, *(beside[:1] or (_planned_growth(match) if whole else []))]
    if not planned or (likely and units.compatible(figure.unit, likely)):
        # 2016年计划完成多少 after an amount asks for an amount.
        return both
    return sorted(both, key=lambda m: m.figure.measure is not Measure.GROWTH)


def _planned_growth(match: Match) -> list[Match]:
    """Of a planned amount, the growth that the list of the year's goals gives for the same indicator."""
    figure = match.figure
    if figure.measure is not Measure.LEVEL:
        return []
    goals = [
        stated
        for stated in match.loaded.figures
        if stated.figure.indicator_id == figure.indicator_id
        and stated.figure.measure is Measure.GROWTH
        and stated.figure.status is Status.TARGET
        and stated.figure.period == figure.period
        and stated.figure.value is not None
        and not stated.figure.part
    ]
    return [replace(match, stated=stated) for stated in goals[:1]] if len({s.figure.value for s in goals}) == 1 else []


def _members(best: Match, matches: Sequence[Match]) -> list[Match]:
    """The figures of the best one's kind in its passage: one for each member of the group."""
    kind = (units.bare(best.figure.unit), best.figure.measure)
    found = [best]
    for match in matches:
        if match.loaded is not best.loaded or match.stated.passage != best.stated.passage:
            continue
        alike = (units.bare(match.figure.unit), match.figure.measure) == kind
        most = _BESIDE if match.stated.sentence == best.stated.sentence else _APART
        if alike and match.score >= best.score - most and not any(match.same(m) for m in found):
            found.append(match)
    return sorted(found, key=lambda m: m.figure.span)


def _scope(query: Query, slot: Slot, where: Scope, library: Library, *, last_report: str, today: date) -> Scope:
    """The reports for a slot's own years and status."""
    if not where.place or (slot.periods == query.periods and slot.status is query.status):
        return where
    # 2017年排第几，五年升了几位: the five years count from the year named beside them.
    apart = slot.periods and all(p.relative for p in slot.periods)
    anchor = tuple(p for p in query.periods if not p.relative) if apart else ()
    if anchor:
        beside = narrowed(where, replace(query, periods=anchor), library.rows, last_report, today)
        last_report = beside.candidates[0].report if beside.candidates else last_report
    asked = replace(query, periods=slot.periods, status=slot.status)
    own = narrowed(where, asked, library.rows, last_report, today)
    return own if own.candidates else where
