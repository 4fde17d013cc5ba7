"""A file's bytes to its text."""

from __future__ import annotations

from retrieval.errors import UnreadableReport
from retrieval.formats.decoded import Decoded
from retrieval.formats.kinds import kind_of, reader_of
from retrieval.formats.limits import limited
from retrieval.formats.plain import decode as plain

__all__ = ["decode"]


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file called `name`. Text is decoded here; pages and documents in a limited process.

    Raises UnreadableReport, UnsupportedFormat for a kind of file that is not read; the message names the file.
    """
    try:
        kind = kind_of(data, name)
        return limited(data, kind) if reader_of(kind) else plain(data, kind)
    except UnreadableReport as problem:
        raise type(problem)(f"{name}：{problem}") from None
