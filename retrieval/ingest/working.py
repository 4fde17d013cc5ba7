"""Files to analysed reports, on all cores; what goes wrong with one is told and harms no other."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from itertools import islice

from retrieval import reports
from retrieval.analyse import analyse
from retrieval.errors import UnreadableReport, why_not
from retrieval.index import Analysed, ReportRow
from retrieval.ingest.collecting import File
from retrieval.ingest.rows import IngestRow
from retrieval.workers import WorkerEnded, Workers

__all__ = ["work"]

# Fewer files than this are read in this process: starting others costs more.
_FEW = 8
# Files go to a worker so many at a time, and so many times ahead of what has been stored: bounds what waits in memory.
_CHUNK, _AHEAD = 4, 64

Known = Mapping[str, Sequence[ReportRow]]


def work(files: Sequence[File], known: Known) -> Iterator[tuple[File, Analysed | IngestRow]]:
    """Each file with its report, or with what became of it, in their order.

    `known` holds the stored reports by the hash of their file: what is stored already is not read again.
    """
    if len(files) < _FEW:
        for file in files:
            yield file, _one(file, known)
        return
    waiting = iter(files)
    pending: deque[tuple[list[File], Future[list[Analysed | IngestRow]]]] = deque()
    workers: Workers[list[File], list[Analysed | IngestRow]] = Workers(partial(_chunk, known=known))
    chunk: list[File] = []

    def fill() -> None:
        while len(pending) < _AHEAD and (files := list(islice(waiting, _CHUNK))):
            pending.append((files, workers.submit(files)))

    try:
        fill()
        while pending:
            chunk, future = pending.popleft()
            found = future.result()
            # Before the caller stores what was found: the workers go on meanwhile.
            fill()
            yield from zip(chunk, found, strict=True)
    except WorkerEnded:
        rest = [*chunk, *(file for files, _ in pending for file in files), *waiting]
        yield from ((file, _refused(file, "读取它的进程意外终止（内存不足？），请重新运行")) for file in rest)
    finally:
        workers.close()


def _chunk(files: Sequence[File], known: Known) -> list[Analysed | IngestRow]:
    return [_one(file, known) for file in files]


def _one(file: File, known: Known) -> Analysed | IngestRow:
    try:
        data = file.read()
        same = known.get(hashlib.sha256(data).hexdigest(), ())
        if same and all(_agrees(file, row) for row in same):
            row = next((row for row in same if row.source == file.source), None)
            return IngestRow(file.source, "unchanged", detail="" if row else f"内容与已导入的 {same[0].source} 相同")
        found = analyse(data, file.source, file.overrides)
    except UnreadableReport as problem:
        return _refused(file, str(problem))
    except OSError as problem:
        return _refused(file, f"无法读取：{why_not(problem)}")
    except Exception as problem:  # a defect of ours in one file must not cost the others
        return _refused(file, f"程序读这份文件时出错（{type(problem).__name__}: {problem}），请把文件报告给维护者")
    return replace(found, report=replace(found.report, source=file.source))


def _agrees(file: File, row: ReportRow) -> bool:
    """Whether what is stated of a file beside its text, and what its name says, is what is stored of it."""
    stored = {"year": str(row.year), "title": row.title, "url": row.url}
    if any(stored[key] != value for key, value in file.overrides.items() if key in stored):
        return False
    place, year = reports.place_of_name(file.source)
    place = file.overrides.get("place", place)
    return (not place or reports.stated_place(place).name == row.place) and (
        not year or "year" in file.overrides or year == row.year
    )


def _refused(file: File, why: str) -> IngestRow:
    return IngestRow(file.source, "refused", detail=why)
