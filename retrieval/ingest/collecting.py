"""Which files are meant: single files, folders with all below them, patterns, standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retrieval import formats, reports
from retrieval.errors import UnreadableReport
from retrieval.ingest.rows import IngestRow

__all__ = ["STANDARD_INPUT", "File", "collect"]

STANDARD_INPUT = "标准输入"


@dataclass(frozen=True, slots=True)
class File:
    """A file to read. `source` is its name in the store; `data` its bytes where it is no file on disk; `overrides`
    what is stated of it beside its text."""

    path: Path
    source: str
    overrides: Mapping[str, str] = field(default_factory=dict)
    data: bytes | None = None

    def read(self) -> bytes:
        """The bytes. Raises OSError, and UnreadableReport for a file larger than any report before it is loaded."""
        if self.data is not None:
            return self.data
        size = self.path.stat().st_size
        if size > formats.LARGEST:
            raise UnreadableReport(f"{self.source}：文件太大（{size >> 20} MB），不像一份报告")
        return self.path.read_bytes()


def collect(paths: Sequence[Path], stated: Mapping[str, str], refuse: Callable[[IngestRow], None]) -> Iterator[File]:
    """The files meant by `paths`, each source name relative to the folder given, or the bare name of a file.

    `stated` goes over what manifests say. A path that leads nowhere, or a manifest that is not understood, is refused
    and the rest goes on.
    """
    for path in paths:
        if str(path) == "-":
            yield File(Path(STANDARD_INPUT), STANDARD_INPUT, stated, sys.stdin.buffer.read(formats.LARGEST + 1))
        elif path.is_dir():
            yield from _folder(path, stated, refuse)
        elif path.is_file():
            yield _single(path, stated, refuse)
        elif matched := _matched(path):
            yield from collect(matched, stated, refuse)
        else:
            refuse(IngestRow(str(path), "refused", detail=f"找不到文件：{path}"))


def _matched(path: Path) -> list[Path]:
    if not glob.has_magic(str(path)):
        return []
    return [Path(found) for found in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207  absolute patterns too


def _folder(folder: Path, stated: Mapping[str, str], refuse: Callable[[IngestRow], None]) -> Iterator[File]:
    known = _manifest(folder, refuse)
    manifests: dict[Path, Mapping[str, Mapping[str, str]]] = {folder: known}
    seen: set[str] = set()
    for inner in sorted(folder.rglob("*")):
        below = inner.relative_to(folder)
        if any(part.startswith(".") for part in below.parts) or inner.name == reports.MANIFEST or not inner.is_file():
            continue
        if inner.parent not in manifests:
            # A folder below may have a manifest of its own.
            own = inner.parent / reports.MANIFEST
            manifests[inner.parent] = _manifest(inner.parent, refuse) if own.is_file() else {}
        source = below.as_posix()
        seen.add(source)
        beside = manifests[inner.parent].get(inner.name, {}) if inner.parent != folder else {}
        yield File(inner, _readable(source), {**known.get(source, {}), **beside, **stated})
    if (folder / reports.MANIFEST).is_file():
        for missing in sorted(set(known) - seen):
            refuse(IngestRow(missing, "refused", detail=f"{reports.MANIFEST} 写了它，文件夹里没有"))


def _single(path: Path, stated: Mapping[str, str], refuse: Callable[[IngestRow], None]) -> File:
    return File(path, _readable(path.name), {**_manifest(path.parent, refuse).get(path.name, {}), **stated})


def _readable(name: str) -> str:
    """A name as text: one whose bytes are not UTF-8 is read as GB18030, as old archives write names."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def _manifest(folder: Path, refuse: Callable[[IngestRow], None]) -> Mapping[str, Mapping[str, str]]:
    try:
        return reports.manifest(folder)
    except UnreadableReport as problem:
        refuse(IngestRow(str(folder / reports.MANIFEST), "refused", detail=str(problem)))
        return {}
