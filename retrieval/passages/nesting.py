"""Which heading lies in which: by the style of its number and by whether the number goes on.

Reports number as they like: 一、 over （一） over 1., but also 一、 anew under every heading without a number, or one
series 一、 to 十、 through all of them. So a style has no fixed level: a number that goes on returns to its series.
"""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.passages.headings import Heading, Style

__all__ = ["Nesting"]

# A series may miss a number, or have one twice.
_GAP = 2


@dataclass(frozen=True, slots=True)
class _Open:
    style: Style
    number: int


class Nesting:
    """The open headings, outermost first. `place` gives the depth at which the next one opens."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        # The last number of each style at the outermost level.
        self._outermost: dict[Style, int] = {}

    def place(self, heading: Heading) -> int:
        """0 for an outermost heading, else how many headings it lies in."""
        depth = 0 if heading.main else self._depth(heading)
        del self._open[depth:]
        self._open.append(_Open(heading.style, heading.number))
        if depth == 0:
            self._outermost[heading.style] = heading.number
        return depth

    def _depth(self, heading: Heading) -> int:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].style is heading.style:
                return depth
        last = self._outermost.get(heading.style)
        if last is not None and heading.number and 0 < heading.number - last <= _GAP:
            return 0
        # A style not open yet lies below all that rank above it.
        return next((d for d, item in enumerate(self._open) if item.style.rank >= heading.style.rank), len(self._open))
