"""English text → units: the longest phrases the tables know, each with its role in a question and its Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon import places
from retrieval.lexicon.table import rows
from retrieval.query.english.romanised import spelt_ways
from retrieval.query.english.words import american, forms, glossary, words_of

__all__ = ["Unit", "read"]

_ROLES = frozenset(
    {
        *("many", "much", "money", "length", "by", "fast", "places", "share", "ends", "streak", "to", "what", "whatis"),
        *("tell", "which", "where", "how", "aux", "prep", "than", "relative", "yoy", "det", "own", "pron", "each"),
        *("conj", "tight", "rise", "fall", "rate", "more", "less", "change", "target", "actual", "head", "rank"),
        *("portion", "accounts", "scope", "national", "average", "yearly", "total", "time", "end", "report"),
        *("according", "light", "start", "both", "chat", "newly", "per", "sub", "drop"),
        *("percap", "short", "beyond", "topic", "counter", "request", "upto", "again"),
    }
)
_TOKEN = re.compile(
    r"(?:19|20)\d\d-(?:19|20)\d\d|(?:19|20)\d\d年\d{1,2}月|[㐀-鿿“”—]+(?:\d+[㐀-鿿]+)*|&&|'s\b|[A-Za-z]{1,4}\d+(?:\.\d+)?(?![A-Za-z\d])|[A-Za-z][A-Za-z&/.'’-]*|\d+[A-Za-z][A-Za-z-]*(?![\w.])|\d+(?:[.,]\d+)*%?|\S"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?")
_MONTH = re.compile(r"\d{4}年\d{1,2}月")
_PLAN = re.compile(r"“[一二三四五六七八九十]+五”")
_LONGEST = 8
# A phrase of the dictionary that begins or ends with one of these hides what stands beside it: 加入 for add in.
_LOOSE = frozenset({"prep", "aux", "det", "own", "pron", "conj", "light", "drop", "than"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A phrase as typed (lower case), its role, its Chinese and other Chinese words for it.

    Beside the roles of english_grammar.tsv there are word (names what is asked about), counter (tonnes: the unit of a
    quantity), place, time, comma and stop.
    """

    said: str
    role: str
    chinese: str = ""
    others: tuple[str, ...] = ()


@cache
def _grammar() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for number, (english, role, chinese) in rows("english_grammar.tsv", ("english", "role", "chinese")):
        if role not in _ROLES:
            raise LexiconError(f"english_grammar.tsv:{number}: 未知的角色 {role}")
        found[english] = (role, chinese)
    return found


@cache
def _terms() -> dict[str, Unit]:
    """What is asked about, and units of quantities: the glossary, then the older table of phrases."""
    found: dict[str, Unit] = {}
    for _, (english, chinese, kind) in rows("english_terms.tsv", ("english", "chinese", "kind")):
        if kind in ("word", "unit") and chinese:
            first, *others = chinese.split("|")
            found[english] = Unit(english, "counter" if kind == "unit" else "word", first, tuple(others))
    for english, chinese in glossary().items():
        first, *others = chinese.split("|")
        found[english] = Unit(english, "word", first, tuple(others))
    for english in [key for key in found if "-" in key]:
        # A compound that is no word by itself is read in its parts: drinking-water sources.
        found.setdefault(english.replace("-", " "), found[english])
    return found


def read(text: str) -> list[Unit]:
    """The units of a text whose places are already named in Chinese."""
    return _counted(list(_read(_parted(_TOKEN.findall(text)))))


_COUNTING = frozenset({"head", "share", "portion"})


def _counted(units: list[Unit]) -> list[Unit]:
    """The units of a text with what a number or a share is of as a noun: the number of vehicles is none in vehicles."""
    for n, unit in enumerate(units):
        if unit.role != "counter":
            continue
        of = n > 1 and units[n - 1].said == "of" and units[n - 2].role in _COUNTING
        if unit.others and (of or (n and units[n - 1].role in _COUNTING and units[n - 1].said.endswith(" of"))):
            units[n] = Unit(unit.said, "word", unit.others[0], unit.others[1:])
        elif unit.others:
            units[n] = Unit(unit.said, "counter", unit.chinese)
    return units


def _read(tokens: list[str]) -> Iterator[Unit]:
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            unit = _known(tokens[at : at + size])
            if unit is not None:
                yield unit
                break
        else:
            size = 1
            if "-" in tokens[at] and tokens[at][0].isalpha() and tokens[at].lower() not in words_of():
                # It only begins a phrase that does not stand here.
                tokens[at : at + 1] = [part for part in tokens[at].split("-") if part]
                continue
            unit = _single(tokens[at])
            if unit is not None:
                yield unit
        at += size


def _known(tokens: list[str]) -> Unit | None:
    """The unit of a phrase that a table knows."""
    phrase = " ".join(tokens).lower().replace("’", "'")
    for form in dict.fromkeys((phrase, phrase.removesuffix("'s"), phrase.rstrip("'"), american(phrase))):
        if form in _terms() and (len(tokens) > 1 or form not in _grammar()):
            return _terms()[form]
        if form in _grammar():
            role, chinese = _grammar()[form]
            first, *others = chinese.split("|")
            return Unit(phrase, role, first, tuple(others))
    front, _, last = phrase.rpartition(" ")
    if len(last) > 3 and last.isascii():
        for form in (f"{front} {other}".strip() for other in (*forms(last), f"{last}s")):
            if form in _terms():
                return _terms()[form]
            if form in _grammar() and _grammar()[form][0] in _BENT:
                return Unit(phrase, *_grammar()[form])
    if (
        len(tokens) > 1
        and phrase in words_of()
        and not any(_grammar().get(t.lower(), ("",))[0] in _LOOSE for t in tokens)
    ):
        return Unit(phrase, "word", words_of()[phrase][0], words_of()[phrase][1:])
    return None


@cache
def _openings() -> frozenset[str]:
    """First words of phrases."""
    return frozenset(phrase.split()[0] for phrase in (*_terms(), *_grammar()))


# Roles whose words have forms: grows, expanding, targets.
_BENT = frozenset({"rise", "fall", "target", "light", "accounts", "head", "portion", "change", "rate", "chat", "rank"})


def _single(token: str) -> Unit | None:
    """The unit of one word: a name in Han characters, a year, a number, a word of the dictionary or one it lacks."""
    lower = token.lower()
    if _PLAN.fullmatch(token) or _MONTH.fullmatch(token):
        return Unit(token, "time", token)
    if re.match(r"[㐀-鿿“”]", token):
        named = places.mentions(token)
        return Unit(token, "place" if named and named[-1].end == len(token) else "word", token)
    if _YEAR.fullmatch(token):
        return Unit(token, "time", f"{token}年")
    if token in (",", "、"):
        return Unit(token, "comma")
    if token in (".", "?", "!", ";", ":", "—", "–"):
        return Unit(token, "stop")
    if token[0].isdigit():
        return Unit(token, "word", token)
    if not token[0].isalpha():
        return None
    for form in (*forms(lower), *forms(american(lower))):
        if form in words_of():
            return Unit(lower, "word", words_of()[form][0], words_of()[form][1:])
    if ways := spelt_ways(token.removesuffix("'s").removesuffix("’s")):
        return Unit(lower, "word", ways[0], ways[1:])
    # A word no dictionary knows stays: an answer that leaves it out would be one to another question.
    return Unit(lower, "word", token.strip("'’.-").removesuffix("'s"))


def _parted(tokens: list[str]) -> list[str]:
    """Tokens with compounds that no table knows in their parts: cross-province."""
    found: list[str] = []
    for token in tokens:
        lower = token.lower().replace("’", "'").removesuffix("'s")
        known = lower in _terms() or lower in words_of() or lower in _grammar() or lower in _openings()
        if "-" in lower and lower[0].isalpha() and not known:
            found += [part for part in re.split(r"-", token) if part]
        elif "/" in lower and lower[0].isalpha() and not known:
            found += [part for part in token.split("/") if part]
        elif lower.endswith(".") and len(lower) > 3:
            found += [token[:-1], "."]
        else:
            found.append(token)
    return found
