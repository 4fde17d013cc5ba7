"""What goes over the peer's counter: calls, faults, messages as a person sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Call", "Fault", "Shown"]


@dataclass(slots=True)
class Shown:
    """A message as a person sees it; `file` is the name of a document or picture, `content` its bytes."""

    text: str
    entities: tuple[tuple[str, int, int], ...] = ()
    keys: list[list[dict[str, Any]]] = field(default_factory=list)
    reply_to: int | None = None
    edits: int = 0
    file: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Call:
    """A call as it arrived; `message` is the message it made or changed, `shown` what a person then saw, `problem`
    why it was refused; `done` once it has been carried out."""

    method: str
    params: dict[str, Any]
    at: float
    message: int | None = None
    problem: str = ""
    shown: Shown | None = None
    done: bool = False

    @property
    def chat(self) -> int:
        return int(self.params["chat_id"])


@dataclass(slots=True)
class Fault:
    """What to do to the next `times` calls of `method` (to `chat`): flood, drop, swallow, truncate or fail.

    `drop` closes the connection before the call is carried out, `swallow` after it; `truncate` carries it out and
    breaks the reply off; `fail` answers 500; `hang` carries it out and never answers.
    """

    kind: str
    method: str = "sendMessage"
    chat: int | None = None
    times: int = 1
    retry_after: int = 1
