"""Administrative units, of today and since 1980: by name, and found in text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon import sounds
from retrieval.lexicon.table import rows
from retrieval.model import Level, Place
from retrieval.text import fold

__all__ = ["COUNTRY", "PlaceMention", "by_name", "load", "members", "mentions", "mentions_in_prose"]

_COLUMNS = ("path", "level", "code", "short", "english", "until", "now", "word")
COUNTRY = Place("全国", Level.COUNTRY, "000000", (), ("国务院", "中国", "国家", "中央政府"), "China")
_COUNTRY_WORDS = ("全国", "国务院", "中国", "中央政府", "我国", "国家")
_DEPTH = {level: n for n, level in enumerate(Level)}
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|林区|特区|矿区|新区|地区|省|市|县|区|州|盟|旗)$")
_LATIN = re.compile(r"[a-z][a-z'’ -]*", re.IGNORECASE)
# A short name is none of these words' beginning or end: 上海南站, 世界大同, 海南州 is its own.
_AFTER = re.compile(
    r"(?:站|路|街|桥|大学|学院|机场|银行|石化|钢铁|集团|酒|菜|茶|瓷|火腿|牛肉|大米|世博会|世博园|亚残?运会|大运会|奥运会|冬奥会|亚洲运动会)"
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text; `candidates` are the units of that name, highest first, those of today first."""

    start: int
    end: int
    surface: str
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """Surfaces to units. `careful` are short names that are ordinary words as well."""

    units: tuple[Place, ...]
    by_name: dict[str, tuple[Place, ...]]
    careful: frozenset[str]
    longest: int
    latin: dict[str, tuple[Place, ...]]
    today: tuple[Place, ...]


@cache
def _names() -> _Names:
    units: list[Place] = [COUNTRY]
    today: list[Place] = []
    found: dict[str, list[tuple[tuple[int, int, int, str], Place]]] = {}
    latin: dict[str, list[Place]] = {"china": [COUNTRY], "national": [COUNTRY], "nationwide": [COUNTRY]}
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
                key = (_DEPTH[unit.level], bool(until), exact, code)
                found.setdefault(surface, []).append((key, unit))
        (words if word else sure).update(shorts)
        if english:
            latin.setdefault(_latin(english), []).append(unit)
    full = {unit.name: unit for unit in reversed(units)}
    for _, (english, place) in rows("places_english.tsv", ("english", "place")):
        latin.setdefault(_latin(english), []).insert(0, full[place])
    for _, (said, place) in rows("places_short.tsv", ("said", "place")):
        unit = full[place]
        found.setdefault(said, []).append(((_DEPTH[unit.level], False, 1, unit.code), unit))
    names = {
        surface: tuple(unit for _, unit in sorted(items, key=lambda item: item[0])) for surface, items in found.items()
    }
    for word in _COUNTRY_WORDS:
        names[word] = (COUNTRY,)
    return _Names(
        tuple(units),
        names,
        frozenset(words - sure),
        max(map(len, names)),
        {k: tuple(v) for k, v in latin.items()},
        tuple(today),
    )


def _latin(text: str) -> str:
    """Latin names compared without case, blanks and marks: Xi'an, XIAN, Inner Mongolia."""
    return re.sub(r"[^a-z]", "", text.lower())


@cache
def _pinyin() -> dict[str, tuple[Place, ...]]:
    """Romanised short names of provinces and cities, beside those the table states."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  loads its dictionary: only for a Latin name

    known = dict(_names().latin)
    found: dict[str, list[Place]] = {}
    for unit in _names().units:
        if unit.aliases and unit.level in (Level.PROVINCE, Level.CITY, Level.COUNTY):
            found.setdefault("".join(lazy_pinyin(unit.aliases[0])), []).append(unit)
    for key, units in found.items():
        both = dict.fromkeys([*known.get(key, ()), *units])
        known[key] = tuple(sorted(both, key=lambda u: (_DEPTH[u.level], u.code)))
    # 陕西 is written Shaanxi to keep it apart.
    known["shanxi"] = tuple(u for u in known.get("shanxi", ()) if u.name != "陕西省")
    return known


def load() -> tuple[Place, ...]:
    """All units, the country first. Raises LexiconError."""
    return _names().units


# Taiwan, Hong Kong and Macao have no such reports.
_NO_REPORTS = ("71", "81", "82")


@cache
def members(level: Level, within: str = "") -> tuple[Place, ...]:
    """The units of today of a level, all or those inside `within`, in the order of their codes."""
    found = [unit for unit in _names().today if unit.level is level and (not within or within in unit.parents)]
    return tuple(sorted((u for u in found if not u.code.startswith(_NO_REPORTS)), key=lambda unit: unit.code))


@cache
def by_name(name: str) -> tuple[Place, ...]:
    """Units whose full or short name is `name`: highest first, those of today before former ones."""
    return _names().by_name.get(name, ())


def mentions(text: str, held: Sequence[Place] = ()) -> list[PlaceMention]:
    """Places named in `text`, leftmost and longest; offsets count its characters. `held` are units beside the table's.

    Neighbours of which one lies in the other narrow each other: 辽宁朝阳 is the city, 北京朝阳 the district.
    """
    folded = fold(text)
    found = _beside(folded, _han(folded))
    for mention in _held(folded, held):
        apart = [other for other in found if other.end <= mention.start or mention.end <= other.start]
        found = sorted([*apart, mention], key=lambda m: m.start)
    for mention in _misspelt(folded, frozenset(mention.end for mention in found)):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found = sorted([mention, *found], key=lambda m: m.start)
    if re.search(r"[A-Za-z]{3}", folded):
        found += _romanised(folded)
        found.sort(key=lambda mention: mention.start)
    if all(COUNTRY in mention.candidates for mention in found):
        found = sorted([*found, *_of_facilities(folded)], key=lambda m: m.start)
    return _narrowed(folded, found)


# 阜阳机场2013年运了多少旅客: it lies where its name says.
_FACILITY = re.compile(
    r"(?:国际)?机场|(?:高铁|火车|客运)?站|港|大学|学院|大桥|石窟|古城|世博会|世博园|亚残?运会|大运会|奥运会|冬奥会|亚洲运动会"
)


def _of_facilities(text: str) -> list[PlaceMention]:
    """The first city or province that the name of an airport, a port or a school begins with."""
    names = _names()
    for start in range(len(text)):
        for size in range(min(names.longest, len(text) - start), 1, -1):
            surface = text[start : start + size]
            units = [u for u in names.by_name.get(surface, ()) if u.level in (Level.PROVINCE, Level.CITY)]
            if units and surface not in names.careful and _FACILITY.match(text, start + size):
                return [PlaceMention(start, start + size, surface, tuple(units))]
    return []


def _held(text: str, held: Sequence[Place]) -> list[PlaceMention]:
    """Units no table has, by their names in full or without the last word (东湖新区, 东湖)."""
    found: list[PlaceMention] = []
    for unit in held:
        short = _SUFFIX.sub("", unit.name)
        name = re.escape(unit.name) + (f"|{re.escape(short)}" if len(short) > 1 and not by_name(short) else "")
        found += [PlaceMention(m.start(), m.end(), m[0], (unit,)) for m in re.finditer(name, text)]
    return found


# Joins of places, and what stands behind a list of them.
_LISTED = re.compile(r"[和与跟、及比]")
_BEHIND = re.compile(r"(?:19|20)\d\d|[的谁哪两各,，、?？\s]|分别|对比|相比|今年|去年|$")


def _beside(text: str, found: list[PlaceMention]) -> list[PlaceMention]:
    """Short names that are words as well, listed with a place: 义乌和泉州, 泉州和义乌2023年."""
    names = _names()
    more: list[PlaceMention] = []
    for mention in found:
        for size in range(4, 1, -1):
            start, end = mention.end + 1, mention.end + 1 + size
            after = text[start:end]
            if after in names.careful and _LISTED.match(text, mention.end) and _BEHIND.match(text, end):
                more.append(PlaceMention(start, end, after, names.by_name[after]))
                break
        start = mention.start - 1
        for size in range(4, 1, -1):
            before = text[max(0, start - size) : max(0, start)]
            if start - size == 0 and before in names.careful and _LISTED.match(text, start):
                more.append(PlaceMention(0, start, before, names.by_name[before]))
                break
    taken = {(m.start, m.end) for m in found}
    return sorted([*found, *(m for m in more if (m.start, m.end) not in taken)], key=lambda m: m.start)


def mentions_in_prose(text: str) -> list[PlaceMention]:
    """Places named in a folded report: neither misspelt nor romanised names are looked for."""
    return _han(text)


_OUTPUT = re.compile(r"地区(?:生产)?总值|地区GDP", re.IGNORECASE)


def _han(text: str) -> list[PlaceMention]:
    names = _names()
    found: list[PlaceMention] = []
    at, length = 0, len(text)
    while at < length:
        if "\u4e00" <= text[at] <= "\u9fff":
            for size in range(min(names.longest, length - at), 1, -1):
                units = names.by_name.get(text[at : at + size])
                if units and size > len("地区") and _OUTPUT.match(text, at + size - len("地区")):
                    continue  # 宁德地区生产总值 is 宁德's
                if units and text[at : at + size] in _COMMON:
                    # 呼和浩特新城区 is a district of that name, 沈阳新城区 is none.
                    above = found[-1].candidates if found and found[-1].end == at else ()
                    units = tuple(unit for unit in units if {place.name for place in above} & set(unit.parents))
                if units and _stands(text, at, at + size, names) and not _overrun(text, at, size, names):
                    found.append(PlaceMention(at, at + size, text[at : at + size], units))
                    at += size - 1
                    break
        at += 1
    return found


def _overrun(text: str, at: int, size: int, names: _Names) -> bool:
    """Whether a short name's last character begins the name of a larger place: 世博会宁波 names 宁波, not 会宁."""
    if size != len("会宁"):
        return False
    own = names.by_name[text[at : at + size]][0]
    return any(
        after[0].level in (Level.PROVINCE, Level.CITY) and _DEPTH[after[0].level] < _DEPTH[own.level]
        for longer in range(2, 5)
        if (after := names.by_name.get(text[at + 1 : at + 1 + longer])) and len(text) >= at + 1 + longer
    )


def _misspelt(text: str, ends: frozenset[int]) -> list[PlaceMention]:
    """Cities and provinces typed by their sound: 苏洲, 呼和好特, 西双版那. One character at least must be right.

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
    for size in range(5, 1, -1):
        window = text[at : at + size]
        if len(window) != size or not all("\u4e00" <= c <= "\u9fff" for c in window):
            continue
        if window[:-1] in _names().by_name and _FACILITY.match(text, at + size - 1):
            continue  # 上海世博会 is no 上海市
        known = [
            (name, unit)
            for name, unit in _by_sound().get(tuple(sounds.blurred(c) for c in window), ())
            if name != window and any(a == b for a, b in zip(name, window, strict=True))
        ]
        if known and _expected(text, at, at + size, ends):
            close = max(sum(a == b for a, b in zip(name, window, strict=True)) for name, _ in known)
            units = tuple(u for n, u in known if sum(a == b for a, b in zip(n, window, strict=True)) == close)
            return PlaceMention(at, at + size, window, units)
    return None


def _expected(text: str, start: int, end: int, ends: frozenset[int]) -> bool:
    """Whether a place is expected here: first of all, behind a year, before one, or listed with a place."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if text[start:end] in _names().by_name:
        return False
    return (
        not before
        or (start - 1 in ends and bool(_LISTED.match(text, start - 1)) and bool(_BEHIND.match(text, end)))
        or bool(re.search(r"(?:19|20)\d\d年?$|年$|[,，]$|给$|在$", before))
        or bool(re.match(r"(?:19|20)\d\d|市|省|州|今年|去年", after))
    )


@cache
def _by_sound() -> dict[tuple[str, ...], tuple[tuple[str, Place], ...]]:
    """Provinces and cities by the sounds of their short names."""
    found: dict[tuple[str, ...], list[tuple[str, Place]]] = {}
    for unit in _names().units:
        if unit.level in (Level.PROVINCE, Level.CITY):
            for name in dict.fromkeys((*unit.aliases, unit.name)):
                if len(name) > 1:
                    found.setdefault(tuple(sounds.blurred(c) for c in name), []).append((name, unit))
    return {sound: tuple(units) for sound, units in found.items()}


def _stands(text: str, start: int, end: int, names: _Names) -> bool:
    """Whether a name is the place's and not part of another word."""
    surface = text[start:end]
    if surface == "国家":
        # 国家级, 国家队 name other things; the country itself is spoken of at the beginning, or as ours.
        return (start == 0 or text[start - 1] in "们咱我年 ") and not text.startswith(("级", "队", "重点", "电"), end)
    if _SUFFIX.search(surface) and not (len(surface) == _SHORTEST and _FACILITY.match(text, end)):
        return True  # 广州 of 广州亚运会 ends in its kind as 苏州市 does
    if surface in _COUNTRY_WORDS:
        return not text.startswith(
            ("前", "第", "平均", "最", "人大", "特色", "式", "首", "排", "位", "梦", "共产党"), end
        )
    if surface in names.careful:
        # Only at the question's beginning or beside a year, where a place is expected and a word is not.
        return start == 0 and bool(re.match(r"(?:19|20)\d\d|的|[，,\s]|今年|去年", text[end:]))
    if text.startswith(("景区", "风景"), end) and surface.endswith(("山", "湖", "江", "河")):
        # 泰山景区 is no 泰山区; 黄山 is a city as well.
        return any(not unit.name.endswith("区") for unit in names.by_name.get(surface, ()))
    return not (_AFTER.match(text, end) and not text.startswith(("路", "街"), end))


def _romanised(text: str) -> list[PlaceMention]:
    table = _pinyin()
    found: list[PlaceMention] = []
    for run in _LATIN.finditer(text):
        words = list(re.finditer(r"[A-Za-z]+(?:['’][A-Za-z]+)?", run[0]))
        n = 0
        while n < len(words):
            for m in range(min(n + 4, len(words)), n, -1):
                surface = run[0][words[n].start() : words[m - 1].end()]
                key = re.sub(r"(?:province|city|municipality|county|district|prefecture)$", "", _latin(surface))
                units = table.get(key) or table.get(re.sub(r"s$", "", key) if "'" in surface or "’" in surface else key)
                if units and len(key) >= 4 and key not in _ENGLISH_WORDS:
                    found.append(
                        PlaceMention(run.start() + words[n].start(), run.start() + words[m - 1].end(), surface, units)
                    )
                    n = m - 1
                    break
            n += 1
    return found


# Characters of the shortest names.
_SHORTEST = 2
# Names of districts that every city has one of.
_COMMON = frozenset({"全州", "城区", "郊区", "矿区", "新区", "市区", "新城区", "老城区", "开发区"})

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


def _narrowed(text: str, found: list[PlaceMention]) -> list[PlaceMention]:
    """Candidates limited by the mention right before; in Latin letters by the one right behind (Fuzhou, Jiangxi)."""
    out: list[PlaceMention] = []
    for mention in found:
        before = out[-1] if out else None
        if before is not None and before.surface.isascii() and mention.surface.isascii():
            above = {unit.name for unit in mention.candidates}
            inside = tuple(unit for unit in before.candidates if above & set(unit.parents))
            if inside and _QUALIFIED.fullmatch(text[before.end : mention.start]):
                # One name: a comma in it parts no clauses.
                out[-1] = PlaceMention(before.start, mention.end, text[before.start : mention.end], inside)
                continue
        if before is not None and mention.start - before.end <= 1:
            above = {unit.name for unit in before.candidates}
            inside = tuple(unit for unit in mention.candidates if above & set(unit.parents))
            if inside:
                parents = {name for unit in inside for name in unit.parents}
                out[-1] = PlaceMention(
                    before.start, before.end, before.surface, tuple(u for u in before.candidates if u.name in parents)
                )
                out.append(PlaceMention(mention.start, mention.end, mention.surface, inside))
                continue
        out.append(mention)
    return out
