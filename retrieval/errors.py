"""The tree of errors. Each message is Chinese and fit to be shown to the person who caused it.

GovreportError
├── UnreadableReport      a file that cannot become a report (wrong kind, empty, broken, too large)
│   └── UnsupportedFormat a kind of file that is refused by name
├── LexiconError          a data file of the program is malformed (file and line in the message)
├── StoreError            the store cannot be opened or written
│   └── SchemaMismatch    the store was written by another version
├── UnknownReport         no report of that id in the store
├── NothingFound          nothing that is stored is what was asked for
└── BadQuestion           a question that cannot be asked (empty, too long)
"""

from __future__ import annotations

import errno
from pathlib import Path

__all__ = [
    "BadQuestion",
    "GovreportError",
    "LexiconError",
    "NothingFound",
    "SchemaMismatch",
    "StoreError",
    "UnknownReport",
    "UnreadableReport",
    "UnsupportedFormat",
    "why_not",
]

_WHY = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "符号链接循环",
}


def why_not(problem: OSError) -> str:
    """Why the system refused, in Chinese where it is one of the usual reasons."""
    return _WHY.get(problem.errno or 0, problem.strerror or "读写失败")


class GovreportError(Exception):
    """Anything this package raises on purpose."""


class UnreadableReport(GovreportError):
    """A file that cannot become a report."""


class UnsupportedFormat(UnreadableReport):
    """A kind of file that is refused by name."""


class LexiconError(GovreportError):
    """A data file of the program is malformed."""


class StoreError(GovreportError):
    """The store cannot be opened or written. `said` is for a chat, which need not learn where the file lies."""

    def __init__(self, said: str, path: Path | None = None) -> None:
        super().__init__(said, path)
        self.said = said
        self.path = path

    def __str__(self) -> str:
        return self.said if self.path is None else f"资料库 {self.path}：{self.said}"


class SchemaMismatch(StoreError):
    """The store was written by another version of the program."""


class UnknownReport(GovreportError):
    """No report of that id is stored."""


class NothingFound(GovreportError):
    """Nothing that is stored is what was asked for."""


class BadQuestion(GovreportError):
    """A question that cannot be asked."""
