"""A report as a reference in the form of GB/T 7714-2015: 责任者. 题名[R/OL]. (公布日期)[引用日期]. 网址."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retrieval.model import Level

if TYPE_CHECKING:
    from retrieval.index import ReportRow

__all__ = ["reference"]


def reference(row: ReportRow, today: date) -> str:
    """The reference; without an address the report counts as printed, and no day of access is given."""
    author = "国务院" if row.level == Level.COUNTRY else f"{row.place}人民政府"
    title = f"{row.place}{row.year}年政府工作报告"
    if not row.url:
        return f"{author}. {title}[R]. {row.meeting or row.year}."
    given = f"({row.meeting})" if row.meeting else ""
    return f"{author}. {title}[R/OL]. {given}[{today.isoformat()}]. {row.url}"
