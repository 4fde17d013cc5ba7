"""Figures as the JSON of the contract."""

from __future__ import annotations

from typing import Any

from retrieval.model import Figure, Measure, plain
from retrieval.text import fold

__all__ = ["as_json", "value"]


def as_json(figure: Figure) -> dict[str, Any]:
    """The keys of `figures --jsonl`."""
    out: dict[str, Any] = {
        "start": figure.span.start,
        "end": figure.span.end,
        "surface": figure.surface,
        "value": value(figure),
        "upper": plain(figure.upper) if figure.upper is not None else None,
        "unit": figure.unit,
        "direction": figure.direction,
        "qualifier": figure.qualifier,
        "measure": figure.measure.value,
        "status": figure.status.value,
        "period": figure.period,
        "place": figure.place,
        "indicator": figure.indicator,
    }
    if figure.wording is not None and figure.measure is not Measure.RATIO:
        out["wording"] = figure.wording
    return out


def value(figure: Figure) -> str | None:
    """The value as written; a ratio of several parts is its own surface (5.7:47:47.3)."""
    if figure.value is not None:
        return plain(figure.value)
    return fold(figure.surface).replace(" ", "") if figure.measure is Measure.RATIO else None
