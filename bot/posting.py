"""From what is said to the calls that say it: pieces within the limits, a file where they would be too many."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath

from bot import drawing
from bot.delivery.outbox import Key, Outgoing, Parcel
from bot.render import Message, plain_text
from bot.render.telegram import Piece, pieces, units
from bot.said import File
from bot.tongue import line

__all__ = ["CAPTION", "MOST", "instead", "post", "posted_file"]

# More pieces than this become a file.
MOST = 3
# Telegram's limit of a caption, in UTF-16 units.
CAPTION = 1024
_WHOLE = "回答.txt"


def post(
    message: Message, base: Outgoing, keys: Callable[[Piece], tuple[tuple[Key, ...], ...]], lang: str
) -> list[Outgoing]:
    """The pieces of a message, each a copy of `base`; the keys hang on the last."""
    found = pieces(message)
    last = keys(found[-1])
    if len(found) > MOST:
        whole = b64encode(plain_text(replace(message, buttons=())).encode()).decode()
        short = replace(base, text=found[0].html, plain=found[0].plain)
        told = line("全文见文件", lang)
        rest = replace(base, method="document", text=told, plain=told, keys=last, part=1)
        return [short, replace(rest, file=_WHOLE, content=whole)]
    return [
        replace(base, text=p.html, plain=p.plain, part=n, keys=last if n == len(found) - 1 else ())
        for n, p in enumerate(found)
    ]


def posted_file(message: Message, file: File, base: Outgoing) -> list[Outgoing]:
    """A file with its caption; one that is too long goes before it as messages of its own. A picture is drawn when its
    turn to be sent has come."""
    found = pieces(message)
    fits = len(found) == 1 and units(found[0].plain) <= CAPTION
    before = [] if fits else [replace(base, text=p.html, plain=p.plain) for p in found[:MOST]]
    content = b64encode(file.content).decode() if file.chart is None else drawing.dumps(file.chart)
    name = PurePath(file.name).name
    sent = replace(
        base, method="document" if file.chart is None else "photo", file=name, content=content, part=len(before)
    )
    return [*before, replace(sent, text=found[0].html, plain=found[0].plain) if fits else sent]


def instead(new: Sequence[Outgoing], old: Sequence[Parcel]) -> list[Outgoing]:
    """Edits of the old answer's messages; more are sent and left-over ones deleted. A file is never edited."""
    out: list[Outgoing] = []
    left = list(old)
    for outgoing in new:
        if outgoing.method == "send" and left and left[0].outgoing.method in {"send", "edit"}:
            out.append(replace(outgoing, method="edit", target=left.pop(0).id))
        else:
            out.append(outgoing)
    return [*out, *(Outgoing("delete", target=parcel.id) for parcel in left)]
