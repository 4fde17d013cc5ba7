"""Reports into and out of the store's tables, inside the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from retrieval.index import codec
from retrieval.index.postings import Forward, Postings, decode, encode, inverted, row_key
from retrieval.index.records import Analysed

__all__ = ["add", "remove"]

_FIGURES = (
    f"INSERT INTO figures ({', '.join(f'[{name}]' for name in codec.FIGURE_COLUMNS)}) "  # noqa: S608  our own columns
    f"VALUES ({', '.join('?' * len(codec.FIGURE_COLUMNS))})"
)
# Rows of postings taken out at a time: bounds what removal holds in memory.
_ROWS = 50_000


def add(database: Database, batch: Sequence[Analysed]) -> None:
    """Insert reports none of which is stored; their postings form one segment."""
    if not batch:
        return
    connection = database.conn
    number, origin = connection.execute(
        "SELECT coalesce(max(number), 0) + 1, coalesce(max(first + passages), 0) FROM reports"
    ).fetchone()
    segment = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM segments").fetchone()[0]
    database.table("segments").insert({"number": segment, "origin": origin})
    # One line of the batch's vocabulary for each term; each report's lines among them.
    lines: dict[str, int] = {}
    own = [
        np.array([lines.setdefault(line, len(lines)) for line in item.terms.lines()], dtype=np.int64) for item in batch
    ]
    numbers = _term_numbers(connection, lines)
    first, forwards = origin, []
    for item, at in zip(batch, own, strict=True):
        forward = Forward.of(item.terms, numbers[at])
        _insert(database, item, forward, {"number": number, "first": first, "segment": segment})
        forwards.append((first, forward))
        number, first = number + 1, first + len(item.outline.passages)
    postings = inverted(forwards)
    connection.executemany(
        "INSERT INTO postings (key, gaps, repeats) VALUES (?, ?, ?)", encode(postings, segment, origin)
    )
    connection.executemany("UPDATE terms SET df = df + ? WHERE number = ?", postings.frequencies())


def _insert(database: Database, item: Analysed, forward: Forward, where: dict[str, int]) -> None:
    number, passages = where["number"], len(item.outline.passages)
    lengths = forward.passage_lengths(passages)
    database.table("reports").insert(
        codec.encode_report(item.report)
        | where
        | {
            "passages": passages,
            "figures": sum(map(len, item.figures)),
            "tokens": int(lengths.sum()),
        }
    )
    database.table("texts").insert(
        {
            "number": number,
            "text": item.report.text,
            "outline": codec.encode_outline(item.outline),
            "forward": forward.dump(),
            "meanings": item.meanings.dump(),
        }
    )
    database.table("layout").insert(
        {
            "number": number,
            "lengths": lengths.astype("<u4").tobytes(),
            "kinds": codec.encode_kinds(item.outline),
        }
    )
    database.conn.executemany(
        _FIGURES,
        (
            codec.encode_figure(number, passage, order, figure)
            for passage, figures in enumerate(item.figures)
            for order, figure in enumerate(figures)
        ),
    )


def _term_numbers(connection: sqlite3.Connection, terms: Iterable[str]) -> npt.NDArray[np.int64]:
    """The store's number of each term, new ones given to those it does not know."""
    wanted = json.dumps(list(terms), ensure_ascii=False)
    connection.execute("INSERT OR IGNORE INTO terms (term, df) SELECT value, 0 FROM json_each(?)", (wanted,))
    found = connection.execute(
        "SELECT number FROM json_each(?) JOIN terms ON term = value ORDER BY json_each.id", (wanted,)
    )
    return np.array([row[0] for row in found], dtype=np.int64)


def remove(connection: sqlite3.Connection, reports: Iterable[str]) -> None:
    """Take reports out with their postings and their share of the statistics; ids that are not stored do no harm."""
    found = connection.execute(
        "SELECT number, first, passages, segment, forward FROM reports JOIN texts USING (number) "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(reports), ensure_ascii=False),),
    ).fetchall()
    for segment in sorted({row["segment"] for row in found}):
        _cut(connection, segment, [row for row in found if row["segment"] == segment])
    for table, column in (("reports", "number"), ("texts", "number"), ("layout", "number"), ("figures", "report")):
        connection.executemany(
            f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608  our own tables
            [(row["number"],) for row in found],
        )
    connection.execute("DELETE FROM segments WHERE number NOT IN (SELECT segment FROM reports)")


def _cut(connection: sqlite3.Connection, segment: int, gone: Sequence[sqlite3.Row]) -> None:
    """Take reports of one segment out of its rows and out of the document frequencies."""
    counts = inverted([(row["first"], Forward.load(row["forward"])) for row in gone]).frequencies()
    connection.executemany("UPDATE terms SET df = df - ? WHERE number = ?", counts)
    connection.executemany("DELETE FROM terms WHERE number = ? AND df <= 0", [(term,) for _, term in counts])
    own = connection.execute("SELECT count(*) FROM reports WHERE segment = ?", (segment,)).fetchone()[0]
    origin = connection.execute("SELECT origin FROM segments WHERE number = ?", (segment,)).fetchone()[0]
    keys = iter([(row_key(term, segment),) for _, term in counts])
    while some := list(islice(keys, _ROWS)):
        rows = []
        if own > len(gone):
            for key in some:
                rows += connection.execute("SELECT key, gaps, repeats FROM postings WHERE key = ?", key).fetchall()
        connection.executemany("DELETE FROM postings WHERE key = ?", some)
        left = _without(decode([tuple(row) for row in rows], {segment: origin}), gone)
        connection.executemany(
            "INSERT INTO postings (key, gaps, repeats) VALUES (?, ?, ?)", encode(left, segment, origin)
        )


def _without(postings: Postings, gone: Sequence[sqlite3.Row]) -> Postings:
    kept = np.ones(len(postings.passage), dtype=np.bool_)
    for row in gone:
        kept &= (postings.passage < row["first"]) | (postings.passage >= row["first"] + row["passages"])
    return Postings(postings.term[kept], postings.passage[kept], postings.frequency[kept])
