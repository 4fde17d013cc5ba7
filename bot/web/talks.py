"""What is remembered of the conversations of open pages: in memory, the oldest forgotten first."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace

__all__ = ["Choice", "Row", "Table", "Talk", "Talks", "Turn"]

# Conversations, turns of each, and characters of HTML of all.
_TALKS, _TURNS, _SIZE = 500, 60, 32_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A button below an answer: what it says, and what it asks. Its answer takes this one's place where `inplace`."""

    label: str
    typed: str
    inplace: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, what each is sorted by, and the address of the sentence it is cited from."""

    cells: tuple[str, ...]
    keys: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer's figures as a table."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked and what is shown for it. `before` and `after` are the states of the conversation (as stored);
    `picked` tells that a button asked, whose words are taken as they are. `forms` are the files it can be had as,
    `chart` says what its picture shows, `file` is the name of a file that was asked for, `title` what stands above it.
    """

    asked: str
    before: str
    after: str
    html: str
    lang: str
    picked: bool = False
    choices: tuple[tuple[Choice, ...], ...] = ()
    forms: tuple[str, ...] = ()
    table: Table | None = None
    chart: str = ""
    file: str = ""
    reference: str = ""
    title: str = ""
    number: int = 0

    def label(self, typed: str) -> str:
        """What the button says that asks this; as it is where there is none."""
        return next((choice.label for row in self.choices for choice in row if choice.typed == typed), typed)

    @property
    def size(self) -> int:
        """Characters kept, roughly."""
        cells = sum(len(cell) for row in self.table.rows for cell in row.cells) * 3 if self.table else 0
        return len(self.html) + len(self.before) + len(self.after) + cells


@dataclass(slots=True)
class Talk:
    """One conversation: `state` is what the next question is asked in."""

    id: str
    state: str = ""
    turns: OrderedDict[int, Turn] = field(default_factory=OrderedDict)
    size: int = 0
    last: int = 0


class Talks:
    """The conversations, in the order they were last asked in. Belongs to the thread of the server."""

    def __init__(self) -> None:
        self._talks: OrderedDict[str, Talk] = OrderedDict()
        self._size = 0

    def find(self, id: str) -> Talk | None:  # noqa: A002
        """The conversation, where it is still known."""
        return self._talks.get(id)

    def begin(self) -> Talk:
        """A new one. Its id cannot be guessed: it is all that keeps a conversation from other pages."""
        talk = Talk(secrets.token_urlsafe(16))
        self._talks[talk.id] = talk
        return talk

    def add(self, talk: Talk, turn: Turn, *, instead: int = 0, aside: bool = False) -> Turn:
        """The turn with its number: that of the one it is shown `instead` of, or the next. One that goes `aside` leaves
        the conversation's state as it is."""
        number = instead if instead in talk.turns else talk.last + 1
        made = replace(turn, number=number)
        self._forget(talk, number)
        talk.turns[number] = made
        talk.turns = OrderedDict(sorted(talk.turns.items()))
        talk.last = max(talk.last, number)
        talk.size += made.size
        self._size += made.size
        if not aside:
            talk.state = made.after
        while len(talk.turns) > _TURNS:
            self._forget(talk, next(iter(talk.turns)))
        self._talks[talk.id] = talk
        self._talks.move_to_end(talk.id)
        while len(self._talks) > 1 and (len(self._talks) > _TALKS or self._size > _SIZE):
            self.drop(next(iter(self._talks)))
        return made

    def drop(self, id: str) -> None:  # noqa: A002
        """Forget a conversation."""
        talk = self._talks.pop(id, None)
        if talk is not None:
            self._size -= talk.size
            # A question may still be at work on it.
            talk.turns.clear()
            talk.size = 0

    def _forget(self, talk: Talk, number: int) -> None:
        turn = talk.turns.pop(number, None)
        if turn is not None:
            talk.size -= turn.size
            self._size -= turn.size
