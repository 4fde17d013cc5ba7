"""A message as Telegram HTML: escaped everywhere, split between blocks so that each piece is within the limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from bot.render.message import Line, Mark, Message, Part, Quote, Run

__all__ = ["ENTITIES", "UNITS", "Piece", "pieces", "units"]

# Telegram's limits of a message: UTF-16 code units after parsing, and entities.
UNITS = 4096
ENTITIES = 100
# Of long evidence so much goes into one box, so that a message may hold what comes before it too.
_BOX = 2000
_TAGS = {
    Mark.STRONG: ("<b>", "</b>"),
    Mark.VALUE: ("<code>", "</code>"),
    Mark.SOURCE: ("<i>", "</i>"),
    Mark.COMMAND: ("<code>", "</code>"),
}
_BAR = {True: "<blockquote expandable>", False: "<blockquote>"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One message's worth: as HTML, and as bare text for when the HTML is refused."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Block:
    html: str
    plain: str
    entities: int
    gap: bool  # an empty line stands before it


def units(text: str) -> int:
    """UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "replace")) // 2


def pieces(message: Message) -> tuple[Piece, ...]:
    """The message in as few pieces as hold it. Nothing is left out."""
    out: list[Piece] = []
    html, plain, entities = "", "", 0
    for block in _blocks(message):
        joint = ("\n\n" if block.gap else "\n") if plain else ""
        if plain and (units(plain + joint + block.plain) > UNITS or entities + block.entities > ENTITIES):
            out.append(Piece(html, plain))
            html, plain, entities, joint = "", "", 0, ""
        html, plain, entities = html + joint + block.html, plain + joint + block.plain, entities + block.entities
    if plain.strip():
        out.append(Piece(html, plain))
    return tuple(out)


def _blocks(message: Message) -> Iterator[_Block]:
    for part in message.parts:
        if part.folded:
            yield from _folded(part)
            continue
        gap = True
        for block in part.blocks:
            if isinstance(block, Line) and not any(run.text for run in block.runs):
                gap = True
                continue
            for runs in _cut(block.runs):
                yield _block(block, runs, gap=gap)
                gap = False


def _folded(part: Part) -> Iterator[_Block]:
    """A part in boxes that are opened with a tap: its groups of blocks, an empty line between them. Quotes are marked
    as in a plain text."""
    box = _Block("", "", 1, gap=True)
    for group in _groups(part.blocks):
        if box.plain and (units(box.plain) + units(group.plain) > _BOX or box.entities + group.entities > ENTITIES):
            yield _shut(box)
            box = _Block("", "", 1, gap=True)
        joint = "\n\n" if box.plain and group.gap else "\n" if box.plain else ""
        html, plain = box.html + joint + group.html, box.plain + joint + group.plain
        box = _Block(html, plain, box.entities + group.entities, gap=True)
    if box.plain:
        yield _shut(box)


def _shut(box: _Block) -> _Block:
    return replace(box, html=f"{_BAR[True]}{box.html}</blockquote>")


def _groups(blocks: Sequence[Line | Quote]) -> Iterator[_Block]:
    """Blocks up to the next empty line as one, where they fit into a box."""
    held: _Block | None = None
    gap = False
    for block in blocks:
        if not any(run.text for run in block.runs):
            gap = True
            continue
        before, after = ("“", "”") if isinstance(block, Quote) else ("", "")
        for runs in _cut(block.runs):
            bare = _block(Line(tuple(runs)), runs, gap=gap)
            one = replace(bare, html=f"{before}{bare.html}{after}", plain=f"{before}{bare.plain}{after}")
            fits = held is not None and units(held.plain) + units(one.plain) <= _BOX
            if held is None or gap or not fits or held.entities + one.entities >= ENTITIES:
                if held is not None:
                    yield held
                held = one
            else:
                html, plain = f"{held.html}\n{one.html}", f"{held.plain}\n{one.plain}"
                held = _Block(html, plain, held.entities + one.entities, held.gap)
            gap = False
    if held is not None:
        yield held


def _block(block: Line | Quote, runs: list[Run], *, gap: bool) -> _Block:
    html = "".join(_run(run) for run in runs)
    plain = "".join(run.text for run in runs)
    marked = sum((run.mark in _TAGS) + _linked(run) for run in runs)
    if isinstance(block, Line):
        return _Block(html, plain, marked, gap)
    return _Block(f"{_BAR[block.long]}{html}</blockquote>", plain, marked + 1, gap)


def _linked(run: Run) -> bool:
    """Whether it leads to the report's text: values are copied with a tap, so it is their source that does."""
    return run.mark is Mark.SOURCE and run.at is not None and bool(run.at.address)


def _run(run: Run) -> str:
    opening, closing = _TAGS.get(run.mark, ("", ""))
    if _linked(run) and run.at is not None:
        opening, closing = f'{opening}<a href="{escape(run.at.url)}">', f"</a>{closing}"
    return f"{opening}{escape(run.text, quote=False)}{closing}"


def _cut(runs: tuple[Run, ...]) -> Iterator[list[Run]]:
    """A block's runs, in stretches that fit into one message; nearly always a single one."""
    line: list[Run] = []
    used = marked = 0
    for run in (short for whole in map(_clean, runs) if whole.text for short in _short(whole)):
        if line and (used + units(run.text) > UNITS or marked + 3 > ENTITIES):
            yield line
            line, used, marked = [], 0, 0
        line.append(run)
        used += units(run.text)
        marked += (run.mark in _TAGS) + _linked(run)
    if line:
        yield line


def _short(run: Run) -> Iterator[Run]:
    """A run in stretches of half a message: every character takes at most two units."""
    step = UNITS // 2
    for at in range(0, len(run.text), step):
        yield replace(run, text=run.text[at : at + step])


def _clean(run: Run) -> Run:
    """Without what Telegram would change or refuse: control characters and lone surrogates."""
    text = "".join(c for c in run.text.replace("\t", " ") if c == "\n" or _sendable(c))
    return replace(run, text=text)


def _sendable(character: str) -> bool:
    return character >= " " and not "\ud800" <= character <= "\udfff" and character != "\x7f"
