"""Named quantities of a sentence to Figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from retrieval.figures import when
from retrieval.figures.meaning import measure, qualifier
from retrieval.figures.named import Named
from retrieval.figures.numbers import scale
from retrieval.figures.sections import Setting
from retrieval.figures.standing import Expectation, expectations, status
from retrieval.figures.timing import Event
from retrieval.figures.values import Quantity
from retrieval.figures.when import Told
from retrieval.lexicon import indicators
from retrieval.model import Figure, Measure, Span, Status
from retrieval.text import View

__all__ = ["Sentence", "build"]

_CLAUSE = 400  # characters before a quantity in which its clause is sought
_STOPS = re.compile(r"[,;。:]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `offset` of a passage's view, with the times it names and what holds for it."""

    seen: View
    source: str
    offset: int
    text: str
    times: Sequence[Event]
    setting: Setting

    def span(self, start: int, end: int) -> Span:
        """The source's span of positions in the sentence."""
        return self.seen.span(self.offset + start, self.offset + end)


def build(sentence: Sentence, named: Sequence[Named], earlier: int) -> Iterator[Figure]:
    """Figures of a sentence's named quantities; `earlier` of the passage stand before them."""
    hopes = expectations(sentence.text)
    streak: Named | None = None
    made = earlier
    parent: int | None = None
    group = -1
    for one in named:
        what, direction = measure(one)
        held, known = _held(sentence, one, what, hopes)
        period = when.period(one, what, known, held, sentence.setting)
        if streak is not None and what is Measure.GROWTH and one.start <= streak.quantity.start and len(period) == 4:
            period = f"{int(period) - int(streak.quantity.value or 1) + 1}-{period}"
        streak = one if _is_streak(one.quantity) else None
        if not one.sub:
            parent = None if one.group != group else parent
        elif made > earlier and (parent is None or one.group != group):
            parent = made - 1
        group = one.group
        for name in (one.name, *one.copies):
            made += 1
            yield _figure(
                sentence,
                one,
                measured=(what, direction),
                held=held,
                period=period,
                base=known.base,
                parent=parent if one.sub else None,
                name=name,
            )


def _is_streak(quantity: Quantity) -> bool:
    return quantity.measure is Measure.STREAK and quantity.unit == "年" and quantity.qualifier == "连续"


def _held(sentence: Sentence, one: Named, what: Measure, hopes: Sequence[Expectation]) -> tuple[Status, Told]:
    """A figure's standing, and what is told of its time."""
    text, at = sentence.text, one.quantity.start
    window = max(0, at - _CLAUSE)
    clause_at = max((stop.end() for stop in _STOPS.finditer(text, window, at)), default=window)
    known = when.told(text, one, clause_at, sentence.times, sentence.setting)
    if one.near.rstrip().endswith("目标"):
        return Status.TARGET, known
    clause = text[max(window, min(clause_at, one.start)) : at]
    origin = one.role == "from"
    held = status(hopes, at, clause, known.frame, named=known.named, origin=origin, goal=sentence.setting.goal)
    if one.done or (what is Measure.RANK and "巩固" in clause):
        held = Status.ACTUAL
    if sentence.setting.expected and held is Status.ACTUAL:
        held = Status.ESTIMATED
    return held, known


def _figure(
    sentence: Sentence,
    one: Named,
    *,
    measured: tuple[Measure, int],
    held: Status,
    period: str,
    base: int,
    parent: int | None,
    name: str,
) -> Figure:
    quantity = one.quantity
    span = sentence.span(quantity.start, quantity.end)
    factor, base_unit = scale(quantity.unit)
    unit = quantity.unit
    if measured[0] is Measure.RATIO and unit:
        unit = span.of(sentence.source)[-len(unit) :]
    return Figure(
        span=span,
        surface=span.of(sentence.source),
        value=quantity.value,
        unit=unit,
        upper=quantity.upper,
        base_unit=base_unit or unit,
        scaled=quantity.value * factor if isinstance(quantity.value, Decimal) else quantity.value,
        qualifier=qualifier(sentence.text, quantity),
        measure=measured[0],
        direction=measured[1],
        status=held,
        period=period,
        place=sentence.setting.context.place,
        indicator=name,
        indicator_id=_known(name),
        basis=one.basis or (f"比{base}年" if base else ""),
        scope=one.scope,
        wording=span.of(sentence.source) if quantity.value is None else None,
        clause=sentence.span(min(one.start, quantity.start), max(one.end, quantity.end)),
        parent=parent,
        group=one.group,
    )


@lru_cache(8192)
def _known(name: str) -> str | None:
    """The lexicon's indicator a name ends with or holds."""
    found = indicators.mentions(name)
    return found[-1].indicator.id if found else None
