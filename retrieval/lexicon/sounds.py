"""How characters sound, without tones: for words typed by sound, or mistaken by their looks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from retrieval.lexicon import bigrams
from retrieval.lexicon.table import rows

__all__ = ["blurred", "blurred_reading", "homophones", "looking_like", "merged", "plain", "reading", "usual"]


@cache
def _readings() -> Mapping[str, str]:
    table = rows("sounds.tsv", ("sound", "characters"))
    return {character: sound for _, (sound, characters) in table for character in characters}


@cache
def reading(character: str) -> str:
    """The most usual reading of a character, in plain letters; the character itself where it has none."""
    return _readings().get(character) or plain(character)


def plain(sound: str) -> str:
    """A reading without its tone."""
    return "".join(c for c in unicodedata.normalize("NFD", sound) if not unicodedata.combining(c))


@cache
def blurred(character: str) -> str:
    """The reading of a character, with zh as z and -ng as -n: what is often confused."""
    return blurred_reading(reading(character))


def blurred_reading(sound: str) -> str:
    """A reading with zh as z and -ng as -n."""
    sound = sound.replace("zh", "z").replace("ch", "c").replace("sh", "s")
    return sound.removesuffix("g") if sound.endswith("ng") else sound


@cache
def _sounding() -> Mapping[str, tuple[str, ...]]:
    """The characters of reports by how they sound."""
    found: dict[str, set[str]] = {}
    for character in set("".join(bigrams.pairs())):
        found.setdefault(blurred(character), set()).add(character)
    return {sound: tuple(sorted(characters)) for sound, characters in found.items()}


@cache
def homophones(pair: str) -> tuple[str, ...]:
    """Pairs that reports use and that sound like this one, the most usual first."""
    known = bigrams.pairs()
    table = _sounding()
    found = [a + b for a in table.get(blurred(pair[0]), ()) for b in table.get(blurred(pair[1]), ()) if a + b in known]
    return tuple(sorted((p for p in found if p != pair), key=lambda p: -known[p]))


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    return {
        character: tuple(readings.split())
        for _, (readings, characters) in rows("readings.tsv", ("readings", "characters"))
        for character in characters
    }


@cache
def usual(character: str) -> tuple[str, ...]:
    """The readings a character has in words: seldom more than one."""
    return _usual().get(character) or (reading(character),)


@cache
def _looks() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for _, (group,) in rows("lookalikes.tsv", ("group",)):
        for character in group:
            found[character] = found.get(character, frozenset()) | frozenset(group) - {character}
    return found


def looking_like(character: str) -> frozenset[str]:
    """Characters that this one may be taken for by its looks."""
    return _looks().get(character, frozenset())


@cache
def merged(sound: str) -> str:
    """A sound as it is confused most widely: blurred, and an n as an l."""
    return re.sub("^n", "l", blurred_reading(sound))
