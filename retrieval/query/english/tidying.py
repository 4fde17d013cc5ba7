"""English questions without what says nothing: introductions, hints of units, lists of numbered units."""

from __future__ import annotations

import re

from retrieval.lexicon import places
from retrieval.model import Level
from retrieval.query.english.romanised import heard
from retrieval.query.english.words import forms, words_of

__all__ = ["introduced", "tidied"]

# What opens talk about who asks and why.
_TALK = re.compile(
    r"\b(?:i|i'm|i am|i've|we|we're|our|my|me|us|(?:a )?(?:quick|small|short|one) (?:one|question|check|query)|"
    r"desk|editors?|filing|writing|reading|researching|preparing|drafting|scouting|covering|checking|fact-?check\w*|"
    r"verify|stor(?:y|ies)|piece|article|blog|column|thesis|podcast|documentary|feature|report on|hello|hi|hey|dear|"
    r"thanks|please)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"(?<=[^.\s]{2})[.!:]\s+|\s+[—–-]{1,2}\s+|\s*—\s*|;\s+")
_INTERROGATIVE = re.compile(r"\b(?:how|what|which|where|when|who|why|number of|tell me|give me)\b|\?", re.IGNORECASE)


def introduced(text: str) -> str:
    """The text without an introduction (I cover Beijing's hinterland. …), where the rest names place and year."""
    if yesno := _YESNO.match(text):
        text = _named_first(yesno["rest"], yesno["first"])
    while turn := _TURN.search(text):
        talk, rest = text[: turn.start()], text[turn.end() :]
        if _INTERROGATIVE.search(talk) or not _TALK.search(talk) or not _INTERROGATIVE.search(rest):
            break
        if not (_DATED.search(rest) and places.mentions(rest)):
            break
        within = [m for m in places.mentions(talk) if m.candidates[0].level is Level.PROVINCE]
        first = next((m for m in places.mentions(rest) if m.surface.isascii()), None)
        province = within[0].candidates[0].name if within else ""
        if (
            first
            and province not in first.candidates[0].parents
            and any(province in u.parents for u in first.candidates)
        ):
            # For a story on Zhejiang: how many rivers did Taizhou …
            rest = f"{rest[: first.end]}, {within[0].surface},{rest[first.end :].removeprefix(',')}"
        text = rest
    return text


# Did A get safer in 2007? By what percentage did crime fall?
_YESNO = re.compile(
    r"\s*(?P<first>(?:did|does|do|is|was|were|are|has|have|had|will|can)\b[^?]*)\?\s+"
    r"(?P<rest>(?:and\s+|so\s+)?(?:(?:going\s+by|judging\s+by|according\s+to|based\s+on|per)\s+[^,?]*,\s*)?"
    r"(?:(?:by|to|in|on|at|over|for)\s+)?(?:how|what|give\s+me|tell\s+me)\b.*)",
    re.IGNORECASE | re.DOTALL,
)


def _named_first(rest: str, before: str) -> str:
    """The question with the place and the year that only the sentence before it names."""
    mentions = places.mentions(before)
    year = _DATED.search(before)
    if mentions and not places.mentions(rest):
        rest = f"In {mentions[0].surface}, {rest}"
    if year and not _DATED.search(rest):
        rest = f"In {year[0]}, {rest}"
    return rest


_DATED = re.compile(r"\b(?:19|20)\d\d\b|five[- ]year", re.IGNORECASE)


def tidied(text: str) -> str:
    """The text with brackets, units of answers and phases as the tables know them."""
    text = _LISTED.sub("", _QUOTED.sub(r"\1", _OTHER.sub("", text)))
    text = _HINT.sub(_hinted, _CURRENCY.sub(" ", _WITHOUT.sub(" ", text)))
    text = _EARNED.sub(_revenue, text)
    text = _PACE.sub("how fast on average each year", text)
    return _UNITS.sub(r"\1", _PHASE.sub(_period, text))


# Illegal parking and other traffic offences.
_OTHER = re.compile(r"(?<=\b(?:many|much)\s)(?:[\w'’-]+\s+){1,2}and\s+other\s+(?=\w)", re.IGNORECASE)
# The "three public" expenses (trips, cars, receptions): quotes and what a list in brackets explains.
_QUOTED = re.compile(r"[\"“”](?=[A-Za-z])([A-Za-z' -]+)[\"“”]")
_LISTED = re.compile(r"\s*\(\s*[a-z][^()\d]*,[^()\d]*\)")
# Revenue (excluding rebates).
_WITHOUT = re.compile(
    r"[(,]\s*(?:excluding|leaving\s+out|not\s+counting|not\s+including|net\s+of|setting\s+aside)\b[^,()?;]*[,)]?",
    re.IGNORECASE,
)
# What did tourism gross.
_EARNED = re.compile(
    r"\b(?:what|how\s+much)\s+did\s+(?P<who>(?:[\w'’&-]+\s+){1,5}?)"
    r"(?:gross|rake\s+in|pull\s+in|bring\s+in|take\s+in|make|earn|fetch)\b"
    r"(?:\s+(?:from|out\s+of|on)\s+(?P<source>(?:(?!in\b|and\b)[a-z][\w-]*\s*){1,3}))?"
    r"(?=\s*[?.,]|\s*\bin\s+\d|\s*\band\b|\s*$)",
    re.IGNORECASE,
)


def _revenue(match: re.Match[str]) -> str:
    """The revenue of what earns, or of who earns from it."""
    if match["source"]:
        return f"what was {match['who'].strip()}'s {match['source'].strip()} revenue "
    return match[0] if match[0].split()[-1].lower() in _MAKING else f"what was {match['who']}revenue"


# By themselves they say nothing of money: what did it make.
_MAKING = frozenset({"make"})


# At what average yearly rate did A grow.
_PACE = re.compile(
    r"\b(?:at|by)\s+what\s+(?:average\s+)?(?:yearly|annual)\s+(?:average\s+)?(?:growth\s+)?(?:rate|pace)\b",
    re.IGNORECASE,
)
# Price tags, in yuan, of …
_MEASURES = r"(?:yuan|rmb|renminbi|us\s+dollars|usd|dollars|km|kilometres|kilometers|tonnes|mu|people)"
_CURRENCY = re.compile(
    rf"\s*[,(]?\s*\bin\s+(?:hundreds\s+of\s+|tens\s+of\s+)?(?:trillions?|billions?|millions?|thousands?)\s+(?:of\s+)?{_MEASURES}\b\s*,?|"
    rf"\s*[,(]\s*(?:measured\s+|expressed\s+)?in\s+{_MEASURES}\s*[,)]",
    re.IGNORECASE,
)
# Units 3 and 4 are one thing.
_UNITS = re.compile(r"\b((?:unit|line|phase|stage|lot)s?\s+\d+)\s*(?:,|and|to|-|–)\s*\d+\b", re.IGNORECASE)
# Phase two, the second phase; Line 3.
_PHASE = re.compile(
    r"\b(?:phase[\s-]+(?P<behind>one|two|three|iii|ii|i|[123])|(?P<before>first|second|third)\s+phase|"
    r"(?:metro\s+|subway\s+)?line\s+(?P<line>\d{1,2}))\b",
    re.IGNORECASE,
)
_ORDER = {"i": "一", "ii": "二", "iii": "三", "one": "一", "two": "二", "three": "三", "1": "一", "2": "二", "3": "三"}
_ORDER |= {"first": "一", "second": "二", "third": "三"}


def _period(match: re.Match[str]) -> str:
    """一期, 地铁3号线."""
    if match["line"]:
        return f" 地铁{match['line']}号线 "
    return f" {_ORDER[(match['behind'] or match['before']).lower()]}期 "


# Routes (passenger + cargo); rural funds (nongjinhui).
_HINT = re.compile(r"\(\s*(?P<said>[A-Za-z]+(?:\s*(?P<plus>[+&/])\s*|\s+)?[A-Za-z]*)\s*\)")


def _hinted(match: re.Match[str]) -> str:
    """What stands in brackets: a Chinese word by its sound, or parts that say nothing new."""
    if match["plus"]:
        return " "
    words = match["said"].split()
    names = [heard(word) for word in words if word.islower() and not any(f in words_of() for f in forms(word))]
    return f" {''.join(names)} " if len(names) == len(words) and all(names) else match[0]
