"""The question sets: what the command line names them by, the questions in them, and the folds they are held out in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.gold import Question, questions
from retrieval.errors import GovreportError

__all__ = ["FOLDS", "HELD", "BadInput", "Case", "Source", "cases", "digest", "fold_of", "source"]

FOLDS = 5
# The fold of questions that nothing is learnt from: the weights fitted on all others are held against them.
HELD = -1
_STORE = "govreport.db"
# Questions of these kinds are answered from several reports by rules of their own, without these weights.
_RULED = frozenset(("compare", "trend", "rank", "fulfilment", "phrase"))


class BadInput(GovreportError):
    """Something on the command line that cannot be used; the message is one line."""


@dataclass(frozen=True, slots=True)
class Source:
    """A set of questions, the store they are asked of, and the folder its reports came from."""

    name: str
    questions: Path
    store: Path
    corpus: Path
    weight: float
    held: bool


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A question of a set, and the fold it is in."""

    source: Source
    question: Question
    fold: int

    @property
    def label(self) -> str:
        """How it is told of: never by its words."""
        return f"{self.source.name} {self.question.id}"


def source(text: str, *, held: bool) -> Source:
    """What NAME=QUESTIONS:STORE:CORPUS[:WEIGHT] names. Raises BadInput."""
    name, _, rest = text.partition("=")
    parts = rest.split(":")
    if not name or not 3 <= len(parts) <= 4 or (held and len(parts) == 4):
        raise BadInput(f"not NAME=QUESTIONS.jsonl:STORE:CORPUS{'' if held else '[:WEIGHT]'}: {text}")
    asked, store, corpus = map(Path, parts[:3])
    try:
        weight = float(parts[3]) if len(parts) == 4 else 1.0
    except ValueError:
        weight = 0.0
    if not 0.0 < weight <= 100.0:
        raise BadInput(f"{name}: no weight above zero: {parts[3]}")
    # A store is made where there is none: whoever mistypes a folder is told instead.
    for path, there in (
        (asked, asked.is_file()),
        (store / _STORE, (store / _STORE).is_file()),
        (corpus, corpus.is_dir()),
    ):
        if not there:
            raise BadInput(f"{name}: there is no {path}")
    return Source(name, asked, store, corpus, weight, held)


def cases(sources: Sequence[Source]) -> tuple[Case, ...]:
    """The questions of all sets that the weights decide about. Raises BadInput, BadGold."""
    names = [one.name for one in sources]
    if len(set(names)) < len(names):
        raise BadInput(f"two sets of one name: {', '.join(sorted(n for n in set(names) if names.count(n) > 1))}")
    return tuple(case for one in sources for case in _of(one))


def _of(one: Source) -> Iterator[Case]:
    for question in questions(one.questions):
        if question.kind not in _RULED:
            yield Case(one, question, HELD if one.held else fold_of(_place(question)))


def _place(question: Question) -> str:
    """Whose reports a question is about; one about no report stands for itself."""
    return question.reports[0].split("-", maxsplit=1)[0] if question.reports else question.id


def fold_of(place: str) -> int:
    """The fold of a place: all its questions are in one, so that what is learnt never saw the place's reports."""
    return int(hashlib.md5(place.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
