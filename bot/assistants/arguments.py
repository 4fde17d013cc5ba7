"""What each tool is called with. The models are the published input schemas."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from retrieval.query.normalise import LONGEST
from retrieval.verify.checking import LONGEST as LONGEST_TEXT

__all__ = ["Ask", "Figures", "Listing", "Panel", "ReportText", "SeriesOf", "Verify"]

# Characters of a report given at once.
SLICE = 20_000

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
ReportId = Annotated[str, Field(min_length=1, max_length=120, description="A report's id, such as 辽阳市-2024")]
Year = Annotated[int, Field(ge=1949, le=2100)]
Offset = Annotated[int, Field(ge=0, description="How many to pass over; `next_offset` of the page before")]


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Question(_Arguments):
    """A question in Chinese (Simplified or Traditional) or English."""

    question: Annotated[Words, Field(description="Name place, year and indicator: 辽阳2023年粮食产量是多少")]
    before: Annotated[
        list[Words], Field(max_length=8, description="Questions asked before in the same conversation, oldest first")
    ] = []


class Ask(_Arguments):
    """Arguments of `ask`."""

    questions: Annotated[list[Question], Field(min_length=1, max_length=16)]


class Listing(_Arguments):
    """Arguments of `reports`."""

    place: Annotated[str, Field(max_length=60, description="Only of this place and of places inside it")] = ""
    level: Literal["", "country", "province", "city", "county"] = ""
    from_year: Annotated[Year | None, Field(description="First report year")] = None
    to_year: Annotated[Year | None, Field(description="Last report year")] = None
    offset: Offset = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Figures(_Arguments):
    """Arguments of `figures`."""

    reports: Annotated[list[ReportId], Field(min_length=1, max_length=4)]
    contains: Annotated[
        str, Field(max_length=60, description="Only figures whose indicator or sentence contains these words")
    ] = ""
    offset: Offset = 0
    limit: Annotated[int, Field(ge=1, le=100, description="Figures of each report")] = 30


class Wanted(_Arguments):
    """One indicator of one place over the years."""

    place: Name
    indicator: Annotated[Name, Field(description="As people call it: GDP增速, 粮食产量")]
    from_year: Annotated[Year | None, Field(description="First data year")] = None
    to_year: Annotated[Year | None, Field(description="Last data year")] = None


class SeriesOf(_Arguments):
    """Arguments of `series`."""

    series: Annotated[list[Wanted], Field(min_length=1, max_length=16)]


class Panel(_Arguments):
    """Arguments of `panel`."""

    places: Annotated[list[Name], Field(min_length=1, max_length=8, description="Full names: 澜山省, 临澜市")]
    indicators: Annotated[
        list[Name], Field(max_length=24, description="Names or ids; none: eighteen headline indicators")
    ] = []
    from_year: Annotated[Year | None, Field(description="First data year")] = None
    to_year: Annotated[Year | None, Field(description="Last data year")] = None
    offset: Offset = 0
    limit: Annotated[int, Field(ge=1, le=100, description="Rows of each place")] = 40


class Draft(_Arguments):
    """A text to hold against the reports."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    place: Annotated[str, Field(max_length=60, description="The place meant where the text names none")] = ""
    year: Annotated[Year | None, Field(description="The data year meant where the text names none")] = None


class Verify(_Arguments):
    """Arguments of `verify`."""

    texts: Annotated[list[Draft], Field(min_length=1, max_length=4)]


class Slice(_Arguments):
    """A stretch of a report's text, half-open, in characters; without an end as much as is given at once."""

    report: ReportId
    start: Annotated[int, Field(ge=0)] = 0
    end: Annotated[int | None, Field(ge=0)] = None


class ReportText(_Arguments):
    """Arguments of `report_text`."""

    slices: Annotated[list[Slice], Field(min_length=1, max_length=4)]
    sections: Annotated[bool, Field(description="Also the headings of each report with their offsets")] = False
