"""What results of every tool are made of: values, the citations they stand in, and errors."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict  # pydantic reads no other on 3.11

from retrieval.model import Measure, Status

__all__ = ["CitationJson", "ComputedJson", "ErrorJson", "ValueJson"]


class ErrorJson(TypedDict):
    """Why there is no result. `retry` tells whether to call again: `no`, `changed` (with other arguments) or `later`
    (with the same); `how` says what to do, in Chinese."""

    code: Literal["bad_arguments", "bad_question", "unknown_report", "nothing_found", "too_large", "store", "fault"]
    message: str
    retry: Literal["no", "changed", "later"]
    how: str


class CitationJson(TypedDict):
    """Where something stands: `quote` is the text of report `report` from `start` to `end`, half-open, in characters;
    `report_year` is the year the report was given in, `source` the file it was read from."""

    report: str
    report_year: int
    place: str
    source: str
    url: str
    start: int
    end: int
    quote: str
    path: list[str]


class ValueJson(TypedDict):
    """A figure in its report's own characters (`surface`, the report's text from `start` to `end`), with its citation.

    `value` is in `unit` as written, in digits, null where words stand for it; `upper` is the top of a range;
    `direction` is -1 where it fell, 1 where it rose. `data_year` is the year the figure is of, null where it is of
    several (`period`, such as 2016-2020) or of none; `report_year` is the year of the report that states it."""

    indicator: str
    surface: str
    value: str | None
    upper: str | None
    unit: str
    direction: Literal[-1, 0, 1]
    qualifier: str
    measure: Measure
    status: Status
    period: str
    data_year: int | None
    report_year: int
    place: str
    start: int
    end: int
    citation: CitationJson


class ComputedJson(TypedDict):
    """A value derived from cited figures; no report states it."""

    indicator: str
    value: str
    unit: str
    citations: list[CitationJson]
