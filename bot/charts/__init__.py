"""Answers as pictures: `plan` says what is drawn, `draw` draws it as PNG."""

from __future__ import annotations

from bot.charts.plan import Chart, Point, Series, Shape, plan
from retrieval.model import Answer

__all__ = ["Chart", "Point", "Series", "Shape", "picture", "plan"]


def picture(answer: Answer, *, dark: bool = False) -> bytes | None:
    """The answer as a PNG; None where it holds nothing to compare in a picture."""
    chart = plan(answer)
    if chart is None:
        return None
    from bot.charts.draw import draw  # noqa: PLC0415  matplotlib takes a second to load

    return draw(chart, dark=dark)
