"""What a check of a text is made of: claims, the evidence of reports, and the verdict on each claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.model import AnswerFigure, Citation, Figure, Span

__all__ = ["Cause", "Check", "Claim", "Finding", "Missing", "Said", "Verdict"]


class Verdict(StrEnum):
    """How a claim stands to the reports, worst first."""

    DIFFERENT = "different"  # 不一致
    UNFOUND = "unfound"  # 查不到
    NEAR = "near"  # 相近
    SAME = "same"  # 一致


class Cause(StrEnum):
    """What a claim that differs has most likely been taken from, or how it differs."""

    YEAR = "year"  # another year's value
    STATUS = "status"  # a target given as a result, or the reverse
    PLACE = "place"  # the country's or the province's value for the city's, or another place's
    PART = "part"  # a sub-area's value for the whole, or a part of the year's
    SPAN = "span"  # several years' total or mean for one year's
    MEASURE = "measure"  # the amount for its growth, a share for a growth
    UNIT = "unit"  # percentage points for per cent, another unit
    SCALE = "scale"  # 万 for 亿, a shifted point
    SIGN = "sign"  # a fall for a rise
    HALF = "half"  # towns' value for the country's
    NEIGHBOUR = "neighbour"  # the value of another figure beside it
    REVISED = "revised"  # an estimate that a later report replaced
    DIGITS = "digits"  # a digit mistyped, or two exchanged
    OTHER = "other"  # nothing known


class Missing(StrEnum):
    """Why a claim was not found."""

    PLACE = "place"  # no report of the place is stored
    YEAR = "year"  # not of that year
    UNMENTIONED = "unmentioned"  # the reports do not tell of it
    UNSURE = "unsure"  # they tell of something like it, and it is not sure to be the same
    ELSEWHERE = "elsewhere"  # they tell its number of another year, as a target, or of a part
    UNDATED = "undated"  # the text does not say of which year it tells
    UNPLACED = "unplaced"  # nor of which place


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that the text states, in the frame it is held against the reports in.

    Spans count the characters of the text. `sentence` holds it, `clause` and `words` are its clause and sentence,
    folded and in lower case. `place` is the full name of the place it is of, `inside` the place whose report may tell
    of it where that is another one. `open` tells that it may be of what was done in the figure's year or of what is
    planned for the next. `context` is the year of the report that would say it. Where it is not `sure` which year it is
    of, nothing denies it. `beside` are the label and the head of a number in a table.
    """

    figure: Figure
    sentence: Span
    clause: str
    words: str
    name: str
    place: str
    inside: str = ""
    open: bool = False
    context: int = 0
    sure: bool = True
    beside: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the text that are checked as words: a quoted phrase, 首次. `difference` is how the report puts it where
    it nearly says so."""

    span: Span
    surface: str
    sentence: Span
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one claim, or on words. `evidence` is the report's figure; of what differs `source` is where the
    claim's value does stand, if it stands anywhere. `citations` number the check's: the sentences that bear it out.
    `chance` is the likelihood that evidence and claim are of the same thing, `looked` the places whose reports were
    looked into.
    """

    claim: Claim | Said
    verdict: Verdict
    cause: Cause | None = None
    missing: Missing | None = None
    evidence: AnswerFigure | None = None
    source: AnswerFigure | None = None
    citations: tuple[int, ...] = ()
    note: str = ""
    chance: float = 0.0
    looked: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Where in the text the claim stands."""
        return self.claim.span if isinstance(self.claim, Said) else self.claim.figure.span

    @property
    def surface(self) -> str:
        """The claim as the text writes it."""
        return self.claim.surface if isinstance(self.claim, Said) else self.claim.figure.surface


@dataclass(frozen=True, slots=True)
class Check:
    """A text held against the reports: `findings` in the order of the text, and the sentences they cite.

    `place` and `year` are those taken for what the text leaves out (year 0: none), `asks` what the user has to tell
    first: place, year or nothing.
    """

    text: str
    findings: tuple[Finding, ...]
    citations: tuple[Citation, ...] = ()
    place: str = ""
    year: int = 0
    asks: Missing | None = None
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """How many findings have this verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)

    def worst_first(self) -> tuple[Finding, ...]:
        """The findings by verdict, those of one verdict in the order of the text."""
        return tuple(sorted(self.findings, key=lambda finding: _ORDER[finding.verdict]))


_ORDER = {verdict: number for number, verdict in enumerate(Verdict)}
