"""Names that stand for whole names: provinces of one character (粤2023年GDP), and regions as the places they are
made of, where these are to be compared (东北三省2023年GDP增速对比, 津京冀谁高)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from retrieval.lexicon import groups, indicators, places
from retrieval.lexicon.table import rows

__all__ = ["spelt_out"]

# What sets the parts side by side, and what follows a region that is meant as its parts.
_SIDE = re.compile(
    r"对比|比较|比一比|排名|排序|排列|从高到低|从低到高|由高到低|谁|哪个|哪几个|哪些|各(?!项|类|界)|分别|最[高低快慢多少]|前[一二三]"
)
_NEXT = (
    r"(?=\s*(?:各?[三四两二五六]?(?:个)?(?:省市区?|省区市?|省|市|地|自治区)?)"
    r"(?:的|各|谁|哪|里|中|今年|去年|(?:19|20)\d\d|GDP|经济|地区生产总值|[,，\s]))"
)
_COUNTED = re.compile(r"^\s*各?[三四两二五六]?(?:个)?(?:省市区?|省区市?|省|市|地)(?![一-鿿]?级)")


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = list(rows("regions.tsv", ("region", "places", "plain", "source")))
    ordered = sorted((cells for _, cells in found), key=lambda cells: -len(cells[0]))
    return tuple(
        (re.compile(rf"(?<![在属占]){re.escape(region)}{_NEXT if plain else ''}"), parts)
        for region, parts, plain, _ in ordered
    )


@cache
def _initials() -> tuple[dict[str, str], frozenset[str]]:
    """Full names by character, and the characters that begin words as well."""
    found = [cells for _, cells in rows("places_initials.tsv", ("said", "place", "word"))]
    return {said: place for said, place, _ in found}, frozenset(said for said, _, word in found if word)


# Before such a character, and behind it; a list of them is joined so, or by nothing.
_OPEN = re.compile(r"(?:^|[\s,，。?!;:：、(]|\d\d年|[给看查问比])$")
_DATED = re.compile(r"\s*(?:的?(?:19|20)\d\d|[0-3]\d年|今年|去年|前年|大前年)")
_JOINS = "、和与跟及比"
_LONGEST = 6


def _provinces(text: str) -> str:
    """`text` with provinces named by one character by their full names."""
    table, words = _initials()
    at = 0
    while at < len(text):
        run = _run(text, at, table) if _OPEN.search(text[:at]) and not _begins_name(text, at) else []
        end = run[-1] + 1 if run else at
        known = [text[n] for n in run]
        if run and _is_named(text, at, end, known, words):
            names = "、".join(table[said] for said in known)
            text = text[:at] + names + (_COUNTED.sub("", text[end:]) if len(run) > 1 else text[end:])
            end = at + len(names)
        at = max(end, at + 1)
    return text


def _begins_name(text: str, at: int) -> bool:
    """Whether a whole name begins here: 辽宁 is no 辽 and 宁."""
    return any(places.by_name(text[at : at + size]) for size in range(2, 5))


def _run(text: str, at: int, table: Mapping[str, str]) -> list[int]:
    """Where the characters of a list of provinces stand, from `at` on."""
    found: list[int] = []
    while at < len(text) and text[at] in table and len(found) < _LONGEST:
        found.append(at)
        at += 2 if text[at + 1 : at + 2] in tuple(_JOINS) and text[at + 2 : at + 3] in table else 1
    return found


def _is_named(text: str, start: int, end: int, known: Sequence[str], words: frozenset[str]) -> bool:
    after = text[end:]
    if len(known) > 1:
        return bool(_SIDE.search(text)) and bool(_DATED.match(after) or re.match(_NEXT, after) or _measured(text, end))
    if known[0] in words:
        return not text[:start].strip() and bool(_DATED.match(after))
    return bool(_DATED.match(after)) or _measured(text, end)


def _measured(text: str, at: int) -> bool:
    """Whether an indicator begins at `at`."""
    at += len(text[at:]) - len(text[at:].lstrip())
    return any(mention.start == at for mention in indicators.mentions(text))


# 东北三省2023年粮食产量: of each of them, though nothing says so.
_DATE = re.compile(r"(?:19|20)\d\d|今年|去年|前年")


def _of_group(text: str, at: int) -> bool:
    """Whether a group of its own is named here: 长三角各城市 are no provinces."""
    return any(text.startswith(word, at) for group in groups.load() for word in group.said)


def spelt_out(text: str) -> str:
    """`text` with provinces by their full names, and a region's parts for its name, where they are compared."""
    text = _provinces(text)
    if not _SIDE.search(text) and not (indicators.mentions(text) and _DATE.search(text)):
        return text
    for pattern, parts in _table():
        match = pattern.search(text)
        if match is not None and not _of_group(text, match.start()):
            rest = _COUNTED.sub("", text[match.end() :])
            return f"{text[: match.start()]}{parts}{rest}"
    return text
