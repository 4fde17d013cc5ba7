"""Administrative units, of today and since 1980: by name, and found in text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from retrieval.lexicon import gazetteer
from retrieval.lexicon import places_heard as heard
from retrieval.lexicon.gazetteer import COUNTRY, PlaceMention, by_name, load, members
from retrieval.model import Level, Place
from retrieval.text import fold

__all__ = ["COUNTRY", "PlaceMention", "by_name", "load", "members", "mentions", "mentions_in_prose", "names_of"]

_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|林区|特区|矿区|新区|地区|省|市|县|区|州|盟|旗)$")
# A short name is none of these words' beginning or end: 上海南站, 世界大同, 海南州 is its own.
_AFTER = re.compile(
    rf"(?:站|路|街|桥|大学|学院|机场|银行(?!业|系统|贷款|存款|信贷|机构)|石化|钢铁|集团|酒|菜|茶|瓷|火腿|牛肉|大米|{heard.EVENTS})"
)


def mentions(text: str, held: Sequence[Place] = ()) -> list[PlaceMention]:
    """Places named in `text`, leftmost and longest; offsets count its characters. `held` are units beside the table's.

    Neighbours of which one lies in the other narrow each other: 辽宁朝阳 is the city, 北京朝阳 the district.
    """
    return list(_mentions(text, tuple(held)))


@lru_cache(maxsize=512)
def _mentions(text: str, held: tuple[Place, ...]) -> tuple[PlaceMention, ...]:
    folded = fold(text)
    found = _beside(folded, _han(folded))
    for mention in _held(folded, held):
        apart = [other for other in found if other.end <= mention.start or mention.end <= other.start]
        found = sorted([*apart, mention], key=lambda m: m.start)
    for mention in heard.misspelt(folded, frozenset(mention.end for mention in found)):
        over = [other for other in found if mention.start < other.end and other.start < mention.end]
        if all(_swallowed(other, mention) for other in over):
            found = sorted([mention, *(other for other in found if other not in over)], key=lambda m: m.start)
    if re.search(r"[A-Za-z]{3}", folded):
        found += heard.romanised(folded)
        found.sort(key=lambda mention: mention.start)
    if all(COUNTRY in mention.candidates for mention in found):
        found = sorted([*found, *_of_facilities(folded)], key=lambda m: m.start)
    return tuple(_narrowed(folded, found))


def _swallowed(short: PlaceMention, misspelt: PlaceMention) -> bool:
    """Whether a county's short name is but a part of the name of a city with a wrong character: 连云岗 is no 连云."""
    inside = misspelt.start <= short.start and short.end <= misspelt.end
    return inside and len(short.surface) == _SHORTEST and short.candidates[0].level is Level.COUNTY


def _of_facilities(text: str) -> list[PlaceMention]:
    """The first city or province that the name of an airport, a port or a school begins with."""
    names = gazetteer.names()
    for start in range(len(text)):
        for size in range(min(names.longest, len(text) - start), 1, -1):
            surface = text[start : start + size]
            units = [u for u in names.by_name.get(surface, ()) if u.level in (Level.PROVINCE, Level.CITY)]
            if units and surface not in names.careful and heard.FACILITY.match(text, start + size):
                return [PlaceMention(start, start + size, surface, tuple(units))]
    return []


def _held(text: str, held: Sequence[Place]) -> list[PlaceMention]:
    """Units no table has, by their names in full or without the last word (东湖新区, 东湖)."""
    found: list[PlaceMention] = []
    for unit in held:
        name = "|".join(map(re.escape, names_of(unit)))
        found += [PlaceMention(m.start(), m.end(), m[0], (unit,)) for m in re.finditer(name, text)]
    return found


def names_of(unit: Place) -> tuple[str, ...]:
    """What a unit that no table has is called: in full, and without the last word where that names no other."""
    short = _SUFFIX.sub("", unit.name)
    return (unit.name, short) if 1 < len(short) < len(unit.name) and not by_name(short) else (unit.name,)


def _beside(text: str, found: list[PlaceMention]) -> list[PlaceMention]:
    """Short names that are words as well, listed with a place: 义乌和泉州, 泉州和义乌2023年."""
    names = gazetteer.names()
    more: list[PlaceMention] = []
    for mention in found:
        for size in range(4, 1, -1):
            start, end = mention.end + 1, mention.end + 1 + size
            after = text[start:end]
            if after in names.careful and heard.LISTED.match(text, mention.end) and heard.BEHIND.match(text, end):
                more.append(PlaceMention(start, end, after, names.by_name[after]))
                break
        start = mention.start - 1
        for size in range(4, 1, -1):
            before = text[max(0, start - size) : max(0, start)]
            if start - size == 0 and before in names.careful and heard.LISTED.match(text, start):
                more.append(PlaceMention(0, start, before, names.by_name[before]))
                break
    taken = {(m.start, m.end) for m in found}
    return sorted([*found, *(m for m in more if (m.start, m.end) not in taken)], key=lambda m: m.start)


def mentions_in_prose(text: str) -> list[PlaceMention]:
    """Places named in a folded report: neither misspelt nor romanised names are looked for."""
    return _han(text)


_OUTPUT = re.compile(r"地区(?:生产)?总值|地区GDP", re.IGNORECASE)


def _han(text: str) -> list[PlaceMention]:
    names = gazetteer.names()
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


def _overrun(text: str, at: int, size: int, names: gazetteer.Names) -> bool:
    """Whether a short name's last character begins the name of a larger place: 世博会宁波 names 宁波, not 会宁."""
    if size != len("会宁"):
        return False
    own = names.by_name[text[at : at + size]][0]
    return any(
        after[0].level in (Level.PROVINCE, Level.CITY) and gazetteer.RANK[after[0].level] < gazetteer.RANK[own.level]
        for longer in range(2, 5)
        if (after := names.by_name.get(text[at + 1 : at + 1 + longer])) and len(text) >= at + 1 + longer
    )


def _stands(text: str, start: int, end: int, names: gazetteer.Names) -> bool:
    """Whether a name is the place's and not part of another word."""
    surface = text[start:end]
    if surface == "国家":
        # 国家级, 国家队 name other things; the country itself is spoken of at the beginning, or as ours.
        return (start == 0 or text[start - 1] in "们咱我年 ") and not text.startswith(
            ("级", "队", "重点", "电", "高新技术", "森林", "卫生", "文明", "园林", "湿地", "标准", "储备", "公园"), end
        )
    short = len(surface) == _SHORTEST
    word = short and surface in names.careful and all(unit.name != surface for unit in names.by_name[surface])
    if _SUFFIX.search(surface) and not word and not (short and heard.FACILITY.match(text, end)):
        return True  # 广州 of 广州亚运会 ends in its kind as 苏州市 does, 新市 of 新市民 does not
    if surface in gazetteer.COUNTRY_WORDS:
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


# Characters of the shortest names.
_SHORTEST = 2
# Names of districts that every city has one of.
_COMMON = frozenset({"全州", "城区", "郊区", "矿区", "新区", "市区", "新城区", "老城区", "开发区"})


def _narrowed(text: str, found: list[PlaceMention]) -> list[PlaceMention]:
    """Candidates limited by the mention right before; in Latin letters by the one right behind (Fuzhou, Jiangxi)."""
    out: list[PlaceMention] = []
    for mention in found:
        before = out[-1] if out else None
        if before is not None and (one := heard.qualified(text, before, mention)):
            out[-1] = one
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
