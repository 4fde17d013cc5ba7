"""The official addresses that ship with the program."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.sources.errors import NotFetched
from retrieval.lexicon import places
from retrieval.model import Level

__all__ = ["Entry", "catalogue", "choose"]

_LEVELS = {"province": Level.PROVINCE, "major_city": Level.CITY, "city": Level.CITY}


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a report stands: its place and year, a suffix where the place has two of that year, its address."""

    place: str
    year: int
    suffix: str
    url: str
    level: Level
    parents: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its file's name without ending: 辽宁省-2021."""
        return f"{self.place}-{self.year}{self.suffix}"


@cache
def catalogue() -> tuple[Entry, ...]:
    """All entries, by place and year."""
    text = files("govreport_data").joinpath("catalogue.tsv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        units = [unit for unit in places.by_name(row["place"]) if unit.level in (Level.PROVINCE, Level.CITY)]
        level = units[0].level if units else _LEVELS[row["level"]]
        parents = units[0].parents if units else ()
        found.append(Entry(row["place"], int(row["report_year"]), row["suffix"], row["url"], level, parents))
    return tuple(sorted(found, key=lambda entry: (entry.place, entry.year, entry.suffix)))


def choose(
    wanted: Sequence[str], spans: Sequence[tuple[int, int]] = (), *, level: Level | None = None, below: bool = False
) -> tuple[Entry, ...]:
    """Entries of the places named (short names do; all where none is named), of the years (of any, where `spans` is
    empty), of the level; with `below`, of the places inside them too.

    Raises NotFetched for a place that the catalogue does not have.
    """
    names: set[str] = set()
    every = catalogue()
    for word in wanted:
        units = {unit.name for unit in places.by_name(word)} or {word}
        inside = {e.place for e in every if below and units & {*e.parents}}
        known = {e.place for e in every if e.place in units} | inside
        if not known:
            raise NotFetched(f"目录里没有 {word} 的报告地址（可以直接写网址：govreport fetch https://…）")
        names |= known
    return tuple(
        entry
        for entry in every
        if (not wanted or entry.place in names)
        and (not spans or any(first <= entry.year <= last for first, last in spans))
        and (level is None or entry.level is level)
    )
