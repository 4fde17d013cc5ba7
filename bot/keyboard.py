"""The buttons below a reply. What each does is kept in the database: 64 bytes would not hold it."""

from __future__ import annotations

from dataclasses import asdict, replace

from bot.commands import Said
from bot.delivery.memory import Memory
from bot.delivery.outbox import Key
from bot.render.shown import shown
from bot.render.telegram import Piece, units
from retrieval.model import Kind

__all__ = ["COPY", "MORE", "TEXT_ONLY", "keyboard", "keys_of", "toggled"]

MORE, LESS, COPY = "上下文", "收起上下文", "复制引文"
TEXT_ONLY = "目前只能看懂文字，请把问题打成文字发来。"
# Telegram's limit of what a button copies.
_COPIED = 256
_LABEL = 40
_OPTIONS = 6


def keyboard(memory: Memory, chat: int, said: Said, piece: Piece) -> tuple[tuple[Key, ...], ...]:
    """Rows of keys for the last piece of a reply: context and copying, then a row for each other reading."""
    first: list[Key] = []
    context = next((button.context for button in said.message.buttons if button.context), "")
    number = memory.offer(chat, {}) if context else 0
    if number:
        first.append(Key(MORE, f"c:{number}"))
    quote = _quote(said)
    if quote:
        first.append(Key(COPY, copy=quote))
    rows = [tuple(first)] if first else []
    for button in [button for button in said.message.buttons if button.question][:_OPTIONS]:
        kept = memory.offer(chat, {"question": button.question, "state": said.state.dumps()})
        rows.append((Key(_short(button.label), f"q:{kept}"),))
    if number:
        memory.fill(number, {"context": context, "html": piece.html, "plain": piece.plain, "keys": _plain(tuple(rows))})
    return tuple(rows)


def _quote(said: Said) -> str:
    """The first quote, where it is an answer's and short enough to be copied."""
    answer = said.answer
    if answer is None or answer.kind is Kind.NONE or not answer.citations:
        return ""
    quote = shown(answer.citations[0]).text.strip()
    return quote if units(quote) <= _COPIED else ""


def toggled(rows: tuple[tuple[Key, ...], ...], number: int, *, opened: bool) -> tuple[tuple[Key, ...], ...]:
    """The rows with the context button turned round."""
    old = {f"c:{number}", f"b:{number}"}
    new = Key(LESS, f"b:{number}") if opened else Key(MORE, f"c:{number}")
    return tuple(tuple(replace(new) if key.data in old else key for key in row) for row in rows)


def keys_of(kept: list[list[dict[str, str]]]) -> tuple[tuple[Key, ...], ...]:
    """Rows as they were kept."""
    return tuple(tuple(Key(**key) for key in row) for row in kept)


def _plain(rows: tuple[tuple[Key, ...], ...]) -> list[list[dict[str, str]]]:
    return [[asdict(key) for key in row] for row in rows]


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"
