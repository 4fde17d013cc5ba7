"""The store: reports, their structure, figures and postings in one SQLite file, written through sqlite-utils."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from sqlite_utils import Database

from retrieval.errors import StoreError, UnknownReport
from retrieval.index import codec, schema
from retrieval.index.bm25 import Statistics
from retrieval.index.postings import PASSAGE_BITS, Forward, inverted, pack_postings, unpack_postings
from retrieval.model import Figure, Outline, Report

__all__ = ["Analysed", "ReportRow", "Store"]

_LIST = (
    "number, id, source, place, level, parents, year, meeting, title, completeness, passages, figures, warnings, url, "
    "sha256, review_from, review_to, plan_from, plan_to"
)
# Reports whose postings form one segment: bounds what building one holds in memory.
SEGMENT = 128


@dataclass(frozen=True, slots=True)
class Analysed:
    """A report ready to be stored: figures per passage, and the terms of each sentence with its passage."""

    report: Report
    outline: Outline
    figures: tuple[tuple[Figure, ...], ...]
    sentences: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A stored report without its text."""

    number: int
    id: str
    source: str
    place: str
    level: str
    parents: tuple[str, ...]
    year: int
    meeting: str | None
    title: str
    completeness: str
    passages: int
    figures: int
    warnings: tuple[str, ...]
    url: str
    sha256: str
    review: tuple[int, int]
    plan: tuple[int, int]


class Store:
    """One open store. Reading is safe from several processes; writing takes SQLite's lock."""

    def __init__(self, path: Path) -> None:
        """Open or create the store at `path`. Raises StoreError (and SchemaMismatch)."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=30)
        except (OSError, sqlite3.Error) as problem:
            raise StoreError(f"无法打开资料库 {path}：{problem}") from problem
        connection.row_factory = sqlite3.Row
        self.database = Database(connection)
        try:
            schema.ensure(self.database, str(path))
        except sqlite3.Error as problem:
            connection.close()
            raise StoreError(f"无法使用资料库 {path}：{problem}") from problem
        except StoreError:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self.database.conn.close()

    # Reading.

    @cached_property
    def rows(self) -> dict[str, ReportRow]:
        """All reports by id, in the order of place and year."""
        found = self._query(f"SELECT {_LIST} FROM reports ORDER BY place, year, id")  # noqa: S608  our own columns
        return {row["id"]: _row(row) for row in found}

    def report(self, report_id: str) -> Report:
        """Raises UnknownReport."""
        return codec.decode_report(dict(self._one(report_id, "*")))

    def outline(self, report_id: str) -> Outline:
        """Raises UnknownReport."""
        return codec.decode_outline(self._one(report_id, "outline")["outline"])

    def forward(self, report_id: str) -> Forward:
        """Raises UnknownReport."""
        return Forward.load(self._one(report_id, "forward")["forward"])

    def figures(
        self, report_id: str, year: int | None = None, target: bool | None = None
    ) -> tuple[tuple[int, Figure], ...]:
        """(passage, figure) in the order of the text: all, or those that may tell of a year, and only targets or only
        results. Raises UnknownReport."""
        number = self._one(report_id, "number")["number"]
        found = self._query(
            "SELECT * FROM figures WHERE report = :number AND (:year IS NULL OR period = :year OR length(period) != 4) "
            "AND (:target IS NULL OR (status = 'target') = :target) ORDER BY passage, ord",
            {"number": number, "year": None if year is None else str(year), "target": target},
        )
        return tuple((row["passage"], codec.decode_figure(dict(row))) for row in found)

    @cached_property
    def _sizes(self) -> tuple[int, int, int]:
        row = self._query("SELECT coalesce(sum(passages), 0), coalesce(sum(tokens), 0), count(*) FROM reports")[0]
        return int(row[0]), int(row[1]), int(row[2])

    def statistics(self, terms: Sequence[str]) -> tuple[Statistics, dict[str, int]]:
        """Statistics over passages for the asked terms, and the terms' numbers."""
        wanted = json.dumps(sorted(set(terms)), ensure_ascii=False)
        found = self._query(
            "SELECT term, number, df FROM terms WHERE term IN (SELECT value FROM json_each(?))", (wanted,)
        )
        passages, tokens, _ = self._sizes
        average = tokens / passages if passages else 0.0
        frequencies = {row["term"]: row["df"] for row in found}
        return Statistics(passages, average, frequencies), {row["term"]: row["number"] for row in found}

    def postings(self, number: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Dense passage numbers (see `passage_at`) and frequencies of the term of that number."""
        parts = [
            unpack_postings(row["data"])
            for row in self._query("SELECT data FROM postings WHERE term = ? ORDER BY segment", (number,))
        ]
        if not parts:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        keys = np.concatenate([keys for keys, _ in parts]).astype(np.int64)
        frequency = np.concatenate([frequency for _, frequency in parts]).astype(np.int64)
        bases = self._layout[0]
        return bases[keys >> PASSAGE_BITS] + (keys & ((1 << PASSAGE_BITS) - 1)), frequency

    @cached_property
    def _layout(self) -> tuple[np.ndarray[Any, Any], list[tuple[int, str]], np.ndarray[Any, Any]]:
        """First dense passage number by report number; the reports in that order; the lengths of all passages."""
        ordered = sorted(self.rows.values(), key=lambda row: row.number)
        bases = np.zeros(ordered[-1].number + 1 if ordered else 1, dtype=np.int64)
        at, lengths = 0, []
        for row in ordered:
            bases[row.number] = at
            at += row.passages
            forward = self.forward(row.id)
            counted = np.zeros(row.passages, dtype=np.int64)
            np.add.at(counted, forward.passages, np.array(forward.lengths(), dtype=np.int64))
            lengths.append(counted)
        return (
            bases,
            [(int(bases[row.number]), row.id) for row in ordered],
            np.concatenate([np.zeros(0, dtype=np.int64), *lengths]),
        )

    def lengths(self) -> np.ndarray[Any, Any]:
        """Terms of every passage, by dense number."""
        return self._layout[2]

    def passage_at(self, dense: int) -> tuple[str, int]:
        """Report id and passage of a dense passage number."""
        ordered = self._layout[1]
        low, high = 0, len(ordered)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if ordered[middle][0] <= dense else (low, middle)
        return ordered[low][1], dense - ordered[low][0]

    # Writing.

    def add(self, batch: Sequence[Analysed], *, replacing: frozenset[str] = frozenset()) -> None:
        """Store reports in one transaction, which also forgets those of the same id and those `replacing` names; their
        postings form one segment. Raises StoreError, and nothing has changed."""
        with self._writing() as connection:
            stored: list[tuple[int, Forward]] = []
            segment = connection.execute("SELECT coalesce(max(segment), 0) + 1 FROM postings").fetchone()[0]
            for old in sorted(replacing | {item.report.id for item in batch}):
                self._delete(connection, old)
            stored.extend(self._insert(connection, item) for item in batch)
            changed: list[tuple[int, int]] = []
            for term, keys, frequencies in inverted(stored):
                connection.execute(
                    "INSERT INTO postings (term, segment, data) VALUES (?, ?, ?)",
                    (term, segment, pack_postings(keys, frequencies)),
                )
                changed.append((len(keys), term))
            connection.executemany("UPDATE terms SET df = df + ? WHERE number = ?", changed)

    def remove(self, report_id: str) -> None:
        """Forget a report and its share of the statistics. Raises UnknownReport."""
        self._one(report_id, "number")
        with self._writing() as connection:
            self._delete(connection, report_id)

    def _insert(self, connection: sqlite3.Connection, item: Analysed) -> tuple[int, Forward]:
        numbers = self._term_numbers(connection, {term for _, terms in item.sentences for term in terms})
        forward = Forward.of([(p, Counter(numbers[t] for t in terms)) for p, terms in item.sentences])
        number = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM reports").fetchone()[0]
        self.database.table("reports").insert(
            codec.encode_report(item.report)
            | {
                "number": number,
                "outline": codec.encode_outline(item.outline),
                "passages": len(item.outline.passages),
                "figures": sum(map(len, item.figures)),
                "tokens": sum(len(terms) for _, terms in item.sentences),
                "forward": forward.dump(),
            }
        )
        self.database.table("figures").insert_all(
            (
                codec.encode_figure(number, passage, order, figure)
                for passage, figures in enumerate(item.figures)
                for order, figure in enumerate(figures)
            ),
            batch_size=500,
        )
        return number, forward

    def _term_numbers(self, connection: sqlite3.Connection, terms: set[str]) -> dict[str, int]:
        wanted = json.dumps(sorted(terms), ensure_ascii=False)
        connection.execute("INSERT OR IGNORE INTO terms (term, df) SELECT value, 0 FROM json_each(?)", (wanted,))
        found = connection.execute(
            "SELECT term, number FROM terms WHERE term IN (SELECT value FROM json_each(?))", (wanted,)
        )
        return {row["term"]: row["number"] for row in found}

    def _delete(self, connection: sqlite3.Connection, report_id: str) -> None:
        row = connection.execute("SELECT number, forward FROM reports WHERE id = ?", (report_id,)).fetchone()
        if row is None:
            return
        number = row["number"]
        for term, gone, _ in inverted([(number, Forward.load(row["forward"]))]):
            connection.execute("UPDATE terms SET df = df - ? WHERE number = ?", (len(gone), term))
            for segment, data in connection.execute(
                "SELECT segment, data FROM postings WHERE term = ?", (term,)
            ).fetchall():
                keys, frequency = unpack_postings(data)
                kept = ~np.isin(keys, gone)
                if kept.all():
                    continue
                if kept.any():
                    connection.execute(
                        "UPDATE postings SET data = ? WHERE term = ? AND segment = ?",
                        (pack_postings(keys[kept], frequency[kept]), term, segment),
                    )
                else:
                    connection.execute("DELETE FROM postings WHERE term = ? AND segment = ?", (term, segment))
        connection.execute("DELETE FROM terms WHERE df <= 0")
        connection.execute("DELETE FROM figures WHERE report = ?", (number,))
        connection.execute("DELETE FROM reports WHERE number = ?", (number,))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that forgets what was cached of the old state."""
        connection = self.database.conn
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.commit()
        except sqlite3.Error as problem:
            connection.rollback()
            raise StoreError(f"无法写入资料库 {self.path}：{problem}") from problem
        except BaseException:
            connection.rollback()
            raise
        finally:
            for name in ("rows", "_sizes", "_layout"):
                self.__dict__.pop(name, None)

    def _query(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        try:
            return self.database.conn.execute(sql, parameters).fetchall()
        except sqlite3.Error as problem:
            raise StoreError(f"无法读取资料库 {self.path}：{problem}") from problem

    def _one(self, report_id: str, columns: str) -> sqlite3.Row:
        found = self._query(f"SELECT {columns} FROM reports WHERE id = ?", (report_id,))  # noqa: S608  our own columns
        if not found:
            raise UnknownReport(f"资料库中没有报告 {report_id}")
        return found[0]


def _row(row: sqlite3.Row) -> ReportRow:
    return ReportRow(
        number=row["number"],
        id=row["id"],
        source=row["source"],
        place=row["place"],
        level=row["level"],
        parents=tuple(json.loads(row["parents"])),
        year=row["year"],
        meeting=row["meeting"],
        title=row["title"],
        completeness=row["completeness"],
        passages=row["passages"],
        figures=row["figures"],
        warnings=tuple(json.loads(row["warnings"])),
        url=row["url"],
        sha256=row["sha256"],
        review=(row["review_from"], row["review_to"]),
        plan=(row["plan_from"], row["plan_to"]),
    )
