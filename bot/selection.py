"""A small part of the panel asked for in a chat: places, years and indicators in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.wording import Words, words_of
from retrieval.answer.across.groups import members
from retrieval.answer.across.panel import HEADLINE
from retrieval.lexicon import indicators, places
from retrieval.query import parse
from retrieval.query.across import across

if TYPE_CHECKING:
    from retrieval.engine import Engine, ReportRow

__all__ = ["MOST", "Selection", "selection"]

# Reports that are read for one table at the most: some seconds, which other people wait for.
MOST = 64
# Years shown where none is named.
_RECENT = 5


@dataclass(frozen=True, slots=True)
class Selection:
    """Reports to read, years to tell of, ids of indicators, and what it is called."""

    rows: tuple[ReportRow, ...]
    years: range
    asked: tuple[str, ...]
    title: str


def selection(text: str, engine: Engine) -> Selection | None:
    """What `text` selects; None where it is a question, or names no place. Raises BadQuestion."""
    words = words_of(text, held=engine.unlisted)
    asked = _indicators(words.names)
    if asked is None or words.bound or not (words.places or words.group):
        return None
    if not asked and not words.years:
        return None  # a place alone
    if len(words.places) == len(words.years) == len(asked) == 1 and not words.group:
        return None  # 辽阳2023年粮食产量: one figure is asked for, and its answer is the table
    meant = _places(words, engine)
    own = [row for row in engine.reports() if row.place in meant]
    last = max((row.year for row in own), default=0)
    first, last = (min(words.years), max(words.years)) if words.years else (last - _RECENT, last)
    told = range(first, last + 1)
    # The year's own report has its targets, the next one's its results.
    rows = tuple(row for row in own if row.year in told or row.year - 1 in told)
    named = "、".join(words.names) or "主要指标"
    where = "、".join(words.places) + words.group
    return Selection(rows, told, asked or HEADLINE, f"{where}{named}")


def _indicators(names: Sequence[str]) -> tuple[str, ...] | None:
    """The ids of the indicators that words are names of; None where one is more than a name."""
    found: list[str] = []
    for name in names:
        whole = [m.indicator.id for m in indicators.mentions(name) if (m.start, m.end) == (0, len(name))]
        if not whole:
            return None
        found += whole
    return tuple(dict.fromkeys(found))


def _places(words: Words, engine: Engine) -> frozenset[str]:
    """Full names of the places meant: those of a group inside the place named, where both are."""
    if words.group:
        within = "".join(words.places[:1])
        asked = across(parse(f"{within}{words.group}GDP排名"))
        group = asked.group if asked else None
        return frozenset(one.name for one in members(group, engine.library)) if group else frozenset()
    stored = {row.place for row in engine.reports()}
    held = {name: unit.name for unit in engine.unlisted for name in places.names_of(unit)}
    named = ([held.get(word, ""), *(unit.name for unit in places.by_name(word))] for word in words.places)
    return frozenset(next((name for name in units if name in stored), "") for units in named)
