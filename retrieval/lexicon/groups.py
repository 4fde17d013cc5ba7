"""Groups of places that go by one name: 副省级城市, 计划单列市, 民族自治州."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from retrieval.lexicon import places
from retrieval.lexicon.table import rows
from retrieval.model import Level

__all__ = ["NamedGroup", "load"]

_ANY = "*"
_ASKED = "…"


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """`said` are its names, `counted` those that need a word before them that asks for all or some; `places` are the
    full names of its members, in the order of their codes."""

    said: tuple[str, ...]
    counted: tuple[str, ...]
    level: Level
    places: tuple[str, ...]


@cache
def load() -> tuple[NamedGroup, ...]:
    """All groups of the table. Raises LexiconError."""
    found = []
    for _, (said, level, own, _) in rows("groups.tsv", ("said", "level", "places", "source")):
        names = said.split("|")
        plain = tuple(name for name in names if not name.startswith(_ASKED))
        counted = tuple(name.removeprefix(_ASKED) for name in names if name.startswith(_ASKED))
        members = tuple(name for part in own.split("、") for name in _spelt(part, Level(level)))
        found.append(NamedGroup(plain, counted, Level(level), members))
    return tuple(found)


def _spelt(part: str, level: Level) -> Iterator[str]:
    if part.startswith(_ANY):
        yield from (unit.name for unit in places.members(level) if unit.name.endswith(part[1:]))
    elif part.endswith(_ANY):
        yield from (unit.name for unit in places.members(Level.CITY, part[:-1]))
    else:
        yield part
