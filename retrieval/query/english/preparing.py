"""English text made ready to be read: places and proper names in Chinese, plans and stretches of years written alike,
and lists of modifiers spelt out (urban and rural residents → urban residents && rural residents)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from retrieval.lexicon import places
from retrieval.lexicon.gazetteer import PlaceMention
from retrieval.lexicon.table import rows
from retrieval.model import Level, Place
from retrieval.query.english.romanised import featured, featured_names
from retrieval.query.english.tidying import tidied

__all__ = ["NUMBER", "YEARS", "named", "ordinal", "planned", "prepared"]

_PLAN = re.compile(
    r"(?:the\s+|its\s+)?(\d{1,2})(?:st|nd|rd|th)\s+(?:five[- ]year(?:\s+plan)?|plan)(?:\s+period)?", re.IGNORECASE
)
_SPELT = (
    *("fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    "fifteenth",
)
_SPELT_PLAN = re.compile(
    rf"(?:the\s+|its\s+)?\b({'|'.join(_SPELT)})\s+five[- ]year(?:\s+plan)?(?:\s+period)?", re.IGNORECASE
)
_FIRST_SPELT = 5
YEARS = re.compile(
    r"\b(?:from|between)?\s*((?:19|20)\d\d)\s*(?:-|–|—|to|and|through)\s*((?:19|20)\d\d)\b", re.IGNORECASE
)
# 30 million tonnes: a number named only narrows; the words around it ask.
NUMBER = re.compile(
    r"\b(?:(?:above|over|at|more\s+than|at\s+least)\s+)?\d[\d.,]*\s*(?:thousand|million|billion|trillion)"
    r"(?:\s+(?:tonnes|tons|yuan|rmb|people|kwh|mu|us\s+dollars|dollars))?\b",
    re.IGNORECASE,
)
# Aba Prefecture (阿坝州): the name in brackets tells which is meant.
_GIVEN = re.compile(
    r"(?P<latin>(?:[A-Z][A-Za-z'’-]+\s+){0,3}[A-Z][A-Za-z'’-]+)(?:\s+(?:city|province|prefecture|county|district))?(?:\s*,?\s*(?:in\s+)?[A-Z][a-z]+)?\s*\(\s*(?P<name>[㐀-鿿]{2,12})\s*\)"
)
# Fuzhou, Jiangxi; Fuzhou in Jiangxi: the province tells which city is meant.
_WITHIN = re.compile(r"^\s*(?:,|\(|in|of)\s*(?:the\s+)?$")
# Imports and exports together are one indicator, unless each is asked for.
_TRADE = re.compile(r"\b(?:total\s+)?imports?\s+and\s+exports?(?:\s+(?:value|volume))?\b", re.IGNORECASE)
_APART = re.compile(r"\b(?:respectively|each|both|separately)\b", re.IGNORECASE)
# Words that modify the same noun and are often listed: urban and rural residents.
_CLASSES = (
    ("urban", "rural"),
    ("city", "country", "village", "town", "township", "county", "municipal", "provincial"),
    ("primary", "secondary", "tertiary"),
    ("primary", "middle", "secondary", "high", "junior", "senior"),
    ("inbound", "domestic", "overseas", "foreign", "outbound"),
    ("import", "export"),
    ("passenger", "cargo", "freight", "mail", "cargo/mail"),
    ("criminal", "public-order", "civil", "administrative", "drug", "traffic", "fire"),
    ("male", "female"),
    ("deposit", "loan"),
    ("pm2.5", "pm10", "so2", "no2"),
    ("sulfur dioxide", "sulphur dioxide", "nitrogen oxide", "nitrogen oxides", "nitrogen dioxide"),
    ("wind", "solar", "hydro", "nuclear", "thermal", "photovoltaic", "coal"),
    (
        "grain",
        "cotton",
        "oil",
        "vegetable",
        "fruit",
        "meat",
        "egg",
        "milk",
        "pork",
        "beef",
        "mutton",
        "tea",
        "coal",
        "steel",
    ),
    ("public", "private", "state-owned"),
    ("large", "medium", "small", "micro"),
    ("centralised", "centralized", "scattered", "dispersed"),
    ("primary-school", "middle-school"),
    ("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
    ("medical", "pension", "unemployment", "maternity", "injury"),
    ("domestic", "international", "regional"),
    ("river", "lake", "sea", "coastal"),
    ("national", "provincial", "municipal", "county"),
    ("pig", "cattle", "sheep", "poultry", "hog"),
    ("apple", "pear", "orange", "citrus", "grape", "tea", "walnut"),
    ("gold", "silver", "bronze"),
    ("national", "national-level", "provincial-level", "city-level"),
    ("wheat", "rice", "corn", "maize", "soybean"),
    ("highway", "railway", "road", "rail", "expressway", "air", "water"),
    ("water", "gas", "power", "heat", "electricity"),
)
_END = (
    r"did|do|does|was|were|is|are|has|have|had|will|would|of|in|on|at|for|from|to|by|with|and|or|per|respectively|"
    r"grow|grew|rise|rose|fall|fell|increased?|as|than|during|over|each|&&|come|came|reach(?:ed)?|handle"
)


@cache
def _lists() -> tuple[re.Pattern[str], ...]:
    found = []
    for words in _CLASSES:
        one = "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"
        found.append(
            re.compile(
                rf"\b(?P<list>{one}(?:\s*,\s*{one})*\s*,?\s+and\s+(?:(?:for|of|on|in)\s+)?{one})"
                rf"(?P<tail>(?:\s+(?!(?:{_END})\b)[A-Za-z][\w'’&/.-]*){{1,6}})",
                re.IGNORECASE,
            )
        )
    return tuple(found)


def prepared(text: str) -> str:
    """The text with names in Chinese and lists of modifiers spelt out."""
    text = re.sub(r"\b(I|we|you|they|he|she|it|what|that|there)['’](d|m|ve|re|ll)\b", r"\1'\2", text)
    text = _ROUGHLY.sub("", _ones(text))
    text = tidied(text)
    text = _FROM_TO.sub(_ends, text)
    text = named(planned(text))
    text = _TOTAL_OF.sub(lambda m: f" {'national' if m[1] == '全国' else 'provincial'} total ", text)
    text = _MADE_OF.sub(_sum, text)
    text = NUMBER.sub(" ", text)
    text = re.sub(
        r"\b(?:and\s+)?of (?:those|them|these|which)\s*,?\s+how many\b",
        "and how many of those",
        text,
        flags=re.IGNORECASE,
    )
    text = _ENDS_AT.sub(r"\1 upto", text)
    text = re.sub(
        r"\bper (?:10,000|ten thousand) yuan of (?:gdp|output)\b", "per unit of GDP", text, flags=re.IGNORECASE
    )
    text = YEARS.sub(r" \1-\2", text)
    text = _TO_YEAR.sub(_stretch, text)
    text = _STRETCH.sub(r"\1", text)
    text = _TH.sub(lambda m: f" 第{ordinal(int(m[1]))}届 ", text)
    text = re.sub(r"\bat the (?:start|beginning) and (?:at )?the end\b", "before and after", text, flags=re.IGNORECASE)
    text = _PLANT.sub(r"\1factory", text)
    text = _CENTRAL.sub(r" \1 central urban area ", text)
    if _LASTING.search(text):
        text = re.sub(r"\b(?<!average )(annual|yearly) (growth|increase)", r"average \1 \2", text, flags=re.IGNORECASE)
    if not _APART.search(text):
        text = _TRADE.sub(" 进出口总额 ", text)
    for pattern in _lists():
        text = pattern.sub(_spelt_out, text)
    return re.sub(r"([㐀-鿿”])\s*['’]s\b", r"\1 's ", re.sub(r"\s(?:[—–]|-{1,2})\s|[—–]", " : ", text))


# From roughly how many working days down to how many.
_ROUGH = r"(?:roughly\s+|about\s+|around\s+)?"
_VERB = "did|was|were|has|have|had|does|do|is|are"
_FROM_TO = re.compile(
    rf"\bfrom\s+{_ROUGH}(?P<ask>how many|how much|what|which)(?P<noun>(?:\s+(?!to\b|down\b|up\b)[\w-]+){{0,3}}?)\s+"
    rf"(?:up\s+|down\s+)?to\s+{_ROUGH}(?:how many|how much|what|which)\b(?P<last>(?:\s+(?!(?:{_VERB})\b)[\w-]+)?)"
    rf"(?=\s*[?,.;]|\s*$|\s+(?:{_VERB})\b)",
    re.IGNORECASE,
)


def _ends(match: re.Match[str]) -> str:
    """Both ends of a change, as the table of asks has them."""
    ask, noun = match["ask"].lower(), match["noun"].strip().lower() or match["last"].strip().lower()
    if ask in ("what", "which"):
        kind = "percentage" if noun.startswith("percent") else noun
        kind = "rank" if kind in ("place", "position", "spot", "ranking") else kind
        kind = kind if kind in ("level", "number", "figure", "share", "percentage", "rank") else ""
        return f"from what {kind} to what {kind}" if kind else f"from what to what {noun}"
    return f"from {ask} to {ask} {noun}"


# A plant that makes things.
_PLANT = re.compile(r"((?:'s|’s|\bthe|\ba|\bnew|\bits)\s+(?:[\w-]+\s+)?)plant\b", re.IGNORECASE)
# The middle of a city; a plan or a stretch of years, over which a yearly growth is an average.
_CENTRAL = re.compile(r"\b(?:central|downtown)\s+([㐀-鿿]+[市州])(?=\W)")
_LASTING = re.compile(r"“[^”]+五”|(?:19|20)\d\d-(?:19|20)\d\d")
# About how many: the answer is given as the report has it.
_ROUGHLY = re.compile(r"\b(?:about|roughly|approximately|around)\s+(?=how\s+(?:many|much)\b)", re.IGNORECASE)
# How many base stations had A built? And how many new ones …: the ones counted before.
_COUNTED = re.compile(
    r"\bhow\s+many\s+((?:[\w-]+\s+){0,4}?[\w-]+)\s+(?:had|have|has|did|do|does|were|was|are|is|will|would)\b",
    re.IGNORECASE,
)
_ONES = re.compile(r"(\bhow\s+many\s+(?:new|more|other|further|additional)\s+)ones\b", re.IGNORECASE)


def _ones(text: str) -> str:
    """The text with what is counted named again where 'ones' stands for it."""
    first = _COUNTED.search(text)
    if first is None:
        return text
    return text[: first.end()] + _ONES.sub(lambda m: m[1] + first[1], text[first.end() :])


# Its share of the Zhejiang total.
_TOTAL_OF = re.compile(
    r"(?<=of|nd)\s+(?:the\s+)?(全国|[㐀-鿿]+(?:省|自治区))\s+(?:['’]s\s+)?total(?=\s*(?:[?,.]|$|and\b|in\b|did\b|was\b))",
    re.IGNORECASE,
)
# What did the rate fall to: what it came to, not by how much.
_ENDS_AT = re.compile(
    r"\b(drop|dropped|fall|fallen|fell|decline|declined|decrease|shrink|(?:come|go|get|cut|bring|brought) down|"
    r"rise|risen|rose|grow|grown|grew|increase|increased|expand|climb|climbed|"
    r"(?:go|move) up|raised?|improve)\s+to"
    r"(?=\s*(?:[?.,;]|$)|\s+(?:and|in|by|at|as)\b)",
    re.IGNORECASE,
)
# 100-million-yuan projects.
_MADE_OF = re.compile(r"\b(\d+|ten|hundred)[- ](million|billion|trillion)[- ]yuan\b(?=[\s-]+[a-z])", re.IGNORECASE)
_POWERS = {1: "", 10: "十", 100: "百", 1000: "千"}


def _sum(match: re.Match[str]) -> str:
    """A round sum as reports say it; others only narrow."""
    count = {"ten": 10, "hundred": 100}.get(match[1].lower()) or int(match[1])
    scale = match[2].lower()
    if scale == "million":
        return " 亿元 " if count == 100 else " 千万元 " if count == 10 else " "
    if scale == "billion" and count in (1, 10, 100):
        return f" {_POWERS[count * 10]}亿元 "
    return " 万亿元 " if scale == "trillion" and count == 1 else " "


# Over the five years to 2015.
_TO_YEAR = re.compile(
    r"\b(?:over|in|during|across)\s+the\s+(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[\s-]years?\s+(?:to|ending(?:\s+in)?|up\s+to|until)\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# During the five years 2016-2020.
_STRETCH = re.compile(
    r"\bthe\s+(?:two|three|four|five|six|ten)[\s-]years?\s+(?:of\s+|from\s+)?((?:19|20)\d\d-(?:19|20)\d\d)"
)
_TH = re.compile(r"(?:\bthe\s+)?\b(\d{1,2})(?:st|nd|rd|th)\b(?![\s-]+(?:century|place|in\b))", re.IGNORECASE)


def _stretch(match: re.Match[str]) -> str:
    count = int(match[1]) if match[1].isdigit() else _COUNTS.index(match[1].lower()) + 2
    return f"in {int(match[2]) - count + 1}-{match[2]}"


# National high-tech enterprises are none of the whole country's.
_ADJECTIVES = frozenset({"national", "nationwide", "nationally", "chinese"})


def _spelt_out(match: re.Match[str]) -> str:
    """Each modifier of a list with the noun behind it."""
    words = [word for word in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", match["list"]) if word]
    words = [re.sub(r"^(?:for|of|on|in)\s+", "", word) for word in words]
    return " && ".join(f"{word}{match['tail']}" for word in words)


def planned(text: str) -> str:
    """Five-year plans as Chinese names them."""
    text = _MONTH.sub(_dated, text)
    text = _PLAN.sub(lambda m: f" “{ordinal(int(m[1]))}五” ", text)
    return _SPELT_PLAN.sub(lambda m: f" “{ordinal(_SPELT.index(m[1].lower()) + _FIRST_SPELT)}五” ", text)


_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
# August 2015, 3 June 2010; the month a report was given in says nothing more than its year.
_MONTH = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+(?:of\s+)?"
    r"(?P<year>(?:19|20)\d\d)\b(?P<report>\s+(?:\w+\s+){0,2}?report\b)?",
    re.IGNORECASE,
)


def _dated(match: re.Match[str]) -> str:
    if match["report"]:
        return f"{match['year']}{match['report']}"
    return f" {match['year']}年{_MONTHS.index(match['month'].lower()) + 1}月 "


def ordinal(number: int) -> str:
    """A number below one hundred in Chinese."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


@cache
def _proper() -> tuple[re.Pattern[str], dict[str, str]]:
    """Proper names, which would be read as places or as words: Yangtze River Delta, China-Europe freight trains."""
    found = {
        english: chinese.split("|")[0]
        for _, (english, chinese, field) in rows("english_glossary.tsv", ("english", "chinese", "field"))
        if field == "names"
    }
    words = "|".join(sorted(map(re.escape, found), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z-])(?:{words})(?![A-Za-z])", re.IGNORECASE), found


def named(text: str) -> str:
    """Proper names and romanised places by their Chinese names."""
    for match in reversed(list(_GIVEN.finditer(text))):
        if places.mentions(match["name"]):
            text = f"{text[: match.start()]} {match['name']} {text[match.end() :]}"
            text = re.sub(rf"\b{re.escape(match['latin'])}\b", f" {match['name']} ", text)
    pattern, proper = _proper()
    text = pattern.sub(lambda m: f" {proper[m[0].lower()]} ", text)
    mentions = places.mentions(text)
    above = _above(mentions)
    chained = False
    for number in range(len(mentions) - 1, -1, -1):
        mention = mentions[number]
        if not re.search(r"[A-Za-z]", mention.surface) or mention.surface.lower() in _ADJECTIVES:
            continue
        unit = _meant(mention, text[mention.end :], above)
        if number + 1 < len(mentions):
            after = mentions[number + 1]
            inside = [u for u in mention.candidates if {c.name for c in after.candidates} & set(u.parents)]
            unit = inside[0] if inside and _WITHIN.match(text[mention.end : after.start]) else unit
        if number and text[mentions[number - 1].end : mention.start] == "-" and unit is not None:
            # Ningbo-Zhoushan Port: one name.
            text = f"{text[: mention.start]}{_short(unit)}{text[mention.end :]}"
            chained = True
            continue
        if chained and unit is not None:
            chained = False
            name = _short(unit) + text[mention.end + 1 :]
            led = f" {unit.name} " if not above - {unit.name} and unit.level is Level.CITY else " "
            text = f"{text[: mention.start]}{led}{name}"
            continue
        said, size = featured(mention.surface, text[mention.end :], unit, alone=len(mentions) == 1)
        text = f"{text[: mention.start]} {said} {text[mention.end + size :]}"
    text = featured_names(text)
    return re.sub(r"\(\s*([㐀-鿿]+)\s*\)", lambda m: f" {m[1]} ", text)


def _above(mentions: Sequence[PlaceMention]) -> frozenset[str]:
    """The provinces and cities a text names."""
    return frozenset(m.candidates[0].name for m in mentions if m.candidates[0].level in (Level.PROVINCE, Level.CITY))


def _short(unit: Place) -> str:
    return unit.aliases[0] if unit.aliases else unit.name


_KINDS = {"city": "市", "province": "省", "prefecture": "州盟", "county": "县", "district": "区", "league": "盟"}


def _meant(mention: PlaceMention, behind: str, above: frozenset[str]) -> Place | None:
    """The unit a romanised name means: of the kind that is said, or one in a place named as well. Nothing where it is
    only a county somewhere else: Sunan of Sunan airport in Wuxi."""
    said = mention.surface.split()[-1].lower()
    follows = re.match(r"\s+(\w+)", behind)
    kind = _KINDS.get(said) or (_KINDS.get(follows[1].lower()) if follows else None)
    first = mention.candidates[0]
    if kind:
        first = next((u for u in mention.candidates if u.name[-1] in kind and u.level is not Level.COUNTY), first)
    if first.level is Level.PROVINCE or first.name in ("全国",):
        return first
    inside = [u for u in mention.candidates if above & set(u.parents)]
    if inside and inside[0].level is not Level.COUNTY:
        return inside[0]
    if first.level is Level.COUNTY and above:
        return inside[0] if inside else None
    return first
