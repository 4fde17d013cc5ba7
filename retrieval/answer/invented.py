"""Reports that were invented as examples: an answer from them says so."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answer.library import Library
from retrieval.model import Answer
from retrieval.reports import INVENTED

__all__ = ["NOTE", "disclosed"]

# How the note ends; the places stand before it.
NOTE = "是虚构的示例，数字都不是真的"


def disclosed(answer: Answer, library: Library) -> Answer:
    """The answer, with a note where a report it cites was invented."""
    rows = [(cited.place, library.rows.get(cited.report)) for cited in answer.citations]
    places = dict.fromkeys(place for place, row in rows if row is not None and INVENTED in row.warnings)
    if not places:
        return answer
    return replace(answer, notes=(*answer.notes, f"{'、'.join(places)}{NOTE}"))
