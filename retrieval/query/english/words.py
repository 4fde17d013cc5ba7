"""English words: the dictionary, the glossary of reports, and the forms a word may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["american", "forms", "glossary", "words_of"]


@cache
def glossary() -> dict[str, str]:
    """English terms of reports with their Chinese, alternatives between bars. Not to be changed."""
    return {
        english: chinese
        for _, (english, chinese, _field) in rows("english_glossary.tsv", ("english", "chinese", "field"))
    }


@cache
def words_of() -> dict[str, tuple[str, ...]]:
    """The dictionary: English words and the Chinese words that translate them. Not to be changed."""
    return {english: tuple(chinese.split("|")) for _, (english, chinese) in rows("english.tsv", ("english", "chinese"))}


# Spellings of Britain: utilised, centre, labour, programme.
_BRITISH = (
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e[drs]?|ing|ations?)\b)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=s?\b|ed\b|ing\b|ers?\b)"), "or"),
    (re.compile(r"(?<=[cbt])re(?=s?\b)"), "er"),
    (re.compile(r"(?<=program)me(?=s?\b)"), ""),
    (re.compile(r"(?<=[a-z][aeiou]l)l(?=(?:ed|ing|er|ers)\b)"), ""),
    (re.compile(r"ae(?=[a-z]{3})"), "e"),
)


@cache
def american(phrase: str) -> str:
    """A phrase as it is spelt in America."""
    for pattern, put in _BRITISH:
        phrase = pattern.sub(put, phrase)
    return phrase


def forms(word: str) -> Iterator[str]:
    """A word and what it may be a form of."""
    word = word.removesuffix("'s").strip("'.-")
    yield word
    if word in _irregular():
        yield _irregular()[word]
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem + put
            if ending in ("ed", "ing") and not put and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
)


@cache
def _irregular() -> dict[str, str]:
    """Forms that no ending tells: spent, children."""
    return {form: word for _, (form, word) in rows("english_forms.tsv", ("form", "word"))}
