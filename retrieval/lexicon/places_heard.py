"""Places named otherwise than in their own characters: typed by sound (苏洲), or in Latin letters (Fuzhou, Jiangxi)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from retrieval.lexicon import bigrams, sounds
from retrieval.lexicon.gazetteer import RANK, PlaceMention, latin, names
from retrieval.lexicon.table import rows
from retrieval.model import Level, Place

__all__ = ["BEHIND", "EVENTS", "FACILITY", "LISTED", "misspelt", "qualified", "romanised"]

_LATIN = re.compile(r"[a-z][a-z'’ -]*", re.IGNORECASE)
# What is held in a place and named after it.
EVENTS = r"世博会|世博园|亚残?运会|大运会|奥运会|冬奥会|亚洲运动会"
# 阜阳机场2013年运了多少旅客: it lies where its name says.
FACILITY = re.compile(rf"(?:国际)?机场|(?:高铁|火车|客运)?站|港|大学|学院|大桥|石窟|古城|{EVENTS}")


# Joins of places, and what stands behind a list of them.
LISTED = re.compile(r"[和与跟、及比]")
BEHIND = re.compile(r"(?:19|20)\d\d|[的谁哪两各,，、?？\s]|分别|对比|相比|今年|去年|$")


@cache
def _pinyin() -> dict[str, tuple[Place, ...]]:
    """Romanised short names of provinces and cities, beside those the table states."""
    known = dict(names().latin)
    written = {short: latin for _, (short, latin) in rows("places_romanised.tsv", ("short", "latin"))}
    found: dict[str, list[Place]] = {}
    for unit in names().units:
        if unit.aliases and unit.level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
            short = unit.aliases[0]
            found.setdefault(written.get(short) or "".join(map(sounds.reading, short)), []).append(unit)
    for key, units in found.items():
        both = dict.fromkeys([*known.get(key, ()), *units])
        known[key] = tuple(sorted(both, key=lambda u: (RANK[u.level], u.code)))
    # 陕西 is written Shaanxi to keep it apart.
    known["shanxi"] = tuple(u for u in known.get("shanxi", ()) if u.name != "陕西省")
    return known


def misspelt(text: str, ends: frozenset[int]) -> list[PlaceMention]:
    """Cities and provinces typed by their sound or mistaken by their looks: 苏洲, 呼和好特, 安微. Half of the
    characters at least must be right.

    `ends` are where places spelt right end: what is listed with one of them is a place as well (襄阳和株州).
    """
    found: list[PlaceMention] = []
    at = 0
    while at < len(text):
        mention = _misspelt_at(text, at, ends)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at, ends = mention.end, ends | {mention.end}
    return found


def _misspelt_at(text: str, at: int, ends: frozenset[int]) -> PlaceMention | None:
    for size in range(_LONGEST, 1, -1):
        window = text[at : at + size]
        units = _meant(window) if len(window) == size else ()
        if not units or not all("\u4e00" <= c <= "\u9fff" for c in window):
            continue
        if window[:-1] in names().by_name and FACILITY.match(text, at + size - 1):
            continue  # 上海世博会 is no 上海市
        if _expected(text, at, at + size, ends):
            return PlaceMention(at, at + size, window, units)
    return None


def _meant(window: str) -> tuple[Place, ...]:
    """The units whose name a text's characters may stand for: those with the most characters right."""
    near: dict[int, dict[Place, None]] = {}
    for name in dict.fromkeys(name for key in enumerate(window) for name in _with().get((len(window), *key), ())):
        wrong = [(typed, meant) for typed, meant in zip(window, name, strict=True) if typed != meant]
        if not wrong or len(wrong) * 2 > len(name):
            continue
        # Of a long name one character may be wrong, however it sounds: 巴彦卓尔.
        if (len(name) >= _LONG and len(wrong) == 1) or all(_confused(*pair) for pair in wrong):
            near.setdefault(len(wrong), {}).update(dict.fromkeys(_spelt()[name]))
    return tuple(near[min(near)]) if near else ()


@cache
def _confused(typed: str, meant: str) -> bool:
    """Whether a character may stand for another of a name, by its sound or its looks."""
    return typed in sounds.looking_like(meant) or not _heard(typed).isdisjoint(_heard(meant))


@cache
def _heard(character: str) -> frozenset[str]:
    """How a character sounds, as a word of its own or in names."""
    return frozenset(sounds.blurred_reading(one) for one in sounds.usual(character) + _in_names().get(character, ()))


@cache
def _in_names() -> Mapping[str, tuple[str, ...]]:
    return {c: sounds.usual(other) for _, (c, other) in rows("places_sounds.tsv", ("character", "sounds"))}


@cache
def _spelt() -> Mapping[str, tuple[Place, ...]]:
    """Provinces and cities by their names of two characters and more."""
    found: dict[str, list[Place]] = {}
    for unit in names().units:
        if unit.level in (Level.PROVINCE, Level.CITY):
            for name in dict.fromkeys((*unit.aliases, unit.name)):
                if 1 < len(name) <= _LONGEST:
                    found.setdefault(name, []).append(unit)
    return {name: tuple(units) for name, units in found.items()}


@cache
def _with() -> Mapping[tuple[int, int, str], tuple[str, ...]]:
    """The names of a length that have a character at a place."""
    found: dict[tuple[int, int, str], list[str]] = {}
    for name in _spelt():
        for at, character in enumerate(name):
            found.setdefault((len(name), at, character), []).append(name)
    return {key: tuple(spelt) for key, spelt in found.items()}


# Characters of the longest names looked for.
_LONGEST = 5
# Of so many characters one may be wrong, however it sounds.
_LONG = 4


def _expected(text: str, start: int, end: int, ends: frozenset[int]) -> bool:
    """Whether a place is expected here: first of all, behind a year, before one, or listed with a place."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if text[start:end] in names().by_name:
        return False
    return (
        start == 0
        or (start - 1 in ends and bool(LISTED.match(text, start - 1)) and bool(BEHIND.match(text, end)))
        or bool(re.search(r"(?:19|20)\d\d年?$|年$|给$|在$|[想打][去到]$|去$|[咱俺]们?$", before))
        # 常走黔东南那片山路: behind a mark, or what was blanked, a place spelt right needs no other.
        or (bool(re.search(r"^$|[,，]$", before)) and not _named(text, end, ends))
        or bool(re.match(r"(?:19|20)\d\d|市|省|州|今年|去年", after))
        # A question's years are blanked before its places are looked for.
        or text.startswith(_YEAR_BLANKED, end)
        # 帮我查查看贵洋的财政收入: no word of reports, where no place is spelt right.
        or (not ends and text.startswith("的", end) and not any(map(bigrams.share, _pairs(text[start:end]))))
    )


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


_YEAR_BLANKED = " " * 4


def _named(text: str, start: int, ends: frozenset[int]) -> bool:
    """Whether a place spelt right is named in what is left of a clause."""
    mark = re.compile(r"[,，;；。?？!！]").search(text, start)
    return any(start < end <= (mark.start() if mark else len(text)) for end in ends)


def romanised(text: str) -> list[PlaceMention]:
    """Places named in Latin letters, longest first."""
    table = _pinyin()
    found: list[PlaceMention] = []
    for run in _LATIN.finditer(text):
        words = list(re.finditer(r"[A-Za-z]+(?:['’][A-Za-z]+)?", run[0]))
        n = 0
        while n < len(words):
            for m in range(min(n + 4, len(words)), n, -1):
                surface = run[0][words[n].start() : words[m - 1].end()]
                key = re.sub(r"(?:province|city|municipality|county|district|prefecture)$", "", latin(surface))
                units = table.get(key) or table.get(re.sub(r"s$", "", key) if "'" in surface or "’" in surface else key)
                if units and len(key) >= 4 and key not in _ENGLISH_WORDS:
                    found.append(
                        PlaceMention(run.start() + words[n].start(), run.start() + words[m - 1].end(), surface, units)
                    )
                    n = m - 1
                    break
            n += 1
    return found


# Romanised names that are English words.
_ENGLISH_WORDS = frozenset(
    {
        "china's",
        "he",
        "long",
        "lane",
        "dating",
        "same",
        "gain",
        "mine",
        "hang",
        "hand",
        "line",
        "shang",
        "pang",
        "tie",
        "tang",
        "yuan",
        "fang",
        "city",
    }
)


# Fuzhou, Jiangxi; Suzhou in Anhui; Suzhou city (Anhui province).
_QUALIFIED = re.compile(
    r"(?:\s+(?:city|prefecture|county|district))?\s*(?:,\s*(?:in\s+)?|\s+in\s+|\s*\()\s*(?:the\s+)?", re.IGNORECASE
)


def qualified(text: str, before: PlaceMention, mention: PlaceMention) -> PlaceMention | None:
    """Two romanised names as one place, where the second says in which province the first lies."""
    if not (before.surface.isascii() and mention.surface.isascii()):
        return None
    above = {unit.name for unit in mention.candidates}
    inside = tuple(unit for unit in before.candidates if above & set(unit.parents))
    if not inside or not _QUALIFIED.fullmatch(text[before.end : mention.start]):
        return None
    # One name: a comma in it parts no clauses.
    return PlaceMention(before.start, mention.end, text[before.start : mention.end], inside)
