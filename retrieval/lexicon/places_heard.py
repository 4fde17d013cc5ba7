"""Places named otherwise than in their own characters: typed by sound (苏洲), or in Latin letters (Fuzhou, Jiangxi)."""

from __future__ import annotations

import re
from functools import cache

from retrieval.lexicon import sounds
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
    """Cities and provinces typed by their sound: 苏洲, 呼和好特, 西双版那. One character at least must be right.

    `ends` are where places spelt right end: what is listed with one of them is a place as well (襄阳和株州).
    """
    found: list[PlaceMention] = []
    heard = tuple(sounds.blurred(c) if "\u4e00" <= c <= "\u9fff" else "" for c in text)
    at = 0
    while at < len(text):
        mention = _misspelt_at(text, heard, at, ends)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at, ends = mention.end, ends | {mention.end}
    return found


def _misspelt_at(text: str, heard: tuple[str, ...], at: int, ends: frozenset[int]) -> PlaceMention | None:
    """The misspelt place at an offset; `heard` are the sounds of the text's characters, empty where one has none."""
    by_sound = _by_sound()
    for size in range(min(_LONGEST, len(text) - at), 1, -1):
        sounding = by_sound.get(heard[at : at + size], ())
        if not sounding and size < _LONG:
            continue
        window = text[at : at + size]
        near = _one_off(window) if size >= _LONG and "" not in heard[at : at + size] else ()
        known = [
            (name, unit)
            for name, unit in sounding
            if name != window and any(a == b for a, b in zip(name, window, strict=True))
        ]
        if not known and not near:
            continue
        if window[:-1] in names().by_name and FACILITY.match(text, at + size - 1):
            continue  # 上海世博会 is no 上海市
        if not _expected(text, at, at + size, ends):
            continue
        if known:
            close = max(sum(a == b for a, b in zip(name, window, strict=True)) for name, _ in known)
            near = tuple(u for n, u in known if sum(a == b for a, b in zip(n, window, strict=True)) == close)
        return PlaceMention(at, at + size, window, near)
    return None


def _one_off(window: str) -> tuple[Place, ...]:
    """The places whose long name is typed with one wrong character: 巴彦卓尔."""
    table = _long_names()
    found = [
        (number, unit)
        for wrong in range(len(window))
        for number, name, unit in table.get((wrong, window[:wrong] + window[wrong + 1 :]), ())
        if name[wrong] != window[wrong]
    ]
    return tuple(dict.fromkeys(unit for _, unit in sorted(found, key=lambda one: one[0]))) if found else ()


@cache
def _long_names() -> dict[tuple[int, str], tuple[tuple[int, str, Place], ...]]:
    """Short names of provinces and cities of four characters and more, numbered: by the place of a character and the
    others."""
    known = [
        (name, unit)
        for unit in names().units
        if unit.level in (Level.PROVINCE, Level.CITY)
        for name in unit.aliases
        if len(name) >= _LONG
    ]
    found: dict[tuple[int, str], list[tuple[int, str, Place]]] = {}
    for number, (name, unit) in enumerate(known):
        for wrong in range(len(name)):
            found.setdefault((wrong, name[:wrong] + name[wrong + 1 :]), []).append((number, name, unit))
    return {key: tuple(own) for key, own in found.items()}


# Of so many characters one may be wrong, however it sounds; of more than the second none is looked for.
_LONG, _LONGEST = 4, 5


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
    )


_YEAR_BLANKED = " " * 4


def _named(text: str, start: int, ends: frozenset[int]) -> bool:
    """Whether a place spelt right is named in what is left of a clause."""
    mark = re.compile(r"[,，;；。?？!！]").search(text, start)
    return any(start < end <= (mark.start() if mark else len(text)) for end in ends)


@cache
def _by_sound() -> dict[tuple[str, ...], tuple[tuple[str, Place], ...]]:
    """Provinces and cities by the sounds of their short names, as these are read and as their characters alone are."""
    read = str.maketrans({c: other for _, (c, other) in rows("places_sounds.tsv", ("character", "sounds"))})
    found: dict[tuple[str, ...], list[tuple[str, Place]]] = {}
    for unit in names().units:
        if unit.level in (Level.PROVINCE, Level.CITY):
            for name in dict.fromkeys((*unit.aliases, unit.name)):
                for said in dict.fromkeys((name, name.translate(read))) if len(name) > 1 else ():
                    found.setdefault(tuple(sounds.blurred(c) for c in said), []).append((name, unit))
    return {sound: tuple(units) for sound, units in found.items()}


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
