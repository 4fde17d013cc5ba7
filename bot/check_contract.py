"""The check of a text as the JSON that other programs read.

The types are the schema: docs/reference/check.schema.json is generated from them. A key that goes or changes its
meaning makes another `VERSION`; one that is added does not.
"""

from __future__ import annotations

from typing import Final, Literal, cast

from typing_extensions import TypedDict  # the schema is generated from it on 3.11 too

from bot.contract import CitationJson, FigureJson, Json, citation_json, figure_json
from retrieval.model import Status
from retrieval.verify import Cause, Check, Finding, Missing, Said, Verdict

__all__ = ["VERSION", "CheckJson", "check_json"]

VERSION: Final = 1


class FindingJson(TypedDict):
    """The verdict on one figure of the text, or on words of it: `surface` is the text from `start` to `end`, `sentence`
    the sentence it stands in. `evidence` is the figure of a report that gives the verdict (of what is not found the
    nearest), `origin` the one that the text's value is of, where it differs; `citations` index the check's. `cause`
    tells how it differs, `missing` why it was not found."""

    kind: Literal["figure", "words"]
    surface: str
    start: int
    end: int
    sentence: str
    verdict: Verdict
    cause: Cause | None
    missing: Missing | None
    indicator: str
    place: str
    period: str
    status: Status | None
    evidence: FigureJson | None
    origin: FigureJson | None
    citations: list[int]
    chance: float


class CheckJson(TypedDict):
    """A text held against the reports. `schema` is the version of this form, `place` and `year` are those taken for
    what the text leaves out (year 0: none), `asks` is what has to be told first, with no findings then. `counts` are
    the findings by verdict, `text` is the reply as people read it."""

    schema: Literal[1]
    place: str
    year: int
    asks: Missing | None
    counts: dict[Verdict, int]
    findings: list[FindingJson]
    citations: list[CitationJson]
    text: str


def check_json(check: Check, *, text: str) -> CheckJson:
    """The object for a check; `text` is what a chat would say."""
    out: Json = {
        "schema": VERSION,
        "place": check.place,
        "year": check.year,
        "asks": check.asks.value if check.asks else None,
        "counts": {verdict.value: check.count(verdict) for verdict in Verdict},
        "findings": [_finding(check, finding) for finding in check.findings],
        "citations": [citation_json(citation) for citation in check.citations],
        "text": text,
    }
    return cast("CheckJson", out)  # a test holds real checks against the schema


def _finding(check: Check, finding: Finding) -> Json:
    claim = finding.claim
    of = None if isinstance(claim, Said) else claim
    shown = {"evidence": finding.evidence, "origin": finding.source}
    return {
        "kind": "words" if of is None else "figure",
        "surface": finding.span.of(check.text),
        "start": finding.span.start,
        "end": finding.span.end,
        "sentence": claim.sentence.of(check.text),
        "verdict": finding.verdict.value,
        "cause": finding.cause.value if finding.cause else None,
        "missing": finding.missing.value if finding.missing else None,
        "indicator": of.name if of else "",
        "place": of.place if of else "",
        "period": of.figure.period if of else "",
        "status": of.figure.status.value if of else None,
        **{name: figure_json(one, check.citations) if one else None for name, one in shown.items()},
        "citations": list(finding.citations),
        "chance": round(finding.chance, 3),
    }
