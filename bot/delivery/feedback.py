"""What people think of answers: 对 or 不对, with the question, the answer and how it came about."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

__all__ = ["Feedback", "Judged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement: `good` or not, what was asked, what was answered, and the trace as JSON. `at` is Unix time."""

    good: bool
    question: str
    answer: str
    trace: str
    at: float = 0.0


class Feedback:
    """The table `feedback`. Methods that write run inside `Ledger.change`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @staticmethod
    def create(database: Database) -> None:
        """The table, where it is missing."""
        columns = {"button": int, "user": int, "good": int, "question": str, "answer": str, "trace": str, "at": float}
        database.table("feedback").create(columns, pk=("button", "user"), if_not_exists=True)

    def put(self, button: int, user: int, judged: Judged) -> None:
        """Keep a judgement; a person's later one on the same answer replaces the earlier."""
        self._db.execute(
            "INSERT OR REPLACE INTO feedback (button, user, good, question, answer, trace, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (button, user, judged.good, judged.question, judged.answer, judged.trace, time.time()),
        )

    def all(self) -> Sequence[Judged]:
        """Oldest first."""
        found = self._db.execute("SELECT good, question, answer, trace, at FROM feedback ORDER BY at")
        return [Judged(bool(r["good"]), r["question"], r["answer"], r["trace"], r["at"]) for r in found]

    def forget(self, user: int) -> None:
        """Delete a person's judgements."""
        self._db.execute("DELETE FROM feedback WHERE user = ?", (user,))
