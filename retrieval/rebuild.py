"""A store of another version made anew from the texts it holds: nothing has to be found and ingested again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from retrieval.analyse import analyse_report
from retrieval.errors import StoreError
from retrieval.index import Analysed, Store
from retrieval.index.codec import decode_report
from retrieval.index.store import SEGMENT
from retrieval.model import Report
from retrieval.workers import WorkerEnded, Workers

__all__ = ["rebuild", "set_aside"]

_FEW = 8


def rebuild(path: Path, progress: Callable[[int], None] | None = None) -> tuple[int, Path]:
    """Analyse the reports of the store at `path` anew and put the new store in its place; how many there are, and
    where the old one is kept. `progress` is told how many are done.

    Raises StoreError where there is no store, or its reports cannot be read; the old store then stays where it is.
    """
    if not path.is_file():
        raise StoreError(f"{path} 不存在")
    fresh = path.with_name(f".{path.name}.new")
    for part in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm"), Path(f"{fresh}-journal")):
        part.unlink(missing_ok=True)
    done = 0
    store = Store(fresh)
    try:
        reports = _reports(path)
        while batch := list(islice(reports, SEGMENT)):
            store.add(_analysed(batch))
            done += len(batch)
            if progress:
                progress(done)
    except BaseException:
        store.close()
        fresh.unlink(missing_ok=True)
        raise
    store.close()
    # Two renames: were the power cut between them, the old store would stand under its kept name, whole.
    kept = set_aside(path)
    fresh.replace(path)
    return done, kept


def set_aside(path: Path) -> Path:
    """Rename a database, its logs with it, to a name that is free; that name."""
    number = 1
    while (kept := path.with_name(f"{path.name}.old{number}")).exists():
        number += 1
    path.replace(kept)
    for log in ("-wal", "-shm", "-journal"):
        old = Path(f"{path}{log}")
        if old.exists():
            old.replace(f"{kept}{log}")
    return kept


def _reports(path: Path) -> Iterator[Report]:
    """The reports of a store of any version so far."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    except sqlite3.Error as problem:
        raise StoreError(f"无法打开资料库 {path}：{problem}") from problem
    connection.row_factory = sqlite3.Row
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        joined = " JOIN texts USING (number)" if "texts" in tables else ""
        for row in connection.execute(f"SELECT * FROM reports{joined} ORDER BY number"):  # noqa: S608  our own tables
            yield decode_report(dict(row))
    except (sqlite3.Error, KeyError, ValueError, IndexError) as problem:
        raise StoreError(f"{path} 里的报告读不出来（{problem}），请重新导入报告文件") from problem
    finally:
        connection.close()


def _analysed(batch: Sequence[Report]) -> list[Analysed]:
    if len(batch) < _FEW:
        return [analyse_report(report) for report in batch]
    workers: Workers[Report, Analysed] = Workers(analyse_report)
    try:
        return [future.result() for future in [workers.submit(report) for report in batch]]
    except WorkerEnded as problem:
        raise StoreError("重新分析报告的进程意外终止（内存不足？），原来的资料库未动，请重新运行") from problem
    finally:
        workers.close()
