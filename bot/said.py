"""What a command or a question comes to, before a face sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.render import Message
from bot.state import State
from retrieval.model import Answer

if TYPE_CHECKING:
    from bot.charts import Chart

__all__ = ["File", "Said"]


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over: a document's content, or a picture still to be drawn."""

    name: str
    content: bytes = b""
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, the state after it, the answer it renders, and whether the conversation is over.

    With a `file` the message is its caption. `forget` asks the face to delete all it keeps of the person. `more` tells
    that other passages speak of the same.
    """

    message: Message
    state: State
    answer: Answer | None = None
    over: bool = False
    file: File | None = None
    forget: bool = False
    more: bool = False
