"""Text to Figures: quantities, what they measure, of what, where and when."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval.figures.export import as_json
    from retrieval.figures.extracting import extract, extract_report, walk
    from retrieval.figures.values import Context

__all__ = ["Context", "as_json", "extract", "extract_report", "walk"]

_HOME = {"Context": "values", "as_json": "export"}


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever the name stands for
    """Names on demand: who answers questions needs none of what reads figures out of a text."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME.get(name, 'extracting')}"), name)
