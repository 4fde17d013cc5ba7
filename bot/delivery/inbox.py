"""Updates as they came. A row is written before the update is acknowledged, and ends `done` or `bad`."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

__all__ = ["Inbox", "Received", "SetAside"]

# An update that was begun this often and never finished takes the process down with it: set aside.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Received:
    """An update to work on; `at` is when it was fetched, in Unix time."""

    update_id: int
    raw: dict[str, Any]
    at: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be worked on: as it came (JSON), why, and when (Unix time)."""

    update_id: int
    raw: str
    problem: str
    at: float


class Inbox:
    """The table `inbox`. Methods that write run inside `Ledger.change`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @staticmethod
    def create(database: Database) -> None:
        """The table, where it is missing."""
        columns = {"update_id": int, "raw": str, "state": str, "tries": int, "problem": str, "at": float}
        database.table("inbox").create(columns, pk="update_id", if_not_exists=True, defaults={"tries": 0})
        database.table("inbox").create_index(["state"], if_not_exists=True)

    def put(self, updates: Sequence[dict[str, Any]]) -> int:
        """Write updates down; those that came before are not written again. How many were new."""
        now = time.time()
        before = self._db.total_changes
        self._db.executemany(
            "INSERT OR IGNORE INTO inbox (update_id, raw, state, tries, at) VALUES (?, ?, 'new', 0, ?)",
            [(update["update_id"], json.dumps(update), now) for update in updates],
        )
        return self._db.total_changes - before

    def next(self, begun: Collection[int] = ()) -> Received | None:
        """The oldest update not worked on, counted as begun unless it is among those `begun` by this process before: an
        update is given up for taking processes down, not for the disk's being full."""
        self._db.execute(
            "UPDATE inbox SET state = 'bad', problem = 'tries' WHERE state = 'new' AND tries >= ? "
            "AND update_id NOT IN (SELECT value FROM json_each(?))",
            (_TRIES, json.dumps(list(begun))),
        )
        row = self._db.execute(
            "SELECT update_id, raw, at FROM inbox WHERE state = 'new' ORDER BY update_id LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        if row["update_id"] not in begun:
            self._db.execute("UPDATE inbox SET tries = tries + 1 WHERE update_id = ?", (row["update_id"],))
        return Received(row["update_id"], json.loads(row["raw"]), row["at"])

    def aside(self) -> list[SetAside]:
        """What was set aside, the oldest first."""
        found = self._db.execute("SELECT update_id, raw, problem, at FROM inbox WHERE state = 'bad' ORDER BY update_id")
        return [SetAside(row["update_id"], row["raw"], row["problem"] or "", row["at"]) for row in found]

    def retry(self, update_id: int) -> bool:
        """Put what was set aside back to be worked on; whether it was there."""
        done = self._db.execute(
            "UPDATE inbox SET state = 'new', tries = 0, problem = '' WHERE state = 'bad' AND update_id = ?",
            (update_id,),
        )
        return done.rowcount > 0

    def done(self, update_id: int) -> None:
        """Worked on: what it led to is in the outbox by the same transaction."""
        self._db.execute("UPDATE inbox SET state = 'done', raw = '' WHERE update_id = ?", (update_id,))

    def set_aside(self, update_id: int, problem: str) -> None:
        """Malformed: kept as it came for whoever looks into it."""
        self._db.execute("UPDATE inbox SET state = 'bad', problem = ? WHERE update_id = ?", (problem, update_id))

    def forget(self, user: int) -> None:
        """Delete a person's updates that were set aside; those that were worked on hold nothing any more."""
        kinds = ("message", "edited_message", "callback_query", "inline_query")
        said = " OR ".join(f"json_extract(raw, '$.{kind}.from.id') = ?" for kind in kinds)
        self._db.execute(f"DELETE FROM inbox WHERE state = 'bad' AND ({said})", (user,) * len(kinds))  # noqa: S608

    def count(self, state: str) -> int:
        """How many rows are in a state."""
        row = self._db.execute("SELECT count(*) AS n FROM inbox WHERE state = ?", (state,)).fetchone()
        return int(row["n"])

    def prune(self, before: float) -> None:
        """Drop old rows that are finished."""
        self._db.execute("DELETE FROM inbox WHERE state != 'new' AND at < ?", (before,))
