"""Figures as the JSON of the contract."""

from __future__ import annotations

from typing import Any

from retrieval.model import Figure, plain

__all__ = ["as_json"]


def as_json(figure: Figure) -> dict[str, Any]:
    """The keys of `figures --jsonl`."""
    out: dict[str, Any] = {
        "start": figure.span.start,
        "end": figure.span.end,
        "surface": figure.surface,
        "value": plain(figure.value) if figure.value is not None else None,
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
    if figure.wording is not None:
        out["wording"] = figure.wording
    return out
