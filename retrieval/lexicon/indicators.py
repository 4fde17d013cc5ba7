"""Statistical indicators: by id, and found in text under any of their names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from operator import add

from retrieval.errors import LexiconError
from retrieval.lexicon import synonyms
from retrieval.lexicon.table import rows
from retrieval.model import Indicator

__all__ = ["Mention", "by_id", "head", "is_name", "load", "meant", "mentions", "mentions_in"]

# Marks a name that counts only where it is the whole text.
_ALONE = "="
_COLUMNS = ("id", "name", "group", "aliases", "unit", "kinds", "unlike", "english", "reports")


@dataclass(frozen=True, slots=True)
class Mention:
    """An indicator named in a text."""

    start: int
    end: int
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class _Table:
    """Indicators by id; their names by their first two characters, longest first; names that count only alone."""

    known: Mapping[str, Indicator]
    names: Mapping[str, tuple[tuple[str, Indicator], ...]]
    alone: Mapping[str, Indicator]


def _aliases(cell: str) -> tuple[str, ...]:
    """The names of a cell; braces list what may stand in one place: 研发{经费,投入}占{GDP,生产总值}比重."""
    found: list[str] = []
    for name in _listed(cell, "|"):
        parts = [part.split(",") if n % 2 else [part] for n, part in enumerate(re.split(r"[{}]", name))]
        found += ["".join(chosen) for chosen in product(*parts)]
    return tuple(dict.fromkeys(found))


def _listed(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(mark) if part)


@cache
def _table() -> _Table:
    known: dict[str, Indicator] = {}
    names: dict[str, Indicator] = {}
    alone: dict[str, Indicator] = {}
    for number, (key, name, group, aliases, unit, kinds, unlike, english, _) in rows("indicators.tsv", _COLUMNS):
        listed, abroad = _aliases(aliases), _listed(english, "|")
        said = tuple(alias for alias in listed if not alias.startswith(_ALONE))
        indicator = Indicator(key, name, group, said, unit, _listed(kinds, ","), _listed(unlike, ","), abroad)
        known[key] = indicator
        alone.update((alias.removeprefix(_ALONE), indicator) for alias in listed if alias.startswith(_ALONE))
        for alias in indicator.aliases:
            if len(alias) < 2 or alias.lower() in names:
                owner = names.get(alias.lower(), indicator).id
                raise LexiconError(f"indicators.tsv:{number}: {alias} 过短或已属于 {owner}")
            names[alias.lower()] = indicator
    for indicator in known.values():
        names.setdefault(indicator.name.lower(), indicator)
        if missing := [key for key in indicator.unlike if key not in known]:
            raise LexiconError(f"indicators.tsv: {indicator.id} 的 unlike 未知: {missing}")
    begun: dict[str, list[tuple[str, Indicator]]] = {}
    for name in sorted(names, key=len, reverse=True):
        begun.setdefault(name[:2], []).append((name, names[name]))
    return _Table(known, {front: tuple(group) for front, group in begun.items()}, alone)


def load() -> tuple[Indicator, ...]:
    """All indicators. Raises LexiconError."""
    return tuple(_table().known.values())


def by_id(key: str) -> Indicator:
    """Raises KeyError."""
    return _table().known[key]


def is_name(text: str, key: str) -> bool:
    """Whether a whole text is one of the names of the indicator `key`."""
    found = mentions(text)
    return len(found) == 1 and found[0].indicator.id == key and (found[0].start, found[0].end) == (0, len(text))


def mentions(text: str) -> list[Mention]:
    """Indicators named in `text`, leftmost and longest, without regard to case."""
    if only := _table().alone.get(text):
        return [Mention(0, len(text), only)]
    return _named(text)


def mentions_in(lines: Sequence[str]) -> list[tuple[int, Mention]]:
    """The `mentions` of each of several lines, with the line's number: found in one go."""
    alone = _table().alone
    whole = {number: alone[line] for number, line in enumerate(lines) if line in alone}
    found = [(number, Mention(0, len(lines[number]), indicator)) for number, indicator in whole.items()]
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    for mention in _named("\n".join(lines)):
        number = bisect_right(starts, mention.start) - 1
        if number not in whole:
            at = starts[number]
            found.append((number, Mention(mention.start - at, mention.end - at, mention.indicator)))
    return found


def _named(text: str) -> list[Mention]:
    names = _table().names
    seen = text.lower()
    if len(seen) != len(text):  # İ and its like grow when lowered: spans must count the text's own characters
        seen = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    found: list[Mention] = []
    behind = 0
    for at in [at for at, front in enumerate(map(add, seen, seen[1:])) if front in names]:
        for name, indicator in names[seen[at : at + 2]] if at >= behind else ():
            if seen.startswith(name, at) and _whole(seen, at, name):
                found.append(Mention(at, at + len(name), indicator))
                behind = at + len(name)
                break
    return found


def meant(text: str) -> tuple[str, ...]:
    """Ids of the indicators that `text` names, and of those that what it says stands for: 财政收入 is mostly said of
    一般公共预算收入."""
    said = (text, *(written for _, written in synonyms.pairs(text.lower())))
    return tuple(dict.fromkeys(mention.indicator.id for each in said for mention in mentions(each)))


def _whole(text: str, at: int, name: str) -> bool:
    """Whether a Latin name stands between no other Latin letters: GDP, not the gdp of a longer word."""
    if not name.isascii():
        return True
    end = at + len(name)
    return not ("a" <= text[at - 1 : at] <= "z" or "a" <= text[end : end + 1] <= "z")


def head(text: str) -> Mention | None:
    """The indicator `text` ends in, by its longest name: of 财政赤字率 the ratio, not the deficit it begins with."""
    if only := _table().alone.get(text):
        return Mention(0, len(text), only)
    names, seen = _table().names, text.lower()
    for start in range(len(seen) - 1):
        for name, indicator in names.get(seen[start : start + 2], ()):
            if seen[start:] == name and _whole(seen, start, name):
                return Mention(start, len(text), indicator)
    return None
