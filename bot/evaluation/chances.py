"""How likely the program itself held an answer to be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["chance"]

# The first three lines of the trace are the chances of the three kinds of answers, or search terms in their place.
_CHANCES = re.compile(r"figures ([01]\.\d+) passages ([01]\.\d+) refuse ([01]\.\d+)")
_GROUPS = {"figures": 1, "passages": 2}
_REFUSE = 3


def chance(answer: Mapping[str, Any]) -> float | None:
    """The chance of the kind of answer that was given, between 0 and 1; None where the trace does not tell it.

    This is the only place that knows where the chance stands.
    """
    terms = answer.get("trace", {}).get("terms", ())
    match = _CHANCES.fullmatch(" ".join(terms[:3]))
    return float(match[_GROUPS.get(answer["kind"], _REFUSE)]) if match else None
