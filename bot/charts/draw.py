"""Charts drawn with matplotlib, for a phone's screen, light or dark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from noto_cjk_sans_otc import FONT_PATH

from bot.charts.plan import Chart, Point, Series, Shape
from retrieval.model import Status

__all__ = ["draw"]

# Simplified Chinese in the collection of faces.
_FACE = 2
_WIDE, _DPI = 6.0, 180
_TALL, _LEAST, _TALLEST, _PER_BAR = 4.6, 2.8, 12.0, 0.33
# More points in all than this stand without their numbers.
_LABELLED = 16
# More columns than this have no room for theirs.
_COUNTED = 32
_TITLE = 26
_NOTE = 54


@dataclass(frozen=True, slots=True)
class _Inks:
    ground: str
    text: str
    faint: str
    lines: tuple[str, ...]


# Colours told apart by the colour-blind (after Okabe and Ito), lightened for the dark ground.
_LIGHT = _Inks("#ffffff", "#1c1c1e", "#c9c9ce", ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#555555"))
_DARK = _Inks("#17212b", "#eef1f4", "#42505e", ("#56b4e9", "#ff9f4a", "#3ddc97", "#f2a6cf", "#f0e442", "#b5bcc4"))


@cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=FontPath(str(FONT_PATH), _FACE), size=size)


def draw(chart: Chart, *, dark: bool = False) -> bytes:
    """The chart as a PNG of 1080 pixels' width."""
    inks = _DARK if dark else _LIGHT
    figure = Figure(figsize=(_WIDE, _height(chart)), dpi=_DPI, facecolor=inks.ground, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_facecolor(inks.ground)
    match chart.shape:
        case Shape.LINES:
            _lines(axes, chart, inks)
        case Shape.BARS:
            _bars(axes, chart.series[0].points, inks)
        case Shape.DOTS:
            _dots(axes, chart.series, inks)
        case Shape.COLUMNS:
            _columns(axes, chart.series[0].points, inks)
    _dress(axes, chart, inks)
    below = "\n".join(line for note in (chart.source, *chart.notes) for line in _folded(note))
    figure.supxlabel(below, x=0.01, ha="left", color=inks.text, fontproperties=_font(7.5), alpha=0.8)
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=inks.ground)
    return out.getvalue()


def _height(chart: Chart) -> float:
    """Inches: as many as the rows need."""
    rows = len({point.at for series in chart.series for point in series.points})
    if chart.shape is Shape.BARS:
        return min(_TALLEST, max(_LEAST, 1.6 + _PER_BAR * rows))
    return min(_TALLEST, max(_LEAST, 2.0 + 0.62 * rows)) if chart.shape is Shape.DOTS else _TALL


def _folded(note: str) -> list[str]:
    """A note in lines that fit the picture."""
    return [note[at : at + _NOTE] for at in range(0, len(note), _NOTE)]


def _dress(axes: Axes, chart: Chart, inks: _Inks) -> None:
    title = chart.title if len(chart.title) <= _TITLE else f"{chart.title[:_TITLE]}…"
    unit = f"（{chart.unit}）" if chart.unit else ""
    axes.set_title(f"{title}{unit}", loc="left", color=inks.text, fontproperties=_font(12), pad=10)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(inks.faint)
    axes.tick_params(colors=inks.text, length=0)
    axes.grid(
        visible=True,
        axis="x" if chart.shape in (Shape.BARS, Shape.DOTS) else "y",
        color=inks.faint,
        linewidth=0.6,
        alpha=0.6,
    )
    axes.set_axisbelow(True)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(9))
    handles = _legend(chart, inks)
    if handles:
        # Above the picture: inside it would cover points.
        axes.legend(handles=handles, prop=_font(8.5), frameon=False, labelcolor=inks.text, loc="upper left", ncols=3)
        axes.margins(y=0.22)


def _legend(chart: Chart, inks: _Inks) -> list[Line2D]:
    handles = []
    named = len(chart.series) > 1
    if named and chart.shape is Shape.LINES:
        for series, ink in zip(chart.series, _cycled(inks, len(chart.series)), strict=True):
            handles.append(Line2D([], [], color=ink, marker="o", label=series.name))
    if chart.shape is Shape.DOTS:
        handles += [
            Line2D([], [], color=inks.lines[1], marker="D", linestyle="", markerfacecolor="none", label="目标"),
            Line2D([], [], color=inks.lines[0], marker="o", linestyle="", label="结果"),
        ]
    statuses = {point.status for series in chart.series for point in series.points}
    if Status.ESTIMATED in statuses:
        hollow = Line2D([], [], color=inks.text, marker="o", linestyle="", markerfacecolor=inks.ground, label="预计")
        handles.append(hollow)
    if Status.TARGET in statuses and chart.shape is Shape.LINES:
        handles.append(Line2D([], [], color=inks.text, linestyle="--", label="目标"))
    return handles


def _cycled(inks: _Inks, count: int) -> list[str]:
    return [inks.lines[n % len(inks.lines)] for n in range(count)]


def _lines(axes: Axes, chart: Chart, inks: _Inks) -> None:
    labelled = sum(len(series.points) for series in chart.series) <= _LABELLED
    for series, ink in zip(chart.series, _cycled(inks, len(chart.series)), strict=True):
        for before, after in pairwise(series.points):
            # A year without a figure leaves a gap.
            if int(after.at) - int(before.at) == 1:
                dashed = Status.TARGET in (before.status, after.status)
                axes.plot(
                    [before.at, after.at],
                    [before.value, after.value],
                    color=ink,
                    linestyle="--" if dashed else "-",
                    linewidth=1.8,
                )
        for point in series.points:
            hollow = point.status is not Status.ACTUAL
            axes.plot(
                [point.at],
                [point.value],
                marker="o",
                markersize=6,
                color=ink,
                markerfacecolor=inks.ground if hollow else ink,
            )
            if labelled:
                axes.annotate(
                    _number(point.value),
                    (point.at, point.value),
                    xytext=(0, 7),
                    textcoords="offset points",
                    ha="center",
                    color=inks.text,
                    fontproperties=_font(8),
                )
    years = [int(point.at) for series in chart.series for point in series.points]
    axes.set_xlim(min(years) - 0.5, max(years) + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.margins(y=0.2)
    axes.yaxis.set_major_formatter(lambda value, _: _number(value))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")


def _bars(axes: Axes, points: Sequence[Point], inks: _Inks) -> None:
    names = [str(point.at) for point in points]
    places = range(len(points))
    for place, point in zip(places, points, strict=True):
        hollow = point.status is not Status.ACTUAL
        axes.barh(
            place,
            point.value,
            color=(inks.lines[0], 0.2 if hollow else 1.0),
            edgecolor=inks.lines[0],
            linestyle="--" if point.status is Status.TARGET else "-",
            height=0.62,
        )
        axes.annotate(
            _number(point.value),
            (point.value, place),
            xytext=(4 if point.value >= 0 else -4, 0),
            textcoords="offset points",
            ha="left" if point.value >= 0 else "right",
            va="center",
            color=inks.text,
            fontproperties=_font(9),
        )
    axes.set_yticks(list(places), names)
    axes.invert_yaxis()
    axes.margins(x=0.14)
    axes.xaxis.set_major_formatter(lambda value, _: _number(value))


def _dots(axes: Axes, series: Sequence[Series], inks: _Inks) -> None:
    names = list(dict.fromkeys(str(point.at) for one in series for point in one.points))
    row = {name: number for number, name in enumerate(names)}
    pairs: dict[str, list[float]] = {name: [] for name in names}
    for one in series:
        target = one.name == "目标"
        for point in one.points:
            pairs[str(point.at)].append(point.value)
            hollow = target or point.status is Status.ESTIMATED
            ink = inks.lines[1] if target else inks.lines[0]
            axes.plot(
                [point.value],
                [row[str(point.at)]],
                marker="D" if target else "o",
                markersize=8,
                color=ink,
                linestyle="",
                markerfacecolor=inks.ground if hollow else ink,
                zorder=3,
            )
            axes.annotate(
                _number(point.value),
                (point.value, row[str(point.at)]),
                xytext=(0, 9 if target else -16),
                textcoords="offset points",
                ha="center",
                color=inks.text,
                fontproperties=_font(8.5),
            )
    for name, values in pairs.items():
        if len(values) > 1:
            axes.plot([min(values), max(values)], [row[name]] * 2, color=inks.faint, linewidth=2, zorder=1)
    axes.set_yticks(list(row.values()), names)
    axes.set_ylim(len(names) - 0.4, -1.1)
    axes.margins(x=0.2)
    axes.xaxis.set_major_formatter(lambda value, _: _number(value))


def _columns(axes: Axes, points: Sequence[Point], inks: _Inks) -> None:
    axes.bar([int(point.at) for point in points], [point.value for point in points], color=inks.lines[0], width=0.7)
    for point in points if len(points) <= _COUNTED else ():
        if point.value:
            _label(axes, inks, _number(point.value), (int(point.at), point.value), (0, 3), size=8)
    axes.margins(y=0.12)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")


def _label(
    axes: Axes, inks: _Inks, words: str, at: tuple[float, float], away: tuple[float, float], *, size: float
) -> None:
    """Words beside a point, `away` so many points of type."""
    axes.annotate(
        words,
        at,
        xytext=away,
        textcoords="offset points",
        ha="center" if not away[0] else "left" if away[0] > 0 else "right",
        va="center" if not away[1] else "bottom" if away[1] > 0 else "top",
        color=inks.text,
        fontproperties=_font(size),
    )


def _number(value: float) -> str:
    """Short, with a minus sign that the font has."""
    text = f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return text.replace("-", "\N{MINUS SIGN}")
