"""What is said to a user, before it takes a form: parts of lines and quotes, made of runs that know their origin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import quote

__all__ = ["Button", "Cited", "Line", "Mark", "Message", "Origin", "Part", "Quote", "Run", "text_of", "titled", "words"]


class Mark(Enum):
    """How a run stands out."""

    PLAIN = auto()
    STRONG = auto()  # the name of a figure, a heading, the figure inside its quote
    VALUE = auto()  # the figure itself, copied on a tap
    SOURCE = auto()  # where it stands
    COMMAND = auto()  # something to type
    NOTE = auto()  # a remark below the answer


class Origin(Enum):
    """Where the words of a run come from; the digit gate asks for it."""

    PROGRAM = auto()  # this program's own words: no digit may be in them
    QUOTE = auto()  # a slice of citation `of`
    LABEL = auto()  # places, years, headings, names: facts about reports, known to the gate
    COMPUTED = auto()  # derived from quoted figures and marked so
    GIVEN = auto()  # a slice of the text that the user sent to be checked


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of a report's text, half-open, in characters. `address` is that of the web page where it is served to
    whoever reads the message; empty where only the page itself knows."""

    report: str
    start: int
    end: int
    address: str = ""

    @property
    def url(self) -> str:
        """Where the report is shown with this stretch marked."""
        return f"{self.address}/report/{quote(self.report, safe='')}?at={self.start}-{self.end}#at"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `of` is the index of the citation (QUOTE) or computed value (COMPUTED);
    `english` says it in English where the table of lines does not; `at` is the sentence it stands in."""

    text: str
    mark: Mark = Mark.PLAIN
    origin: Origin = Origin.PROGRAM
    of: int = 0
    english: str = ""
    at: Cited | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; an empty one is a gap."""

    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted slice of a report, which stands `at` its place. A long one is folded where the medium can."""

    runs: tuple[Run, ...]
    long: bool = False
    at: Cited | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines and quotes that belong together: messages are split between parts first. `folded` ones are long evidence,
    shut up in one box where the medium can."""

    blocks: tuple[Line | Quote, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A question to ask with one tap, a `command` to run, or (`context`) a passage `report:number` to show the
    neighbours of. What a command says takes the message's place where `inplace`; buttons of one `row` stand
    beside each other, those of row -1 alone."""

    label: str
    question: str = ""
    context: str = ""
    command: str = ""
    inplace: bool = False
    row: int = -1

    @property
    def typed(self) -> str:
        """What typing would do the same."""
        return self.question or self.command


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say, with the buttons below it."""

    parts: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()


def words(*lines: str, mark: Mark = Mark.PLAIN) -> Message:
    """A message of this program's own lines about itself, not about what reports say."""
    return Message((Part(tuple(Line((Run(line, mark, Origin.LABEL),) if line else ()) for line in lines)),))


def titled(title: str, *lines: str) -> Message:
    """The same below a title."""
    (below,) = words(*lines).parts
    return Message((Part((Line((Run(title, Mark.STRONG, Origin.LABEL),)), *below.blocks)),))


def text_of(block: Line | Quote) -> str:
    """A block's bare text."""
    return "".join(run.text for run in block.runs)
