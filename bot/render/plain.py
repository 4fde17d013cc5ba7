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
    questions = [f"· {button.question}" for button in buttons if button.question]
    commands = [f"· {button.label}：{button.command}" for button in buttons if button.command]
    asked = ["\n".join(["还可以问：", *questions])] if questions else []
    return [*asked, "\n".join(["可以接着看：", *commands])] if commands else asked
