"""Downloaded files: where they lie, where they came from, and what their servers said of them.

The index is written anew after each download, by a rename: a run that is cut off loses nothing and goes on.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from itertools import chain, count
from pathlib import Path

from bot.sources.errors import NotFetched

__all__ = ["Kept", "Shelf"]

_INDEX = "downloads.json"
_MANIFEST = "manifest.toml"


@dataclass(frozen=True, slots=True)
class Kept:
    """A downloaded file: its name in the folder, the address it was found at, and the server's marks of its version."""

    file: str
    url: str
    etag: str = ""
    modified: str = ""


class Shelf:
    """The folder of downloads."""

    def __init__(self, folder: Path) -> None:
        """Raises NotFetched where the index is damaged, OSError where the folder cannot be made."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._index = folder / _INDEX
        try:
            raw = json.loads(self._index.read_text(encoding="utf-8")) if self._index.exists() else {}
            self._kept = {url: Kept(**entry) for url, entry in raw.items()}
        except (ValueError, TypeError, AttributeError):
            raise NotFetched(f"{self._index} 已损坏，请删除它再运行（下载过的会重新核对）") from None

    def kept(self, url: str) -> Kept | None:
        """What was kept of an address, if its file is still there."""
        found = self._kept.get(url)
        return found if found and (self.folder / found.file).is_file() else None

    def path(self, kept: Kept) -> Path:
        """Where a file lies."""
        return self.folder / kept.file

    def keep(self, url: str, kept: Kept, data: bytes) -> Path:
        """Write a file and note where it came from; a name that another address has is numbered."""
        kept = replace(kept, file=self._free(url, kept.file))
        path = self.folder / kept.file
        _write(path, data)
        self._kept[url] = kept
        told = {address: asdict(entry) for address, entry in sorted(self._kept.items())}
        _write(self._index, json.dumps(told, ensure_ascii=False, indent=1).encode())
        lines = [
            f"[[report]]\nfile = {json.dumps(k.file, ensure_ascii=False)}\nurl = {json.dumps(k.url)}\n"
            for k in self._kept.values()
        ]
        _write(self.folder / _MANIFEST, "\n".join(lines).encode())
        return path

    def _free(self, url: str, file: str) -> str:
        taken = {entry.file for address, entry in self._kept.items() if address != url}
        stem, ending = Path(file).stem, Path(file).suffix
        names = chain([file], (f"{stem}-{number}{ending}" for number in count(2)))
        return next(name for name in names if name not in taken)


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
