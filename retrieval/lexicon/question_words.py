"""Words of questions: what kind of answer they ask for, and which of them are no search terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retrieval.errors import LexiconError
from retrieval.lexicon.table import rows

__all__ = ["Cue", "cues"]

_FIGURES = {"quantity", "target", "actual", "growth", "decline", "share", "rank", "streak", "level"}
_KINDS = _FIGURES | {"why", "how", "which", "yesno", "overview", "drop"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A question word found in a question: half-open offsets, its kind, and whether it is a search term as well."""

    start: int
    end: int
    word: str
    kind: str
    keep: bool


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]]]:
    found: dict[str, tuple[str, bool]] = {}
    for number, (word, kind, keep) in rows("question_words.tsv", ("word", "kind", "keep")):
        if kind not in _KINDS:
            raise LexiconError(f"question_words.tsv:{number}: 未知的类别 {kind}")
        found[word] = (kind, keep == "keep")
    # Longest first, so that 第几位 is not read as 第几.
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True)))), found


def cues(text: str) -> list[Cue]:
    """The question words of `text`, longest match first, not overlapping."""
    pattern, table = _table()
    return [Cue(m.start(), m.end(), m[0], *table[m[0]]) for m in pattern.finditer(text)]
