"""Text files: the text is the file."""

from __future__ import annotations

from retrieval.errors import UnreadableReport
from retrieval.formats.decoded import Decoded
from retrieval.formats.encoding import text_of

__all__ = ["decode"]


def decode(data: bytes, kind: str) -> Decoded:
    """Raises UnreadableReport."""
    text, encoding, lost = text_of(data)
    if "\x00" in text:
        raise UnreadableReport("不是文本文件")
    return Decoded(text, kind, encoding, lost=lost)
