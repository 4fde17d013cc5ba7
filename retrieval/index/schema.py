"""Tables of the store and their version."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from retrieval.errors import SchemaMismatch, StoreError

__all__ = ["VERSION", "ensure"]

VERSION = 4

_REPORTS = {
    "number": int,
    "id": str,
    "source": str,
    "place": str,
    "level": str,
    "code": str,
    "parents": str,
    "aliases": str,
    "english": str,
    "year": int,
    "meeting": str,
    "sha256": str,
    "encoding": str,
    "format": str,
    "title": str,
    "document": str,
    "speaker": str,
    "session": str,
    "review_from": int,
    "review_to": int,
    "plan_from": int,
    "plan_to": int,
    "completeness": str,
    "cut_at": int,
    "masks": str,
    "url": str,
    "warnings": str,
    "figures": int,
    "passages": int,
    "tokens": int,
    "first": int,
    "segment": int,
}
# Long values lie apart: a list of all reports then reads none of them.
_TEXTS = {"number": int, "text": str, "outline": str, "forward": bytes, "meanings": bytes}
# Terms and kind of section of each passage: all that ranking holds in memory.
_LAYOUT = {"number": int, "lengths": bytes, "kinds": bytes}
# Where the numbers of a segment's passages begin: gaps in its postings count from there.
_SEGMENTS = {"number": int, "origin": int}
_FIGURES = {
    "report": int,
    "passage": int,
    "ord": int,
    "start": int,
    "end": int,
    "surface": str,
    "value": str,
    "upper": str,
    "unit": str,
    "base_unit": str,
    "scaled": str,
    "qualifier": str,
    "measure": str,
    "direction": int,
    "status": str,
    "period": str,
    "part": str,
    "place": str,
    "indicator": str,
    "indicator_id": str,
    "basis": str,
    "scope": str,
    "wording": str,
    "clause_start": int,
    "clause_end": int,
    "parent": int,
    "coordination": int,
}


def ensure(database: Database, path: str) -> None:
    """Make the tables of a new store, or check that an old one is of this version.

    Raises SchemaMismatch for another version, StoreError for a file that is no store.
    """
    version, tables = _found(database, path)
    if version == VERSION:
        return
    if version or tables:
        raise SchemaMismatch(
            f"{path} 是另一版本的资料库（版本 {version}，本程序为 {VERSION}），"
            "请运行 govreport rebuild 重建（报告不用重新导入）"
        )
    _make(database)


def _found(database: Database, path: str) -> tuple[int, bool]:
    """The version of a file, and whether there are tables in it."""
    try:
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        return version, bool(database.table_names())
    except (sqlite3.DatabaseError, UnicodeError) as problem:
        raise StoreError(
            f"{path} 不是可用的资料库（文件已损坏，或不是本程序的文件）。有备份的话用 govreport restore 恢复，"
            f"没有就把它移走再重新导入报告"
        ) from problem


def _make(database: Database) -> None:
    """All tables and the version, or nothing: a program killed in between leaves an empty store, not a strange one."""
    connection = database.conn
    with connection:
        # Without BEGIN each statement that makes a table is a transaction of its own.
        connection.execute("BEGIN IMMEDIATE")
        if database.execute("PRAGMA user_version").fetchone()[0] == VERSION:
            return  # another process was first
        reports = database.table("reports").create(_REPORTS, pk="number")
        reports.create_index(["id"], unique=True)
        reports.create_index(["place", "year"])
        reports.create_index(["segment"])
        figures = database.table("figures").create(_FIGURES)
        figures.create_index(["report"])
        figures.create_index(["indicator_id", "period"])
        database.table("texts").create(_TEXTS, pk="number")
        database.table("layout").create(_LAYOUT, pk="number")
        database.table("segments").create(_SEGMENTS, pk="number")
        terms = database.table("terms").create({"term": str, "number": int, "df": int}, pk="number")
        terms.create_index(["term"], unique=True)
        database.table("postings").create({"key": int, "gaps": bytes, "repeats": bytes}, pk="key")
        database.execute(f"PRAGMA user_version = {VERSION}")
