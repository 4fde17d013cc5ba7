"""What the naming of a sentence's quantities hands on: names given, and the state that later names draw on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.figures.cues import Lead
from retrieval.figures.values import Quantity
from retrieval.lexicon.units import counts
from retrieval.model import Measure

__all__ = ["EMPTY", "PIECES", "Named", "Spot", "State", "counted"]

EMPTY = Lead(0, "")
PIECES = 12  # clauses before a quantity that are looked at


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with its name and the clause it was read from: half-open positions in the sentence, `near` the words
    right before it. `copies` are further names the same quantity holds for (均, 各); `right` the noun behind it;
    `stock`: it is what there is by now, and not what a stretch of time added."""

    quantity: Quantity
    name: str
    near: str
    lead: Lead
    start: int
    end: int
    role: str = ""
    detail: str = ""
    basis: str = ""
    scope: str = ""
    group: int = 0
    sub: bool = False
    copies: tuple[str, ...] = ()
    sign: int = 0
    right: str = ""
    done: bool = False
    dropped: bool = False
    stock: bool = False


@dataclass(slots=True)
class State:
    """What a sentence has told so far. `items` are the names of its last list, `pending` those still to be dealt;
    `told` is the last name of each unit."""

    subject: str = ""
    at: int = 0
    verb: str = ""
    noun: str = ""
    suffix: str = ""
    near: str = ""
    right: bool = False
    governed: bool = False
    lead: Lead = EMPTY
    role: str = ""
    detail: str = ""
    basis: str = ""
    scope: str = ""
    sign: int = 0
    pending: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    group: int = 0
    stock: bool = False
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A quantity where it stands: `pieces` are the clauses since the one before it, the last cut to `near`."""

    text: str
    found: Sequence[Quantity]
    number: int
    pieces: Sequence[tuple[int, str]]
    near_at: int
    near: str
    joined: bool
    before: str

    @property
    def quantity(self) -> Quantity:
        """The quantity to be named."""
        return self.found[self.number]

    @property
    def following(self) -> int:
        """Where the next quantity begins."""
        return self.found[self.number + 1].start if self.number + 1 < len(self.found) else len(self.text)

    def later(self, at: int) -> int:
        """Where the first quantity behind `at` begins."""
        return next((one.start for one in self.found[self.number + 1 :] if one.start >= at), len(self.text))


def counted(quantity: Quantity) -> bool:
    """Whether a quantity counts things, so that the noun behind it tells which."""
    if quantity.measure is Measure.SHARE:
        return True
    return quantity.measure is None and (counts(quantity.unit) or quantity.unit == "%")
