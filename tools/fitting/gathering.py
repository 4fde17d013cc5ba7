"""Every reading of every question with what speaks for it and whether it is right; whether its sentences are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.contract import answer_json
from bot.evaluation.scoring import Texts, score
from retrieval.answer import Library
from retrieval.answer.figures import consider
from retrieval.answer.scoring import Assignment
from retrieval.answer.scoring.evidence import of_question, of_reading, of_sentences
from retrieval.answer.scoring.model import Model
from retrieval.answer.searching import search
from retrieval.answer.telling import passages
from retrieval.model import Trace

from .cases import Case
from .optimum import Rows
from .posing import Place, Posed

__all__ = ["Gathered", "gathered", "unasked"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A question's readings: their rows in the table of all readings, and which are right. `about` is what the question
    and its sentences say; None where no report is in scope, which is always refused."""

    case: Case
    first: int
    right: tuple[bool, ...]
    about: Mapping[str, float] | None
    hits: bool
    passages: bool

    @property
    def refuse(self) -> bool:
        """Whether there is nothing to answer."""
        return self.case.question.kind == "unanswerable"


def unasked(case: Case, rows: Rows) -> Gathered:
    """A question that is refused before anything is weighed."""
    return Gathered(case, len(rows), (), None, hits=False, passages=False)


def gathered(posed: Posed, library: Library, texts: Texts, model: Model, *, today: date, rows: Rows) -> Gathered:
    """The readings of a question, weighed with a model that never saw its place; a row of evidence each is added."""
    query, asked, where, last = posed.query, posed.slots, posed.where, posed.last_report
    found = consider(query, asked, where, library, model, last_report=last, today=today)
    searched = search(query, asked, where, library, last_report=last, today=today)
    about = {**of_question(query), **of_sentences(searched.hits)}
    first, right = len(rows), []
    for reading, assignment in found:
        rows.add({**about, **of_reading(query, reading, assignment, model)})
        right.append(figures_right(posed.right, _places(assignment)))
    question = posed.case.question
    held = False
    if searched.hits and not question.figures and question.kind != "unanswerable":
        answer, _ = passages(query, searched.hits, searched.where, Trace())
        held = bool(score(question, answer_json(answer, text=""), texts)["right"])
    return Gathered(posed.case, first, tuple(right), about, bool(searched.hits), held)


def _places(assignment: Assignment) -> list[Place]:
    """The figures chosen, by report and number."""
    found = []
    for ranked, number in zip(assignment.ranked, assignment.chosen, strict=True):
        loaded, stated, _ = ranked.figures[number]
        found.append((loaded.row.id, next(n for n, one in enumerate(loaded.figures) if one is stated)))
    return found


def figures_right(wanted: Sequence[frozenset[Place]], given: Sequence[Place]) -> bool:
    """Whether the figures are those asked for: one each, none over."""
    left = list(given)
    for places in wanted:
        one = next((place for place in left if place in places), None)
        if one is None:
            return False
        left.remove(one)
    return bool(wanted) and not left
