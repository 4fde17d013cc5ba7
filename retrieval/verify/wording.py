"""Phrases compared as words alone: without marks and blanks, in small letters."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from retrieval.model import Span
from retrieval.text import plain_lower

__all__ = ["bare", "stretch", "unlike"]

_MARK = re.compile(r"[\s“”「」\"'，,、。；;：:！!？?·（）()]")


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """A text without marks and blanks, as phrases are compared."""
    return _MARK.sub("", plain_lower(text))


def unlike(phrase: str, words: str) -> list[str]:
    """The stretches of a phrase that a report's bare `words` for it have otherwise or not at all, in order."""
    at = _places(phrase)
    codes = SequenceMatcher(None, bare(phrase), words, autojunk=False).get_opcodes()
    return [phrase[at[start] : at[end - 1] + 1] for kind, start, end, _, _ in codes if kind in ("replace", "delete")]


def stretch(text: str, words: str) -> Span | None:
    """Where bare `words` stand in a text with marks and blanks; None where they do not."""
    at, start = _places(text), bare(text).find(words)
    return Span(at[start], at[start + len(words) - 1] + 1) if words and start >= 0 else None


def _places(text: str) -> list[int]:
    """Where each character of a bare text stands."""
    return [at for at, character in enumerate(text) if not _MARK.match(character)]
