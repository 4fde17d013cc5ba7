"""Slots as cases write them."""

from __future__ import annotations

from typing import Any

from retrieval.query import Slot


def shown(slot: Slot) -> dict[str, Any]:
    row = {
        "words": slot.words,
        "measure": slot.ask.measure.value if slot.ask.measure else None,
        "unit": slot.ask.unit,
        "status": slot.status.value if slot.status else None,
        "periods": [str(period) for period in slot.periods],
    }
    return row | ({"end": slot.ask.end} if slot.ask.end else {})
