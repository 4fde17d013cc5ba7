"""Where a quoted phrase and the report's words for it differ."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from retrieval.model import Span
from retrieval.text import plain_lower

__all__ = ["stretch", "unlike"]

_MARK = re.compile(r"[\s“”「」\"'，,、。；;：:！!？?·（）()]")


def unlike(phrase: str, words: str) -> list[str]:
    """The stretches of a phrase that the report's `words` for it have otherwise or not at all, in order."""
    bare, at = _bare(phrase)
    found = []
    for kind, start, end, _, _ in SequenceMatcher(None, bare, words, autojunk=False).get_opcodes():
        if kind in ("replace", "delete"):
            found.append(phrase[at[start] : at[end - 1] + 1])
    return found


def stretch(text: str, words: str) -> Span | None:
    """Where `words`, which hold no marks and blanks, stand in a text that may; None where they do not."""
    bare, at = _bare(text)
    start = bare.find(words)
    return Span(at[start], at[start + len(words) - 1] + 1) if words and start >= 0 else None


def _bare(text: str) -> tuple[str, list[int]]:
    """A text as phrases are compared, and where each of its characters stands."""
    kept = [(character, at) for at, character in enumerate(plain_lower(text)) if not _MARK.match(character)]
    return "".join(character for character, _ in kept), [at for _, at in kept]
