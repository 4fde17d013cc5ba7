"""What is fuzzed: functions from bytes that return, or raise because something is wrong with the program.

`tests/faults/test_hostile.py` runs them too: on every case the fuzzer ever found, and on inputs of Hypothesis's making.
"""

from __future__ import annotations

import atexit
import json
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

from telegram import User

from bot.app.handlers import incoming
from bot.delivery import Ledger
from bot.dialogue import Dialogue
from bot.home import Shelf
from bot.render import words
from bot.render.telegram import UNITS, pieces, units
from bot.reply import WITHHELD
from bot.responder import Access, Responder
from bot.said import Said
from bot.state import State
from bot.worker import Worker
from retrieval import Engine, figures, formats
from retrieval.analyse import analyse
from retrieval.errors import BadQuestion, UnreadableReport
from retrieval.formats import docx, html
from retrieval.query import parse
from retrieval.query.across import across

__all__ = ["TARGETS"]

_LONGEST = 4096


def readers(data: bytes) -> None:
    """The first byte chooses the reader. A file is read, with what is masked inside of it, or refused in words."""
    if not data:
        return
    kind, body = data[0] % 4, data[1:]
    try:
        match kind:
            case 0:
                decoded = formats.decode(body, "报告.txt")
            case 1:
                decoded = formats.decode(body, "报告.md")
            case 2:
                decoded = html.decode(body)
            case _:
                decoded = docx.decode(body)
    except UnreadableReport as problem:
        assert str(problem)
        return
    assert all(0 <= start <= end <= len(decoded.text) for start, end in decoded.outside)


def reports(data: bytes) -> None:
    """A text file is a report whose figures are slices of it, or is refused in words."""
    try:
        found = analyse(data, "报告.txt", {"place": "辽阳市", "year": "2024"})
    except UnreadableReport as problem:
        assert str(problem)
        return
    text = found.report.text
    for figure in (figure for passage in found.figures for figure in passage):
        assert text[figure.span.start : figure.span.end] == figure.surface
    for passage in found.outline.passages:
        assert 0 <= passage.span.start <= passage.span.end <= len(text)


def paragraphs(data: bytes) -> None:
    """Every figure of a paragraph is a slice of it."""
    text = data.decode("utf-8", "replace")[:_LONGEST]
    for figure in figures.extract(text, figures.Context(2024, "辽阳市")):
        assert text[figure.span.start : figure.span.end] == figure.surface


def questions(data: bytes) -> None:
    """A question is understood, or is none; the same twice."""
    text = data.decode("utf-8", "replace")[:_LONGEST]
    try:
        query = parse(text)
    except BadQuestion as problem:
        assert str(problem)
        return
    across(query)
    assert parse(text) == query


def answers(data: bytes) -> None:
    """Whatever a person types is answered, within Telegram's limits, by nothing the gate withholds."""
    text = data.decode("utf-8", "replace")[:_LONGEST]
    said = _dialogue().turn(text, State())
    State.loads(said.state.dumps())
    sent = pieces(said.message)
    assert sent
    assert all(0 < units(piece.plain) <= UNITS for piece in sent)
    assert WITHHELD not in sent[0].plain


def updates(data: bytes) -> None:
    """Whatever is fetched is worked on or set aside, and the next one is worked on."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(raw, dict):
        return
    ledger, worker = _worker()
    with ledger.change():
        for table in ("inbox", "outbox", "talks", "asked", "buttons"):
            ledger.connection.execute(f"DELETE FROM {table}")  # noqa: S608  our own tables
        ledger.inbox.put([raw | {"update_id": 1}, {"update_id": 2}])
    assert worker.step()
    assert worker.step()
    assert not worker.step()
    assert ledger.inbox.count("new") == 0


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (readers, reports, paragraphs, questions, answers, updates)
}


def _scratch() -> Path:
    """A folder that goes with the process; in memory where there is room for it."""
    shared = Path("/dev/shm")  # noqa: S108  no file of a known name is made there
    folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def _dialogue() -> Dialogue:
    folder = _scratch()
    Engine.open_default(folder).close()
    return Dialogue(Shelf(folder))


class _Echo:
    """An answer at once: what is tested is what comes before it."""

    def turn(self, text: str, state: State) -> Said:
        return Said(words(text or "空"), state)

    def question(self, text: str, state: State) -> Said:
        return self.turn(text, state)


@cache
def _worker() -> tuple[Ledger, Worker]:
    ledger = Ledger(_scratch())
    responder = Responder(cast(Dialogue, _Echo()), ledger, Access())
    me = User(42, "问政", is_bot=True, username="wenzheng_bot")

    def understood(raw: dict[str, Any]) -> Any:  # noqa: ANN401  an Incoming or None
        return incoming(raw, me)

    return ledger, Worker(ledger, responder, understood, minute=10**6)
