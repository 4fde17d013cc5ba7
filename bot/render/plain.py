"""A message as bare text: what is piped, stored in JSON, and read aloud."""

from __future__ import annotations

from bot.render.message import Button, Line, Message, Quote, text_of

__all__ = ["ASKS", "READS", "plain_text"]


ASKS, READS = "还可以问：", "可以接着看："


def plain_text(message: Message, *, asks: str = ASKS, reads: str = READS) -> str:
    """Lines and “quotes”; parts with a gap between them; at the end questions and commands to go on with, below the
    headings `asks` and `reads`."""
    parts = ["\n".join(_block(block) for block in part.blocks) for part in message.parts]
    return "\n\n".join([*parts, *_options(message.buttons, asks, reads)])


def _block(block: Line | Quote) -> str:
    text = text_of(block)
    return text if isinstance(block, Line) else f"“{text}”"


def _options(buttons: tuple[Button, ...], asks: str, reads: str) -> list[str]:
    questions = [f"· {button.question}" for button in buttons if button.question]
    commands = [f"· {button.label}：{button.command}" for button in buttons if button.command]
    asked = ["\n".join([asks, *questions])] if questions else []
    return [*asked, "\n".join([reads, *commands])] if commands else asked
