"""Columns aligned by display width: 汉字 take two cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["aligned", "cut", "width"]


def width(text: str) -> int:
    """Cells a text takes in a terminal."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415  plain answers never need it

    cells = wcswidth(text)
    return cells if cells >= 0 else len(text)


def aligned(rows: Iterable[Sequence[str]], gap: int = 2, right: frozenset[int] = frozenset()) -> list[str]:
    """Each row as a line; columns in `right` are flush right, the last one is left as it is."""
    rows = list(rows)
    wide = [max((width(row[n]) for row in rows), default=0) for n in range(max(map(len, rows), default=0))]
    lines = []
    for row in rows:
        cells = []
        for n, cell in enumerate(row):
            blank = " " * (wide[n] - width(cell))
            cells.append(blank + cell if n in right else cell if n == len(row) - 1 else cell + blank)
        lines.append((" " * gap).join(cells).rstrip())
    return lines


def cut(text: str, cells: int) -> str:
    """The text, shortened with … where it is wider than `cells`."""
    if width(text) <= cells:
        return text
    kept, used = [], 1
    for character in text:
        used += width(character)
        if used > cells:
            break
        kept.append(character)
    return "".join(kept) + "…"
