"""Sentences and figures where they stand in a report: of a whole report each is made when it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar, overload

from retrieval.index import StoredFigures
from retrieval.model import Figure, Measure, SectionKind, Span, Status

__all__ = ["Fields", "Figures", "Sentence", "Sentences", "Stated"]

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in the report. `text` is folded and in lower case, masks left out."""

    number: int
    passage: int
    span: Span
    text: str
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure where it is stated: `sentence` holds it, `clause` is its folded clause."""

    figure: Figure
    passage: int
    sentence: int
    clause: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Fields:
    """What is compared of a report's figures, field by field. Each list has one element a figure."""

    passages: Sequence[int]
    sentences: Sequence[int]
    clauses: Sequence[str]
    names: Sequence[str]
    surfaces: Sequence[str]
    valued: Sequence[bool]
    units: Sequence[str]
    measures: Sequence[Measure]
    directions: Sequence[int]
    statuses: Sequence[Status]
    periods: Sequence[str]
    parts: Sequence[str]
    places: Sequence[str]
    ids: Sequence[str | None]
    qualifiers: Sequence[str]

    @classmethod
    def of(cls, stated: Sequence[Stated]) -> Fields:
        """Those of figures that are made already."""
        figures = [one.figure for one in stated]
        return cls(
            passages=[one.passage for one in stated],
            sentences=[one.sentence for one in stated],
            clauses=[one.clause for one in stated],
            names=[one.indicator for one in stated],
            surfaces=[figure.surface for figure in figures],
            valued=[figure.value is not None for figure in figures],
            units=[figure.unit for figure in figures],
            measures=[figure.measure for figure in figures],
            directions=[figure.direction for figure in figures],
            statuses=[figure.status for figure in figures],
            periods=[figure.period for figure in figures],
            parts=[figure.part for figure in figures],
            places=[figure.place for figure in figures],
            ids=[figure.indicator_id for figure in figures],
            qualifiers=[figure.qualifier for figure in figures],
        )


class _Made(Sequence[_Item], Generic[_Item]):
    """Items that are made when they are looked at, and kept."""

    def __init__(self) -> None:
        self._made: dict[int, _Item] = {}

    def _make(self, index: int) -> _Item:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> _Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Item]: ...
    def __getitem__(self, index: int | slice) -> _Item | Sequence[_Item]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        found = self._made.get(index)
        if found is None:
            at = range(len(self))[index]
            found = self._made[at] = self._made.get(at) or self._make(at)
        return found

    def __iter__(self) -> Iterator[_Item]:
        return (self[n] for n in range(len(self)))


class Sentences(_Made[Sentence]):
    """The sentences of a report. `texts` are their words, `passages` and `starts` where they stand."""

    def __init__(
        self,
        where: Sequence[tuple[int, int, int]],
        kinds: Sequence[SectionKind],
        between: Callable[[int, int], str],
    ) -> None:
        """`where` holds passage, start and end of each sentence, `kinds` the kind of section of each passage; `between`
        gives the words between two offsets."""
        super().__init__()
        self._where, self._kinds = where, kinds
        self.starts = [start for _, start, _ in where]
        self.passages = [passage for passage, _, _ in where]
        self.texts = [between(start, end) for _, start, end in where]

    def __len__(self) -> int:
        return len(self._where)

    def _make(self, index: int) -> Sentence:
        passage, start, end = self._where[index]
        return Sentence(index, passage, Span(start, end), self.texts[index], self._kinds[passage])


class Figures(_Made[Stated]):
    """The figures of a report, which are read from the store when one is looked at first."""

    def __init__(
        self, read: Callable[[], StoredFigures], between: Callable[[int, int], str], starts: Sequence[int]
    ) -> None:
        """`between` gives the words between two offsets, `starts` are those of the sentences."""
        super().__init__()
        self._read, self._between, self._starts = read, between, starts

    @cached_property
    def _stored(self) -> StoredFigures:
        return self._read()

    @cached_property
    def fields(self) -> Fields:
        """What is compared of all of them."""
        stored = self._stored
        clauses = zip(stored.column("clause_start"), stored.column("clause_end"), strict=True)
        return Fields(
            passages=stored.column("passage"),
            sentences=[max(0, bisect_right(self._starts, start) - 1) for start in stored.column("start")],
            clauses=[self._between(start, end) for start, end in clauses],
            names=[_name(indicator) for indicator in stored.column("indicator")],
            surfaces=stored.column("surface"),
            valued=[value is not None for value in stored.column("value")],
            units=stored.column("unit"),
            measures=stored.measures,
            directions=stored.column("direction"),
            statuses=stored.statuses,
            periods=stored.column("period"),
            parts=stored.column("part"),
            places=stored.column("place"),
            ids=stored.column("indicator_id"),
            qualifiers=stored.column("qualifier"),
        )

    def __len__(self) -> int:
        return len(self._stored)

    def _make(self, index: int) -> Stated:
        passage, figure = self._stored[index]
        fields = self.fields
        return Stated(figure, passage, fields.sentences[index], fields.clauses[index], fields.names[index])


def _name(indicator: str) -> str:
    """An indicator as it is compared: 生产总值总量 is 生产总值."""
    return indicator.lower().replace("生产总值总量", "生产总值")
