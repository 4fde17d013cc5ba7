"""What a question was understood to ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.model import Measure, Place, Status

__all__ = ["LATEST", "Ask", "Form", "Period", "Query", "Slot"]

# What is found of a question is asked for again while it is answered: it is kept of so many questions.
LATEST = 8


class Form(StrEnum):
    """Shape of the answer that is asked for."""

    FIGURE = "figure"
    PASSAGE = "passage"
    LIST = "list"
    YESNO = "yesno"
    OVERVIEW = "overview"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of years. `relative` keeps the word (去年, 今年, 五年来) of one that needs a report to be counted from;
    its years are then 0 until resolved, or a number of years back (negative) or ahead."""

    first: int
    last: int
    surface: str = ""
    relative: str = ""
    years: int = 0

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Ask:
    """One kind of figure asked for: its measure where the words tell, the unit named in 多少万吨, up or down.

    `end` is `from` or `to` where both ends of a change are asked for (由多少提高到多少).
    """

    measure: Measure | None = None
    unit: str = ""
    direction: int = 0
    end: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One figure asked for: `words` name it, `context` are the question's other words.

    A slot that is not `firm` stands for a keyword that may only narrow its neighbours (安全生产 事故起数). `many` asks
    for a figure of each member of a group (各开发区). `since` tells that years are compared with or
    summed up, `yearly` that the whole of one year is meant, `likely` in what unit the question before was answered;
    `given` are the numbers the question names itself, which are none it asks for; `done` tells that what is asked
    about has been done (种了多少亩树); what is `beside` the slot behind it is told after that one's figure.
    """

    words: str
    context: str = ""
    ask: Ask = Ask()
    status: Status | None = None
    periods: tuple[Period, ...] = ()
    firm: bool = True
    many: bool = False
    since: bool = False
    yearly: bool = False
    likely: str = ""
    given: tuple[str, ...] = ()
    done: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood, before it meets the store.

    `places` holds, for each place named, its candidates (朝阳 has several). `report_year` is a report asked for by
    name; `periods` the years asked about. `content` is the question without place, period and question words,
    `context` the words a follow-up takes over from the question before it. `asks` are the kinds of figures asked for,
    in order, and `several` tells that more than one thing is asked (各, 分别, a list). `carried` names what was taken
    over, so that the user can be told. `rest` is the text with its period words blanked, of the same length;
    `place_spans` are where in it the places are named and `period_starts` where the periods were. `glosses` are other
    translations of an English question's words. `before` are the words of the question before, where this one may go on
    with them, `periods_before` its years, `asked_before` its kinds of figures, `unit_before` the unit it was answered
    in, `named_before` and `stated_before` what its figures were of and how they stand in the report. `otherwise` is
    another reading, for where the first finds nothing; `mended` tells that what was typed by sound is read as it was
    meant.
    """

    question: str
    text: str
    form: Form
    places: tuple[tuple[Place, ...], ...] = ()
    place_words: tuple[str, ...] = ()
    report_year: int | None = None
    periods: tuple[Period, ...] = ()
    status: Status | None = None
    asks: tuple[Ask, ...] = ()
    several: bool = False
    content: str = ""
    context: str = ""
    carried: tuple[str, ...] = ()
    chat: str = ""
    follows: bool = False
    rest: str = ""
    place_spans: tuple[tuple[int, int], ...] = ()
    period_starts: tuple[int, ...] = ()
    glosses: tuple[tuple[str, str], ...] = ()
    since: bool = False
    yearly: bool = False
    likely: str = ""
    before: str = ""
    periods_before: tuple[Period, ...] = ()
    asked_before: tuple[Ask, ...] = ()
    unit_before: str = ""
    named_before: tuple[str, ...] = ()
    stated_before: tuple[str, ...] = ()
    mended: bool = False
    otherwise: Query | None = None
