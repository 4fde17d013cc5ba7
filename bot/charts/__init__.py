"""Answers as pictures: `plan` says what is drawn, `draw` draws it as PNG."""

from __future__ import annotations

from bot.charts.plan import Chart, Point, Series, Shape, plan
from retrieval.model import Answer

__all__ = ["Chart", "Point", "Series", "Shape", "drawn", "picture", "plan"]


def picture(answer: Answer, *, dark: bool = False) -> bytes | None:
    """The answer as a PNG; None where it holds nothing to compare in a picture."""
    chart = plan(answer)
    return None if chart is None else drawn(chart, dark=dark)


def drawn(chart: Chart, *, dark: bool = False) -> bytes:
    """A chart as a PNG."""
    from bot.charts.draw import draw  # noqa: PLC0415  matplotlib takes a second to load

    return draw(chart, dark=dark)
