"""The figures of a report as they are stored: column by column, each made a value when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, overload

from retrieval.index.codec import FIGURE_COLUMNS, MEASURES, STATUSES, decode_figure
from retrieval.model import Figure, Measure, Status

__all__ = ["StoredFigures"]

_AT = {name: number for number, name in enumerate(FIGURE_COLUMNS)}


class StoredFigures(Sequence[tuple[int, Figure]]):
    """(passage, figure) in the order of the text. `sound` tells what is wrong where a row cannot be read."""

    def __init__(self, rows: Sequence[Sequence[Any]], sound: Callable[[], AbstractContextManager[None]]) -> None:
        self._columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(FIGURE_COLUMNS)
        self._size = len(rows)
        self._sound = sound

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> tuple[int, Figure]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, Figure]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, Figure] | Sequence[tuple[int, Figure]]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(self._size))]
        row = [column[index] for column in self._columns]
        with self._sound():
            return decode_figure(row)

    def __iter__(self) -> Iterator[tuple[int, Figure]]:
        return (self[n] for n in range(self._size))

    def column(self, name: str) -> tuple[Any, ...]:
        """One column of all figures, as it is stored."""
        return self._columns[_AT[name]]

    @property
    def measures(self) -> list[Measure]:
        """What each figure measures."""
        with self._sound():
            return [MEASURES[name] for name in self.column("measure")]

    @property
    def statuses(self) -> list[Status]:
        """Whether each figure is a result, an estimate or a target."""
        with self._sound():
            return [STATUSES[name] for name in self.column("status")]
