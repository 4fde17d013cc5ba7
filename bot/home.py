"""Which store a face works on, and where its own files lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import StoreError

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["Shelf", "data_dir", "open_engine"]

_FILE = "govreport.db"


def data_dir(chosen: Path | None) -> Path:
    """The folder chosen on the command line, else the setting's, else the user's data folder. Raises BadSettings."""
    if chosen is not None:
        return chosen
    from bot import settings  # noqa: PLC0415  pydantic takes longer to load than a question to answer

    return settings.load().data_dir


def open_engine(chosen: Path | None, *, make: bool = False) -> Engine:
    """The store to ask or, with `make`, to fill.

    A folder chosen by hand holds only what was put in, and is not made by asking it; the default store starts with
    the sample report. Raises StoreError and BadSettings.
    """
    from retrieval.engine import Engine  # noqa: PLC0415  `--help` and `--version` need none of it

    if chosen is None:
        return Engine.open_default(data_dir(None))
    if not make and not (chosen / _FILE).is_file():
        raise StoreError(f"{chosen} 里没有资料库，请先导入报告：govreport --data {chosen} ingest 文件或文件夹")
    return Engine.open(chosen)


class Shelf:
    """A store that others may add to while it is open: it is opened anew after they did.

    Belongs to the thread that made it.
    """

    def __init__(self, chosen: Path | None) -> None:
        """Raises StoreError and BadSettings."""
        self._chosen = chosen
        self._file = data_dir(chosen) / _FILE
        self._engine = open_engine(chosen)
        self._seen: tuple[int, ...] = self._written()

    @property
    def engine(self) -> Engine:
        """The engine over the store as it is now."""
        if self._written() != self._seen:
            fresh = open_engine(self._chosen)
            self._engine.close()
            self._engine = fresh
            # Opening and closing may write too.
            self._seen = self._written()
        return self._engine

    @property
    def file(self) -> Path:
        """The store's file."""
        return self._file

    def reopen(self) -> None:
        """Open the store anew, whether it changed or not."""
        self._seen = ()

    def _written(self) -> tuple[int, ...]:
        """When store and log were last written."""
        files = (self._file, self._file.with_name(f"{_FILE}-wal"))
        return tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files)
