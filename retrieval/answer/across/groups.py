"""The places of a group that the store holds reports of, and those it does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from retrieval.answer.across.cells import Site, site
from retrieval.answer.library import Library
from retrieval.index import ReportRow
from retrieval.lexicon import places as gazetteer
from retrieval.model import Level
from retrieval.query.across import Group

__all__ = ["absent_note", "members"]

# Names of missing places that are told.
_SHOWN = 16


def members(group: Group, library: Library) -> tuple[Site, ...]:
    """The places of a group that the store holds reports of, in the order of their codes."""
    rows: dict[str, list[ReportRow]] = defaultdict(list)
    level, named = group.level.value, frozenset(group.places)
    for row in library.rows.values():
        own = row.place in named if named else row.level == level
        if own and (not group.within or group.within in row.parents):
            rows[row.place].append(row)
    return tuple(site(name, rows[name]) for name in sorted(rows, key=_code))


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
