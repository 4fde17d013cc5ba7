"""The one loader of tabular lexicons: TSV with a header, comment lines by `#`, every error with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from retrieval.errors import LexiconError

__all__ = ["rows"]


def rows(name: str, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line number and cells of each row of `retrieval/lexicon/<name>`, whose header must be exactly `columns`.

    Raises LexiconError for a wrong header, a row of another width or a repeated first cell.
    """
    lines = files("retrieval.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    seen: dict[str, int] = {}
    header_read = False
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(map(str.strip, line.split("\t")))
        if not header_read:
            if cells != tuple(columns):
                raise LexiconError(f"{name}:{number}: 表头应为 {list(columns)},实为 {list(cells)}")
            header_read = True
            continue
        if len(cells) != len(columns):
            raise LexiconError(f"{name}:{number}: 应有 {len(columns)} 列,实有 {len(cells)} 列")
        if cells[0] in seen:
            raise LexiconError(f"{name}:{number}: {cells[0]} 重复，第 {seen[cells[0]]} 行已有")
        seen[cells[0]] = number
        yield number, cells
