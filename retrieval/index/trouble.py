"""What to say, and to do, when SQLite or a stored value cannot be read or written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from retrieval.errors import StoreError

__all__ = ["trouble"]

# By the name of SQLite's code, without what follows it in extended ones.
_SAID = {
    "SQLITE_FULL": "磁盘已满，腾出空间后再运行一次",
    "SQLITE_READONLY": "文件或它所在的文件夹不能写",
    "SQLITE_CANTOPEN": "打不开（没有权限，或文件夹不能写）",
    "SQLITE_BUSY": "另一个程序正在写它，请稍后再试",
    "SQLITE_LOCKED": "另一个程序正在写它，请稍后再试",
    "SQLITE_IOERR": "磁盘读写出错（磁盘已满，或硬件有问题）",
}
_DAMAGED = (
    "文件已损坏。有备份的话用 govreport restore 恢复；没有就运行 govreport rebuild，用其中还读得出来的报告重建；"
    "都不行就把它移走再重新导入报告"
)


def trouble(path: Path, problem: Exception) -> StoreError:
    """An error in one Chinese line: which file, what is the matter, the way out."""
    code = getattr(problem, "sqlite_errorname", None) or ""
    for name, said in _SAID.items():
        if code.startswith(name):
            return StoreError(said, path)
    if isinstance(problem, sqlite3.ProgrammingError):
        return StoreError(str(problem), path)
    return StoreError(f"{_DAMAGED}（{problem}）", path)
