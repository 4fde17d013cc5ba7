"""The values that pass between the rooms of the house. All are frozen; none knows how it was made.

Offsets are half-open and count characters of `Report.text`, the decoded file exactly as it was read. The
invariant of the whole project is `report.text[span.start:span.end] == surface`.

Names follow SDMX where statistics are concerned: place = REF_AREA, period = TIME_PERIOD, value = OBS_VALUE,
unit = UNIT_MEASURE, status = OBS_STATUS.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

__all__ = [
    "Answer",
    "AnswerFigure",
    "Assessed",
    "Break",
    "Citation",
    "Completeness",
    "Computed",
    "Document",
    "Figure",
    "Indicator",
    "Kind",
    "Level",
    "Measure",
    "Mentions",
    "Option",
    "Outline",
    "Passage",
    "PhraseFacts",
    "Place",
    "Reason",
    "Report",
    "Section",
    "SectionKind",
    "Span",
    "Status",
    "Trace",
    "Wording",
    "plain",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The slice of `text` this span addresses."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


class Level(StrEnum):
    """Administrative level of a place."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit: full name (辽阳市), level, division code, chain of parents nearest first (辽宁省)."""

    name: str
    level: Level
    code: str = ""
    parents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    english: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistical indicator of the lexicon.

    `unit` is the base unit of its level (亿元, 万吨, %), `kinds` the measures it is stated in, `unlike` the ids of
    indicators it is easily taken for.
    """

    id: str
    name: str
    group: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    kinds: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    english: tuple[str, ...] = ()


class SectionKind(StrEnum):
    """What a section of a report is about."""

    PREAMBLE = "preamble"  # title, speaker, salutation
    REVIEW = "review"  # the past year
    TERM_REVIEW = "term_review"  # the past five years (or the past term)
    PROBLEMS = "problems"
    TARGETS = "targets"  # overall requirements and expected targets, of the year or of the coming term
    TASKS = "tasks"
    GOVERNMENT = "government"  # 政府自身建设
    LIVELIHOOD = "livelihood"  # 民生实事 lists
    CLOSING = "closing"
    ANNEX = "annex"
    NOTES = "notes"  # glossaries, endnotes
    OTHER = "other"


class Document(StrEnum):
    """What kind of document a report is."""

    WORK = "work"  # 政府工作报告
    COMMUNIQUE = "communique"  # 统计公报: results only
    PLAN = "plan"  # 计划执行情况与计划草案的报告
    BUDGET = "budget"  # 预算执行情况与预算草案的报告
    ADDRESS = "address"  # 施政报告


class Completeness(StrEnum):
    """How much of the report the file holds."""

    WHOLE = "whole"
    ABRIDGED = "abridged"  # 摘要, 摘登
    CUT_OFF = "cut_off"  # breaks off before its end


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read.

    `text` is the decoded file, never rewritten; `masks` are the sorted, disjoint spans of it that are not the
    report's own words (menus, disclaimers, footnote marks, bold marks, front matter). `year` is the year the report
    plans for: it reviews `review` (first and last year) and plans `plan`. `meeting` is the day it was given, where the
    text tells. `cut_at` is where a cut-off text ends. A `document` that is no work report is of the year it plans for
    too: a communiqué of 2023 is of 2024, for it reviews 2023; it plans nothing, and `plan` is (0, 0).
    """

    id: str
    source: str
    text: str
    sha256: str
    place: Place
    year: int
    encoding: str = "utf-8"
    format: str = "txt"
    title: str = ""
    speaker: str = ""
    session: str = ""
    meeting: date | None = None
    review: tuple[int, int] = (0, 0)
    plan: tuple[int, int] = (0, 0)
    completeness: Completeness = Completeness.WHOLE
    cut_at: int | None = None
    masks: tuple[Span, ...] = ()
    url: str = ""
    warnings: tuple[str, ...] = ()
    document: Document = Document.WORK


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report.

    `path` holds the headings from the outermost to its own; `parent` indexes the outline's sections.
    """

    span: Span
    title: str
    path: tuple[str, ...]
    kind: SectionKind
    level: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph. `section` indexes the outline's sections; `sentences` tile the passage's own words."""

    span: Span
    section: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's structure: spans only."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


class Measure(StrEnum):
    """What a figure measures of its indicator."""

    LEVEL = "level"
    GROWTH = "growth"  # rates, gaps and absolute changes
    SHARE = "share"
    RANK = "rank"
    STREAK = "streak"
    COUNT = "count"
    DURATION = "duration"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    PRICE = "price"
    THRESHOLD = "threshold"


class Status(StrEnum):
    """Whether a figure is a result, an estimate (预计) or a target."""

    ACTUAL = "actual"
    ESTIMATED = "estimated"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    `span` covers number and unit (连续, 前, 第 and 余 inside; 近, 超, 约 outside), `surface` is its slice. `value` is
    in `unit` as written (1.2 万亿元), `scaled` in `base_unit` (1.2E12 元); `upper` is the top of a range. A textual
    figure (持平, 与经济增长同步) has no value but a `wording`. `direction` is 1, -1 or 0; of a number with a sign
    (增长-3.2%) `value` is the magnitude, `direction` -1, `scaled` negative, the sign in the span. `period` is a year
    (2023) or years (2016-2020), `part` the part of it: Q1, H1, Q1-3, months as in 1-11; empty for the whole.
    `indicator` is the phrase the report uses, made whole across shared suffixes and earlier clauses; `indicator_id`
    the lexicon's, where it knows it. `clause` covers the words the figure was read from, its subject's included.
    `parent` indexes the figure a 其中 belongs to and `group` numbers coordinated figures, both within one passage.
    `scope` is the field of a rank or comparison (全省, 全国).
    """

    span: Span
    surface: str
    value: Decimal | Fraction | None
    unit: str
    upper: Decimal | None = None
    base_unit: str = ""
    scaled: Decimal | Fraction | None = None
    qualifier: str = ""
    measure: Measure = Measure.LEVEL
    direction: int = 0
    status: Status = Status.ACTUAL
    period: str = ""
    part: str = ""
    place: str = ""
    indicator: str = ""
    indicator_id: str | None = None
    basis: str = ""
    scope: str = ""
    wording: str | None = None
    clause: Span | None = None
    parent: int | None = None
    group: int | None = None


class Kind(StrEnum):
    """What an answer consists of."""

    FIGURES = "figures"
    PASSAGES = "passages"
    NONE = "none"
    CLARIFY = "clarify"


class Reason(StrEnum):
    """Why there is no answer."""

    NOT_MENTIONED = "not_mentioned"
    ONLY_TARGET = "only_target"
    ONLY_ACTUAL = "only_actual"
    YEAR_MISSING = "year_missing"
    PLACE_MISSING = "place_missing"
    FALSE_PREMISE = "false_premise"
    CUT_OFF = "cut_off"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted slice of a report: `quote == report.text[span.start:span.end]`, with where it stands.

    `masks` are the report's masks inside the quote, counted from the quote's own start, so that a renderer can leave
    them out.
    """

    report: str
    source: str
    span: Span
    quote: str
    place: str
    year: int
    path: tuple[str, ...] = ()
    kind: SectionKind = SectionKind.OTHER
    url: str = ""
    masks: tuple[Span, ...] = ()
    passage: int = 0


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure given as an answer, with the index of the citation it is a slice of and the name to show it under."""

    figure: Figure
    citation: int
    label: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A value derived from quoted figures, or `counted` over whole texts: never a slice, always shown as computed.
    `citations` are its sources'."""

    value: Decimal
    unit: str
    label: str
    citations: tuple[int, ...]
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """Another reading of the question, or a next step: a short label and the question it stands for."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about, for `--why`: scope, terms and rule in words, and scored candidates."""

    scope: str = ""
    query: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, ...] = ()
    candidates: tuple[tuple[float, str], ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A target and what came of it: `target` and `outcome` index the answer's figures (`outcome` None where the next
    report does not say), `verdict` is met, missed, unclear, untold, or unheld where the next report is not stored."""

    label: str
    target: int
    outcome: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Break:
    """From the year `period` on a series is stated under another definition than before."""

    period: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase of one report and how often two reports say it; `citation` is a sentence that does."""

    text: str
    before: int
    after: int
    citation: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """How often a report says a phrase; `year` is the report's."""

    report: str
    place: str
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class PhraseFacts:
    """What was found about a set phrase: years are report years; what was not asked is None.

    `mentions` are the reports that were counted, by year: of a place all of them, those without the phrase included;
    of the whole store those that say it. Empty where the search stopped at the first or last one.
    """

    first_year: int | None = None
    last_year: int | None = None
    years: tuple[int, ...] | None = None
    count: int | None = None
    mentions: tuple[Mentions, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reports say, or why they do not.

    `figures` are what was asked, best first; `related` the nearest when the asked one does not exist. `notes` are the
    substitutions and carry-overs the user must be told, `options` other readings and next questions. `topic` is a
    short name for what was asked, for headings. `assessed` is a report's scorecard, or a place's record over the years,
    over `figures`, `wordings` what is new and gone between two reports, `breaks` where a series changes its definition.
    An answer is data: rendering it is the faces' work.
    """

    kind: Kind
    reason: Reason | None = None
    figures: tuple[AnswerFigure, ...] = ()
    computed: tuple[Computed, ...] = ()
    related: tuple[AnswerFigure, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    verdict: str | None = None
    topic: str = ""
    message: str = ""
    phrase: PhraseFacts | None = None
    assessed: tuple[Assessed, ...] = ()
    wordings: tuple[Wording, ...] = ()
    breaks: tuple[Break, ...] = ()
    trace: Trace = field(default_factory=Trace)


def plain(value: Decimal | Fraction) -> str:
    """A value as the contract writes it: `1.2`, `111.6`, `1/3`, never an exponent."""
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value, "f")
