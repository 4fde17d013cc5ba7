"""What the bot remembers between messages and across restarts."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

__all__ = ["Asked", "Memory"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was answered: its text, the state before it, and who asked."""

    text: str
    before: str
    user: int = 0


class Memory:
    """The tables `talks`, `asked` and `buttons`. Methods that write run inside `Ledger.change`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @staticmethod
    def create(database: Database) -> None:
        """The tables, where they are missing."""
        talks = {"talk": str, "state": str, "last": int, "album": str, "at": float}
        database.table("talks").create(talks, pk="talk", if_not_exists=True)
        asked = {"chat": int, "message": int, "user": int, "text": str, "before": str, "at": float}
        database.table("asked").create(asked, pk=("chat", "message"), if_not_exists=True)
        buttons = {"id": int, "chat": int, "user": int, "what": str, "at": float}
        database.table("buttons").create(buttons, pk="id", if_not_exists=True)
        for name in ("asked", "buttons"):  # made by an earlier version
            if "user" not in database.table(name).columns_dict:
                database.table(name).add_column("user", int)

    def state(self, talk: str) -> str:
        """The stored state of a talk (a person in a chat), or nothing."""
        row = self._db.execute("SELECT state FROM talks WHERE talk = ?", (talk,)).fetchone()
        return row["state"] or "" if row else ""

    def last(self, talk: str) -> int | None:
        """The last question of a talk."""
        row = self._db.execute("SELECT last FROM talks WHERE talk = ?", (talk,)).fetchone()
        return row["last"] if row else None

    def remember(self, talk: str, state: str, last: int | None) -> None:
        """The state after a question."""
        self._db.execute(
            "INSERT INTO talks (talk, state, last, at) VALUES (?, ?, ?, ?) ON CONFLICT (talk) DO UPDATE SET "
            "state = excluded.state, last = coalesce(excluded.last, last), at = excluded.at",
            (talk, state, last, time.time()),
        )

    def first_of_album(self, talk: str, album: str) -> bool:
        """Whether no other picture of the album came before."""
        row = self._db.execute("SELECT album FROM talks WHERE talk = ?", (talk,)).fetchone()
        self._db.execute(
            "INSERT INTO talks (talk, album, at) VALUES (?, ?, ?) "
            "ON CONFLICT (talk) DO UPDATE SET album = excluded.album",
            (talk, album, time.time()),
        )
        return row is None or row["album"] != album

    def asked(self, chat: int, message: int) -> Asked | None:
        """A question that was answered."""
        found = self._db.execute("SELECT text, before, user FROM asked WHERE chat = ? AND message = ?", (chat, message))
        row = found.fetchone()
        return Asked(row["text"], row["before"], row["user"] or 0) if row else None

    def ask(self, chat: int, message: int, asked: Asked) -> None:
        """Keep a question."""
        self._db.execute(
            "INSERT OR REPLACE INTO asked (chat, message, user, text, before, at) VALUES (?, ?, ?, ?, ?, ?)",
            (chat, message, asked.user, asked.text, asked.before, time.time()),
        )

    def offer(self, chat: int, what: dict[str, Any], user: int = 0) -> int:
        """Keep what a button does; its number goes into the button's 64 bytes."""
        return (
            self._db.execute(
                "INSERT INTO buttons (chat, user, what, at) VALUES (?, ?, ?, ?)",
                (chat, user, json.dumps(what, ensure_ascii=False), time.time()),
            ).lastrowid
            or 0
        )

    def fill(self, number: int, what: dict[str, Any]) -> None:
        """Say what a button does that was offered before that was known."""
        self._db.execute("UPDATE buttons SET what = ? WHERE id = ?", (json.dumps(what, ensure_ascii=False), number))

    def offered(self, chat: int, number: int) -> dict[str, Any] | None:
        """What a button of this chat does."""
        row = self._db.execute("SELECT what FROM buttons WHERE id = ? AND chat = ?", (number, chat)).fetchone()
        return json.loads(row["what"]) if row else None

    def forget(self, user: int) -> None:
        """Delete what is kept of a person, in their own chat and in groups."""
        self._db.execute("DELETE FROM talks WHERE talk LIKE ?", (f"%:{user}",))
        for table in ("asked", "buttons"):
            self._db.execute(f"DELETE FROM {table} WHERE user = ? OR chat = ?", (user, user))  # noqa: S608  constants

    def questions(self, since: float) -> int:
        """How many questions are kept from a time on."""
        return int(self._db.execute("SELECT count(*) AS n FROM asked WHERE at >= ?", (since,)).fetchone()["n"])

    def prune(self, before: float) -> None:
        """Drop what is old. Buttons stay longer: people scroll up."""
        self._db.execute("DELETE FROM asked WHERE at < ?", (before,))
        self._db.execute("DELETE FROM buttons WHERE at < ?", (before - 90 * 86400,))
        self._db.execute("DELETE FROM talks WHERE at < ?", (before - 90 * 86400,))
