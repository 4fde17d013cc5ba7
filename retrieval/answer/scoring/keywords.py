"""Questions strung together from keywords: 舟山 2013 港口货物吞吐量 增速."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.lexicon import indicators, units
from retrieval.lexicon.question_words import cues
from retrieval.model import Measure, Status
from retrieval.query import Ask, Period, Query, Slot
from retrieval.query import asks as asking
from retrieval.query.content import content
from retrieval.query.wording import SENTENCE_IN_LATIN

__all__ = ["keyword_slots", "strung", "unplaced"]

# So many words strung together are a list of keywords; a sentence has marks between its clauses.
_STRUNG = 2
_PUNCTUATED = re.compile(r"[,;。?!]")
# Words that ask for the amount of what stands before them.
_AMOUNTS = frozenset({"累计", "总额", "总量", "规模", "金额", "数额", "完成数", "完成额", "绝对数", "总数"})
# Kinds of figures that people name behind an indicator when they want its amount as well.
_BESIDE_AMOUNT = frozenset({Measure.GROWTH, Measure.RANK})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A keyword: its `words` without question words, the kinds it asks for, its own years and whether it is a plan;
    `asked` tells that it asks how many or which place (第几)."""

    words: str
    asks: tuple[Ask, ...]
    periods: tuple[Period, ...]
    status: Status | None
    asked: bool


@dataclass(slots=True)
class _Named:
    """A name with the pieces behind it that ask for a kind of figure of it, `shared` with other names before them;
    `owned` where a name before it tells whose it is."""

    piece: _Piece
    kinds: list[_Piece]
    shared: bool = False
    owned: bool = False


def strung(query: Query) -> bool:
    """Whether a question is names strung together with spaces, whatever is asked of them."""
    if SENTENCE_IN_LATIN.search(query.question):
        return False
    spaced = min(len(unplaced(query).split()), len(query.text.split()))
    return spaced >= _STRUNG and not _PUNCTUATED.search(query.text)


def unplaced(query: Query) -> str:
    """The question without its years and places, these left blank."""
    text = list(query.rest)
    for start, end in query.place_spans:
        text[start:end] = " " * (end - start)
    return "".join(text)


def keyword_slots(query: Query, *, amounts: bool, joined: bool = False) -> tuple[Slot, ...]:
    """The slots of a question of keywords: each name with the kinds of figures behind it.

    With `amounts`, a name that a single growth or rank stands behind is asked for its amount as well: of
    港口货物吞吐量 增速 there are two figures. With `joined`, a name that is no indicator tells whose the next one is
    (会展业 综合收入 增速); no slots where that makes none of those.
    """
    named = _grouped(list(_pieces(query)), joined=joined)
    if joined and not any(name.owned and _lone(name) for name in named):
        return ()
    bare = Slot("", status=query.status, periods=query.periods, since=query.since, yearly=query.yearly)
    out: list[Slot] = []
    for name in named:
        own = replace(
            bare,
            words=name.piece.words,
            periods=name.piece.periods or _undated(query, named),
            status=name.piece.status or query.status,
        )
        asked = [replace(own, ask=ask) for ask in name.piece.asks]
        asked += [
            replace(own, ask=ask, periods=kind.periods or own.periods, status=kind.status or own.status)
            for kind in name.kinds
            for ask in kind.asks
        ]
        if not asked or (amounts and _lone(name)):
            asked = [replace(own, beside=bool(asked)), *asked]
        out += asked
    return tuple(dict.fromkeys(out))


def _lone(name: _Named) -> bool:
    """Whether all that is asked of a name is one kind that people name beside an amount."""
    asks = [ask for kind in name.kinds for ask in kind.asks if not kind.asked]
    return (
        len(name.kinds) == 1
        and not name.shared
        and not name.piece.asks
        and len(asks) == 1
        and asks[0].measure in _BESIDE_AMOUNT
    )


def _undated(query: Query, named: Sequence[_Named]) -> tuple[Period, ...]:
    """The years of the question that are no keyword's own."""
    own = {period for name in named for piece in (name.piece, *name.kinds) for period in piece.periods}
    return tuple(period for period in query.periods if period not in own) or query.periods


def _grouped(pieces: Sequence[_Piece], *, joined: bool) -> list[_Named]:
    """Each name with the kinds behind it; a kind behind several names that nothing is asked of yet is asked of each."""
    named: list[_Named] = []
    waiting: list[_Named] = []
    for piece in pieces:
        last = waiting[-1] if joined and waiting else None
        if last and piece.words and not last.owned and not indicators.mentions(last.piece.words):
            words = f"{last.piece.words} {piece.words}"
            last.piece, last.owned = replace(piece, words=words, periods=piece.periods or last.piece.periods), True
            waiting = [] if piece.asks else waiting
        elif piece.words:
            waiting = [] if piece.asks else waiting
            named.append(_Named(piece, []))
            if not piece.asks:
                waiting.append(named[-1])
        elif piece.asks:
            for name in waiting or named[-1:]:
                name.kinds.append(piece)
                name.shared = len(waiting) > 1
            waiting = []
    return named


def _pieces(query: Query) -> Iterator[_Piece]:
    """The keywords of a question in their order."""
    ends = {
        start + len(period.surface): period
        for period, start in zip(query.periods, query.period_starts, strict=False)
        if not query.text[start + len(period.surface) : start + len(period.surface) + 1].isspace()
    }
    for match in re.finditer(r"\S+", unplaced(query)):
        text = match[0]
        dated = ends.get(match.start())
        unit = units.bare(text.strip("()")) in units.known()
        asked = asking.asks(text) or ((Ask(unit=text.strip("()")),) if unit else ())
        words = "" if unit or text in _AMOUNTS else content(text)
        if text in _AMOUNTS:
            asked = (Ask(Measure.LEVEL),)
        how_many = any(cue.kind == "quantity" for cue in cues(text))
        status = asking.status(text) if dated else None
        yield _Piece(words, asked, (dated,) if dated else (), status, how_many)
