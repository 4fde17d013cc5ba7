"""What each tool gives back. The types are the published output schemas: objects, with lists inside them."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic reads no other on 3.11

from bot.assistants.shapes import CitationJson, ComputedJson, ErrorJson, ValueJson
from retrieval.model import Kind, Measure, Reason
from retrieval.verify import Cause, Missing, Verdict

__all__ = [
    "AnswerJson",
    "Answered",
    "Asked",
    "Batch",
    "CheckJson",
    "Checked",
    "FindingJson",
    "Listed",
    "ObservationJson",
    "Page",
    "PanelPage",
    "Paneled",
    "ReportJson",
    "SectionJson",
    "Series",
    "SeriesJson",
    "SliceJson",
    "Sliced",
    "Stated",
    "Verified",
]


class AnswerJson(TypedDict):
    """The answer to a question. With kind `none` the reports do not say: `reason` tells why and `nearest` what comes
    closest. `notes` are substitutions a reader must be told. `text` is the reply as people read it; what it quotes are
    the words of the reports. `options` are other readings, or questions to go on with."""

    kind: Kind
    reason: Reason | None
    text: str
    values: list[ValueJson]
    computed: list[ComputedJson]
    nearest: list[ValueJson]
    citations: list[CitationJson]
    notes: list[str]
    options: list[str]
    verdict: str | None


class Answered(TypedDict):
    """One item of `ask`, in the order of the questions."""

    question: str
    ok: bool
    answer: AnswerJson | None
    error: ErrorJson | None


class Asked(TypedDict):
    """The result of `ask`."""

    items: list[Answered]


class ReportJson(TypedDict):
    """A report that is loaded. `review_years` are those it looks back at, `plan_years` those it plans."""

    report: str
    report_year: int
    place: str
    level: str
    parents: list[str]
    title: str
    review_years: list[int]
    plan_years: list[int]
    completeness: str
    figures: int
    source: str
    url: str


class Listed(TypedDict):
    """The result of `reports`; `next_offset` is null on the last page."""

    total: int
    reports: list[ReportJson]
    next_offset: int | None


class Page(TypedDict):
    """The figures of one report, in the order of its text."""

    report: str
    ok: bool
    total: int
    values: list[ValueJson]
    next_offset: int | None
    error: ErrorJson | None


class Stated(TypedDict):
    """The result of `figures`."""

    items: list[Page]


class BreakJson(TypedDict):
    """From `period` on a series is stated under another definition."""

    period: str
    before: str
    after: str


class SeriesJson(TypedDict):
    """One series, by data year. `notes` tell what is missing, estimated or differently named."""

    place: str
    indicator: str
    ok: bool
    values: list[ValueJson]
    breaks: list[BreakJson]
    notes: list[str]
    error: ErrorJson | None


class Series(TypedDict):
    """The result of `series`."""

    items: list[SeriesJson]


class ObservationJson(TypedDict):
    """One indicator of one place in one data year: the target stands in that year's report, the result in the next
    year's; either may be null. `others` of each are figures of the same report that may be meant as well."""

    data_year: int
    indicator: str
    indicator_id: str
    measure: Measure
    target: ValueJson | None
    target_others: list[str]
    result: ValueJson | None
    result_others: list[str]


class PanelPage(TypedDict):
    """The rows of one place, a page at a time; `total` counts them all."""

    place: str
    level: str
    ok: bool
    total: int
    rows: list[ObservationJson]
    next_offset: int | None
    error: ErrorJson | None


class Paneled(TypedDict):
    """The result of `panel`."""

    items: list[PanelPage]


class FindingJson(TypedDict):
    """The verdict on one figure of a text, or on words of it: `surface` is the text from `start` to `end`. `evidence`
    is the figure of a report that gives the verdict (the nearest one where none was found), `origin` the one that the
    text's value is of, where it differs. `why` says in Chinese how it differs, or why it was not found."""

    kind: Literal["figure", "words"]
    surface: str
    start: int
    end: int
    verdict: Verdict
    cause: Cause | None
    missing: Missing | None
    why: str
    indicator: str
    place: str
    period: str
    evidence: ValueJson | None
    origin: ValueJson | None
    citations: list[CitationJson]


class CheckJson(TypedDict):
    """A text held against the reports. `asks` is what has to be told first (unplaced, undated), with no findings then;
    `place` and `data_year` are those taken for what the text leaves out."""

    place: str
    data_year: int | None
    asks: Missing | None
    counts: dict[Verdict, int]
    findings: list[FindingJson]
    text: str


class Checked(TypedDict):
    """One item of `verify`, in the order of the texts."""

    ok: bool
    check: CheckJson | None
    error: ErrorJson | None


class Verified(TypedDict):
    """The result of `verify`."""

    items: list[Checked]


class SectionJson(TypedDict):
    """A heading and the stretch of text it stands over."""

    title: str
    path: list[str]
    start: int
    end: int


class SliceJson(TypedDict):
    """A stretch of a report exactly as read; `next_start` is where to read on, null at the end."""

    report: str
    ok: bool
    report_year: int | None
    place: str
    url: str
    start: int
    end: int
    length: int
    text: str
    next_start: int | None
    sections: NotRequired[list[SectionJson]]
    error: ErrorJson | None


class Sliced(TypedDict):
    """The result of `report_text`."""

    items: list[SliceJson]


Batch = Asked | Listed | Stated | Series | Paneled | Verified | Sliced
