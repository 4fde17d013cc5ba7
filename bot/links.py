"""Deep links: a passage in the 64 characters that a start payload may have."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.index import ReportRow

__all__ = ["payload", "resolve"]

_FORM = re.compile(r"p([A-Za-z0-9_-]{12})-(\d{1,6})")


def payload(key: str) -> str:
    """The start payload of a passage `report:number`."""
    report, _, number = key.rpartition(":")
    return f"p{_short(report)}-{number}"


def resolve(text: str, rows: Iterable[ReportRow]) -> str:
    """The passage a payload points at as `report:number`; empty where it is none or its report is not loaded."""
    match = _FORM.fullmatch(text)
    if match is None:
        return ""
    found = next((row for row in rows if _short(row.id) == match[1]), None)
    return f"{found.id}:{int(match[2])}" if found is not None and int(match[2]) < found.passages else ""


def _short(report: str) -> str:
    """Twelve characters for a report's id, which is Chinese and may be long."""
    return urlsafe_b64encode(blake2b(report.encode(), digest_size=9).digest()).decode()
