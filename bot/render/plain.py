"""A message as bare text: what is piped, stored in JSON, and read aloud."""

from __future__ import annotations

from bot.render.message import Button, Line, Message, Quote, text_of

__all__ = ["plain_text"]


def plain_text(message: Message) -> str:
    """Lines and “quotes”; parts with a gap between them; questions to go on with at the end."""
    parts = ["\n".join(_block(block) for block in part.blocks) for part in message.parts]
    return "\n\n".join([*parts, *_options(message.buttons)])


def _block(block: Line | Quote) -> str:
    text = text_of(block)
    return text if isinstance(block, Line) else f"“{text}”"


def _options(buttons: tuple[Button, ...]) -> list[str]:
    questions = [button.question for button in buttons if button.question]
    return ["\n".join(["还可以问：", *(f"· {question}" for question in questions)])] if questions else []
