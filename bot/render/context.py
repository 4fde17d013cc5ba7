"""The passages around a citation, as a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render.compose import quote_block, source_line
from bot.render.message import Line, Mark, Message, Origin, Part, Run
from bot.render.shown import shown
from retrieval.model import Citation, Span

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["around"]


def around(engine: Engine, key: str) -> Message | None:
    """The passage before, the one named by `report:number` and the one after. Raises UnknownReport."""
    report, _, number = key.rpartition(":")
    if not report or not number.isascii() or not number.isdigit():
        return None
    asked = Citation(report, "", Span(0, 0), "", "", 0, passage=int(number))
    near = engine.context(asked)
    if not near:
        return None
    quotes = tuple(quote_block(n, shown(citation), ()) for n, citation in enumerate(near))
    heading = Line((Run("上下文", Mark.STRONG, Origin.LABEL),))
    return Message((Part((heading, source_line(near[min(1, len(near) - 1)]), *quotes)),))
