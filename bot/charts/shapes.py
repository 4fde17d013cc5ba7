"""The marks of each kind of picture: lines, bars, dots, columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from bot.charts.inks import Inks, exact, font, label, short, wrapped
from bot.charts.numbers import told
from bot.charts.plan import OUTCOME, TARGET, Chart, Point, Series
from retrieval.model import Status

__all__ = ["bars", "columns", "dots", "ink_of", "lines"]

# More columns than this stand without their numbers.
_COUNTED = 32
# So many years are all named, of more every second; so many numbers of years lie side by side in the picture's width.
_EVERY, _LYING = 13, 13
_THICK, _THIN, _FEW_ROWS = 0.62, 0.4, 3


def ink_of(chart: Chart, inks: Inks) -> list[str]:
    """A colour for each series; targets and outcomes have theirs in every picture."""
    own = {OUTCOME: inks.lines[0], TARGET: inks.lines[1]}
    return [own.get(one.name, ink) for one, ink in zip(chart.series, inks.cycled(len(chart.series)), strict=True)]


def lines(axes: Axes, chart: Chart, inks: Inks, years: Sequence[int]) -> None:
    """Years from left to right; a year without a figure leaves a gap, a change of definition a thin line; targets are
    dashed, estimates hollow. A bound is no point of a line, save among targets, which mostly are bounds. `years` are
    those of the axis."""
    for series, ink in zip(chart.series, ink_of(chart, inks), strict=True):
        for before, after in pairwise(series.points):
            loose = series.name != TARGET and Status.TARGET not in (before.status, after.status)
            if int(after.at) - int(before.at) == 1 and not (loose and (before.bound or after.bound)):
                ends = [before.at, after.at], [before.value, after.value]
                if after.at in chart.breaks:
                    axes.plot(*ends, color=ink, linestyle=":", linewidth=1.2, alpha=0.6)
                    continue
                dashed = Status.TARGET in (before.status, after.status)
                axes.plot(*ends, color=ink, linestyle="--" if dashed else "-", linewidth=1.8)
        for point in series.points:
            if point.upper is not None:
                axes.plot([point.at] * 2, [point.value, point.upper], color=ink, linewidth=4, alpha=0.35)
            _mark(axes, (float(point.at), point.value), point, ink, inks, size=6)
    for year in chart.breaks:
        axes.axvline(year - 0.5, color=inks.text, linestyle=":", linewidth=1.2, alpha=0.7)
    axes.set_xlim(min(years) - 0.5, max(years) + 0.5)
    _name_years(axes, min(years), max(years))
    axes.margins(y=0.16)
    axes.yaxis.set_major_formatter(lambda value, _: short(value))
    for year in chart.breaks:
        top = axes.get_ylim()[1]
        axes.annotate(
            "口径变", (year - 0.5, top), xytext=(3, -2), textcoords="offset points", va="top", color=inks.text,
            fontproperties=font(8), alpha=0.8,
        )  # fmt: skip


def _name_years(axes: Axes, first: int, last: int) -> None:
    """Every year or every second one by its number, so that none is guessed; upright where they are many."""
    step = 1 if last - first < _EVERY else 2
    # The last year is named: it is what is looked for first.
    named = range(last, first - 1, -step)
    axes.set_xticks(list(named), [str(year) for year in named], rotation=90 if len(named) > _LYING else 0)
    axes.set_xticks(range(first, last + 1), minor=True)


def _mark(axes: Axes, at: tuple[float, float], point: Point, ink: str, inks: Inks, *, size: float) -> None:
    """A point: a target is a hollow diamond, an estimate a hollow dot, a bound points to where the number may be."""
    hollow = point.status is not Status.ACTUAL
    shape = "D" if point.status is Status.TARGET else "o"
    if point.bound and point.status is not Status.TARGET:
        shape = "^" if point.hedge in (">", "≥") else "v"
    face = inks.ground if hollow else ink
    axes.plot(*at, marker=shape, markersize=size, color=ink, linestyle="", markerfacecolor=face, zorder=3)


def bars(axes: Axes, points: Sequence[Point], inks: Inks) -> None:
    """A bar for each name, the first on top; light for estimates, dashed for targets."""
    places = range(len(points))
    for place, point in zip(places, points, strict=True):
        hollow = point.status is not Status.ACTUAL
        axes.barh(
            place,
            point.value,
            color=(inks.lines[0], 0.2 if hollow else 1.0),
            edgecolor=inks.lines[0],
            linestyle="--" if point.status is Status.TARGET else "-",
            height=_THICK if len(points) > _FEW_ROWS else _THIN,
        )
        if point.bound:
            # Where the number may be: on from here, or back from it.
            onward = (point.hedge in (">", "≥")) == (point.value >= 0)
            axes.plot(
                point.value,
                place,
                marker=">" if onward else "<",
                markersize=7,
                color=inks.lines[0],
                markerfacecolor=inks.ground,
                zorder=3,
                clip_on=False,
            )
        end = point.value if point.upper is None else point.upper
        if point.upper is not None:
            axes.plot([point.value, point.upper], [place, place], color=inks.lines[0], linewidth=2)
        label(axes, inks, told(point), (end, place), ((8 if point.bound else 4) * (1 if end >= 0 else -1), 0), size=9)
    axes.set_yticks(list(places), [wrapped(str(point.at)) for point in points])
    axes.set_ylim(len(points) - 0.4, -0.6)
    axes.margins(x=0.14)
    axes.xaxis.set_major_formatter(lambda value, _: short(value))


def dots(axes: Axes, series: Sequence[Series], inks: Inks) -> None:
    """Targets and outcomes in a row for each name, joined."""
    names = list(dict.fromkeys(str(point.at) for one in series for point in one.points))
    row = {name: number for number, name in enumerate(names)}
    pairs: dict[str, list[float]] = {name: [] for name in names}
    for one in series:
        target = one.name == TARGET
        for point in one.points:
            place = row[str(point.at)]
            ink = inks.lines[1] if target else inks.lines[0]
            pairs[str(point.at)].append(point.value)
            if point.upper is not None:
                axes.plot([point.value, point.upper], [place] * 2, color=ink, linewidth=5, alpha=0.35, zorder=2)
            _mark(axes, (point.value, place), point, ink, inks, size=8)
            middle = point.value if point.upper is None else (point.value + point.upper) / 2
            label(axes, inks, told(point), (middle, place), (0, 8 if target else -8), size=8.5)
    for name, values in pairs.items():
        if len(values) > 1:
            axes.plot([min(values), max(values)], [row[name]] * 2, color=inks.faint, linewidth=2, zorder=1)
    axes.set_yticks(list(row.values()), [wrapped(name) for name in row])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.margins(x=0.16)
    axes.xaxis.set_major_formatter(lambda value, _: short(value))


def columns(axes: Axes, points: Sequence[Point], inks: Inks) -> None:
    """How often, year by year."""
    axes.bar([int(point.at) for point in points], [point.value for point in points], color=inks.lines[0], width=0.7)
    for point in points if len(points) <= _COUNTED else ():
        if point.value:
            label(axes, inks, exact(point.value), (int(point.at), point.value), (0, 3))
    axes.margins(y=0.12)
    years = [int(point.at) for point in points]
    _name_years(axes, min(years), max(years))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
