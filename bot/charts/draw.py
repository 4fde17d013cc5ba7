"""Charts drawn with matplotlib, for a phone's screen, light or dark: the frame, the legend, the lines below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from bot.charts.inks import DARK, LIGHT, Inks, font
from bot.charts.numbers import numbers
from bot.charts.plan import TARGET, Chart, Shape
from bot.charts.shapes import bars, columns, dots, ink_of, lines
from retrieval.model import Status

__all__ = ["draw"]

_WIDE, _DPI = 6.0, 180
_TALL, _TALL_BELOW, _LEAST, _TALLEST, _PER_BAR, _PER_ROW = 4.6, 3.4, 2.6, 12.0, 0.34, 0.62
_TITLE = 26
# Between the title of a lower panel and its legend, in points.
_PAD = 18
# Characters of a line below the picture; names in a row of the legend.
_NOTE, _BESIDE = 52, 4
_NOTE_LINES = 3
_ROWED = (Shape.BARS, Shape.DOTS)


def draw(chart: Chart, *, dark: bool = False) -> bytes:
    """The chart as a PNG of 1080 pixels' width."""
    inks = DARK if dark else LIGHT
    figure = Figure(figsize=(_WIDE, _height(chart)), dpi=_DPI, facecolor=inks.ground, layout="constrained")
    FigureCanvasAgg(figure)
    panels = (chart, *chart.below)
    drawn: list[tuple[Axes, Chart]] = []
    years = [point.at for one in panels for series in one.series for point in series.points]
    for number, one in enumerate(panels, 1):
        axes = figure.add_subplot(len(panels), 1, number)
        axes.set_facecolor(inks.ground)
        _marks(axes, one, inks, [at for at in years if isinstance(at, int)])
        _dress(axes, one, inks)
        drawn.append((axes, one))
        if number > 1:
            axes.set_title(_titled(one), loc="left", color=inks.text, fontproperties=font(11), pad=_PAD)
    figure.suptitle(_titled(chart), x=0.01, ha="left", color=inks.text, fontproperties=font(12))
    figure.supxlabel(
        "\n".join(line for note in (chart.source, *chart.notes) for line in _folded(note)),
        x=0.01,
        ha="left",
        color=inks.text,
        fontproperties=font(7.5),
        alpha=0.8,
        linespacing=1.4,
    )
    if chart.shape is Shape.LINES:
        # Numbers stand where there is room for them: that is known when all else has its place.
        figure.draw_without_rendering()
        for axes, one in drawn:
            numbers(axes, one, inks)
    out = io.BytesIO()
    figure.savefig(out, format="png", facecolor=inks.ground)
    return out.getvalue()


def _marks(axes: Axes, chart: Chart, inks: Inks, years: Sequence[int]) -> None:
    match chart.shape:
        case Shape.LINES:
            lines(axes, chart, inks, years)
        case Shape.BARS:
            bars(axes, chart.series[0].points, inks)
        case Shape.DOTS:
            dots(axes, chart.series, inks)
        case Shape.COLUMNS:
            columns(axes, chart.series[0].points, inks)


def _titled(chart: Chart) -> str:
    """The title, cut to what fits, with the unit."""
    title = chart.title if len(chart.title) <= _TITLE else f"{chart.title[:_TITLE]}…"
    return f"{title}（{chart.unit}）" if chart.unit else title


def _height(chart: Chart) -> float:
    """Inches: as many as the rows need."""
    rows = len({point.at for series in chart.series for point in series.points})
    below = 0.16 * sum(len(_folded(note)) for note in chart.notes)
    if chart.shape is Shape.BARS:
        return min(_TALLEST, max(_LEAST, 1.5 + _PER_BAR * rows) + below)
    if chart.shape is Shape.DOTS:
        return min(_TALLEST, max(_LEAST, 1.6 + _PER_ROW * rows) + below)
    return _TALL + _TALL_BELOW * len(chart.below) + below


def _folded(note: str) -> list[str]:
    """A note in lines that fit the picture, each ended at a mark where there is one; a longer note is cut."""
    found: list[str] = []
    while note and len(found) < _NOTE_LINES:
        if len(note) <= _NOTE:
            return [*found, note]
        end = max(note.rfind(mark, _NOTE // 2, _NOTE) for mark in "、；，。") + 1 or _NOTE
        found.append(note[:end])
        note = note[end:]
    return [*found[:-1], f"{found[-1].rstrip('、；，')}…"] if note else found


def _dress(axes: Axes, chart: Chart, inks: Inks) -> None:
    handles = _legend(chart, inks)
    if handles:
        # Between title and picture: inside it would cover points.
        axes.legend(
            handles=handles,
            prop=font(8.5),
            frameon=False,
            labelcolor=inks.text,
            loc="lower left",
            bbox_to_anchor=(0, 1),
            borderaxespad=0.2,
            borderpad=0,
            ncols=_BESIDE,
        )
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(inks.faint)
    axes.tick_params(colors=inks.text, length=0)
    axes.grid(visible=True, axis="x" if chart.shape in _ROWED else "y", color=inks.faint, linewidth=0.6, alpha=0.6)
    axes.set_axisbelow(True)
    for words in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        words.set_fontproperties(font(9))


def _legend(chart: Chart, inks: Inks) -> list[Artist]:
    """What colours and marks stand for; nothing where there is one kind."""
    handles: list[Artist] = []
    statuses = {point.status for series in chart.series for point in series.points}
    paired = len(chart.series) > 1 and chart.series[0].name == TARGET
    if len(chart.series) > 1 or chart.shape is Shape.DOTS:
        for series, ink in zip(chart.series, ink_of(chart, inks), strict=True):
            target = series.name == TARGET
            joined: Literal["", "-", "--"] = "" if chart.shape is Shape.DOTS else "--" if target else "-"
            face = inks.ground if target else ink
            handles.append(
                Line2D([], [], color=ink, marker="D" if target else "o", linestyle=joined, mfc=face, label=series.name)
            )
    if Status.ESTIMATED in statuses:
        handles.append(_key("预计", chart, inks, dashed=False))
    if Status.TARGET in statuses and not paired and chart.shape is not Shape.DOTS:
        handles.append(_key("目标", chart, inks, dashed=True))
    return handles


def _key(name: str, chart: Chart, inks: Inks, *, dashed: bool) -> Artist:
    """A bar or a point of an estimate or a target."""
    if chart.shape is Shape.BARS:
        return Patch(
            facecolor=(inks.lines[0], 0.2), edgecolor=inks.lines[0], linestyle="--" if dashed else "-", label=name
        )
    ink = inks.text if len(chart.series) > 1 else inks.lines[0]
    shape = "D" if dashed else "o"
    return Line2D([], [], color=ink, marker=shape, linestyle="--" if dashed else "", mfc=inks.ground, label=name)
