"""What is to be sent. A row goes ready → written → sent, or ends unknown, failed or dropped.

`written` is committed when connection and headers stand and before the request's body leaves. A row found
`ready` after a crash has therefore not been delivered and is sent; so is one found `written` of which `wire` knows
that its request was never handed over. Any other found `written` may have been delivered, and is not repeated blindly.
Edits, deletions and answers to a tap change nothing when repeated, so those are; so is a notice, which had better be
read twice than never.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from sqlite_utils import Database

__all__ = ["Head", "Key", "Outbox", "Outgoing", "Parcel"]

# Repeating these changes nothing.
_REPEATABLE = ("edit", "delete", "answer", "inline")
_MESSAGES = "('send', 'document', 'photo')"


@dataclass(frozen=True, slots=True)
class Key:
    """A button: what it says, and what it sends back (`data`), copies (`copy`) or opens (`url`; `{bot}` in it is the
    bot's name). `inline` is asked behind the bot's name in a chat that is then chosen, where inline mode is on; else
    the `url` is opened."""

    label: str
    data: str = ""
    copy: str = ""
    url: str = ""
    inline: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call to make. `method` is send, photo, document, edit, delete, answer (a tap's callback `tap`) or inline
    (an inline query's `tap`).

    A document is `content` in base64 under the name `file`, with `text` as its caption; of a photo `content` says what
    is to be drawn, of an inline query it holds the results. An edit or a deletion names its message by `message`, or
    by `target`, the outbox row that sends it. `question` is the message answered, `part` which of the answer's
    messages this is. A `notice` says that an earlier message may not have arrived.
    """

    method: str
    text: str = ""
    plain: str = ""
    keys: tuple[tuple[Key, ...], ...] = ()
    reply_to: int | None = None
    thread: int | None = None
    message: int | None = None
    target: int | None = None
    question: int | None = None
    part: int = 0
    tap: str = ""
    file: str = ""
    content: str = ""
    notice: bool = False

    @property
    def repeatable(self) -> bool:
        """Whether it may be carried out twice: that changes nothing, or only says once more what may be missing."""
        return self.notice or self.method in _REPEATABLE

    def dumps(self) -> str:
        """As one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loads(cls, text: str) -> Outgoing:
        """The value of `dumps`."""
        raw = json.loads(text)
        raw["keys"] = tuple(tuple(Key(**key) for key in row) for row in raw["keys"])
        return cls(**raw)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A row of the outbox; `at` is when it was written down."""

    id: int
    chat: int
    outgoing: Outgoing
    state: str
    due: float
    tries: int
    message: int | None
    at: float


@dataclass(frozen=True, slots=True)
class Head:
    """The row of a chat that is next, and from when on it may be sent."""

    id: int
    chat: int
    method: str
    due: float


class Outbox:
    """The table `outbox`. Methods that write run inside `Ledger.change`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @staticmethod
    def create(database: Database) -> None:
        """The table, where it is missing."""
        columns = {
            "id": int,
            "chat": int,
            "question": int,
            "method": str,
            "what": str,
            "state": str,
            "due": float,
            "tries": int,
            "message": int,
            "problem": str,
            "at": float,
        }
        table = database.table("outbox")
        table.create(columns, pk="id", if_not_exists=True)
        table.create_index(["state", "chat"], if_not_exists=True)
        table.create_index(["chat", "question"], if_not_exists=True)

    def add(self, chat: int, outgoing: Sequence[Outgoing]) -> None:
        """Put calls behind the chat's earlier ones."""
        self._db.executemany(
            "INSERT INTO outbox (chat, question, method, what, state, due, tries, at) "
            "VALUES (?, ?, ?, ?, 'ready', 0, 0, ?)",
            [(chat, out.question, out.method, out.dumps(), time.time()) for out in outgoing],
        )

    def settle(self, left: Collection[int] | None) -> tuple[int, list[Parcel]]:
        """After a start: what was being written when the process ended. `left` are the rows whose requests were handed
        over, None where that is not known. How many are sent again since theirs was not, and the rows left unknown."""
        found = [parcel(row) for row in self._db.execute("SELECT * FROM outbox WHERE state = 'written' ORDER BY id")]
        safe = [p for p in found if p.outgoing.repeatable or (left is not None and p.id not in left)]
        unknown = [p for p in found if p not in safe]
        for one in safe:
            self._db.execute("UPDATE outbox SET state = 'ready' WHERE id = ?", (one.id,))
        for one in unknown:
            self.end(one.id, "unknown", problem="crash")
        return sum(not p.outgoing.repeatable for p in safe), unknown

    def heads(self, busy: Collection[int]) -> list[Head]:
        """The first open row of each chat that is not busy, without its content: most have to wait."""
        found = self._db.execute(
            "SELECT id, chat, method, due FROM outbox WHERE id IN "
            "(SELECT min(id) FROM outbox WHERE state = 'ready' GROUP BY chat) ORDER BY id"
        )
        return [Head(*row) for row in found if row["chat"] not in busy]

    def parcel(self, id: int) -> Parcel:  # noqa: A002
        """A row that `heads` named."""
        return parcel(self._db.execute("SELECT * FROM outbox WHERE id = ?", (id,)).fetchone())

    def written(self, id: int) -> None:  # noqa: A002
        """The request is about to leave."""
        self._db.execute("UPDATE outbox SET state = 'written' WHERE id = ?", (id,))

    def end(self, id: int, state: str, *, message: int | None = None, problem: str = "") -> None:  # noqa: A002
        """Sent, unknown, failed or dropped. A file's content is not needed any more."""
        self._db.execute(
            "UPDATE outbox SET state = ?, message = coalesce(?, message), problem = ?, "
            "what = json_remove(what, '$.content') WHERE id = ?",
            (state, message, problem, id),
        )

    def again(self, id: int, due: float, *, chat: int | None = None) -> None:  # noqa: A002
        """Not delivered: to be sent from `due` on, perhaps to the chat's new number."""
        self._db.execute(
            "UPDATE outbox SET state = 'ready', due = ?, tries = tries + 1, chat = coalesce(?, chat) WHERE id = ?",
            (due, chat, id),
        )

    def become_send(self, id: int) -> None:  # noqa: A002
        """An edit whose message was never delivered is sent as one of its own."""
        self._db.execute("UPDATE outbox SET method = 'send' WHERE id = ?", (id,))

    def message_of(self, id: int) -> int | None:  # noqa: A002
        """The message a row was delivered as."""
        row = self._db.execute("SELECT message FROM outbox WHERE id = ?", (id,)).fetchone()
        return row["message"] if row else None

    def answers(self, chat: int, question: int) -> list[Parcel]:
        """The rows that answer a message and were, or will be, delivered; in order."""
        found = self._db.execute(
            f"SELECT * FROM outbox WHERE chat = ? AND question = ? AND method IN {_MESSAGES} "  # noqa: S608  a constant
            "AND state IN ('ready', 'written', 'sent') ORDER BY id",
            (chat, question),
        )
        return [parcel(row) for row in found]

    def forget(self, user: int) -> None:
        """Delete what was sent to a person: all of their own chat, in groups the answers to what they asked."""
        self._db.execute(
            "DELETE FROM outbox WHERE state NOT IN ('ready', 'written') AND (chat = ? OR EXISTS (SELECT 1 FROM asked "
            "WHERE asked.chat = outbox.chat AND asked.message = outbox.question AND asked.user = ?))",
            (user, user),
        )

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        row = self._db.execute("SELECT count(*) AS n FROM outbox WHERE state = ?", (state,)).fetchone()
        return int(row["n"])

    def prune(self, before: float) -> None:
        """Drop old rows that are finished."""
        self._db.execute("DELETE FROM outbox WHERE state NOT IN ('ready', 'written') AND at < ?", (before,))


def parcel(row: sqlite3.Row) -> Parcel:
    """A row as a value."""
    what = Outgoing.loads(row["what"])
    return Parcel(row["id"], row["chat"], what, row["state"], row["due"], row["tries"], row["message"], row["at"])
