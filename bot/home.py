"""Which store a face works on, and where its own files lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import StoreError

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["data_dir", "open_engine"]

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
