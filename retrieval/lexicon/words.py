"""Words and phrases of reports and questions: how unlikely each is, and which sound alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from retrieval.lexicon.sounds import merged, usual
from retrieval.lexicon.table import rows

__all__ = ["LONGEST", "UNKNOWN", "Words", "load"]

# Bits a level of the table stands for.
STEP = 0.5
# Characters of the longest phrases.
LONGEST = 8
# Bits of a character the table does not know.
UNKNOWN = 23.0


# Beginnings of so many characters are known: a search for words by sound stops where none begins so.
BEGINNINGS = (2, 3, 5)


@dataclass(frozen=True, slots=True)
class Words:
    """`bits` of each word: minus the binary logarithm of its chance. `codes` has one character for each sound, as they
    are merged; `sounding` the words of two characters and more by the codes of their sounds; `begun` what such keys of
    some lengths begin with."""

    bits: Mapping[str, float]
    codes: Mapping[str, str]
    sounding: Mapping[str, Sequence[str]]
    begun: Mapping[int, frozenset[str]]


@cache
def load() -> Words:
    """The table. Raises LexiconError."""
    bits = {
        word: int(level) * STEP for _, (level, words) in rows("words.tsv", ("level", "words")) for word in words.split()
    }
    heard = {c: tuple(dict.fromkeys(map(merged, usual(c)))) for c in set("".join(bits))}
    codes = {sound: chr(_FIRST + n) for n, sound in enumerate(sorted({s for said in heard.values() for s in said}))}
    first = str.maketrans({c: codes[said[0]] for c, said in heard.items()})
    several = {c: "".join(codes[s] for s in said) for c, said in heard.items() if len(said) > 1}
    long = [word for word in bits if len(word) > 1]
    sounding: dict[str, list[str]] = {}
    for word, key in zip(long, "\n".join(long).translate(first).split("\n"), strict=True):
        keys = [key] if several.keys().isdisjoint(word) else _keys(word, key, several)
        for one in keys:
            sounding.setdefault(one, []).append(word)
    begun = {size: frozenset(key[:size] for key in sounding if len(key) >= size) for size in BEGINNINGS}
    return Words(bits, codes, sounding, begun)


# Codes of sounds are characters of a private area.
_FIRST = 0xE000


def _keys(word: str, key: str, several: Mapping[str, str]) -> list[str]:
    """The keys of a word with characters of several readings."""
    return ["".join(codes) for codes in product(*(several.get(c, one) for c, one in zip(word, key, strict=True)))]
