"""The readings of a question: the slots it was taken apart into, and what else the same words may ask for.

A reading is proposed without regard to what the reports hold; which one is meant is decided by what they bear out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.answer.scoring.keywords import keyword_slots, strung, unplaced
from retrieval.answer.scoring.segments import by_segment
from retrieval.lexicon import indicators
from retrieval.lexicon.question_words import cues
from retrieval.model import Measure, Status
from retrieval.query import Ask, Query, Slot, urban_rural
from retrieval.query import asks as asking
from retrieval.query.content import content as naming
from retrieval.query.content import joined

__all__ = ["LICENSED", "Reading", "readings"]

# Readings that the question's own form suggests: weighed with the first one, however sure that is.
LICENSED = frozenset({"by_word", "carried", "named"})

# No more slots than this: a question asks for a handful of figures.
_MOST = 8
# A run of more names than this is no list of what is asked.
_LISTED = 4
_RATES = frozenset({"", "%", "个百分点", "成", "倍"})
# The economy is measured by its gross product.
_ECONOMY = re.compile(r"(?:整体|总体|全[市省区州国]的?)?经济(?:总量|规模|体量|总盘子|盘子|大盘|增长|增速|发展|总体)?")
_PRODUCT, _GROWTH = "地区生产总值", "经济增长"
_EACH = re.compile(r"各|分别|都是|两个|[二两]者|哪些|哪几|每个")
# Words that ask for both ends of a change, and for a change at all.
_ENDS = re.compile(r"(?:从|由|原来|原先|以前|之前|起初|前).*(?:到|至|成|为|现在|如今|后)")
_CHANGE = re.compile(r"[增涨升降跌减缩扩快慢变多少]|幅|率|同比|比上|比前|比去")
# Words that may ask for a plan.
_AHEAD = frozenset({"target", "outlook"})
_PIECE = re.compile(r"[\s、/]+")
_TWO = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question: `how` it differs from the first one, and the slots it asks for. `lost` counts
    the kinds of figures the first one asks for in so many words and this one does not, `gained` those only this one
    asks for; `unsaid` the slots of the first whose words this one leaves out."""

    how: str
    slots: tuple[Slot, ...]
    lost: int = 0
    gained: int = 0
    unsaid: int = 0


def readings(query: Query, first: Sequence[Slot]) -> tuple[Reading, ...]:
    """The first reading, then the others, each set of slots once. `first` are the slots as the words suggest them."""
    base = tuple(_surrounded(query, slot) for slot in first[:_MOST])
    # Names strung together are all asked of one year: 2002年 2007年目标 is read from the clauses alone.
    alike = strung(query) and len({(slot.periods, slot.status) for slot in base}) == 1
    ways = ({"amounts": True}, {"amounts": True, "joined": True}, {"amounts": False}) if alike else ()
    by_word = [("by_word", keyword_slots(query, **way)) for way in ways]
    together: list[tuple[str, tuple[Slot, ...]]] = []
    if len(base) == 1 and by_word and len(by_word[0][1]) == _TWO:
        # 口岸过货量 铜精粉 多少吨: two names are two figures rather than one; of more, some only narrow the others.
        together, base = [("joined", base)], tuple(_surrounded(query, slot) for slot in by_word[0][1])
    found = [Reading("first", base)]
    seen = {base}
    others = (
        *_as_said(first),
        *_carried(base, query),
        *_by_clause(query),
        *by_word,
        *together,
        *by_segment(query),
        *_by_year(base),
        *_others(base, query),
    )
    for how, slots in others:
        told = tuple(_surrounded(query, slot, said=how == "as_said") for slot in slots)
        if told and len(told) <= _MOST and told not in seen:
            seen.add(told)
            found.append(_compared(how, told, base))
    return tuple(found)


def _compared(how: str, slots: tuple[Slot, ...], first: tuple[Slot, ...]) -> Reading:
    """A reading with what it asks for more and less than the first."""
    own, others = _asked(slots), _asked(first)
    said = {word for slot in slots for word in slot.words.split()}
    unsaid = sum(bool(slot.words) and not said & set(slot.words.split()) for slot in first)
    return Reading(how, slots, (others - own).total(), (own - others).total(), unsaid)


def _asked(slots: Sequence[Slot]) -> Counter[tuple[Measure | None, str]]:
    """The kinds of figures that slots name."""
    return Counter((s.ask.measure, s.ask.unit) for s in slots if s.ask.measure is not None or s.ask.unit)


def _as_said(first: Sequence[Slot]) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """经济增长 as some reports write it, not as the gross product it mostly stands for."""
    if any(_ECONOMY.fullmatch(word) for slot in first for word in slot.words.split()):
        yield (
            "as_said",
            tuple(
                replace(slot, words=" ".join(_GROWTH if _ECONOMY.fullmatch(w) else w for w in slot.words.split()))
                for slot in first
            ),
        )


def _carried(base: tuple[Slot, ...], query: Query) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """Each slot asked of what the question before was about: 那2023年要求稳定在什么水平."""
    if not query.before:
        return
    if all(slot.words == query.before for slot in base):
        # 次年的计划数呢 after 重大项目完成投资: what is taken over, as the report calls it.
        yield from _by_name(base, query)
        return
    dated = bool(query.periods) and "period" not in query.carried
    planned = query.status is not None and "status" not in query.carried
    if not (dated or planned or asking.asks(query.rest)) or indicators.mentions(query.content):
        # 人均寿命, 居民收入增长多少: a name is asked about itself.
        return
    slots = tuple(replace(slot, words=query.before, context=slot.words) for slot in base)
    yield "carried", tuple(dict.fromkeys(slots))
    if measured := _measured(slots, query):
        yield "carried", measured
    pieces = _pieces(query.before)
    if 1 < len(pieces) <= _LISTED and len(base) == 1:
        yield "carried_each", tuple(replace(base[0], words=piece, context=base[0].words) for piece in pieces)
    if slots[0].status is None and query.periods:
        yield "carried_target", tuple(dict.fromkeys(replace(slot, status=Status.TARGET) for slot in slots))
    yield from _by_name(base, query)


def _by_name(base: tuple[Slot, ...], query: Query) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """Each slot asked of what the figures answered before were of, as the report calls it: people's own words
    (想再拉回来多少) need not be understood twice."""
    named = tuple(dict.fromkeys(replace(slot, words=name.lower()) for name in query.named_before for slot in base))
    if named:
        yield "named", named
    if measured := _measured(named, query):
        yield "named", measured
    if len(query.named_before) > 1:
        yield "named_first", tuple(dict.fromkeys(replace(slot, words=query.named_before[0].lower()) for slot in base))


def _measured(slots: tuple[Slot, ...], query: Query) -> tuple[Slot, ...]:
    """The slots with the kind of figure that the question before asked for, where they ask for none: 打算再改多少 after
    多少万平方米. Empty where that changes nothing."""
    if len(query.asked_before) != 1 or query.asked_before == (Ask(),):
        return ()
    (ask,) = query.asked_before
    told = (replace(s, ask=ask, likely=query.unit_before) if s.ask == Ask() else s for s in slots)
    measured = tuple(dict.fromkeys(told))
    return measured if measured != slots else ()


def _surrounded(query: Query, slot: Slot, *, said: bool = False) -> Slot:
    """The slot with all other words of the question as its context."""
    if slot.words != _GROWTH or not said:
        words = " ".join(_PRODUCT if _ECONOMY.fullmatch(word) else word for word in slot.words.split())
        slot = replace(slot, words=words)
    around = [*slot.context.split(), *(word for word in query.content.split() if word not in slot.words)]
    return replace(slot, context=" ".join(dict.fromkeys(around)))


def _others(base: tuple[Slot, ...], query: Query) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """Readings in which one slot is another, or one more or less, or all have another status."""
    text = query.text
    each, ends, change = (bool(words.search(text)) for words in (_EACH, _ENDS, _CHANGE))
    for number, slot in enumerate(base):
        before, after = base[:number], base[number + 1 :]
        if len(base) > 1:
            yield "drop", (*before, *after)
        for how, slots in _kinds(slot, base, change=change, listed=strung(query)):
            yield how, (*before, *slots, *after)
        if halves := urban_rural(slot.words):
            yield "urban_rural", (*before, *(replace(slot, words=half) for half in halves), *after)
        if ends and not slot.ask.end and slot.ask.measure in (None, Measure.LEVEL, Measure.SHARE, Measure.GROWTH):
            both = [replace(slot, ask=replace(slot.ask, measure=Measure.LEVEL, end=end)) for end in ("from", "to")]
            yield "both_ends", (*before, *both, *after)
        pieces = _pieces(slot.words)
        if 1 < len(pieces) <= _LISTED:
            yield "split", (*before, *(replace(slot, words=piece) for piece in pieces), *after)
        if each and len(base) < _MOST:
            yield "twice", (*before, slot, slot, *after)
        if number and slot.words != base[number - 1].words:
            one = base[number - 1]
            yield "same_subject", (*before, replace(slot, words=one.words), *after)
            if one.ask == slot.ask:
                yield "merge", (*base[: number - 1], replace(slot, words=f"{one.words} {slot.words}"), *after)
    if len(base) == 1 and (each or base[0].many):
        yield "one" if base[0].many else "members", (replace(base[0], many=not base[0].many),)
    if len(base) > 1 and all(slot.status is Status.TARGET for slot in base) and base[0].periods != base[-1].periods:
        # 2024年GDP和2025年目标: only the last is a plan.
        yield "last_target", (*(replace(slot, status=None) for slot in base[:-1]), base[-1])
    if not asking.planned(query.rest) and "status" not in query.carried:
        ahead = any(cue.kind in _AHEAD for cue in cues(query.rest))
        yield from ((how, slots) for how, slots in _statuses(base) if ahead or "target" not in how)


def _kinds(slot: Slot, base: Sequence[Slot], *, change: bool, listed: bool) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """The slot asked for another kind of figure, or for one more: its amount beside its growth."""
    others = {other.ask.measure for other in base if other.words == slot.words}
    if slot.ask.measure is Measure.GROWTH and not others & {None, Measure.LEVEL}:
        yield "amount_too", (replace(slot, ask=Ask()), slot)
    if change and slot.ask.measure in (None, Measure.LEVEL) and Measure.GROWTH not in others:
        growth = replace(slot, ask=Ask(Measure.GROWTH))
        yield "growth_too", (slot, growth)
        if slot.ask.unit in _RATES:
            yield "growth", (growth,)
    if slot.ask.measure is Measure.RANK and listed and not others & {None, Measure.LEVEL}:
        yield "rank_too", (replace(slot, ask=Ask()), slot)
    # A growth that is asked for is never told in an amount.
    if slot.ask.measure not in (None, Measure.GROWTH) and not slot.ask.end:
        yield "open", (replace(slot, ask=Ask(None, slot.ask.unit)),)


def _statuses(base: tuple[Slot, ...]) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """All slots asked for results, for targets, or for either; the last one for a target behind results."""
    statuses = {slot.status for slot in base}
    for status in (None, Status.TARGET, Status.ACTUAL):
        if statuses != {status}:
            yield f"status_{status.value if status else 'open'}", tuple(replace(s, status=status) for s in base)
    if len(base) > 1 and statuses == {None}:
        yield "then_target", (*base[:-1], replace(base[-1], status=Status.TARGET))


def _by_clause(query: Query) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """One slot for each quantity asked for, clause by clause; and one for each name of a list: whatever the words."""
    whole: list[Slot] = []
    listed: list[Slot] = []
    # What the first clause of a follow-up leaves out is what the question before was about.
    last = query.before if "place" in query.carried else ""
    announced: tuple[Ask, ...] = ()
    rest = unplaced(query)
    for start, end in (match.span() for match in _CLAUSE.finditer(rest)):
        clause = rest[start:end]
        asked = asking.asks(clause)
        inside = [p for p, at in zip(query.periods, query.period_starts, strict=False) if start <= at < end]
        bare = Slot(
            naming(clause) or last,
            status=asking.status(clause) or query.status,
            periods=tuple(inside) or query.periods,
            since=query.since,
            yearly=query.yearly,
        )
        pieces = list(_with_asks(clause, last))
        if asked:
            whole += [replace(bare, ask=ask) for ask in asked]
            listed += [replace(bare, words=words, ask=ask) for words, ask in pieces]
        elif announced and len(pieces) > 1:
            # 三个增幅:A、B、C: what is asked of each stands before the list.
            whole = whole[: -len(announced)]
            listed = [slot for slot in listed if slot.ask not in announced]
            behind = [replace(bare, words=words, ask=announced[0]) for words, _ in pieces]
            whole, listed = [*whole, *behind], [*listed, *behind]
        announced = asked if rest[end : end + 1] == ":" else ()
        last = bare.words
    yield "by_clause", tuple(whole)
    yield "by_piece", tuple(listed)


def _with_asks(clause: str, last: str) -> Iterator[tuple[str, Ask]]:
    """The names a clause lists with what is asked of each: the last quantity word is that of all names before it,
    a kind without a name (增幅) is asked of the name before it."""
    pieces = [(naming(piece), asking.asks(piece)) for piece in joined(clause)]
    final = next((asks[-1] for words, asks in reversed(pieces) if words and asks), Ask())
    for words, asks in pieces:
        if not words and not asks:
            continue
        last = words or last
        for ask in asks or (final,):
            yield last, ask


def _by_year(base: tuple[Slot, ...]) -> Iterator[tuple[str, tuple[Slot, ...]]]:
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
