"""English said in Chinese word by word, in its own order: keywords, questions for words and those over several reports,
whose parts the grammar of `clauses` does not take apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon import indicators
from retrieval.lexicon.table import rows
from retrieval.query.english.phrasing import ways
from retrieval.query.english.preparing import NUMBER, YEARS, named, planned
from retrieval.query.english.words import forms, glossary, words_of

__all__ = ["linear"]

_KINDS = frozenset({"word", "quantity", "rank", "what", "which", "status", "measure", "report", "unit", "drop"})
_CLAUSE = re.compile(
    r"(?:(?<!\d),|,(?!\d)|[;?!])\s*(?:and\s+)?|\s+and\s+(?=(?:by\s+|on\s+|for\s+|to\s+|from\s+)?(?:how|what|where|which|when|who)\b)|"
    r"\s+and\s+(?=(?:the\s+|its\s+|their\s+)?(?:average\s+)?(?:annual\s+|year-on-year\s+)?(?:growth(?:\s+rate)?|rate\s+of\s+increase|increase|share)\b)",
    re.IGNORECASE,
)
_PER_OUTPUT = re.compile(
    r"per\s+(?:10,000|ten\s+thousand)\s+yuan\s+of\s+(?:gdp|output)|per\s+unit\s+of\s+gdp", re.IGNORECASE
)
# R&D spending as a share of GDP, their share of the national total.
_SHARE_OF = re.compile(
    r"\b(?:(?:as\s+)?(?:a|the|their|its)\s+|what\s+(?:was\s+)?(?:the\s+|its\s+|their\s+)?)?(?:share|percentage|proportion)\s+of\s+(?:the\s+)?"
    r"((?:[\w&'’-]+\s+){0,3}?[\w&'’-]+)(?=\s+(?:did|does|was|were|is|are|in|at|by|for|rise|rose|reach\w*|made?|account\w*|come|came|go|went|come)\b|\s*[,.?]|\s*$)",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?:19|20)\d\d-(?:19|20)\d\d|(?:19|20)\d\d年\d{1,2}月|[㐀-鿿“”]+|[A-Za-z]{1,4}\d+(?:\.\d+)?(?![A-Za-z\d])|[A-Za-z][A-Za-z&/.'’-]*|\d+[A-Za-z]+(?![\w.])|\d[\d.,]*%?|\S"
)
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
        *("put", "among", "they", "them", "he", "she", "we", "our", "us", "his", "her", "i", "you", "your", "my"),
        *(
            "came",
            "come",
            "comes",
            "went",
            "go",
            "goes",
            "kept",
            "keep",
            "toward",
            "towards",
            "against",
            "while",
            "when",
        ),
        *(
            "million",
            "billion",
            "trillion",
            "thousand",
            "hundred",
            "same",
            "other",
            "all",
            "own",
            "would",
            "could",
            "can",
        ),
        *(
            "them",
            "then",
            "so",
            "if",
            "but",
            "just",
            "still",
            "ever",
            "actually",
            "altogether",
            "overall",
            "respectively",
        ),
        *(
            "account",
            "accounted",
            "imply",
            "implies",
            "implied",
            "amount",
            "level",
            "cumulatively",
            "were",
            "after",
            "before",
        ),
    )
)
_LONGEST = 6


@cache
def _terms() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for number, (english, chinese, kind) in rows("english_terms.tsv", ("english", "chinese", "kind")):
        if kind not in _KINDS:
            raise LexiconError(f"english_terms.tsv:{number}: 未知的类别 {kind}")
        found[english] = (chinese, kind)
    for english, chinese in glossary().items():
        found[english] = (chinese, "word")
    return found


def linear(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The Chinese words of a text, clause by clause, and other translations of them."""
    text = named(planned(text))
    text = _SECTORS.sub(_each_sector, text)
    text = NUMBER.sub(" ", _PER_OUTPUT.sub("per unit of GDP", text))
    text = YEARS.sub(r" \1-\2", _SHARE_OF.sub(_shared, text))
    glosses: list[tuple[str, str]] = []
    clauses = [_clause(clause, glosses) for clause in _CLAUSE.split(text) if clause and clause.strip()]
    if len(clauses) > 1 and _QUANTITY.search(clauses[0]) and clauses[-1].endswith(_MEASURES):
        # … and the average annual growth rate: asked like what stands before it.
        clauses[-1] += "多少"
    return ", ".join(clause for clause in clauses if clause), glosses


# Its primary, secondary and tertiary industries: a list whose commas part no clauses.
_SECTORS = re.compile(
    r"\b(?P<list>(?:primary|secondary|tertiary)(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:primary|secondary|tertiary))*)\s+"
    r"(?:industr(?:y|ies)|sectors?)\b",
    re.IGNORECASE,
)
_SECTOR = {"primary": "第一产业", "secondary": "第二产业", "tertiary": "第三产业"}


def _each_sector(match: re.Match[str]) -> str:
    return " and ".join(
        _SECTOR[word.lower()] for word in re.findall(r"[A-Za-z]+", match["list"]) if word.lower() in _SECTOR
    )


_QUANTITY = re.compile(r"多少|第几|几位")
_MEASURES = ("增速 ", "增长 ", "增速", "增长", "占比", "占比 ")


def _shared(match: re.Match[str]) -> str:
    """A share of something, in the order of Chinese; a question word before it stays one."""
    asked = "how much " if re.match(r"what\b", match[0], re.IGNORECASE) else ""
    return f"{asked} shareof {match[1]} shareend "


def _clause(text: str, glosses: list[tuple[str, str]]) -> str:
    tokens = _TOKEN.findall(text)
    words: list[str] = []
    asked = ""
    kinds: set[str] = set()
    for said, kind, others in _read(tokens):
        kinds.add(kind)
        if kind == "unit":
            # How many TEU: the unit stands behind the quantity word.
            asked += said if asked.endswith("多少") else ""
        elif kind in ("quantity", "rank", "what"):
            # A plain "what was" says less than "how fast" or a rank.
            asked = said if kind != "what" and said else asked or said
        elif said:
            words.append(said)
            glosses.extend((said, other) for other in ways(said, others))
    measures = [w for w in words if w in ("增长", "下降", "增速")]
    if asked.startswith(_ENDED):
        # 增长 of rise to how many names no kind of figure.
        words = [w for w in words if w not in measures]
    elif asked and len(set(measures)) == 1 and "和" not in words[words.index(measures[0]) :]:
        # The kind of figure stands before its quantity word, as in 增长多少.
        words = [w for w in words if w != measures[0]]
        asked = asked if asked.startswith("增速") else measures[0] + asked
    if "which" in kinds and asked == "多少" and "quantity" not in kinds:
        asked = ""
    open_ = _WHAT_THING.search(text) or _WHAT_DONE.search(text)
    if asked == "多少" and not kinds & {"quantity", "measure"} and open_ and not _measured(words):
        # What hotline: which one, not how much.
        asked = "哪个"
    body = " ".join(words).replace(" 和 ", "和").strip("和 ")
    return f"{body}{' ' if body else ''}{asked}"


# Quantity words that need no kind before them.
_ENDED = ("达到", "由", "连续")
# What and a noun at once: what hotline, not what was.
_WHAT_THING = re.compile(
    r"\bwhat\s+(?!is\b|are\b|was\b|were\b|did\b|does\b|do\b|will\b|has\b|the\b|'s)[a-z]", re.IGNORECASE
)


# What did it set up: a thing that was done, not how much.
_WHAT_DONE = re.compile(r"\bwhat\s+(?:did|does|do|will|has|have)\b", re.IGNORECASE)


def _measured(words: list[str]) -> bool:
    """Whether the words name something that has a figure."""
    body = "".join(words)
    return bool(
        indicators.mentions(body) or re.search(r"[率额值量数]$|比重|占比|目标|收入|支出|人口|水平|价格|标准", body)
    )


def _read(tokens: list[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(Chinese, kind, other translations) of phrases and words, longest first."""
    terms, dictionary = _terms(), words_of()
    tokens = [part for token in tokens for part in _parted(token)]
    at = 0
    while at < len(tokens):
        for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + size]).lower().replace("’", "'").removesuffix("'s")
            known = phrase if phrase in terms else _inflected(phrase)
            if known:
                (chinese, *others), kind = terms[known][0].split("|"), terms[known][1]
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


def _parted(token: str) -> list[str]:
    """A compound that no table knows in its parts: cross-province."""
    lower = token.lower()
    if "-" not in lower or lower in _terms() or lower in words_of() or lower in _openings() or not lower[0].isalpha():
        return [token]
    return [part for part in token.split("-") if part]


@cache
def _openings() -> frozenset[str]:
    """First words of the table's phrases."""
    return frozenset(phrase.split()[0] for phrase in _terms())


def _inflected(phrase: str) -> str:
    """The phrase of the table whose last word this one is a form of: passengers, produced."""
    front, _, last = phrase.rpartition(" ")
    if not last.isascii() or len(last) < 4 or last in _STOP:
        return ""
    bent = (f"{front} {form}".strip() for form in (*forms(last), f"{last}s"))
    return next((form for form in bent if form in _terms() and _terms()[form][1] == "word"), "")


def _word(token: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if re.match(r"[㐀-鿿“”]|\d{4}年", token):
        yield token, "word", ()
    elif re.fullmatch(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?", token):
        yield f"{token}年", "word", ()
    elif token[0].isdigit():
        yield token, "word", ()
    elif token.lower() == "and":
        yield "和", "word", ()
    elif token[0].isalpha() and token.lower() not in _STOP:
        for form in forms(token.lower()):
            if form in words_of():
                yield words_of()[form][0], "word", words_of()[form][1:]
                return
        # A word no dictionary knows stays: an answer that leaves it out would be one to another question.
        yield token, "word", ()
