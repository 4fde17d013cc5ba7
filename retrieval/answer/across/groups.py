"""The places of a group that the store holds reports of, and those it does not."""

from __future__ import annotations

from collections.abc import Collection

from retrieval.answer.across.cells import Site, site
from retrieval.answer.library import Library
from retrieval.lexicon import places as gazetteer
from retrieval.model import Level
from retrieval.query.across import Group

__all__ = ["absent_note", "members"]

# Names of missing places that are told.
_SHOWN = 16


def members(group: Group, library: Library) -> tuple[Site, ...]:
    """The places of a group that the store holds reports of, in the order of their codes."""
    if group.places:
        held = sorted((name for name in set(group.places) if name in library.rows.by_place), key=_code)
        every = tuple(_site(name, library) for name in held)
    else:
        every = library.derived(("level", group.level), lambda: _of_level(group.level, library))
    return tuple(one for one in every if not group.within or group.within in one.rows[0].parents)


def _of_level(level: Level, library: Library) -> tuple[Site, ...]:
    """All places of a level, which are sorted once for each state of the store."""
    rows = library.rows.by_place
    return tuple(_site(name, library) for name in sorted(rows, key=_code) if rows[name][0].level == level.value)


def _site(name: str, library: Library) -> Site:
    return library.derived(("site", name), lambda: site(name, library.rows.of(name)))


def _code(name: str) -> str:
    found = gazetteer.by_name(name)
    return found[0].code if found else name


def absent_note(group: Group, held: Collection[str], report: int | None, what: str = "排名") -> list[str]:
    """Who of a group has no report of that year, and so no part in `what`."""
    every = [unit.name for unit in gazetteer.members(group.level, group.within)]
    if group.places:
        every = [name for name in group.places if not group.within or name in every]
    absent = [name for name in every if name not in held]
    # Hundreds of cities are not missed one by one.
    if not absent or not (group.level is Level.PROVINCE or group.within or group.places):
        return []
    shown = "、".join(absent[:_SHOWN]) + ("等" if len(absent) > _SHOWN else "")
    return [f"没有收录{f'{report}年' if report else ''}报告，未参与{what}：{shown}"]
