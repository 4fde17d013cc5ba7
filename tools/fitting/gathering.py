"""Every reading of every question with what speaks for it and whether it is right; whether its sentences are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.contract import answer_json
from bot.evaluation.scoring import Texts, score
from retrieval.answer import Library
from retrieval.answer.figures import Considering, chosen
from retrieval.answer.matching import Match
from retrieval.answer.scoring.evidence import of_question, of_reading, of_sentences
from retrieval.answer.scoring.model import Model
from retrieval.answer.searching import search
from retrieval.answer.telling import passages
from retrieval.model import Trace

from .cases import Case
from .inside import answering_with
from .optimum import Rows
from .posing import Place, Posed

__all__ = ["Gathered", "gathered", "unasked"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A question's readings: their rows in the table of all readings, and which are right. `about` is what the question
    and its sentences say; None where no report is in scope, which is always refused. `opens` says that the first of
    them is the reading as the words suggest it, `hits` that there are sentences, `passages` that those are right."""

    case: Case
    first: int
    right: tuple[bool, ...]
    about: Mapping[str, float] | None
    opens: bool
    hits: bool
    passages: bool

    @property
    def refuse(self) -> bool:
        """Whether there is nothing to answer."""
        return self.case.question.kind == "unanswerable"


def unasked(case: Case, rows: Rows) -> Gathered:
    """A question that is refused before anything is weighed."""
    return Gathered(case, len(rows), (), None, opens=False, hits=False, passages=False)


def gathered(posed: Posed, library: Library, texts: Texts, model: Model, *, today: date, rows: Rows) -> Gathered:
    """The readings of a question, weighed with a model that never saw its place; a row of evidence each is added."""
    query, asked, where, last = posed.query, posed.slots, posed.where, posed.last_report
    with answering_with(model):
        considering = Considering(query, where, library, last_report=last, today=today)
        found = considering.assigned(asked)
    searched = search(query, asked, where, library, last_report=last, today=today)
    said = of_question(query)
    first, right = len(rows), []
    for reading, assignment in found:
        rows.add({**said, **of_reading(query, reading, assignment, model)})
        given = chosen(reading, assignment, asked).chosen.matches
        # Slots that were given one figure are told once: what comes out right so teaches nothing of the reading.
        each = len(given) >= len(reading.slots)
        right.append(each and figures_right(posed.right, [_place(match) for match in given]))
    about = {**said, **of_sentences(searched.hits)}
    opens = bool(found) and found[0][0].how == "first"
    question = posed.case.question
    held = False
    if searched.hits and not question.figures and question.kind != "unanswerable":
        answer, _ = passages(query, searched.hits, searched.where, Trace())
        held = bool(score(question, answer_json(answer, text=""), texts)["right"])
    return Gathered(posed.case, first, tuple(right), about, opens, bool(searched.hits), held)


def _place(match: Match) -> Place:
    """A figure by its report and number; a part of a ratio by the ratio."""
    own = match.figure.span
    return match.loaded.row.id, next(n for n, one in enumerate(match.loaded.figures) if one.figure.span.holds(own))


def figures_right(wanted: Sequence[frozenset[Place]], given: Sequence[Place]) -> bool:
    """Whether the figures are those asked for: one each, none over."""
    left = list(given)
    for places in wanted:
        one = next((place for place in left if place in places), None)
        if one is None:
            return False
        left.remove(one)
    return bool(wanted) and not left
