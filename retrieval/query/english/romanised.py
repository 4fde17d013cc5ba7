"""Chinese names written in Latin letters that no table has: Xudabao, the Lian River, Sanjiang New Area.

Each syllable is written with the character that names of places use most for it; a report's own characters are found
by their sound.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice, product

from retrieval.lexicon import bigrams, gazetteer, sounds
from retrieval.model import Level, Place
from retrieval.query.english.words import forms, words_of

__all__ = ["featured", "featured_names", "heard", "spelt", "spelt_ways"]

# What a name of nature or of people stands before; the name is then that thing's, not the place's of the same sound.
_FEATURES = {
    "river": "河",
    "lake": "湖",
    "mountain": "山",
    "mountains": "山",
    "reservoir": "水库",
    "new area": "新区",
    "new district": "新区",
    "group": "集团",
    "canal": "运河",
    "bay": "湾",
    "island": "岛",
    "islands": "岛",
    "temple": "寺",
    "bridge": "大桥",
    "grottoes": "石窟",
    "wetland": "湿地",
    "gorge": "峡谷",
    "hydropower station": "水电站",
    "nuclear power plant": "核电站",
    "nuclear power station": "核电站",
    "pumped-storage": "抽水蓄能电站",
}
_FEATURE = re.compile(rf"\s+({'|'.join(sorted(map(re.escape, _FEATURES), key=len, reverse=True))})\b", re.IGNORECASE)
_KIND = re.compile(r"\s+(?:City|Province|Prefecture|League|Municipality|County)\b")
# Syllables a name must have to be written, at least and at most.
_LEAST, _MOST = 2, 4
# How many characters of a syllable are tried, and how many ways to write a name.
_KEPT, _WAYS = 3, 9


def featured(surface: str, behind: str, unit: Place | None, *, alone: bool) -> tuple[str, int]:
    """What a romanised name says in Chinese, and how many characters behind it are said with it."""
    feature = _FEATURE.match(behind)
    if unit is None:
        word = spelt(surface, 1 if feature else _LEAST) or surface
        return (word + _FEATURES[feature[1].lower()], feature.end()) if feature else (word, 0)
    # Rivers and lakes begin in lower case only where the place is meant: Heyuan rivers.
    if feature is None or feature[1].islower():
        kind = _KIND.match(behind)
        return unit.name, kind.end() if kind else 0
    short = unit.aliases[0] if unit.aliases else unit.name
    thing = short + _FEATURES[feature[1].lower()]
    return (f"{unit.name} {thing}" if alone and unit.level is not Level.COUNTY else thing), feature.end()


_NAMED = re.compile(rf"\b([A-Z][a-z]+(?:['’][a-z]+)?)(?i:{_FEATURE.pattern})")


def featured_names(text: str) -> str:
    """Names no table has in characters where a river, a lake, a group stands behind them: the Qu River."""

    def put(match: re.Match[str]) -> str:
        if match[2].islower() or any(form in words_of() for form in forms(match[1].lower())):
            return match[0]
        name = spelt(match[1], 1)
        return f" {name}{_FEATURES[match[2].lower()]} " if name else match[0]

    return _NAMED.sub(put, text)


def spelt(name: str, least: int = _LEAST) -> str:
    """A romanised name in characters; nothing where it is not made of syllables of Chinese."""
    ways = spelt_ways(name, least)
    return ways[0] if ways else ""


@cache
def spelt_ways(name: str, least: int = _LEAST) -> tuple[str, ...]:
    """The likeliest ways to write a romanised name in characters, the likeliest first."""
    if not re.fullmatch(r"[A-Z][a-z]+(?:['’][a-z]+)?", name):
        return ()
    found = _syllables(name.lower())
    if not least <= len(found) <= _MOST:
        return ()
    kept = _KEPT if len(found) == _LEAST else _KEPT - 1
    return tuple("".join(way) for way in islice(product(*(_characters()[s][:kept] for s in found)), _WAYS))


@cache
def heard(word: str) -> str:
    """A romanised word in the characters that reports mostly write side by side; nothing where it is none."""
    said = spelt(word.capitalize())
    for at in range(len(said) - 1):
        pair = said[at : at + 2]
        sound = [sounds.reading(c) for c in pair]
        others = [o for o in sounds.homophones(pair) if [sounds.reading(c) for c in o] == sound]
        best = max((o for o in (pair, *others) if not at or o[0] == pair[0]), key=bigrams.share)
        said = said[:at] + best + said[at + 2 :]
    return said


def _syllables(name: str) -> tuple[str, ...]:
    """The fewest syllables a name is made of; none where there is a rest."""
    ways: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(name)):
        if start not in ways:
            continue
        if name[start] in "'’":
            ways.setdefault(start + 1, ways[start])
            continue
        for end in range(start + 1, min(start + 6, len(name)) + 1):
            if name[start:end] in _characters():
                way = (*ways[start], name[start:end])
                if end not in ways or len(way) < len(ways[end]):
                    ways[end] = way
    return ways.get(len(name), ())


@cache
def _characters() -> dict[str, tuple[str, ...]]:
    """The characters for each syllable that names of places use most."""
    counted: dict[str, Counter[str]] = {}
    for unit in gazetteer.load():
        for character in unit.aliases[0] if unit.aliases else "":
            counted.setdefault(sounds.reading(character), Counter())[character] += 1
    return {
        sound: tuple(character for character, _ in found.most_common(_KEPT))
        for sound, found in counted.items()
        if sound.isascii()
    }
