"""Analysed reports into the store: what they replace, what they are another version of, and their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.errors import GovreportError
from retrieval.index import Analysed, ReportRow, Store
from retrieval.ingest.rows import IngestRow

__all__ = ["keep"]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Enough of a report, stored or about to be, to tell others from it."""

    id: str
    source: str
    place: str
    year: int
    sha256: str


def keep(store: Store, batch: Sequence[Analysed]) -> list[IngestRow]:
    """Store a batch in one transaction, and a row for each of it.

    A file replaces the report it was read to before. Another report under the same file name (from another folder) is
    kept beside it, and so is another version of a report; that is told.
    """
    with store.alone():
        return _keep(store, batch)


def _keep(store: Store, batch: Sequence[Analysed]) -> list[IngestRow]:
    kept = {row.id: _kept(row) for row in store.rows.values()}
    ready: list[Analysed] = []
    gone: set[str] = set()
    told: list[IngestRow] = []
    for item in batch:
        report = item.report
        if any(r.report.sha256 == report.sha256 and _same(r, item) for r in ready):
            told.append(IngestRow(report.source, "unchanged", detail="与这次导入的另一个文件相同"))
            continue
        twin = next((k for k in kept.values() if k.sha256 == report.sha256 and _is(item, k)), None)
        if twin is not None and twin.source != report.source:
            told.append(IngestRow(report.source, "unchanged", detail=f"内容与已导入的 {twin.source} 相同"))
            continue
        old = next((k for k in kept.values() if _replaces(item, k)), None)
        if old:
            del kept[old.id]
        report_id = _unique(item, kept)
        if old and old.id != report_id and old.id not in {r.report.id for r in ready}:
            gone.add(old.id)
        others = [k.id for k in kept.values() if (k.place, k.year) == (report.place.name, report.year)]
        version = f"已有同一地区同一年的 {'、'.join(others)}" if others else ""
        kept[report_id] = _Kept(report_id, report.source, report.place.name, report.year, report.sha256)
        ready.append(replace(item, report=replace(report, id=report_id)))
        details = [*report.warnings, *([version] if version else [])]
        status = "replaced" if old else "warned" if details else "read"
        told.append(IngestRow(report.source, status, report_id, "；".join(details)))
    try:
        store.add(ready, replacing=frozenset(gone))
    except (GovreportError, UnicodeError) as problem:
        return [replace(row, status="refused", report_id="", detail=str(problem)) for row in told]
    return told


def _kept(row: ReportRow) -> _Kept:
    return _Kept(row.id, row.source, row.place, row.year, row.sha256)


def _same(a: Analysed, b: Analysed) -> bool:
    return (a.report.place.name, a.report.year) == (b.report.place.name, b.report.year)


def _is(item: Analysed, old: _Kept) -> bool:
    """Whether two are of one place and year."""
    return (item.report.place.name, item.report.year) == (old.place, old.year)


def _replaces(item: Analysed, old: _Kept) -> bool:
    """Whether `old` was read from this file: the same bytes, perhaps stated or named otherwise since; or the same name
    with the same report in it."""
    report = item.report
    return report.sha256 == old.sha256 or (report.source == old.source and _is(item, old))


def _unique(item: Analysed, taken: Mapping[str, _Kept]) -> str:
    """The report's id; with its month, or a number, where another report has that id."""
    plain = item.report.id
    if plain not in taken:
        return plain
    if item.report.meeting:
        dated = f"{plain}-{item.report.meeting.month:02d}"
        if dated not in taken:
            return dated
    number = 2
    while f"{plain}-{number}" in taken:
        number += 1
    return f"{plain}-{number}"
