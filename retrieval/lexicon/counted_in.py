"""What amounts are counted in, by the word their name ends in: 完成投资 is told in money, whatever 项目 come before."""

from __future__ import annotations

from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["kind"]

_COLUMNS = ("end", "kind")


@cache
def _kinds() -> dict[str, str]:
    return {end: kind for _, (end, kind) in rows("counted_in.tsv", _COLUMNS)}


def kind(name: str) -> str:
    """The kind of unit (as in units.tsv) of amounts with this name, by its longest listed end; empty where none is."""
    kinds = _kinds()
    return next((kinds[name[at:]] for at in range(len(name)) if name[at:] in kinds), "")
