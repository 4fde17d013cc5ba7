"""Files into the store: found, read on all cores, stored in batches; a bad file never stops the others.

Each batch is one transaction: whatever ends the run, what was stored stays, and the next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from retrieval.index import Analysed, ReportRow, Store
from retrieval.index.store import SEGMENT
from retrieval.ingest.collecting import collect
from retrieval.ingest.keeping import keep
from retrieval.ingest.rows import IngestRow
from retrieval.ingest.working import work

__all__ = ["IngestRow", "ingest"]


def ingest(
    store: Store,
    paths: Sequence[Path],
    *,
    stated: Mapping[str, str] | None = None,
    progress: Callable[[IngestRow], None] | None = None,
) -> tuple[IngestRow, ...]:
    """Store the files, the files of the folders and of the patterns in `paths`; a row for each, in order.

    `stated` (place, year, title, url) goes over what files and manifests say.
    """
    rows: list[IngestRow] = []

    def tell(row: IngestRow) -> None:
        rows.append(row)
        if progress:
            progress(row)

    files = list(collect(paths, stated or {}, tell))
    batch: list[Analysed] = []
    try:
        for _, result in work(files, _by_hash(store)):
            if isinstance(result, IngestRow):
                tell(result)
                continue
            batch.append(result)
            if len(batch) >= SEGMENT:
                kept = keep(store, batch)
                batch = []  # not before it is stored: whatever interrupts that, the last line stores it
                for row in kept:
                    tell(row)
    finally:
        # Also when interrupted: what has been read is not lost.
        if batch:
            for row in keep(store, batch):
                tell(row)
    # Refusals are told at once and the rest by batches; the result has the order of the files.
    order = {file.source: number for number, file in enumerate(files)}
    return tuple(sorted(rows, key=lambda row: order.get(row.path, -1)))


def _by_hash(store: Store) -> Mapping[str, Sequence[ReportRow]]:
    found: dict[str, list[ReportRow]] = {}
    for row in store.rows.values():
        found.setdefault(row.sha256, []).append(row)
    return found
