"""The store: reports, their structure, figures and postings in one SQLite file, written through sqlite-utils."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from retrieval.errors import StoreError, UnknownReport, why_not
from retrieval.index import codec, schema, writing
from retrieval.index.bm25 import Statistics
from retrieval.index.layout import Layout
from retrieval.index.meanings import Meanings
from retrieval.index.postings import SEGMENT_BITS, Forward, Postings, decode, row_key
from retrieval.index.records import LISTED, Analysed, Rows, report_row
from retrieval.index.stated import StoredFigures
from retrieval.index.trouble import trouble
from retrieval.lexicon import vectors
from retrieval.model import Figure, Measure, Outline, Report

__all__ = ["SEGMENT", "Store"]

# Reports whose postings form one segment: bounds what building one holds in memory. No divisor of what ingest hands to
# its workers at a time, so that these have work while a segment is written.
SEGMENT = 160
# Pages SQLite holds, in KiB: while reading, and while writing, where postings go all over the file.
_READING_CACHE, _WRITING_CACHE = 8 << 10, 96 << 10
_FIGURES = (
    f"SELECT {', '.join(codec.FIGURE_COLUMNS)} FROM figures WHERE report = :number "  # noqa: S608  our own columns
    "AND (:year IS NULL OR period = :year OR length(period) != 4) "
    "AND (:target IS NULL OR (status = 'target') = :target)"
)
_OF_FIGURES = ", ".join(f"figures.{column}" for column in codec.FIGURE_COLUMNS)
_ALONE = "indicator_id IN (SELECT value FROM json_each(:ids))"
_OF_THESE = f"(indicator_id IS NULL OR {_ALONE})"
# What reports tell of their own place for a whole period.
_OF_PLACE = (
    "FROM figures JOIN reports ON report = number WHERE indicator_id IN (SELECT value FROM json_each(:ids)) "
    "AND period = :period AND part = '' AND figures.place IN ('', reports.place)"
)
# Texts read at once, where many are: about a megabyte.
_AT_ONCE = 24


class Store:
    """One open store. Reading is safe from several processes; writing takes SQLite's lock."""

    def __init__(self, path: Path) -> None:
        """Open or create the store at `path`. Raises StoreError (and SchemaMismatch)."""
        self.path = path
        # Rises with every change, so that whoever derived something from the store knows when it is old.
        self.generation = 0
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                # What a person collects is theirs: SQLite would let everyone on the machine read it.
                path.touch(mode=0o600)
            connection = sqlite3.connect(path, timeout=30)
        except OSError as problem:
            raise StoreError(f"打不开：{why_not(problem)}", path) from problem
        except sqlite3.Error as problem:
            raise trouble(path, problem) from problem
        connection.row_factory = sqlite3.Row
        # Plugins of sqlite-utils have no business here, and take a while to be looked for.
        self.database = Database(connection, execute_plugins=False)
        try:
            schema.ensure(self.database, str(path))
            self.database.execute(f"PRAGMA cache_size = {-_READING_CACHE}")
            self._version = self.database.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error as problem:
            connection.close()
            raise trouble(path, problem) from problem
        except StoreError:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self.database.conn.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the store for several reads; what was cached of an older one is forgotten."""
        if self.database.conn.in_transaction:
            yield
            return
        self._query("BEGIN")
        try:
            # The first read fixes the state; whether it is a new one is asked after that.
            self._query("SELECT number FROM reports LIMIT 1")
            version = self._query("PRAGMA data_version")[0][0]
            if version != self._version:
                self._version = version
                self._changed()
            yield
        finally:
            self.database.conn.rollback()

    # Reading.

    @cached_property
    def rows(self) -> Rows:
        """All reports by id, in the order of place and year."""
        found = self._query(f"SELECT {LISTED} FROM reports ORDER BY place, year, id")  # noqa: S608  our own columns
        with self._sound():
            return Rows((row["id"], report_row(row)) for row in found)

    def report(self, report_id: str) -> Report:
        """Raises UnknownReport."""
        with self._sound():
            return codec.decode_report(dict(self._one(report_id, "reports.*, texts.text")))

    def words(self, report_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(id, text without what is masked) of reports, in their order; ids that are not stored are passed over."""
        for start in range(0, len(report_ids), _AT_ONCE):
            some = report_ids[start : start + _AT_ONCE]
            rows = self._query(
                "SELECT id, text, masks FROM reports JOIN texts USING (number) "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(some), ensure_ascii=False),),
            )
            found = {row["id"]: codec.decode_words(row["text"], row["masks"]) for row in rows}
            yield from ((report, found[report]) for report in some if report in found)

    def headed(self, words: str) -> frozenset[str]:
        """Reports with a heading that holds the words: headings are in no passage, and so not indexed."""
        # As JSON keeps them: characters as they are, quotation marks escaped.
        inside = json.dumps(words, ensure_ascii=False)[1:-1]
        found = self._query("SELECT id FROM reports JOIN texts USING (number) WHERE instr(outline, ?)", (inside,))
        return frozenset(row["id"] for row in found)

    def outline(self, report_id: str) -> Outline:
        """Raises UnknownReport."""
        with self._sound():
            return codec.decode_outline(self._one(report_id, "texts.outline")["outline"])

    def sections(self, report_id: str) -> tuple[codec.Sections, codec.Passages]:
        """The sections and the passages, still to be made. Raises UnknownReport."""
        with self._sound():
            return codec.decode_sections(self._one(report_id, "texts.outline")["outline"])

    def forward(self, report_id: str) -> Forward:
        """Raises UnknownReport."""
        with self._sound():
            return Forward.load(self._one(report_id, "texts.forward")["forward"])

    def meanings(self, report_id: str) -> Meanings:
        """The words around its figures. Raises UnknownReport."""
        with self._sound():
            return Meanings.load(self._one(report_id, "texts.meanings")["meanings"])

    def figures(
        self,
        report_id: str,
        year: int | None = None,
        target: bool | None = None,
        indicators: Iterable[str] = (),
        *,
        alone: bool = False,
    ) -> tuple[tuple[int, Figure], ...]:
        """(passage, figure) in the order of the text: all, or those that may tell of a year, and only targets or only
        results; where one is of one of `indicators`, those of other known ones are left out;
        `alone` those of none as well. Raises UnknownReport."""
        number = self._one(report_id, "number")["number"]
        asked: dict[str, object] = {
            "number": number,
            "year": None if year is None else str(year),
            "target": target,
            "ids": json.dumps(list(indicators)),
        }
        if alone:
            return tuple(map(codec.decode_figure, self._query(f"{_FIGURES} AND {_ALONE} ORDER BY passage, ord", asked)))
        found = self._query(f"{_FIGURES} AND {_OF_THESE} ORDER BY passage, ord", asked) if asked["ids"] != "[]" else []
        if not any(row["indicator_id"] is not None for row in found):
            found = self._query(f"{_FIGURES} ORDER BY passage, ord", asked)
        return tuple(map(codec.decode_figure, found))

    def stated(self, report_id: str) -> StoredFigures:
        """All figures of a report in the order of the text, still to be made. Raises UnknownReport."""
        number = self._one(report_id, "number")["number"]
        found = self._query(
            f"SELECT {', '.join(codec.FIGURE_COLUMNS)} FROM figures WHERE report = ? ORDER BY passage, ord",  # noqa: S608  our own columns
            (number,),
        )
        return StoredFigures(found, self._sound)

    def amounts(self, indicators: Iterable[str]) -> Iterator[tuple[str, int, Figure]]:
        """(report, passage, figure) of all amounts that reports tell of one of `indicators` as results."""
        found = self._query(
            f"SELECT {_OF_FIGURES}, reports.id FROM figures JOIN reports ON report = number "  # noqa: S608  our own columns
            "WHERE indicator_id IN (SELECT value FROM json_each(?)) AND measure IN ('level', 'count') "
            "AND status != 'target' AND scaled IS NOT NULL",
            (json.dumps(list(indicators)),),
        )
        for row in found:
            *columns, report = row
            yield (report, *codec.decode_figure(columns))

    def stating(
        self, report_ids: Iterable[str], periods: Iterable[str], indicators: Iterable[str] = ()
    ) -> frozenset[str]:
        """Which of the reports state figures of any of the periods (2021, 2016-2020), of one of `indicators` where some
        are given."""
        asked = list(indicators)
        of_these = " AND indicator_id IN (SELECT value FROM json_each(?))" if asked else ""
        found = self._query(
            "SELECT id FROM reports WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM figures "  # noqa: S608  our own words
            f"WHERE report = number AND period IN (SELECT value FROM json_each(?)){of_these})",
            (json.dumps(list(report_ids)), json.dumps(list(periods)), *([json.dumps(asked)] if asked else ())),
        )
        return frozenset(row["id"] for row in found)

    def kinds(self, indicators: Iterable[str], period: str) -> Iterator[tuple[str, bool, Measure, str, str, str]]:
        """(report, whether a target, measure, unit, base unit, name) of all figures of one of `indicators` that reports
        tell of their own place for a whole period."""
        found = self._query(
            f"SELECT reports.id, status = 'target', measure, unit, base_unit, indicator {_OF_PLACE}",
            {"ids": json.dumps(list(indicators)), "period": period},
        )
        with self._sound():
            for report, target, measure, *told in found:
                yield (report, bool(target), codec.MEASURES[measure], *told)

    def of_whole(
        self, indicators: Iterable[str], period: str, *, target: bool, measures: Iterable[Measure]
    ) -> Iterator[tuple[str, int, Figure]]:
        """(report, passage, figure) of all figures of one of `indicators`, in any of the measures, that reports tell of
        their own place for a whole period, as targets or as results; each report's in the order of its text."""
        found = self._query(
            f"SELECT {_OF_FIGURES}, reports.id {_OF_PLACE} "  # noqa: S608  our own columns
            "AND measure IN (SELECT value FROM json_each(:measures)) AND (status = 'target') = :target "
            "ORDER BY report, passage, ord",
            {
                "ids": json.dumps(list(indicators)),
                "period": period,
                "measures": json.dumps([measure.value for measure in measures]),
                "target": target,
            },
        )
        with self._sound():
            for row in found:
                *columns, report = row
                yield (report, *codec.decode_figure(columns))

    def sizes(self, indicators: Iterable[str], period: str) -> Iterator[tuple[str, int, Decimal]]:
        """(report, where its figure ends, amount in its base unit) of all amounts of one of `indicators` that reports
        tell of their own place for a whole period as results."""
        found = self._query(
            f"SELECT reports.id, end, scaled {_OF_PLACE} "
            "AND measure = 'level' AND status != 'target' AND scaled IS NOT NULL",
            {"ids": json.dumps(list(indicators)), "period": period},
        )
        with self._sound():
            for report, end, scaled in found:
                if "/" not in scaled:
                    yield report, end, Decimal(scaled)

    @cached_property
    def _sizes(self) -> tuple[int, int]:
        row = self._query("SELECT coalesce(sum(passages), 0), coalesce(sum(tokens), 0) FROM reports")[0]
        return int(row[0]), int(row[1])

    def statistics(self, terms: Sequence[str]) -> tuple[Statistics, dict[str, int]]:
        """Statistics over passages for the asked terms, and the terms' numbers."""
        wanted = json.dumps(sorted(set(terms)), ensure_ascii=False)
        found = self._query(
            "SELECT term, number, df FROM terms WHERE term IN (SELECT value FROM json_each(?))", (wanted,)
        )
        passages, tokens = self._sizes
        average = tokens / passages if passages else 0.0
        frequencies = {row["term"]: row["df"] for row in found}
        return Statistics(passages, average, frequencies), {row["term"]: row["number"] for row in found}

    def postings(self, number: int) -> Postings:
        """Passages (see `layout`) and frequencies of the term of that number."""
        rows = self._query(
            "SELECT key, gaps, repeats FROM postings WHERE key BETWEEN ? AND ?",
            (row_key(number, 0), row_key(number, (1 << SEGMENT_BITS) - 1)),
        )
        with self._sound():
            return decode([(row[0], row[1], row[2]) for row in rows], self._origins)

    @cached_property
    def word_rows(self) -> npt.NDArray[np.int32]:
        """The vector row of each term by its number; -1 where it has none. Bigrams, which sort before words, have
        none."""
        found = self._query("SELECT number, term FROM terms WHERE term >= '㐀' AND length(term) > 1")
        rows = np.full(1 + self._query("SELECT coalesce(max(number), 0) FROM terms")[0][0], -1, dtype=np.int32)
        rows[[number for number, _ in found]] = vectors.rows([term for _, term in found])
        return rows

    @cached_property
    def _origins(self) -> dict[int, int]:
        return {row["number"]: row["origin"] for row in self._query("SELECT number, origin FROM segments")}

    @cached_property
    def layout(self) -> Layout:
        """Where passages stand in the store's numbering."""
        found = self._query(
            "SELECT id, first, passages, lengths, kinds FROM reports JOIN layout USING (number) ORDER BY first"
        )
        with self._sound():
            return Layout.of([tuple(row) for row in found])

    # Writing.

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other writers of this store out while ids are chosen and reports are put in; what they stored before is
        seen. The system lets go when the process dies. Raises StoreError where the lock cannot be made."""
        try:
            handle = os.open(
                self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
        except OSError as problem:
            raise StoreError(f"无法写入：{why_not(problem)}", self.path) from problem
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            with self.reading():
                self.rows  # noqa: B018  read anew if another process wrote
            yield
        finally:
            os.close(handle)

    def add(self, batch: Sequence[Analysed], *, replacing: frozenset[str] = frozenset()) -> None:
        """Store reports in one transaction, which also forgets those of the same id and those `replacing` names; their
        postings form one segment. Raises StoreError, and nothing has changed."""
        with self._writing() as connection:
            writing.remove(connection, replacing | {item.report.id for item in batch})
            writing.add(self.database, batch)

    def remove(self, report_id: str) -> None:
        """Forget a report and its share of the statistics. Raises UnknownReport."""
        self._one(report_id, "number")
        with self._writing() as connection:
            writing.remove(connection, {report_id})

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that forgets what was cached of the old state."""
        connection = self.database.conn
        try:
            connection.execute(f"PRAGMA cache_size = {-_WRITING_CACHE}")
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.commit()
        except sqlite3.Error as problem:
            connection.rollback()
            raise trouble(self.path, problem) from problem
        except BaseException:
            connection.rollback()
            raise
        finally:
            connection.execute(f"PRAGMA cache_size = {-_READING_CACHE}")
            self._changed()

    def _changed(self) -> None:
        self.generation += 1
        for name in ("rows", "_sizes", "_origins", "layout", "word_rows"):
            self.__dict__.pop(name, None)

    def _query(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        try:
            return self.database.conn.execute(sql, parameters).fetchall()
        except (sqlite3.Error, UnicodeError) as problem:
            raise trouble(self.path, problem) from problem

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """What is stored was written by this program: if it cannot be read, the file is damaged."""
        try:
            yield
        except (ValueError, KeyError, IndexError, TypeError, zlib.error) as problem:
            raise trouble(self.path, problem) from problem

    def _one(self, report_id: str, columns: str) -> sqlite3.Row:
        found = self._query(
            f"SELECT {columns} FROM reports JOIN texts USING (number) WHERE id = ?",  # noqa: S608  our own columns
            (report_id,),
        )
        if not found:
            raise UnknownReport(f"资料库中没有报告 {report_id}")
        return found[0]
