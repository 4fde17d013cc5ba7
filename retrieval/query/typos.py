"""Words typed by their sound or mistaken by their looks (梁食, 可支佩收入): a noisy channel.

What was meant is a row of words that reports or questions use, each as likely as they use it; what was typed differs
from it in a few characters, and each that differs has its price. Of all rows of words over a text the likeliest is
taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul

from retrieval.lexicon import bigrams, places, sounds, words
from retrieval.lexicon.question_words import cues
from retrieval.lexicon.table import rows
from retrieval.model import Place

__all__ = ["FEATURES", "Edge", "best", "costs", "edges", "respelt", "runs"]


# What a mistyped character costs: one that sounds the same, nearly the same, or looks alike; every further one of a
# word; one that stands in a word as typed; each bit it is more usual than a rare character; a word of two; each pair of
# reports that it forms as typed; each bit the other character of a word of two is more usual than a rare one. And what
# a row of characters that is no word costs, and each of them.
FEATURES = ("same", "near", "look", "again", "known", "usual", "short", "paired", "lean", "unknown", "each")


@cache
def costs() -> tuple[float, ...]:
    """The fitted prices of the features, in bits. Raises LexiconError."""
    read = {name: float(bits) for _, (name, bits) in rows("typo_costs.tsv", ("name", "bits"))}
    return tuple(read[name] for name in FEATURES)


@dataclass(frozen=True, slots=True)
class Edge:
    """A word over a part of a run, its bits, and what was mistyped of it. No word where what was typed is taken for an
    unknown one."""

    start: int
    end: int
    word: str
    bits: float
    features: tuple[float, ...] = ()

    def cost(self, prices: Sequence[float]) -> float:
        """The price of the word and of what was mistyped."""
        return self.bits + sum(map(mul, self.features, prices)) if self.features else self.bits


@cache
def _codes(character: str) -> str:
    """The sounds a typed character may stand for."""
    known = words.load().codes
    heard = {
        sounds.merged(sound) for one in (character, *sounds.looking_like(character)) for sound in sounds.usual(one)
    }
    return "".join(sorted(known[sound] for sound in heard if sound in known))


@cache
def _kind(typed: str, meant: str) -> str:
    """How a typed character came about."""
    if not set(sounds.usual(meant)).isdisjoint(sounds.usual(typed)):
        return "same"
    return "look" if typed in sounds.looking_like(meant) else "near"


def edges(run: str) -> list[Edge]:
    """All words over all parts of a run of Han characters."""
    typed = _Typed.of(run)
    found = list(typed.exact)
    table = words.load()
    codes = [_codes(c) for c in run]
    for start in range(len(run)):
        keys = [""]
        for end in range(start + 1, min(len(run), start + words.LONGEST) + 1):
            keys = [key + code for key in keys for code in codes[end - 1]]
            if end - start in words.BEGINNINGS:
                keys = [key for key in keys if table.begins(key)]
            if not keys:
                break
            for key in keys:
                for word in table.sounding(key):
                    edge = typed.mistyped(start, word, table.bits[word])
                    if edge is not None:
                        found.append(edge)
    return found


# Characters of the longest unknown words.
_NAME = 4
# Where the features of unknown words begin.
_UNKNOWN = FEATURES.index("unknown")
# Bits of a rare character.
_RARE = 16.0


@dataclass(frozen=True, slots=True)
class _Typed:
    """A run as typed: its words, and of each character whether it stands in one, how usual it is and how many pairs of
    reports it forms."""

    run: str
    exact: tuple[Edge, ...]
    standing: tuple[tuple[float, float, float], ...]

    @classmethod
    def of(cls, run: str) -> _Typed:
        known = words.load().bits
        inside = [0.0] * len(run)
        exact: list[Edge] = []
        for start in range(len(run)):
            exact.append(Edge(start, start + 1, run[start], known.get(run[start], words.UNKNOWN)))
            for end in range(start + 2, min(len(run), start + words.LONGEST) + 1):
                bits = known.get(run[start:end])
                if bits is not None:
                    exact.append(Edge(start, end, run[start:end], bits))
                    inside[start:end] = [1.0] * (end - start)
                elif end - start <= _NAME:
                    exact.append(Edge(start, end, "", 0.0, (*[0.0] * _UNKNOWN, 1.0, float(end - start))))
        usual = [max(0.0, _RARE - known.get(c, words.UNKNOWN)) for c in run]
        pairs = [bigrams.share(run[at : at + 2]) > 0 for at in range(len(run) - 1)]
        paired = [float(sum(pairs[max(0, at - 1) : at + 1])) for at in range(len(run))]
        return cls(run, tuple(exact), tuple(zip(inside, usual, paired, strict=True)))

    def mistyped(self, start: int, word: str, bits: float) -> Edge | None:
        """A word that was typed with wrong characters, where no more than half of them are."""
        wrong = [at for at, meant in enumerate(word) if self.run[start + at] != meant]
        if not wrong or len(wrong) * 2 > len(word) or len(wrong) > _WRONG:
            return None
        kinds = [_kind(self.run[start + at], word[at]) for at in wrong]
        inside, usual, paired = (
            sum(values) for values in zip(*(self.standing[start + at] for at in wrong), strict=True)
        )
        short = float(len(word) == len("增长"))
        lean = sum(self.standing[start + at][1] for at in range(len(word)) if at not in wrong) if short else 0.0
        counts = (float(kinds.count("same")), float(kinds.count("near")), float(kinds.count("look")))
        return Edge(
            start, start + len(word), word, bits, (*counts, len(wrong) - 1.0, inside, usual, short, paired, lean)
        )


# So many wrong characters a word may have.
_WRONG = 2


def best(length: int, found: Sequence[Edge], priced: Sequence[float]) -> list[Edge]:
    """The likeliest row of words over a run (Viterbi); `priced` is what each edge found costs."""
    starting: list[list[tuple[Edge, float]]] = [[] for _ in range(length)]
    for edge, own in zip(found, priced, strict=True):
        starting[edge.start].append((edge, own))
    cheapest = [0.0] + [float("inf")] * length
    came: list[Edge | None] = [None] * (length + 1)
    for start in range(length):
        for edge, own in starting[start]:
            cost = cheapest[start] + own
            if cost < cheapest[edge.end]:
                cheapest[edge.end], came[edge.end] = cost, edge
    path: list[Edge] = []
    last = came[length]
    while last is not None:
        path.append(last)
        last = came[last.start]
    return path[::-1]


_HAN = re.compile(r"[一-鿿]{2,}")
# What quotes hold, and what a company is called, is a name.
_NAMED = re.compile(r"“[^“”]*”|《[^《》]*》|[一-鿿]{2}(?=集团|公司)")


def runs(text: str, held: Sequence[Place] = ()) -> Iterator[tuple[int, int]]:
    """Where a text may be mended: its Han characters outside of places and names."""
    kept = [(mention.start, mention.end) for mention in places.mentions(text, held)]
    kept += [match.span() for match in _NAMED.finditer(text)]
    open_text = list(text)
    for start, end in kept:
        open_text[start:end] = " " * (end - start)
    for match in _HAN.finditer("".join(open_text)):
        yield match.span()


def _mended(run: str) -> str:
    """The run as it was meant: mended as long as that makes it likelier."""
    found = edges(run)
    path = best(len(run), found, [edge.cost(costs()) for edge in found])
    meant = "".join(edge.word or run[edge.start : edge.end] for edge in path)
    return meant if meant == run else _mended(meant)


def respelt(text: str, held: Sequence[Place] = ()) -> str:
    """`text` of the same length, with what was typed by sound as it was meant. `held` are places beside the table's."""
    text = _PRIZE.sub("奖", _which(text))
    out = list(text)
    for start, end in runs(text, held):
        out[start:end] = _mended(text[start:end])
    return "".join(out)


# 金奖 and 质量奖 typed 将: no one word tells them.
_PRIZE = re.compile(r"(?<=[一-鿿])将(?=$|[?,。!]|[金银铜]奖|[一二三特]等奖|第[一二三\d])")
_ASKING = frozenset({"quantity", "which", "how", "why", "yesno", "overview"})
_THAT = re.compile(r"那(?=[个些几家位种条座所类])")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _which(text: str) -> str:
    """那个县…? where nothing else asks: 哪个."""
    # A question of its own, not one that points back: 那个GDP呢.
    alone = bool(_YEAR.search(text)) and "呢" not in text
    if not alone or not text.rstrip().endswith("?") or any(cue.kind in _ASKING for cue in cues(text)):
        return text
    return _THAT.sub("哪", text)
