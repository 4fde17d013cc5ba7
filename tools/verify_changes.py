"""Changes that make a sentence of a report wrong: of each kind, those that can be made of a sentence.

The wrong value is one that the store's reports do tell, of another year, standing, place or thing, and none that the
sentence's own report tells of the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer.across.comparable import magnitude, of_whole, unit_class
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.index import ReportRow
from retrieval.model import Measure, Status

KINDS = ("half", "year", "status", "place", "unit", "scale", "sign", "neighbour")
AMOUNTS = frozenset({Measure.LEVEL, Measure.COUNT})
OPENING = re.compile(r"^(?:(?:19|20)\d\d年|去年|今年|过去|全年|[一-鿿]{0,3}[“\"]|五年|各位|同志)")
_DATED = re.compile(r"(?:19|20)\d\d|[今去上明]年|五”")
_UNITS = {"%": "个百分点", "％": "个百分点", "个百分点": "%", "亿元": "亿美元", "亿美元": "亿元", "万亩": "万公顷"}
_UNITS |= {"万美元": "万元", "公里": "万平方米", "万吨": "万立方米"}
_SCALES = {"亿": "万", "万": "亿"}
_SIGNS = {
    "增长": "下降",
    "下降": "增长",
    "提高": "降低",
    "降低": "提高",
    "上升": "下降",
    "增加": "减少",
    "减少": "增加",
}
_HALVES = (("城镇", "农村"), ("城市", "农村"), ("城镇", "农民"), ("城市", "农民"))
_NEAR = Decimal("0.06")  # values nearer than this share are no change that must be found


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a report with its figures, positions counted in `text`."""

    loaded: Loaded
    text: str
    figures: tuple[tuple[int, int, Stated], ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a source: what stands at `start` to `end` becomes `new`; `at` and `size` are the changed figure's
    beginning and length afterwards. `year` is the wrong year the whole sentence is given, where that is the change."""

    start: int
    end: int
    new: str
    at: int
    size: int
    figure: Stated
    year: int = 0


class Changes:
    """Makes the changes of sentences of one store."""

    def __init__(self, library: Library, rows: Mapping[tuple[str, int], ReportRow], chance: random.Random) -> None:
        self._library, self._rows, self._chance = library, rows, chance
        each = (self._half, self._year, self._status, self._place, self._unit, self._scale, self._sign, self._neighbour)
        self._by_kind = dict(zip(KINDS, each, strict=True))

    def of(self, kind: str, source: Source) -> Iterator[Edit]:
        """The changes of a kind that can be made of a sentence."""
        return self._by_kind[kind](source)

    def _valued(self, source: Source, other: Loaded | None, *, planned: bool, period: int) -> Iterator[Edit]:
        """The value that another report, year or standing has for the same indicator."""
        if other is None:
            return
        for start, end, stated in source.figures:
            own = stated.figure
            if own.indicator_id is None or own.value is None or not of_whole(own, source.loaded.row.place):
                continue
            for found in other.figures:
                figure = found.figure
                alike = (
                    figure.indicator_id == own.indicator_id
                    and figure.measure is own.measure
                    and unit_class(figure) == unit_class(own)
                    and figure.period == str(period)
                    and (figure.status is Status.TARGET) == planned
                    and of_whole(figure, other.row.place)
                )
                if alike and _apart(found, stated, self._told(source, stated)):
                    yield Edit(start, end, figure.surface, start, len(figure.surface), stated)
                    break

    def _told(self, source: Source, stated: Stated) -> list[Decimal]:
        """All values the sentence's report tells of the indicator in that year and standing."""
        own = stated.figure
        return [
            value
            for s in source.loaded.figures
            if s.figure.indicator_id == own.indicator_id
            and s.figure.period == own.period
            and s.figure.status is own.status
            and (value := magnitude(s.figure)) is not None
        ]

    def _near(self, source: Source, by: int) -> Loaded | None:
        row = self._rows.get((source.loaded.row.place, source.loaded.row.year + by))
        return self._library.load(row.id) if row else None

    def _year(self, source: Source) -> Iterator[Edit]:
        year = source.loaded.row.year
        period = year - 1 if source.planned else year - 2
        for edit in self._valued(source, self._near(source, -1), planned=source.planned, period=period):
            # Half of them keep the value and are told of the year before.
            own = source.text[edit.start : edit.end]
            moved = not OPENING.match(source.text) and not _DATED.search(source.text)
            kept = Edit(edit.start, edit.end, own, edit.start, len(own), edit.figure, period)
            yield self._chance.choice((edit, kept)) if moved else edit

    def _status(self, source: Source) -> Iterator[Edit]:
        year = source.loaded.row.year
        if source.planned:
            yield from self._valued(source, self._near(source, 1), planned=False, period=year)
        else:
            yield from self._valued(source, self._near(source, -1), planned=True, period=year - 1)

    def _place(self, source: Source) -> Iterator[Edit]:
        row = source.loaded.row
        for above in (*row.parents, "全国"):
            over = self._rows.get((above, row.year))
            if over is not None and above != row.place:
                period = row.year if source.planned else row.year - 1
                yield from self._valued(source, self._library.load(over.id), planned=source.planned, period=period)

    def _unit(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            other = _UNITS.get(stated.figure.unit)
            surface = source.text[start:end]
            if other and surface.endswith(stated.figure.unit) and stated.figure.value is not None:
                new = surface.removesuffix(stated.figure.unit) + other
                yield Edit(start, end, new, start, len(new), stated)

    def _scale(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            surface = source.text[start:end]
            at = next((n for n, c in enumerate(surface) if c in _SCALES), -1)
            if at > 0 and surface[:at].replace(".", "").isdigit() and surface[at : at + 2] not in ("万亿",):
                new = surface[:at] + _SCALES[surface[at]] + surface[at + 1 :]
                yield Edit(start, end, new, start, len(new), stated)
            elif stated.figure.measure in AMOUNTS and (moved := _shifted(surface)):
                yield Edit(start, end, moved, start, len(moved), stated)

    def _sign(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            word = source.text[max(0, start - 2) : start]
            listed = source.text[max(0, start - 4) : start - 2] == "分别" or source.text[start - 3 : start - 2] == "各"
            if (
                word in _SIGNS
                and not listed
                and stated.figure.measure is Measure.GROWTH
                and stated.figure.direction
                and stated.figure.value
            ):
                size = end - start
                yield Edit(start - 2, start, _SIGNS[word], start, size, stated)

    def _half(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            own = stated.figure
            for one, other in (*_HALVES, *((b, a) for a, b in _HALVES)):
                if one not in stated.indicator:
                    continue
                wanted = stated.indicator.replace(one, other)
                for found in source.loaded.figures:
                    figure = found.figure
                    if (
                        found.indicator.replace("村居民", "民") != wanted.replace("村居民", "民")
                        or figure.measure is not own.measure
                    ):
                        continue
                    same = figure.period == own.period and figure.status is own.status
                    if same and unit_class(figure) == unit_class(own) and _apart(found, stated, []):
                        yield Edit(start, end, figure.surface, start, len(figure.surface), stated)

    def _neighbour(self, source: Source) -> Iterator[Edit]:
        for start, end, stated in source.figures:
            for _, _, other in source.figures:
                alike = (
                    unit_class(other.figure) == unit_class(stated.figure)
                    and other.figure.measure is stated.figure.measure
                )
                if (
                    other is not stated
                    and alike
                    and other.indicator != stated.indicator
                    and _apart(other, stated, self._told(source, stated) if stated.figure.indicator_id else [])
                ):
                    yield Edit(start, end, other.figure.surface, start, len(other.figure.surface), stated)


def _apart(one: Stated, other: Stated, told: Sequence[Decimal]) -> bool:
    """Whether two figures' values are so far apart that one for the other is a mistake; and none of `told` is near."""
    value = magnitude(one.figure)
    if value is None or one.figure.upper is not None or other.figure.upper is not None or other.figure.value is None:
        return False
    if len(one.figure.surface) < 2 or not any(c.isdigit() for c in one.figure.surface):
        return False
    return all(
        abs(value - near) > _NEAR * max(abs(value), abs(near))
        for near in (*told, magnitude(other.figure) or Decimal(0))
    )


def _shifted(surface: str) -> str:
    """A number with its point moved one digit to the left."""
    match = re.match(r"(\d{2,})\.?(\d*)", surface)
    if not match or len(match[1] + match[2]) < 3 or match[1].endswith("0"):
        return ""
    whole = match[1]
    return f"{whole[:-1]}.{whole[-1]}{match[2]}{surface[match.end() :]}"
