"""The digit gate: no number leaves that is not quoted, a label of a report, or marked as computed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.render.message import Message, Origin, Run
from bot.render.shown import shown
from retrieval.model import Answer, plain

__all__ = ["Unfaithful", "check"]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(r"\s*(?:%|‰|个?百分点|[千百十]?[万亿]|[元吨亩户人家项所座辆台倍斤度])")


class Unfaithful(Exception):
    """A message says a number that nothing it cites bears out. For the log, never for the user."""


def check(message: Message, answer: Answer, question: str = "") -> None:
    """Raises Unfaithful where a run of the message holds a number it may not hold.

    Quoted runs must be slices of their citation; the program's own words hold no digit; labels hold years, and
    numbers that stand in the question, in a quote or in the names of the reports cited; computed values are those of
    the answer; what is marked as the user's own is a slice of what they sent.
    """
    quotes = [shown(citation).text for citation in answer.citations]
    known = _numbers(" ".join([question, *quotes, *_names(answer)]))
    # A comma in a question may part two numbers as well as the digits of one; so may a raised digit (1²).
    known |= frozenset(_DIGITS.findall(f"{unicodedata.normalize('NFKC', question)} {question}"))
    for run in _runs(message):
        match run.origin:
            case Origin.QUOTE:
                right = run.of < len(quotes) and run.text.strip() in quotes[run.of]
            case Origin.PROGRAM:
                right = not any(character.isdigit() for character in run.text)
            case Origin.COMPUTED:
                right = any(run.text == f"{plain(c.value)}{c.unit}" for c in answer.computed[run.of : run.of + 1])
            case Origin.GIVEN:
                right = run.text in question
            case Origin.LABEL:
                right = _labelled(run.text, known)
        if not right:
            raise Unfaithful(f"{run.origin.name}: {run.text!r}")


def _runs(message: Message) -> Iterator[Run]:
    for part in message.parts:
        for block in part.blocks:
            yield from block.runs
    for button in message.buttons:
        yield Run(button.label, origin=Origin.LABEL)
        yield Run(button.question, origin=Origin.LABEL)


def _labelled(text: str, known: frozenset[str]) -> bool:
    """Whether every number of a label is known, or a bare year."""
    folded = unicodedata.normalize("NFKC", text)
    for match in _NUMBER.finditer(folded):
        number = match.group().replace(",", "")
        year = _YEAR.fullmatch(number) and not _UNIT.match(folded, match.end())
        if number not in known and not year:
            return False
    return True


def _names(answer: Answer) -> Iterator[str]:
    for citation in answer.citations:
        yield from (citation.place, citation.report, f"{citation.year} {citation.year - 1}", *citation.path)
    for figure in (*answer.figures, *answer.related):
        yield figure.figure.period


def _numbers(text: str) -> frozenset[str]:
    return frozenset(n.replace(",", "") for n in _NUMBER.findall(unicodedata.normalize("NFKC", text)))
