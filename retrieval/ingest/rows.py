"""What became of each file."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["IngestRow"]


@dataclass(frozen=True, slots=True)
class IngestRow:
    """What became of one file. `status` is read, warned, replaced, unchanged or refused; `detail` says why."""

    path: str
    status: str
    report_id: str = ""
    detail: str = ""
