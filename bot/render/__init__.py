"""Answers as messages, and messages as plain text, Telegram HTML or terminal lines. Everything here is pure."""

from __future__ import annotations

from bot.render.compose import compose, quote_block, source_line
from bot.render.message import Button, Line, Mark, Message, Origin, Part, Quote, Run, titled, words
from bot.render.plain import plain_text

__all__ = [
    "Button",
    "Line",
    "Mark",
    "Message",
    "Origin",
    "Part",
    "Quote",
    "Run",
    "compose",
    "plain_text",
    "quote_block",
    "source_line",
    "titled",
    "words",
]
