"""Messages that lead to the sentences they cite, for a face that is served beside the web page."""

from __future__ import annotations

from dataclasses import replace

from bot.render.message import Cited, Line, Message, Quote

__all__ = ["linked"]


def linked(message: Message, address: str) -> Message:
    """The message with the address of the web page at each place cited; as it is without an address."""
    if not address:
        return message
    parts = tuple(
        replace(part, blocks=tuple(_block(block, address) for block in part.blocks)) for part in message.parts
    )
    return replace(message, parts=parts)


def _block(block: Line | Quote, address: str) -> Line | Quote:
    runs = tuple(replace(run, at=_at(run.at, address)) for run in block.runs)
    return replace(block, runs=runs, at=_at(block.at, address)) if isinstance(block, Quote) else Line(runs)


def _at(at: Cited | None, address: str) -> Cited | None:
    return None if at is None else replace(at, address=address)
