"""Each question as the program understands it, and the figures of its reports that are right.

The turns before a question are asked of the engine. They must not be answered with the weights that ship, or the new
ones would depend on the last ones: the caller says which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import Any

from bot.evaluation.gold import Evidence, Question
from bot.evaluation.quantities import bare
from bot.evaluation.scoring import same_figure
from retrieval.answer import Library, Loaded
from retrieval.answer.scope import Scope, scope
from retrieval.answer.scoring.model import Model
from retrieval.engine import Conversation, Engine
from retrieval.errors import BadQuestion
from retrieval.figures.export import as_json
from retrieval.query import Query, Slot, parse, slots

from .cases import Case
from .inside import answering_with

__all__ = ["Place", "Posed", "pose", "right_figures"]

# A figure by its report and its number there.
Place = tuple[str, int]
# The evaluation takes a figure's quote for the evidence where so much of the evidence is in it.
_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Posed:
    """A question ready to be answered from the reports in its scope; `right` are the places of each known figure."""

    case: Case
    query: Query
    slots: tuple[Slot, ...]
    where: Scope
    last_report: str
    right: tuple[frozenset[Place], ...]


def pose(case: Case, engine: Engine, before: Model, today: date) -> Posed | None:
    """The question after its conversation, whose turns are answered with the weights `before`; None where it cannot
    be asked or no report is in its scope."""
    library = engine.library
    conversation = Conversation()
    with answering_with(before):
        for turn in case.question.turns[:-1]:
            try:
                _, conversation = engine.ask(turn, conversation, today=today)
            except BadQuestion:
                continue
    try:
        query = parse(case.question.turns[-1], conversation, library.unlisted)
    except BadQuestion:
        return None
    where = scope(query, library.rows, conversation.report, today)
    if not where.candidates or where.reason is not None:
        return None
    others = [n for n in range(len(query.places)) if n not in where.used] if query.place_spans else []
    asked = tuple(slots(query, others))
    return (
        Posed(case, query, asked, where, conversation.report, right_figures(case.question, library)) if asked else None
    )


def right_figures(question: Question, library: Library) -> tuple[frozenset[Place], ...]:
    """For each figure asked for, where the reports of the question state it and the evidence says so."""
    if not question.figures:
        return ()
    names = set(question.reports)
    reports = [library.load(row.id) for row in library.rows.values() if {row.id, PurePath(row.source).stem} & names]
    found: list[set[Place]] = [set() for _ in question.figures]
    for loaded in reports:
        told = _told(loaded)
        proof = [one for one in question.evidence if one.report in (loaded.row.id, PurePath(loaded.row.source).stem)]
        for gold, places in zip(question.figures, found, strict=True):
            places.update(
                (loaded.row.id, number)
                for number, figure in enumerate(told)
                if figure is not None and same_figure(gold, figure) and _proven(loaded, number, proof)
            )
    return tuple(map(frozenset, found))


def _told(loaded: Loaded) -> Sequence[Mapping[str, Any] | None]:
    """The figures of a report as answers tell them, None for those in words; kept with the report."""
    found: Sequence[Mapping[str, Any] | None] | None = loaded.__dict__.get("_told")
    if found is None:
        home = loaded.report.place.name
        found = [
            None if s.figure.value is None else as_json(s.figure) | {"place": s.figure.place or home}
            for s in loaded.figures
        ]
        loaded.__dict__["_told"] = found
    return found


def _proven(loaded: Loaded, number: int, evidence: Sequence[Evidence]) -> bool:
    span = loaded.sentences[loaded.figures[number].sentence].span
    quote = bare(loaded.report.text[span.start : span.end])
    return any(_share(quote, bare(one.quote)) >= _NEAR for one in evidence)


def _share(quote: str, evidence: str) -> float:
    """How much of the evidence the longest run is that both have."""
    if not quote or not evidence:
        return 0.0
    return SequenceMatcher(None, quote, evidence, autojunk=False).find_longest_match().size / len(evidence)
