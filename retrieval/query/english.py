"""English questions said in Chinese, clause by clause: phrases of statistics first, then words by the dictionary.

What comes out is no good Chinese, but holds the words that reports use, in the order that questions are read in:
subject, kind of figure, quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon import indicators, places
from retrieval.lexicon.table import rows

__all__ = ["Translation", "is_english", "translate"]

_KINDS = frozenset({"word", "quantity", "rank", "what", "which", "status", "measure", "report", "unit", "drop"})
_CLAUSE = re.compile(
    r"[,;?!]\s*(?:and\s+)?|\s+and\s+(?=(?:by\s+|on\s+|for\s+)?(?:how|what|where|which|when|who)\b)", re.IGNORECASE
)
_TOKEN = re.compile(r"[㐀-鿿“”]+|[A-Za-z][A-Za-z&/.'’-]*|\d+[A-Za-z]+(?![\w.])|\d[\d.,]*%?|\S")
_PLAN = re.compile(r"(?:the\s+)?(\d{1,2})th\s+five[- ]year(?:\s+plan)?", re.IGNORECASE)
# Words that name nothing to look for.
_STOP = frozenset(
    (
        *("a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "with", "from", "as", "into", "than", "over"),
        *("among", "under", "about", "per", "each", "during", "since", "until", "within", "out", "up", "down", "off"),
        *("its", "it's", "it", "their", "there", "this", "that", "these", "those", "both", "also", "only", "some"),
        *(
            "did",
            "do",
            "does",
            "done",
            "was",
            "were",
            "is",
            "are",
            "be",
            "been",
            "being",
            "has",
            "have",
            "had",
            "having",
        ),
        *("and", "or", "not", "no", "any", "such", "many", "much", "more", "most", "one", "two", "three", "four"),
        *("five", "six", "first", "second", "year", "years", "time", "say", "says", "said", "state", "states"),
        *("stated", "according", "become", "became", "make", "made", "take", "took", "get", "got", "give", "gave"),
        *("put", "among"),
    )
)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Translation:
    """The Chinese of a question; `glosses` are other translations of its words, as (used, other)."""

    text: str
    glosses: tuple[tuple[str, str], ...]


def is_english(text: str) -> bool:
    """Whether a question is asked in English: Latin words, not just a name or two among Han characters."""
    han = sum("㐀" <= c <= "鿿" for c in text)
    if not han:
        return bool(re.search(r"[A-Za-z]{3,}", text))
    return len(re.findall(r"[A-Za-z]{2,}", text)) >= 3 and han <= 6


@cache
def _terms() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for number, (english, chinese, kind) in rows("english_terms.tsv", ("english", "chinese", "kind")):
        if kind not in _KINDS:
            raise LexiconError(f"english_terms.tsv:{number}: 未知的类别 {kind}")
        found[english] = (chinese, kind)
    return found


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {english: tuple(chinese.split("|")) for _, (english, chinese) in rows("english.tsv", ("english", "chinese"))}


def translate(text: str) -> Translation:
    """The question in Chinese words."""
    text = _named(_PLAN.sub(lambda m: f"“{_ordinal(int(m[1]))}五”", text))
    glosses: list[tuple[str, str]] = []
    clauses = [_clause(clause, glosses) for clause in _CLAUSE.split(text) if clause and clause.strip()]
    return Translation(", ".join(clause for clause in clauses if clause), tuple(dict.fromkeys(glosses)))


def _named(text: str) -> str:
    """Romanised places by their Chinese names."""
    for mention in reversed(places.mentions(text)):
        if mention.surface.isascii() or re.search(r"[A-Za-z]", mention.surface):
            name = mention.candidates[0].name
            text = f"{text[: mention.start]} {name} {text[mention.end :]}"
    return re.sub(r"\(\s*([㐀-鿿]+)\s*\)", lambda m: f" {m[1]} ", text)


def _ordinal(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")


def _clause(text: str, glosses: list[tuple[str, str]]) -> str:
    tokens = _TOKEN.findall(text)
    words: list[str] = []
    asked = ""
    kinds: set[str] = set()
    for said, kind, others in _read(tokens):
        kinds.add(kind)
        if kind in ("quantity", "rank", "what"):
            # A plain "what was" says less than "how fast" or a rank.
            asked = said if kind != "what" and said else asked or said
        elif said:
            words.append(said)
            glosses.extend((said, other) for other in others)
    measures = [w for w in words if w in ("增长", "下降", "增速")]
    if asked and len(set(measures)) == 1 and "和" not in words[words.index(measures[0]) :]:
        # The kind of figure stands before its quantity word, as in 增长多少.
        words = [w for w in words if w != measures[0]]
        asked = asked if asked.startswith("增速") else measures[0] + asked
    if "which" in kinds and asked == "多少" and "quantity" not in kinds:
        asked = ""
    if asked == "多少" and not kinds & {"quantity", "measure"} and _WHAT_THING.search(text) and not _measured(words):
        # What hotline: which one, not how much.
        asked = "哪个"
    body = " ".join(words).replace(" 和 ", "和").strip("和 ")
    return f"{body}{' ' if body else ''}{asked}"


# What and a noun at once: what hotline, not what was.
_WHAT_THING = re.compile(
    r"\bwhat\s+(?!is\b|are\b|was\b|were\b|did\b|does\b|do\b|will\b|has\b|the\b|'s)[a-z]", re.IGNORECASE
)


def _measured(words: list[str]) -> bool:
    """Whether the words name something that has a figure."""
    body = "".join(words)
    return bool(
        indicators.mentions(body) or re.search(r"[率额值量数]$|比重|占比|目标|收入|支出|人口|水平|价格|标准", body)
    )


def _read(tokens: list[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(Chinese, kind, other translations) of phrases and words, longest first."""
    terms, dictionary = _terms(), _words()
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + size]).lower().replace("’", "'").removesuffix("'s")
            if phrase in terms:
                (chinese, *others), kind = terms[phrase][0].split("|"), terms[phrase][1]
                yield chinese, kind, tuple(others)
                break
            # 加入 for add in would hide what is added.
            loose = tokens[at].lower() in _STOP or tokens[at + size - 1].lower() in _STOP
            if size > 1 and phrase in dictionary and not loose:
                yield dictionary[phrase][0], "word", dictionary[phrase][1:]
                break
        else:
            size = 1
            yield from _word(tokens[at])
        at += size


def _word(token: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if re.match(r"[㐀-鿿“”]", token):
        yield token, "word", ()
    elif re.fullmatch(r"(?:19|20)\d\d", token):
        yield f"{token}年", "word", ()
    elif token[0].isdigit():
        yield token, "word", ()
    elif token.lower() == "and":
        yield "和", "word", ()
    elif token[0].isalpha() and token.lower() not in _STOP:
        for form in _forms(token.lower()):
            if form in _words():
                yield _words()[form][0], "word", _words()[form][1:]
                return
        # A word no dictionary knows stays: an answer that leaves it out would be one to another question.
        yield token, "word", ()


def _forms(word: str) -> Iterator[str]:
    """A word and what it may be a form of."""
    word = word.removesuffix("'s").strip("'.-")
    yield word
    for ending, put in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word.removesuffix(ending) + put
