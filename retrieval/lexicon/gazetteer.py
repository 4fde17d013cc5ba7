"""The table of administrative units, of today and since 1980, by all their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon.table import rows
from retrieval.model import Level, Place

__all__ = ["COUNTRY", "COUNTRY_WORDS", "RANK", "Names", "PlaceMention", "by_name", "latin", "load", "members", "names"]

_COLUMNS = ("path", "level", "code", "short", "english", "until", "now", "word")
COUNTRY = Place("全国", Level.COUNTRY, "000000", (), ("国务院", "中国", "国家", "中央政府"), "China")
COUNTRY_WORDS = ("全国", "国务院", "中国", "中央政府", "我国", "国家")
RANK = {level: n for n, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text; `candidates` are the units of that name, highest first, those of today first."""

    start: int
    end: int
    surface: str
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Surfaces to units. `careful` are short names that are ordinary words as well."""

    units: tuple[Place, ...]
    by_name: dict[str, tuple[Place, ...]]
    careful: frozenset[str]
    longest: int
    latin: dict[str, tuple[Place, ...]]
    today: tuple[Place, ...]


@cache
def names() -> Names:
    """All names of all units. Raises LexiconError."""
    units: list[Place] = [COUNTRY]
    today: list[Place] = []
    found: dict[str, list[tuple[tuple[int, int, int, str], Place]]] = {}
    romanised: dict[str, list[Place]] = {"china": [COUNTRY], "national": [COUNTRY], "nationwide": [COUNTRY]}
    words: set[str] = set()
    sure: set[str] = set()
    for number, (path, level, code, short, english, until, _, word) in rows("places.tsv", _COLUMNS):
        *above, name = path.split("/")
        try:
            unit = Place(name, Level(level), code, tuple(reversed(above)), tuple(short.split()), english)
        except ValueError as problem:
            raise LexiconError(f"places.tsv:{number}: {problem}") from problem
        units.append(unit)
        if not until:
            today.append(unit)
        # A short name is more likely the unit of its own rank: 吉林 the province, 朝阳 the city.
        shorts = short.split()
        for surface, exact in {name: 0, **dict.fromkeys(shorts, 1)}.items():
            if surface:
                key = (RANK[unit.level], bool(until), exact, code)
                found.setdefault(surface, []).append((key, unit))
        if word:
            words.update(shorts)
        elif not until:
            # 惠民 is a word, whatever prefecture bore the name.
            sure.update(shorts)
        if english:
            romanised.setdefault(latin(english), []).append(unit)
    full = {unit.name: unit for unit in reversed(units)}
    for _, (english, place) in rows("places_english.tsv", ("english", "place")):
        romanised.setdefault(latin(english), []).insert(0, full[place])
    for _, (said, place) in rows("places_short.tsv", ("said", "place")):
        unit = full[place]
        found.setdefault(said, []).append(((RANK[unit.level], False, 1, unit.code), unit))
    surfaces = {
        surface: tuple(unit for _, unit in sorted(items, key=lambda item: item[0])) for surface, items in found.items()
    }
    for word in COUNTRY_WORDS:
        surfaces[word] = (COUNTRY,)
    return Names(
        tuple(units),
        surfaces,
        frozenset(words - sure),
        max(map(len, surfaces)),
        {k: tuple(v) for k, v in romanised.items()},
        tuple(today),
    )


def latin(text: str) -> str:
    """Latin names compared without case, blanks and marks: Xi'an, XIAN, Inner Mongolia."""
    return re.sub(r"[^a-z]", "", text.lower())


def load() -> tuple[Place, ...]:
    """All units, the country first. Raises LexiconError."""
    return names().units


# Taiwan, Hong Kong and Macao have no such reports.
_NO_REPORTS = ("71", "81", "82")


@cache
def members(level: Level, within: str = "") -> tuple[Place, ...]:
    """The units of today of a level, all or those inside `within`, in the order of their codes."""
    found = [unit for unit in names().today if unit.level is level and (not within or within in unit.parents)]
    return tuple(sorted((u for u in found if not u.code.startswith(_NO_REPORTS)), key=lambda unit: unit.code))


@cache
def by_name(name: str) -> tuple[Place, ...]:
    """Units whose full or short name is `name`: highest first, those of today before former ones."""
    return names().by_name.get(name, ())
