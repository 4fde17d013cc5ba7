"""Where the numbers of a line's points stand: beside their points, on no other number and no point, off the lines where
there is room. Of points too close together the last one, the highest and the lowest have theirs first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes

from bot.charts.inks import Inks, exact, label
from bot.charts.plan import Chart, Point, Series

__all__ = ["numbers", "told"]

# Sizes of type in points: of many numbers the smaller one.
_SIZE, _SMALL, _MANY = 8.0, 6.5, 16
# From a point to its number, and half a point's mark, in points of type.
_SIDE, _MARK = 7.0, 4.0
# A line is felt at every so many points of type, so far around it.
_STEP, _LINE = 4.0, 1.0
# Width of a digit and of a Chinese character, and height, as shares of the size of type.
_DIGIT, _CHARACTER, _HEIGHT = 0.6, 1.05, 1.15


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle on the picture, in points of type."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high


def told(point: Point) -> str:
    """The number of a point, with what stands before one that is not exact."""
    return f"{point.hedge}{exact(point.value, point.upper)}"


def numbers(axes: Axes, chart: Chart, inks: Inks) -> None:
    """Write the numbers of a chart whose layout is settled."""
    size = _SMALL if sum(len(series.points) for series in chart.series) > _MANY else _SIZE
    marks = [_around(*_spot(axes, point), _MARK) for series in chart.series for point in series.points]
    strokes = [box for series in chart.series for box in _strokes(axes, series)]
    frame = _frame(axes)
    taken: list[_Box] = []
    shown: set[tuple[int, str]] = set()
    for series, number in _ordered(chart.series):
        point = series.points[number]
        words = told(point)
        if (int(point.at), words) in shown:
            continue
        best: tuple[int, tuple[float, float], _Box] | None = None
        for away in _sides(series.points, number):
            box = _box(_spot(axes, point, top=away[1] > 0), words, away, size)
            if not _inside(box, frame) or any(box.meets(other) for other in (*taken, *marks)):
                continue
            crossed = sum(box.meets(stroke) for stroke in strokes)
            if best is None or crossed < best[0]:
                best = crossed, away, box
        if best is None:
            continue
        shown.add((int(point.at), words))
        taken.append(best[2])
        value = point.upper if best[1][1] > 0 and point.upper is not None else point.value
        label(axes, inks, words, (float(point.at), value), best[1], size=size)


def _ordered(series: Sequence[Series]) -> list[tuple[Series, int]]:
    """Points by how much their numbers are wanted: the last, the highest, the lowest, the first, then the others."""
    found: list[tuple[int, int, Series, int]] = []
    for one in series:
        values = [point.value for point in one.points]
        wanted = dict.fromkeys((len(values) - 1, values.index(max(values)), values.index(min(values)), 0))
        rank = {number: n for n, number in enumerate(wanted)}
        found += [(rank.get(number, len(rank)), int(point.at), one, number) for number, point in enumerate(one.points)]
    return [(one, number) for _, _, one, number in sorted(found, key=lambda item: item[:2])]


def _sides(points: Sequence[Point], number: int) -> Iterable[tuple[float, float]]:
    """Ways from a point to its number, the best first: below a valley, off a line that rises or falls."""
    own = points[number].value
    before = points[number - 1].value if number else own
    after = points[number + 1].value if number + 1 < len(points) else own
    above, below = (0.0, _SIDE), (0.0, -_SIDE)
    first = (below, above) if before > own < after or (before > own and after >= own) else (above, below)
    rising = after > own > before
    aslant = [(-_SIDE / 2, _SIDE / 2), (_SIDE / 2, -_SIDE / 2), (_SIDE / 2, _SIDE / 2), (-_SIDE / 2, -_SIDE / 2)]
    aslant = aslant if rising else [aslant[2], aslant[3], aslant[0], aslant[1]]
    further = [(0.0, 2 * _SIDE), (0.0, -2 * _SIDE)]
    return (*first, *aslant, (_SIDE, 0.0), (-_SIDE, 0.0), *further)


def _spot(axes: Axes, point: Point, *, top: bool = False) -> tuple[float, float]:
    """Where a point stands, in points of type."""
    value = point.upper if top and point.upper is not None else point.value
    x, y = axes.transData.transform((float(point.at), value))
    scale = 72 / axes.figure.dpi
    return float(x) * scale, float(y) * scale


def _frame(axes: Axes) -> _Box:
    box, scale = axes.get_window_extent(), 72 / axes.figure.dpi
    return _Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)


def _inside(box: _Box, frame: _Box) -> bool:
    return box.left >= frame.left and box.right <= frame.right and box.low >= frame.low and box.high <= frame.high


def _around(x: float, y: float, half: float) -> _Box:
    return _Box(x - half, y - half, x + half, y + half)


def _strokes(axes: Axes, series: Series) -> Iterable[_Box]:
    """The lines of a series as small boxes along them."""
    for one, other in pairwise(series.points):
        if int(other.at) - int(one.at) != 1:
            continue
        (x, y), (u, v) = _spot(axes, one), _spot(axes, other)
        steps = max(1, int(max(abs(u - x), abs(v - y)) / _STEP))
        for n in range(steps + 1):
            yield _around(x + (u - x) * n / steps, y + (v - y) * n / steps, _LINE)


def _box(at: tuple[float, float], words: str, away: tuple[float, float], size: float) -> _Box:
    """The room that words `away` from a point take."""
    width = size * sum(_DIGIT if ord(character) < ord("一") else _CHARACTER for character in words)
    height = size * _HEIGHT
    x, y = at[0] + away[0], at[1] + away[1]
    left = x - width / 2 if not away[0] else x if away[0] > 0 else x - width
    low = y - height / 2 if not away[1] else y if away[1] > 0 else y - height
    return _Box(left, low, left + width, low + height)
