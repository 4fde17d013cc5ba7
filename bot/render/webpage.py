"""A message as HTML for a page: escaped everywhere, every place cited a link to the report's text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from bot.render.message import Line, Mark, Message, Part, Quote, Run

__all__ = ["HERE", "SOURCES", "webpage"]

# The words of folded evidence, and of a quote that has no line of its source above it.
SOURCES, HERE = "原句和出处", "在报告里看"
_TAGS = {
    Mark.STRONG: "strong",
    Mark.VALUE: "b",
    Mark.SOURCE: "cite",
    Mark.COMMAND: "kbd",
}
_SEVERAL = 2


def webpage(message: Message, *, sources: str = SOURCES, here: str = HERE) -> str:
    """The parts of a message. Its buttons are left to the page, which knows what they do there."""
    return "\n".join(_part(part, sources, here) for part in message.parts)


def _part(part: Part, sources: str, here: str) -> str:
    inner = "\n".join(_blocks(part.blocks, here))
    if not part.folded:
        return f'<div class="part">\n{inner}\n</div>'
    quotes = sum(isinstance(block, Quote) for block in part.blocks)
    head = f'<summary>{escape(sources)}<span class="count">{quotes}</span></summary>'
    return f'<details class="part">{head}\n{inner}\n</details>'


def _blocks(blocks: Sequence[Line | Quote], here: str) -> Iterator[str]:
    led = False
    for valued, group in groupby(blocks, _valued):
        same = list(group)
        if valued and len(same) >= _SEVERAL:
            yield '<ul class="figures">' + "".join(f"<li>{_runs(line.runs)}</li>" for line in same) + "</ul>"
            led = False
            continue
        for block in same:
            if isinstance(block, Quote):
                place = "" if led or block.at is None else f' <a class="here" href="{escape(block.at.url)}">{here}</a>'
                yield f'<blockquote lang="zh"><p>{_runs(block.runs)}</p>{place}</blockquote>'
                led = False
            elif any(run.text for run in block.runs):
                yield f'<p class="{_kind(block)}">{_runs(block.runs)}</p>'
                led = any(run.mark is Mark.SOURCE and run.at is not None for run in block.runs)


def _valued(block: Line | Quote) -> bool:
    """Whether it is a line that gives a figure."""
    return isinstance(block, Line) and any(run.mark is Mark.VALUE for run in block.runs)


def _kind(line: Line) -> str:
    marks = {run.mark for run in line.runs if run.text.strip()}
    if Mark.VALUE in marks:
        return "figure"
    for mark, name in ((Mark.SOURCE, "source"), (Mark.NOTE, "note"), (Mark.STRONG, "heading")):
        if marks == {mark}:
            return name
    return "line"


def _runs(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = escape("".join(c if c.isprintable() or c == " " else " " for c in run.text))
    tag = _TAGS.get(run.mark)
    if tag is None or not text:
        return text
    if run.at is not None:
        text = f'<a href="{escape(run.at.url)}">{text}</a>'
    return f"<{tag}>{text}</{tag}>"
