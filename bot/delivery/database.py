"""The bot's own database. Every change is on the disk before it is acted upon."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.delivery.feedback import Feedback
from bot.delivery.inbox import Inbox
from bot.delivery.memory import Memory
from bot.delivery.outbox import Outbox

__all__ = ["Ledger"]

_FILE = "bot.db"
# Telegram repeats an update for at most a day, and a message can be edited for two.
_KEPT_DAYS = 7


class Ledger:
    """Inbox, outbox and memory in one file. One connection: open a ledger for each thread."""

    def __init__(self, folder: Path) -> None:
        """Open or create. Raises sqlite3.Error and OSError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / _FILE).exists():
            # Conversations are nobody else's; SQLite gives its logs the rights of the database.
            (folder / _FILE).touch(mode=0o600)
        # Autocommit by the driver: transactions are ours.
        self.connection = sqlite3.connect(folder / _FILE, timeout=60, isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.inbox = Inbox(self.connection)
        self.outbox = Outbox(self.connection)
        self.memory = Memory(self.connection)
        self.feedback = Feedback(self.connection)
        database = Database(self.connection)
        with self.change():
            for room in (self.inbox, self.outbox, self.memory, self.feedback):
                room.create(database)

    @contextmanager
    def change(self) -> Iterator[None]:
        """All or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def forget(self, user: int) -> None:
        """Delete all that is kept of a person. Runs inside `change`."""
        self.outbox.forget(user)  # before the questions it looks up
        self.memory.forget(user)
        self.feedback.forget(user)
        self.inbox.forget(user)

    def prune(self) -> None:
        """Forget what can no longer be asked for."""
        before = time.time() - _KEPT_DAYS * 86400
        with self.change():
            self.inbox.prune(before)
            self.outbox.prune(before)
            self.memory.prune(before)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
