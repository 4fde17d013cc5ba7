"""The readings of a question: the slots it was taken apart into, and what else the same words may ask for.

A reading is proposed without regard to what the reports hold; which one is meant is decided by what they bear out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.model import Measure, Status
from retrieval.query import Ask, Query, Slot
from retrieval.query import asks as asking
from retrieval.query.content import content as naming
from retrieval.query.content import joined

__all__ = ["Reading", "readings"]

# No more slots than this: a question asks for a handful of figures.
_MOST = 6
_RATES = frozenset({"", "%", "个百分点", "成", "倍"})
# The economy is measured by its gross product.
_ECONOMY = re.compile(r"(?:整体|总体|全[市省区州国]的?)?经济(?:总量|规模|体量|总盘子|盘子|大盘|增长|增速|发展|总体)?")
_PRODUCT = "地区生产总值"
_EACH = re.compile(r"各|分别|都是|两个|[二两]者")
_PIECE = re.compile(r"[\s、/]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question: `how` it differs from the first one, and the slots it asks for."""

    how: str
    slots: tuple[Slot, ...]


def readings(query: Query, first: Sequence[Slot]) -> tuple[Reading, ...]:
    """The first reading, then the others, each set of slots once. `first` are the slots as the words suggest them."""
    base = tuple(_surrounded(query, slot) for slot in first[:_MOST])
    found = [Reading("first", base)]
    seen = {base}
    for how, slots in (*_by_clause(query), *_by_year(query, base), *_others(query, base)):
        told = tuple(_surrounded(query, slot) for slot in slots)
        if told and len(told) <= _MOST and told not in seen:
            seen.add(told)
            found.append(Reading(how, told))
    return tuple(found)


def _surrounded(query: Query, slot: Slot) -> Slot:
    """The slot with all other words of the question as its context."""
    words = " ".join(_PRODUCT if _ECONOMY.fullmatch(word) else word for word in slot.words.split())
    slot = replace(slot, words=words)
    around = [*slot.context.split(), *(word for word in query.content.split() if word not in slot.words)]
    return replace(slot, context=" ".join(dict.fromkeys(around)))


def _others(query: Query, base: tuple[Slot, ...]) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    for number, slot in enumerate(base):
        before, after = base[:number], base[number + 1 :]
        if len(base) > 1:
            yield "drop", (*before, *after)
        others = {other.ask.measure for other in base if other.words == slot.words}
        if slot.ask.measure is Measure.GROWTH and not others & {None, Measure.LEVEL}:
            yield "amount_too", (*before, replace(slot, ask=Ask()), slot, *after)
        if slot.ask.measure in (None, Measure.LEVEL) and Measure.GROWTH not in others:
            growth = replace(slot, ask=Ask(Measure.GROWTH))
            yield "growth_too", (*before, slot, growth, *after)
            if slot.ask.unit in _RATES:
                yield "growth", (*before, growth, *after)
        if slot.ask != Ask() and slot.ask.measure is not None and not slot.ask.end:
            yield "open", (*before, replace(slot, ask=Ask(None, slot.ask.unit)), *after)
        if not slot.ask.end and (slot.ask.measure is None or slot.ask.measure in (Measure.LEVEL, Measure.SHARE)):
            ends = [replace(slot, ask=replace(slot.ask, measure=Measure.LEVEL, end=end)) for end in ("from", "to")]
            yield "both_ends", (*before, *ends, *after)
        pieces = _pieces(slot.words)
        if 1 < len(pieces) <= 4:
            yield "split", (*before, *(replace(slot, words=piece) for piece in pieces), *after)
        if len(base) < _MOST and _EACH.search(query.text):
            yield "twice", (*before, slot, slot, *after)
        if number and slot.words != base[number - 1].words:
            one = base[number - 1]
            yield "same_subject", (*before, replace(slot, words=one.words), *after)
            if one.ask == slot.ask:
                yield "merge", (*base[: number - 1], replace(slot, words=f"{one.words} {slot.words}"), *after)
    statuses = {slot.status for slot in base}
    for status in (None, Status.TARGET, Status.ACTUAL):
        if statuses != {status}:
            yield f"status_{status.value if status else 'open'}", tuple(replace(s, status=status) for s in base)
    if len(base) > 1 and statuses == {None}:
        yield "then_target", (*base[:-1], replace(base[-1], status=Status.TARGET))


def _by_clause(query: Query) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """One slot for each quantity asked for, clause by clause, and one for each name of a list: whatever the words."""
    whole: list[Slot] = []
    listed: list[Slot] = []
    last = ""
    for start, end in _clauses(query):
        clause = query.rest[start:end]
        asked = asking.asks(clause)
        words = naming(clause) or last
        last = words
        if not asked:
            continue
        inside = [p for p, at in zip(query.periods, query.period_starts, strict=False) if start <= at < end]
        status = asking.status(clause) or query.status
        slots = [
            Slot(words, "", ask, status, tuple(inside) or query.periods, since=query.since, yearly=query.yearly)
            for ask in asked
        ]
        whole += slots
        pieces = [piece for piece in map(naming, joined(clause)) if piece]
        several = len(pieces) > 1 and len(slots) == 1
        listed += [replace(slots[0], words=piece) for piece in pieces] if several else slots
    yield "by_clause", tuple(whole)
    yield "by_piece", tuple(listed)


def _clauses(query: Query) -> list[tuple[int, int]]:
    """Where the clauses of the question stand in its text, places left out."""
    return [match.span() for match in _CLAUSE.finditer(query.rest)]


def _by_year(query: Query, base: tuple[Slot, ...]) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """Each slot asked of each of several years; of a first and a last year where a change began and ended."""
    several = [slot for slot in base if 1 < len({p for p in slot.periods if not p.relative}) <= _YEARS]
    if not several:
        return
    out: list[Slot] = []
    for slot in base:
        years = sorted({p for p in slot.periods if not p.relative}, key=lambda p: (p.first, p.last))
        if slot.ask.measure is Measure.GROWTH or len(years) < 2:
            out.append(slot)
            continue
        out += [replace(slot, periods=(year,)) for year in years]
    yield "each_year", tuple(out)


# Years beyond so many are a series.
_YEARS = 3
_CLAUSE = re.compile(r"[^,;。?!:]+")


def _pieces(words: str) -> list[str]:
    """The names a run of words may list."""
    found = [piece for word in _PIECE.split(words) for piece in joined(word)]
    return [piece for piece in found if len(piece) > 1]
