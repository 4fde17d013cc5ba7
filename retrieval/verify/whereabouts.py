"""Of which place a text tells: what the user said, its title, its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.lexicon import gazetteer, places
from retrieval.lexicon.gazetteer import COUNTRY, PlaceMention
from retrieval.model import Level, Place

__all__ = ["Held", "Spot", "named", "spots"]

_CLAUSE = re.compile(r"[,;。:!?(]")
# Behind these a place is compared with, gone to or come from, and no subject.
_ASIDE = re.compile(
    r"(?:[比与和同于占居在到至对从由向为给被达含赴往经及跟驻离]|相当|高出|超过|超|低于|高于|快于|慢于|优于|位列|列|来自|通往|其中|全|[、—-])$"
)
# What may stand between a clause's beginning and its subject.
_OPENING = re.compile(
    r"(?:\d{4}年|今年|去年|上年|当年|截至|年末|年底|全年|上半年|[一二三四]季度|前[一二三]季度|预计|数据显示|据[^,]{0,10}|其中|同时|此外|而|但|\s|[“”\"、和与及])*$"
)
_WIDE = re.compile(r"全国|全省|全自治区|全区|全市|全县|全州|全盟|我省|我市|我区|我县|我州|我国|国内(?!生产)")
# Of a country's or another's own things: 全国第一, 全省前列 rank, 全国文明城市 honours.
_RANKED = re.compile(r"第|前|首|平均|排|最|位|文明|先进|重点|百强|十|领先|唯一|示范|卫生|范围|各|人大|两会|标准|试点")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that opens a clause of a sentence, at `start` of it; `opens` tells that it opens the whole, or what
    stands behind a semicolon, but for the time."""

    start: int
    end: int
    candidates: tuple[Place, ...]
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """The places that reports are stored of, by name."""

    places: Mapping[str, Place]

    def one(self, candidates: Sequence[Place], beside: str = "") -> Place:
        """Of the units of one name the one that is meant: that lies in or over the place `beside`, or is stored, or is
        the first."""
        near = self.places.get(beside)
        above = set(near.parents) | {near.name} if near else set()
        inside = [c for c in candidates if near and (near.name in c.parents or c.name in above)]
        stored = [c for c in inside or candidates if c.name in self.places]
        # A prefecture-level name without its kind is the city's where the province is not spoken of: 吉林.
        return (stored or inside or list(candidates))[0]


def spots(sentence: str, held: Held, beside: str) -> list[Spot]:
    """The places a folded sentence is told of, in order: those that open a clause. 全市 is the place `beside` itself,
    全省 and 全国 lie over it."""
    found = [
        Spot(m.start, m.end, m.candidates, _begins(sentence, m.start))
        for m in _mentions(sentence)
        if m.surface not in _BODIES and _opens(sentence, m.start) and not _listed(sentence, m)
    ]
    for match in _WIDE.finditer(sentence):
        if _opens(sentence, match.start()) and not _RANKED.match(sentence, match.end()):
            unit = _over(match[0], held.places.get(beside))
            if unit is not None:
                found = [spot for spot in found if spot.end <= match.start() or spot.start >= match.end()]
                found.append(Spot(match.start(), match.end(), (unit,), _begins(sentence, match.start())))
    found += _unknown(sentence, found)
    return sorted(found, key=lambda spot: spot.start)


# A name with the kind of a unit behind it that opens a clause: 火星市GDP.
_NAMED = re.compile(r"(?<![一-鿿])[一-鿿]{2,3}?(?P<kind>[省市县])(?=[一-鿿A-Za-z])")
_NO_NAME = re.compile(
    r"[全各我该本此省县城超股门上集都首大小中多两几每]|(?:一|二|三|四|五)[个座]|城[镇乡]|省[会直内外]|市[场民区]"
)


def _unknown(sentence: str, known: Sequence[Spot]) -> list[Spot]:
    """Units that open a sentence and that no table has: of them nothing is stored."""
    found = []
    named = _mentions(sentence) if _NAMED.search(sentence) else []
    for match in _NAMED.finditer(sentence):
        name = match[0]
        apart = all(spot.end <= match.start() or spot.start >= match.end() for spot in known)
        taken = any(mention.start < match.end() and mention.end > match.start() for mention in named)
        if apart and not taken and not _NO_NAME.search(name[:-1]) and _begins(sentence, match.start()):
            level = {"省": Level.PROVINCE, "市": Level.CITY, "县": Level.COUNTY}[match["kind"]]
            found.append(Spot(match.start(), match.end(), (Place(name, level),), opens=True))
    return found


# 新华社北京1月17日电: where a piece of news was written.
_DATELINE = re.compile(r"\s?(?:\d{4}年)?\d{1,2}月\d{1,2}日[电讯]|报道|消息")


def _mentions(sentence: str) -> list[PlaceMention]:
    return [m for m in places.mentions_in_prose(sentence) if not _DATELINE.match(sentence, m.end)]


def _opens(sentence: str, at: int) -> bool:
    """Whether what begins at a position may be a clause's subject."""
    begun = max((m.end() for m in _CLAUSE.finditer(sentence, 0, at)), default=0)
    front = sentence[begun:at]
    return bool(_OPENING.match(front)) and not (front and _ASIDE.search(front) and not _OPENING.fullmatch(front))


def _begins(sentence: str, at: int) -> bool:
    """Whether nothing but words of time stands before a position in its sentence, or behind the last semicolon."""
    return bool(_LEADING.fullmatch(sentence, sentence.rfind(";", 0, at) + 1, at))


_LEADING = re.compile(rf"(?:{_OPENING.pattern.removesuffix('$')}|,)*")


# The state as who does something: 国家下达的任务.
_BODIES = frozenset({"国家", "国务院", "中央政府"})


def _listed(sentence: str, mention: PlaceMention) -> bool:
    """Whether a name only begins that of a thing: 长春至哈尔滨, 北京银行."""
    return sentence[mention.end : mention.end + 1] in ("至", "到", "-", "—")


_WIDER = {"省": (Level.PROVINCE,), "区": (Level.PROVINCE, Level.COUNTY), "州": (Level.CITY,), "盟": (Level.CITY,)}
_WIDER |= {"市": (Level.CITY, Level.PROVINCE, Level.COUNTY), "县": (Level.COUNTY,)}


def _over(word: str, place: Place | None) -> Place | None:
    """The unit that 全省 or 全市 means beside a place: the place itself, or the nearest over it of that level."""
    if "国" in word:
        return COUNTRY
    if place is None:
        return None
    kind = word.removesuffix("自治区")[-1:] if not word.endswith("自治区") else "区"
    levels = _WIDER.get(kind, ())
    if place.level in levels and (place.name[-1] == kind or place.name.endswith("自治区")):
        return place
    for name in place.parents:
        unit = next((u for u in gazetteer.by_name(name) if u.level in levels and u.name == name), None)
        if unit is not None:
            return unit
    return None


def named(text: str, held: Held) -> Place | None:
    """The place a whole text is of: the stored one that most of its clauses open with, the first of several."""
    counted: Counter[str] = Counter()
    first: dict[str, tuple[int, tuple[Place, ...]]] = {}
    # Where a piece of news was written is better than nothing.
    for mention in _mentions(text) or places.mentions_in_prose(text):
        if mention.surface == "国家":
            continue
        name = mention.candidates[0].name
        counted[name] += 2 if _opens(text, mention.start) else 1
        first.setdefault(name, (mention.start, mention.candidates))
    if not counted:
        return None
    stored = [name for name in counted if held.one(first[name][1]).name in held.places]
    among = [name for name in stored or counted if name != COUNTRY.name] or stored or list(counted)
    best = max(among, key=lambda name: (counted[name], -first[name][0]))
    return held.one(first[best][1])
