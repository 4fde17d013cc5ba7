"""A message for a terminal: colours, and lines broken by display width with quotes set in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.render.message import Line, Mark, Message, Quote, Run
from bot.table import width

__all__ = ["PICKS", "terminal_text"]

PICKS = "还可以（输入编号）："

_STYLE = {Mark.STRONG: "1", Mark.VALUE: "1;32", Mark.SOURCE: "2;3", Mark.COMMAND: "36"}
_BAR = "│ "
# Not to stand at the start of a line; those before a break not at its end.
_CLOSING = frozenset("，。；：、！？）”’》】%％,.;:!?)")


def terminal_text(message: Message, *, columns: int, colour: bool = True, picks: str = PICKS) -> str:
    """Lines of at most `columns` cells; what can be picked stands below the heading `picks`. Control characters of a
    report never reach the terminal."""
    columns = max(20, columns)
    parts = [
        "\n".join(line for block in part.blocks for line in _block(block, columns, colour)) for part in message.parts
    ]
    offers = [button for button in message.buttons if button.typed]
    if offers:
        named = [button.question or f"{button.label}　{button.command}" for button in offers]
        offered = [f"  {_dressed(str(n), '36', colour)} {_safe(q)}" for n, q in enumerate(named, 1)]
        parts.append("\n".join([picks, *offered]))
    return "\n\n".join(parts)


def _block(block: Line | Quote, columns: int, colour: bool) -> Iterator[str]:
    cells = [(character, run.mark) for run in _runs(block) for character in _safe(run.text)]
    quoted = isinstance(block, Quote)
    bar = _dressed(_BAR, "2", colour) if quoted else ""
    for line in _wrapped(cells, columns - (len(_BAR) if quoted else 0)):
        yield bar + _painted(line, colour)


def _runs(block: Line | Quote) -> tuple[Run, ...]:
    return block.runs if isinstance(block, Line) else (Run("“"), *block.runs, Run("”"))


def _wrapped(cells: list[tuple[str, Mark]], columns: int) -> Iterator[list[tuple[str, Mark]]]:
    """Broken between any two characters, as Chinese is, but not inside a number or a Latin word."""
    line: list[tuple[str, Mark]] = []
    used = 0
    for cell in cells:
        wide = width(cell[0])
        if used + wide > columns and cell[0] not in _CLOSING:
            at = _break(line)
            yield line[:at]
            line = line[at:]
            used = sum(width(character) for character, _ in line)
        line.append(cell)
        used += wide
    yield line


def _break(line: list[tuple[str, Mark]]) -> int:
    at = len(line)
    while at and line[at - 1][0].isascii() and line[at - 1][0].isalnum():
        at -= 1
    return at if at > len(line) // 2 else len(line)


def _painted(line: list[tuple[str, Mark]], colour: bool) -> str:
    out: list[str] = []
    start = 0
    for n in range(1, len(line) + 1):
        if n == len(line) or line[n][1] is not line[start][1]:
            text = "".join(character for character, _ in line[start:n])
            out.append(_dressed(text, _STYLE.get(line[start][1], ""), colour))
            start = n
    return "".join(out)


def _dressed(text: str, style: str, colour: bool) -> str:
    return f"\033[{style}m{text}\033[0m" if colour and style else text


def _safe(text: str) -> str:
    return "".join(character if character.isprintable() or character == " " else " " for character in text)
