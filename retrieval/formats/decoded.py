"""What a reader of a format hands over."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Decoded"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and what its format tells of it.

    For text files `text` is the file itself, decoded. For pages and documents it is every visible line of them in
    reading order, a paragraph a line, entities resolved; `outside` are the half-open spans of it that the format shows
    to be no part of the main text (menus, footers, page numbers). `title` is the title the format states,
    `url` where it says it comes from, `lost` how many characters could not be decoded.
    """

    text: str
    format: str
    encoding: str = ""
    outside: tuple[tuple[int, int], ...] = ()
    title: str = ""
    url: str = ""
    lost: int = 0
