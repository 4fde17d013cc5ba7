"""Words and phrases of reports and questions: how unlikely each is, and which sound alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, product

from retrieval.lexicon.sounds import merged, usual
from retrieval.lexicon.table import rows

__all__ = ["BEGINNINGS", "LONGEST", "UNKNOWN", "Words", "load"]

# Bits a level of the table stands for.
STEP = 0.5
# Characters of the longest phrases.
LONGEST = 8
# Bits of a character the table does not know.
UNKNOWN = 23.0


# Beginnings of so many characters are known: a search for words by sound stops where none begins so.
BEGINNINGS = (2, 3, 5)


@dataclass(frozen=True, slots=True)
class _Sounding:
    """Words whose sounds begin with one code: by the codes of all their sounds, and what such keys begin with."""

    words: Mapping[str, Sequence[str]]
    begun: frozenset[str]


class Words:
    """`bits` of each word: minus the binary logarithm of its chance. `codes` has one character for each sound, as they
    are merged. A question holds few sounds: the words that begin with one are put in order when it is asked for."""

    def __init__(self, bits: Mapping[str, float]) -> None:
        self.bits = bits
        heard = {c: tuple(dict.fromkeys(map(merged, usual(c)))) for c in set("".join(bits))}
        sounds = sorted({sound for said in heard.values() for sound in said})
        self.codes: Mapping[str, str] = {sound: chr(_FIRST + n) for n, sound in enumerate(sounds)}
        self._coded = {c: "".join(self.codes[sound] for sound in said) for c, said in heard.items()}
        self._first = str.maketrans({c: codes[0] for c, codes in self._coded.items()})
        self._several = frozenset(c for c, codes in self._coded.items() if len(codes) > 1)
        self._long = [word for word in bits if len(word) > 1]
        self._begun: dict[str, list[int]] = {}
        for number, word in enumerate(self._long):
            self._begun.setdefault(word[0], []).append(number)
        self._sounding: dict[str, _Sounding] = {}

    def sounding(self, key: str) -> Sequence[str]:
        """The words of two characters and more with these codes, as they stand in the table."""
        return self._of(key[0]).words.get(key, ())

    def begins(self, key: str) -> bool:
        """Whether the codes of a word begin so. `key` is as long as one of BEGINNINGS."""
        return key in self._of(key[0]).begun

    def fill(self) -> None:
        """Put all words in order now: who answers many questions meets all sounds."""
        for code in self.codes.values():
            self._of(code)

    def _of(self, code: str) -> _Sounding:
        if code not in self._sounding:
            self._sounding[code] = self._ordered(code)
        return self._sounding[code]

    def _ordered(self, code: str) -> _Sounding:
        begun = (self._begun.get(c, ()) for c, codes in self._coded.items() if code in codes)
        words = [self._long[number] for number in sorted(chain.from_iterable(begun))]
        found: dict[str, list[str]] = {}
        for word, key in zip(words, "\n".join(words).translate(self._first).splitlines(), strict=True):
            # Most characters are read in one way.
            if self._several.isdisjoint(word):
                found.setdefault(key, []).append(word)
                continue
            for one in map("".join, product(code, *(self._coded[c] for c in word[1:]))):
                found.setdefault(one, []).append(word)
        return _Sounding(found, frozenset(key[:size] for size in BEGINNINGS for key in found if len(key) >= size))


# Codes of sounds are characters of a private area.
_FIRST = 0xE000


@cache
def load() -> Words:
    """The table. Raises LexiconError."""
    table = rows("words.tsv", ("level", "words"))
    return Words({word: int(level) * STEP for _, (level, words) in table for word in words.split()})
