"""The parts of a clause, and those that name years of their own: 2019年产值和2020年目标, 2015年和2020年的浓度."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.model import Measure, Status
from retrieval.query import asks as asking
from retrieval.query.values import Ask, Period

__all__ = ["Clause", "Part", "announced", "by_year", "each_with_its_kind", "each_year"]


@dataclass(slots=True)
class Part:
    """A stretch of a clause between joins: its own words, what it asks for, and years of its own where it names them
    apart from the others; `status` is then theirs."""

    words: str
    asks: list[Ask]
    counted: bool
    periods: tuple[Period, ...] = ()
    status: Status | None = None


@dataclass(slots=True)
class Clause:
    """The parts of a stretch between marks; not `firm` where they are keywords, `dated` where it names years, `opens`
    where a colon ends it, `closed` where 呢 or a question mark does, `marked` where
    the latter."""

    parts: list[Part]
    text: str
    periods: tuple[Period, ...]
    status: Status | None
    firm: bool = True
    dated: bool = False
    opens: bool = False
    closed: bool = False
    marked: bool = False

    @property
    def counted(self) -> bool:
        """Whether a quantity is asked for here."""
        return any(part.counted for part in self.parts)

    @property
    def asked(self) -> bool:
        """Whether any kind of figure is named here."""
        return any(part.asks or part.counted for part in self.parts)


# Units of things that a heading counts: 三项, 几个.
_THINGS = frozenset({"项", "个", "组", "样"})
# 三项指标, 这几个数: a heading that only counts what the list behind it names.
_HEADING = re.compile(
    r"(?:核对)?(?:[这那下以][几些列下面]*)?[\d两二三四五六七八几]*[项个组样](?:\S{0,5}(?:指标|目标|数据|数字|数|内容))?"
)


def announced(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses, where a heading stands before a list (三项增幅目标:A、B、C) its kinds, years and status told of each
    name of the list."""
    found: list[Clause] = []
    heading: Clause | None = None
    for clause in clauses:
        before = found[-1] if found else None
        if heading is None and before is not None and _heads(before, clause):
            heading = found.pop()
        if heading is None or _asks(clause):
            heading = None
            found.append(clause)
            continue
        asks = [ask for part in heading.parts for ask in part.asks]
        asks = list(dict.fromkeys(Ask() if ask.measure is None and ask.unit in _THINGS else ask for ask in asks))
        parts = [replace(part, asks=asks, counted=True) for part in clause.parts if part.words]
        found.append(
            replace(
                clause,
                parts=parts,
                status=clause.status or heading.status,
                periods=clause.periods if clause.dated else heading.periods,
                dated=clause.dated or heading.dated,
            )
        )
    return found


def _heads(clause: Clause, behind: Clause) -> bool:
    """Whether what a clause asks is asked of the names behind it."""
    names = sum(bool(part.words) for part in behind.parts)
    if not names or _asks(behind):
        return False
    words = "".join(part.words for part in clause.parts).replace(" ", "")
    tells = clause.asked or clause.dated or clause.status is not None
    return bool(_HEADING.fullmatch(words) and names >= _SEVERAL) or (clause.opens and (tells or names >= _SEVERAL))


def _asks(clause: Clause) -> bool:
    """Whether a clause asks for something itself: a rate among its names is no question."""
    return clause.counted or any(
        ask.measure is not Measure.SHARE or not part.words for part in clause.parts for ask in part.asks
    )


def by_year(
    parts: Sequence[Part], pieces: Sequence[str], text: str, listed: Sequence[tuple[Period, int]]
) -> list[Part]:
    """The parts of a sentence with the years that stand in each, `listed` with their positions in `text`.

    A year alone (2015年和…) is asked the same as the part behind it, a year with a kind alone (…和2020年目标) the same
    as the part before it.
    """
    if len(pieces) != len(parts):
        return list(parts)
    found: list[Part] = []
    at = 0
    for part, piece in zip(parts, pieces, strict=True):
        start = text.index(piece, at)
        at = start + len(piece)
        own = tuple(period for period, place in listed if start <= place < at)
        found.append(replace(part, periods=own, status=asking.status(piece)) if own else part)
    if sum(bool(part.periods) for part in found) < _SEVERAL:
        return list(parts)
    for number in range(len(found) - 2, -1, -1):
        part, behind = found[number], found[number + 1]
        if part.periods and not part.words and not part.asks and behind.periods:
            found[number] = replace(behind, periods=part.periods)
    for number in range(1, len(found)):
        part, before = found[number], found[number - 1]
        if part.periods and not part.words:
            asks = part.asks or before.asks
            found[number] = replace(part, words=before.words, asks=asks, counted=part.counted or before.counted)
        elif not part.periods:
            found[number] = replace(part, periods=before.periods, status=part.status or before.status)
    return found


# Years that stand in one part only are asked about together.
_SEVERAL = 2


def each_year(
    parts: Sequence[Part], text: str, status: Status | None, listed: Sequence[tuple[Period, int]]
) -> list[Part]:
    """Keywords with several years ask each subject of each year. A kind right behind a year (2019 2020目标) is that
    year's, one that stands apart is that of all."""
    behind = {period: text[place + len(period.surface) :] for period, place in listed}
    own = {
        period: asking.status(rest.split()[0]) if rest.strip() and not rest[0].isspace() else None
        for period, rest in behind.items()
    }
    if not any(own.values()):
        own = dict.fromkeys(own, status)
    found: list[Part] = []
    for part in parts:
        if part.words:
            found += [replace(part, periods=(period,), status=own[period]) for period, _ in listed]
        else:
            found.append(part)
    return found


# So many subjects may have kinds between them.
_SUBJECTS = 2
_AMOUNT_WORD = re.compile(r"总?(?:户数|家数|数量|个数|总数|规模|总量|总额|金额|数额|总值)")


def each_with_its_kind(parts: Sequence[Part], pieces: Sequence[str]) -> list[Part]:
    """Keywords whose kinds stand between the subjects (市场主体 户数 企业 增速): each is asked of the subject right
    before it. Where all kinds stand behind all subjects they are asked of all."""
    told = [bool(_AMOUNT_WORD.fullmatch(piece)) for piece in pieces]
    named = [n for n, part in enumerate(parts) if part.words and not told[n]]
    kind = [told[n] or bool(not part.words and part.asks) for n, part in enumerate(parts)]
    if len(named) < _SUBJECTS or not any(kind[named[0] : named[-1]]):
        return list(parts)
    found: list[Part] = []
    for number, part in enumerate(parts):
        if not kind[number] or not found:
            found.append(part)
            continue
        before = found[-1]
        own = before.asks if before.counted else []
        found[-1] = replace(before, asks=[*own, *(part.asks or [Ask()])], counted=True)
    return found
