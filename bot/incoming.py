"""What came in from a messenger, freed of its library."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Incoming", "Sent"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that someone sent: its number at the server, its name, its size in bytes."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message, an edited message, a tap on a button, or an inline query.

    `addressed` tells whether it is for the bot: always in private, in groups by mention, reply or command. `text` is
    without the mention. `media` is a message that holds no text of its own; `album` the group of pictures it is of.
    `tap` is the tap's number, `data` what its button carries; `message` is then the message with the button.
    `inline` is the number of an inline query, which belongs to no chat. `language` is that of the person's program.
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
    inline: str = ""
    language: str = ""
    file: Sent | None = None

    @property
    def talk(self) -> str:
        """Whose conversation this belongs to: in a group everyone has their own."""
        return f"{self.chat}:{self.user}"
