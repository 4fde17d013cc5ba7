"""The figures of reports that may bear a claim out or deny it: of what they are, and in what their frame differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.answer.library import Library, Loaded, Stated
from retrieval.answer.scope import Candidate, Scope, names
from retrieval.answer.scoring import fitted, rank
from retrieval.answer.scoring.columns import CLASSES, class_of, years
from retrieval.answer.weighing import weigh_in
from retrieval.index import ReportRow
from retrieval.model import Figure, Measure, Status
from retrieval.query import Ask, Period, Slot
from retrieval.verify import matter
from retrieval.verify.equality import Likeness, comparable, compared, digits_of
from retrieval.verify.values import Claim

__all__ = ["Evidence", "Facet", "Looking", "key"]

# Kinds of figures that are one beside a claim: what is counted may be told as a level, a share as a rate.
_ONE_KIND = {"count": "level", "duration": "level", "rate_level": "share", "threshold": "level"}
_ASKED = frozenset({Measure.GROWTH, Measure.SHARE, Measure.RANK, Measure.STREAK})
# A report beside the one that should tell counts so much.
_MAIN, _BESIDE = 1.0, 0.85


class Facet(StrEnum):
    """What of a frame may differ."""

    PLACE = "place"
    PERIOD = "period"
    STATUS = "status"
    PART = "part"
    KIND = "kind"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure of a report beside a claim: the likelihood that both are of one thing, the facets of their frames that
    differ, and how their numbers stand. `firm` ones may deny the claim: it names what it is of, and the frame is its
    own, not only one that a claim which leaves its tense open may have."""

    loaded: Loaded
    stated: Stated
    chance: float
    differs: frozenset[Facet]
    likeness: Likeness
    firm: bool = True

    @property
    def figure(self) -> Figure:
        """The report's figure."""
        return self.stated.figure

    @property
    def framed(self) -> bool:
        """Whether both have one frame."""
        return not self.differs

    @property
    def agrees(self) -> bool:
        """Whether both tell one number, as written, rounded or hedged."""
        return self.likeness in (Likeness.SAME, Likeness.ROUNDED, Likeness.HEDGED)


class Looking:
    """Looks for the figures of reports beside the claims of one text; what was looked up for one serves the next."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[str, dict[str, list[Stated]]] = {}

    def likely(self, claim: Claim, main: Sequence[ReportRow], beside: Sequence[ReportRow]) -> list[Evidence]:
        """The figures that are likeliest to be of what the claim is of, and all of its number; best first."""
        loaded = [self._library.load(row.id) for row in (*main, *beside)]
        if not loaded:
            return []
        first, last = years(claim.figure.period)
        periods = (Period(first, last),) if first else ()
        slot = _slot(claim, periods)
        pairs = [
            (Candidate(one.row.id, _MAIN if n < len(main) else _BESIDE, periods), one) for n, one in enumerate(loaded)
        ]
        ranked = rank(slot, weigh_in(slot, loaded), Scope((), claim.place), pairs, fitted())
        found: dict[tuple[str, int, str], Evidence] = {}
        for one, stated, _ in ranked.figures:
            found[_key(one, stated)] = _evidence(claim, one, stated)
        for one in loaded:
            for stated in self.numbered(one, claim.figure):
                if _key(one, stated) not in found:
                    found[_key(one, stated)] = _evidence(claim, one, stated)
        return sorted(found.values(), key=lambda e: -e.chance)

    def elsewhere(self, claim: Claim, rows: Iterable[ReportRow]) -> list[Evidence]:
        """The figures of other reports that have the claim's number."""
        loaded = [self._library.load(row.id) for row in rows]
        found = [_evidence(claim, one, s) for one in loaded for s in self.numbered(one, claim.figure)]
        return sorted(found, key=lambda e: -e.chance)

    def numbered(self, loaded: Loaded, figure: Figure) -> list[Stated]:
        """The figures of a report with the digits of a figure, whatever their scale and unit, or with its words."""
        known = self._numbers.get(loaded.row.id)
        if known is None:
            known = {}
            for stated in loaded.figures:
                known.setdefault(_number(stated.figure), []).append(stated)
            self._numbers[loaded.row.id] = known
        number = _number(figure)
        return known.get(number, []) if number else []


def _number(figure: Figure) -> str:
    """What two figures of one number share: digits, or the words of one that has no single value (3:53:44)."""
    return digits_of(figure) or figure.wording or ""


# A sentence this like the claim's is the one it was taken from.
_TAKEN = 0.8
# And one this like it, though the one is of what was done in a year and the other of what is planned for the next.
_VERY = 0.97
# One this like it tells the tense that the claim leaves open.
_ECHOED = 0.5
_ALIKE = matter.FEATURES.index("sentence_alike")


def _evidence(claim: Claim, loaded: Loaded, stated: Stated) -> Evidence:
    values = matter.features(claim, loaded, stated)
    differs = differing(claim, loaded, stated)
    alike = values[_ALIKE] if loaded.row.year == claim.context else 0.0
    if alike >= (_VERY if {Facet.PERIOD, Facet.STATUS} <= differs else _TAKEN):
        # In the report of that year the very sentence is told: what its words make of time alone is no difference.
        differs -= {Facet.PERIOD, Facet.STATUS}
    return Evidence(
        loaded,
        stated,
        matter.chance(values),
        differs,
        compared(claim.figure, stated.figure),
        values[_ALIKE] >= _ECHOED or not (not claim.name or (claim.open and _other_tense(claim.figure, stated.figure))),
    )


def key(evidence: Evidence) -> tuple[str, int, str]:
    """What tells a report's figure from all others."""
    return _key(evidence.loaded, evidence.stated)


def _key(loaded: Loaded, stated: Stated) -> tuple[str, int, str]:
    return loaded.row.id, stated.figure.span.start, stated.indicator


def _slot(claim: Claim, periods: tuple[Period, ...]) -> Slot:
    """The question a claim answers."""
    figure = claim.figure
    measure = figure.measure if figure.measure in _ASKED else None
    unit = figure.unit if figure.value is not None else ""
    return Slot(
        claim.name.lower() or "经济增长",
        claim.clause,
        Ask(measure, unit, figure.direction if measure is Measure.GROWTH else 0),
        None if claim.open else Status.TARGET if figure.status is Status.TARGET else Status.ACTUAL,
        () if claim.open else periods,
        yearly=bool(periods) and not claim.open and periods[0].first == periods[0].last,
    )


def kind(figure: Figure) -> str:
    """The kind of a figure, as far as claims tell kinds apart."""
    name = CLASSES[class_of(figure.measure, figure.unit, figure.direction, figure.value is not None)]
    return _ONE_KIND.get(name, name)


def differing(claim: Claim, loaded: Loaded, stated: Stated) -> frozenset[Facet]:
    """The facets in which the frames of a claim and of a report's figure differ."""
    own, other = claim.figure, stated.figure
    found: set[Facet] = set()
    if not _same_place(claim, loaded, stated):
        found.add(Facet.PLACE)
    if not (claim.open and _other_tense(own, other)):
        if own.period and not _same_period(own, other, f"{stated.indicator} {stated.clause}"):
            found.add(Facet.PERIOD)
        if (own.status is Status.TARGET) != (other.status is Status.TARGET):
            found.add(Facet.STATUS)
    if own.part != other.part:
        found.add(Facet.PART)
    if kind(own) != kind(other):
        found.add(Facet.KIND)
    if own.value is not None and other.value is not None and not comparable(own, other):
        found.add(Facet.UNIT)
    return frozenset(found)


def _same_place(claim: Claim, loaded: Loaded, stated: Stated) -> bool:
    place = loaded.row.place
    if place == claim.place:
        return stated.figure.place in ("", place)
    said = f"{stated.indicator} {stated.clause} {loaded.sentences[stated.sentence].text}"
    return place == claim.inside and (stated.figure.place == claim.place or names(claim.place, said))


def _other_tense(own: Figure, other: Figure) -> bool:
    """Whether a figure is what the claim would be in the other tense: the result of a year, the target of the next."""
    shift = -1 if own.status is Status.TARGET else 1
    return other.period == str(int(own.period) + shift) and (other.status is Status.TARGET) == (shift > 0)


# What is spent, built or added over some years is their sum.
_SUMMED = re.compile(
    r"累计|合计|[总一]共|共计|支出|投入|投资|新增|新建|新改|建成|改造|完成|筹[集措]|争取|引进|减[免负]|签约|拨付|安排"
    r"|利用|到位|吸引|进出口|出口|进口|产值|产量|接待|游客|就业|脱贫|减贫"
)


def _same_period(own: Figure, other: Figure, words: str) -> bool:
    """Whether two figures are of the same years; `words` are the name and the clause of the other one."""
    if own.period == other.period or not other.period:
        return True
    first, last = years(own.period)
    begun, ended = years(other.period)
    # How things stand at the end of some years is how they stand in the last of them.
    stock = own.measure not in (Measure.GROWTH, Measure.COUNT) and other.measure not in (Measure.GROWTH, Measure.COUNT)
    return stock and last == ended and (first == last or begun == ended) and not _SUMMED.search(words)
