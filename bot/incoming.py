"""What came in from a messenger, freed of its library."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Incoming"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message, an edited message, or a tap on a button.

    `addressed` tells whether it is for the bot: always in private, in groups by mention, reply or command. `text` is
    without the mention. `media` is a message that holds no text of its own; `album` the group of pictures it is of.
    `tap` is the tap's number, `data` what its button carries; `message` is then the message with the button.
    """

    chat: int
    user: int
    message: int
    private: bool
    addressed: bool = True
    text: str = ""
    edited: bool = False
    media: bool = False
    album: str = ""
    thread: int | None = None
    tap: str = ""
    data: str = ""

    @property
    def talk(self) -> str:
        """Whose conversation this belongs to: in a group everyone has their own."""
        return f"{self.chat}:{self.user}"
