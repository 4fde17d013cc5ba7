"""Figures as the JSON of the contract."""

from __future__ import annotations

from typing import Any

from retrieval.lexicon.units import UnitKind, kind
from retrieval.model import Figure, Measure, plain
from retrieval.text import fold

__all__ = ["as_json", "value"]


def as_json(figure: Figure, *, per: bool = False) -> dict[str, Any]:
    """The keys of `figures --jsonl`; with `per` a unit tells for whom, what time and what volume: 元/生·年, 微克/立方米
    of 每立方米30微克; without it is as written."""
    out: dict[str, Any] = {
        "start": figure.span.start,
        "end": figure.span.end,
        "surface": figure.surface,
        "value": value(figure),
        "upper": plain(figure.upper) if figure.upper is not None else None,
        "unit": _per(figure) if per else _written(figure),
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


def _written(figure: Figure) -> str:
    """The unit without the volume that stands before the number: the 微克 of 每立方米30微克."""
    amount, _, volume = figure.unit.partition("/")
    bare = volume and amount.endswith("克") and figure.surface.endswith(amount)
    return amount if bare else figure.unit


def _per(figure: Figure) -> str:
    """The unit with the 每… before the amount: 每生每年2000元 → 元/生·年."""
    told = figure.basis.partition("，")[0]
    paid = told.startswith("每") and kind(figure.unit) is UnitKind.MONEY
    return f"{figure.unit}/{'·'.join(told.split('每')[1:])}" if paid else figure.unit


def value(figure: Figure) -> str | None:
    """The value as written; a ratio of several parts is its own surface (5.7:47:47.3)."""
    if figure.value is not None:
        return plain(figure.value)
    return fold(figure.surface).replace(" ", "") if figure.measure is Measure.RATIO else None
