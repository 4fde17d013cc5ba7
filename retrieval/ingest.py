"""Files into the store: found, read on all cores, stored in batches; a bad file never stops the others."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval import reports
from retrieval.analyse import analyse
from retrieval.errors import GovreportError, UnreadableReport
from retrieval.index import Analysed, Store
from retrieval.index.store import SEGMENT

__all__ = ["IngestRow", "ingest"]

# Fewer files than this are read in this process: starting others costs more.
_FEW = 8


@dataclass(frozen=True, slots=True)
class IngestRow:
    """What became of one file. `status` is read, warned, replaced, unchanged or refused; `detail` says why."""

    path: str
    status: str
    report_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    source: str
    overrides: Mapping[str, str]


def ingest(
    store: Store, paths: Sequence[Path], *, progress: Callable[[IngestRow], None] | None = None
) -> tuple[IngestRow, ...]:
    """Store the files and the files of the folders in `paths`; a row for each, in their order."""
    rows: list[IngestRow] = []

    def tell(row: IngestRow) -> None:
        rows.append(row)
        if progress:
            progress(row)

    files = list(_files(paths, tell))
    batch: list[tuple[_File, Analysed]] = []
    for file, result in _read(files, {row.source: row.sha256 for row in store.rows.values()}):
        if isinstance(result, IngestRow):
            tell(result)
            continue
        batch.append((file, result))
        if len(batch) >= SEGMENT:
            _store(store, batch, tell)
            batch = []
    if batch:
        _store(store, batch, tell)
    return tuple(rows)


def _files(paths: Sequence[Path], tell: Callable[[IngestRow], None]) -> Iterator[_File]:
    """Files with their source names: relative to the folder given, or the bare name of a file given itself."""
    for path in paths:
        if path.is_dir():
            manifest = reports.manifest(path)
            for inner in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")):
                source = inner.relative_to(path).as_posix()
                if inner.name != "manifest.toml":
                    yield _File(inner, source, manifest.get(source, {}))
        elif path.is_file():
            yield _File(path, path.name, reports.manifest(path.parent).get(path.name, {}))
        else:
            tell(IngestRow(str(path), "refused", detail=f"找不到文件：{path}"))


def _read(files: Sequence[_File], known: Mapping[str, str]) -> Iterator[tuple[_File, Analysed | IngestRow]]:
    if len(files) < _FEW:
        for file in files:
            yield file, _one(file, known.get(file.source))
        return
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from zip(
            files, pool.map(_one, files, [known.get(file.source) for file in files], chunksize=4), strict=True
        )


def _one(file: _File, known: str | None) -> Analysed | IngestRow:
    """Read one file, in whichever process."""
    try:
        data = file.path.read_bytes()
        if known == hashlib.sha256(data).hexdigest():
            return IngestRow(file.source, "unchanged")
        found = analyse(data, file.source, file.overrides)
    except UnreadableReport as problem:
        return IngestRow(file.source, "refused", detail=str(problem))
    except OSError as problem:
        return IngestRow(file.source, "refused", detail=f"无法读取 {file.path}：{problem.strerror}")
    return replace(found, report=replace(found.report, source=file.source))


def _store(store: Store, batch: Sequence[tuple[_File, Analysed]], tell: Callable[[IngestRow], None]) -> None:
    """One transaction; ids made unique first."""
    sources = {row.source: row.id for row in store.rows.values()}
    by_source = {source: report_id for report_id, source in ((v, k) for k, v in sources.items())}
    taken = {row.id: row.source for row in store.rows.values()}
    ready: list[Analysed] = []
    told: list[IngestRow] = []
    for file, item in batch:
        if any(r.report.sha256 == item.report.sha256 and r.report.source == item.report.source for r in ready):
            told.append(IngestRow(file.source, "unchanged"))
            continue
        old = by_source.get(item.report.source)
        if old and (store.rows[old].place, store.rows[old].year) != (item.report.place.name, item.report.year):
            # Another report in a file of the same name, from another folder: both are kept.
            old = None
        # Two files of one name in one batch are two reports: each needs an id of its own.
        in_batch = {r.report.id: "" for r in ready}
        report_id = _unique(item, {**taken, **in_batch})
        taken[report_id] = item.report.source
        status = "replaced" if old else "warned" if item.report.warnings else "read"
        ready.append(replace(item, report=replace(item.report, id=report_id)))
        if old and old != report_id:
            store.remove(old)
        told.append(IngestRow(file.source, status, report_id, ";".join(item.report.warnings)))
    try:
        store.add(ready)
    except GovreportError as problem:
        told = [replace(row, status="refused", detail=str(problem)) for row in told]
    for row in told:
        tell(row)


def _unique(item: Analysed, taken: Mapping[str, str]) -> str:
    """The report's id; with its month or a number where another file has that id."""
    plain = item.report.id
    if taken.get(plain, item.report.source) == item.report.source:
        return plain
    if item.report.meeting:
        dated = f"{plain}-{item.report.meeting.month:02d}"
        if taken.get(dated, item.report.source) == item.report.source:
            return dated
    number = 2
    while taken.get(f"{plain}-{number}", item.report.source) != item.report.source:
        number += 1
    return f"{plain}-{number}"
