"""Understanding, ranking and answering over Chinese government work reports.

from pathlib import Path
from retrieval import Engine

engine = Engine.open_default(Path("store"))
answer, conversation = engine.ask("辽阳2023年粮食产量是多少")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retrieval.engine import Conversation, Engine, ReportRow
    from retrieval.ingest import IngestRow
    from retrieval.model import Answer, Citation, Figure, Kind, Reason

__all__ = ["Answer", "Citation", "Conversation", "Engine", "Figure", "IngestRow", "Kind", "Reason", "ReportRow"]

_HOME = {"Conversation": "engine", "Engine": "engine", "IngestRow": "ingest", "ReportRow": "engine"}


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever the name stands for
    """Names on demand: a tool that wants one room need not load them all."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"retrieval.{_HOME.get(name, 'model')}"), name)
