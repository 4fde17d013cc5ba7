"""The tools: a table of what each is called, what it takes, what it gives back and what runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter

from bot.assistants import arguments, asking, reading, results

if TYPE_CHECKING:
    from bot.assistants.results import Batch
    from retrieval.engine import Engine

__all__ = ["INSTRUCTIONS", "TOOLS", "Tool", "schema_of"]

INSTRUCTIONS = (
    "Chinese government work reports (政府工作报告). Answers are extracts: every value is a slice of a report and "
    "comes with its quote. Give quote and report with every number you pass on, and no number that no value holds. "
    "The report of year Y tells the results of Y-1 and the targets of Y: `report_year` and `data_year` are apart. "
    "status is actual, estimated (预计) or target (目标). Where the reports do not say, `kind` is none and `reason` "
    "tells why: say so, and do not guess."
)


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. `run` may raise: the whole call has failed then."""

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type
    run: Callable[[Engine, Any], Batch]


TOOLS = (
    Tool(
        "ask",
        "Ask the reports",
        "Answer questions from the reports: figures, sentences, comparisons of places, trends (历年), ranks (排名), "
        "targets held against results (目标完成了吗), set phrases through the years. Each question is answered by "
        "itself; earlier questions of the conversation go into `before`.",
        arguments.Ask,
        results.Asked,
        asking.ask,
    ),
    Tool(
        "reports",
        "List loaded reports",
        "Which reports are loaded, with the ids that the other tools take.",
        arguments.Listing,
        results.Listed,
        reading.reports,
    ),
    Tool(
        "figures",
        "Figures of reports",
        "Every figure of a report in the order of its text, a page at a time, each with the sentence it stands in.",
        arguments.Figures,
        results.Stated,
        reading.figures,
    ),
    Tool(
        "series",
        "One indicator over the years",
        "An indicator of a place by data year, each year from the report that should state it; breaks of definition "
        "and missing years are told.",
        arguments.SeriesOf,
        results.Series,
        asking.series,
    ),
    Tool(
        "panel",
        "Targets beside results",
        "Data set of places, data years and indicators: the target of the year's report beside the result of the next "
        "one's. For a single figure use ask.",
        arguments.Panel,
        results.Paneled,
        reading.panel,
    ),
    Tool(
        "verify",
        "Check a text",
        "Hold each figure and quoted phrase of a text against the reports: same, near, different (with what the report "
        "says and the likeliest mistake) or unfound (with the reason).",
        arguments.Verify,
        results.Verified,
        asking.verify,
    ),
    Tool(
        "report_text",
        "Text of reports",
        f"Stretches of a report exactly as read, at most {arguments.SLICE} characters each: to read around a citation, "
        "whose offsets count the same characters.",
        arguments.ReportText,
        results.Sliced,
        reading.report_text,
    ),
)


@cache
def schema_of(form: type) -> dict[str, Any]:
    """JSON Schema of arguments or results, an object at its root."""
    return TypeAdapter(form).json_schema()
