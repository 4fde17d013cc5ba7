"""How characters sound, without tones: for words typed by sound."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from retrieval.lexicon import bigrams

__all__ = ["alike", "blurred", "homophones", "reading"]


@cache
def _readings() -> Mapping[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415  a large table: only when a word is not found

    return pinyin_dict


@cache
def reading(character: str) -> str:
    """The most usual reading of a character, in plain letters; the character itself where it has none."""
    return _plain(_readings().get(ord(character), character).split(",")[0])


def _plain(sound: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", sound) if not unicodedata.combining(c))


def alike(one: str, other: str) -> bool:
    """Whether two words of one length may sound the same; an -n may pass for an -ng, an s for an sh."""
    return len(one) == len(other) and all(_sounds(a) & _sounds(b) for a, b in zip(one, other, strict=True))


@cache
def _sounds(character: str) -> frozenset[str]:
    """All readings of a character, blurred: 曾 is read as 增 too."""
    return frozenset(_blurred(_plain(said)) for said in _readings().get(ord(character), character).split(","))


@cache
def blurred(character: str) -> str:
    """The reading of a character, with zh as z and -ng as -n: what is often confused."""
    return _blurred(reading(character))


def _blurred(sound: str) -> str:
    sound = sound.replace("zh", "z").replace("ch", "c").replace("sh", "s")
    return sound.removesuffix("g") if sound.endswith("ng") else sound


@cache
def _sounding() -> Mapping[str, tuple[str, ...]]:
    """The characters of reports by how they sound."""
    found: dict[str, set[str]] = {}
    for pair in bigrams.pairs():
        for character in pair:
            found.setdefault(blurred(character), set()).add(character)
    return {sound: tuple(sorted(characters)) for sound, characters in found.items()}


@cache
def homophones(pair: str) -> tuple[str, ...]:
    """Pairs that reports use and that sound like this one, the most usual first."""
    known = bigrams.pairs()
    table = _sounding()
    found = [a + b for a in table.get(blurred(pair[0]), ()) for b in table.get(blurred(pair[1]), ()) if a + b in known]
    return tuple(sorted((p for p in found if p != pair), key=lambda p: -known[p]))
