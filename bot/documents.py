"""Files that people send: downloaded, and read as text."""

from __future__ import annotations

from collections.abc import Callable

from bot.incoming import Sent
from retrieval.errors import UnreadableReport
from retrieval.formats import decode
from retrieval.model import Span
from retrieval.text import visible

__all__ = ["downloaded", "text_of"]

# What Telegram lets a bot download, in bytes.
_LARGEST = 20 * 1024 * 1024


def downloaded(download: Callable[[str], bytes], sent: Sent) -> bytes:
    """The bytes of a file that was sent. Raises UnreadableReport with what to tell the sender."""
    if sent.size > _LARGEST:
        raise UnreadableReport("文件超过 20 MB，Telegram 不让机器人下载")
    try:
        return download(sent.id)
    except (OSError, TimeoutError) as problem:
        raise UnreadableReport(f"没有下载到这个文件（{type(problem).__name__}），请再发一次") from problem


def text_of(data: bytes, name: str) -> str:
    """The words of a file of any format that reports are read from. Raises UnreadableReport."""
    decoded = decode(data, name)
    return visible(decoded.text, Span(0, len(decoded.text)), tuple(Span(start, end) for start, end in decoded.outside))
