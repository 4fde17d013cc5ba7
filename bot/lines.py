"""Text in and out of a pipe: whatever bytes come, and always UTF-8 out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import click

__all__ = [
    "FAULT",
    "NOTHING",
    "STDOUT",
    "WRONG",
    "BadLine",
    "argument",
    "complain",
    "decoded",
    "json_lines",
    "leave",
    "put_bytes",
    "put_json",
    "put_rows",
    "wrong",
]

# Exit statuses: nothing was found; a wrong call, a wrong setting or an unreadable file; a fault of the program itself.
NOTHING = 1
WRONG = 2
FAULT = 70

# What `-o -` means.
STDOUT = Path("-")

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


class BadLine(Exception):
    """A line that cannot be worked on; the message is one Chinese line with the line's number."""


def decoded(raw: bytes) -> str | None:
    """The text of some bytes in UTF-8 or, failing that, GB18030; None where they are neither."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).removeprefix(_BOM)
        except UnicodeDecodeError:
            continue
    return None


def argument(word: str) -> str:
    """A command line word as text: bytes that are not UTF-8 reach Python as lone surrogates."""
    if word.isprintable():
        return word
    raw = word.encode("utf-8", "surrogateescape") if _escaped(word) else word.encode("utf-8", "replace")
    return decoded(raw) or raw.decode("utf-8", "replace")


def _escaped(word: str) -> bool:
    return all(not "\ud800" <= c <= "\udfff" or "\udc80" <= c <= "\udcff" for c in word)


def json_lines(stream: Iterable[bytes], *keys: str) -> Iterator[dict[str, Any] | BadLine]:
    """The JSON object of each line that is not blank, or what is wrong with it; each must have `keys`."""
    for number, raw in enumerate(stream, 1):
        text = decoded(raw)
        if text is None:
            yield BadLine(f"第 {number} 行：不是 UTF-8 编码的文字")
            continue
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            yield BadLine(f"第 {number} 行：不是 JSON")
            continue
        missing = [key for key in keys if key not in value] if isinstance(value, dict) else None
        if missing is None:
            yield BadLine(f"第 {number} 行：不是 JSON 对象")
        elif missing:
            yield BadLine(f"第 {number} 行：缺少 {'、'.join(missing)}")
        else:
            yield value


def put_json(stream: BinaryIO, value: dict[str, Any]) -> None:
    """One line, at once: the reader may wait for it before asking on."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # a lone surrogate of the question's own
        raw = json.dumps(value).encode()
    stream.write(raw + b"\n")
    stream.flush()


def put_rows(rows: Sequence[Mapping[str, Any]], *, lines: bool) -> None:
    """Rows as JSON to standard output: one list, or an object a line."""
    if not lines:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def put_bytes(raw: bytes) -> None:
    """Bytes as they are to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()


def complain(message: str) -> None:
    """One line to whoever started the command."""
    click.echo(message, err=True)


def wrong(message: str) -> NoReturn:
    """End a command that was called wrongly."""
    complain(message)
    leave(WRONG)


def leave(status: int) -> NoReturn:
    """End a command."""
    sys.exit(status)
