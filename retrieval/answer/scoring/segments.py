"""A question read from left to right: what each segment between marks and joins leaves out, those before it tell.

The clause rules of `retrieval.query.slots` know many ways to ask and miss those they do not know. Here nothing is
required of a segment but that it names a thing, a year or a kind of figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.answer.scoring.keywords import unplaced
from retrieval.lexicon import units
from retrieval.lexicon.question_words import cues
from retrieval.model import Status
from retrieval.query import Ask, Period, Query, Slot
from retrieval.query import asks as asking
from retrieval.query.content import content, joined

__all__ = ["by_segment"]

_CLAUSE = re.compile(r"[^,;。?!:]+")
# 户数, 套数: how many of what stands before it.
_COUNTED = re.compile(rf"(?:总)?({units.ASKED})数(?=$|[、,;。?!和与及\s])")
# Words that only stand for a value: 又定了个啥数.
_EMPTY = frozenset({"数", "数据", "数字", "数值", "水平", "情况", "结果", "指标", "目标值", "计划数", "实际数", "值"})
_ASKING = frozenset({"quantity", "which", "growth", "decline", "share", "rank", "streak", "level", "target", "actual"})
# A question has no more segments than this; beyond, it is a text.
_MOST = 12


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a question: the words that name something, the kinds of figures asked for, its own years and its own
    status; the number of its clause; whether a word of it asks."""

    words: str
    asks: tuple[Ask, ...]
    periods: tuple[Period, ...]
    status: Status | None
    clause: int
    asked: bool


def by_segment(query: Query) -> Iterator[tuple[str, tuple[Slot, ...]]]:
    """Readings whose slots are the segments of the question, each asked what its neighbours are asked where it asks
    nothing itself: all of them, or those of clauses alone in which a word asks."""
    segments = list(_segments(query))
    if not 1 < len(segments) <= _MOST:
        return
    first = next((segment.clause for segment in segments if segment.asked or segment.periods), 0)
    begun = [segment for segment in segments if segment.clause >= first]
    asks = {segment.clause for segment in begun if segment.asked}
    yield "segments", _slots(begun, query)
    yield "segments_asked", _slots([segment for segment in begun if segment.clause in asks], query)


def _segments(query: Query) -> Iterator[_Segment]:
    rest = unplaced(query)
    for number, match in enumerate(_CLAUSE.finditer(rest)):
        at = match.start()
        for piece in joined(match[0]):
            start = rest.find(piece, at)
            if start < 0:
                continue
            at = end = start + len(piece)
            inside = [p for p, s in zip(query.periods, query.period_starts, strict=False) if start <= s < end]
            counted = _COUNTED.search(piece)
            asks = asking.asks(piece) or ((Ask(None, units.named(counted[1])),) if counted else ())
            words = content(piece)
            words = "" if words in _EMPTY else words
            status = asking.status(piece)
            if words or asks or inside or status is not None:
                asked = any(cue.kind in _ASKING for cue in cues(piece)) or counted is not None
                yield _Segment(words, asks, tuple(dict.fromkeys(inside)), status, number, asked)


def _slots(segments: Sequence[_Segment], query: Query) -> tuple[Slot, ...]:
    """A slot for each kind of figure that a segment asks for of what it names."""
    out: list[Slot] = []
    # Where the segments tell their own status, or name several years, the question as a whole has none.
    mixed = _dated(segments) or len({s.status for s in segments if s.status is not None}) > 1
    words = query.before if query.follows else ""
    periods = next((segment.periods for segment in segments if segment.periods), query.periods)
    status: Status | None = None
    asks: tuple[Ask, ...] = ()
    for number, segment in enumerate(segments):
        own = segment.asks
        if segment.words and not own:
            # 煤炭、钢铁产量各多少: what is asked of the last of a list is asked of all.
            behind = (s.asks for s in segments[number + 1 :] if s.clause == segment.clause and s.asks)
            own = next(behind, asks)
        if segment.periods:
            periods, status = segment.periods, segment.status
        elif segment.status is not None or not segment.words:
            status = segment.status or status
        words = segment.words or words
        said = status if status is not None or mixed else query.status
        out += [
            Slot(words, "", ask, said, periods, since=query.since, yearly=query.yearly)
            for ask in own or asks[:1] or (Ask(),)
        ]
        asks = own or asks
    return tuple(dict.fromkeys(slot for slot in out if slot.words))


def _dated(segments: Sequence[_Segment]) -> bool:
    """Whether the segments name more than one year."""
    return len({period for segment in segments for period in segment.periods}) > 1
