"""Words of questions: what kind of answer they ask for, and which of them are no search terms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from retrieval.errors import LexiconError
from retrieval.lexicon import units
from retrieval.lexicon.table import rows

__all__ = ["Cue", "cues"]

_FIGURES = {"quantity", "target", "actual", "growth", "decline", "share", "rank", "streak", "level"}
_KINDS = _FIGURES | {"outlook", "why", "how", "which", "yesno", "overview", "drop"}


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


# 几 asks how many of any unit (几月几日 for a date), 好多 as well where the South-West speaks, 列数 among keywords.
_UNITS = rf"[十百千万亿]*(?:{units.ASKED})"
_COUNTED = re.compile(
    rf"几(?![月日])(?:{_UNITS}|毛|[十百千万亿]*[百千万亿])|几(?=[,。?!]|$)|好多(?=[,。?!]|[咯哦啊嘞呀呢]|$)|好多(?!人(?!次))(?={_UNITS})|(?<![一-鿿]){_UNITS}数(?![一-鿿])"
)


@lru_cache(maxsize=2048)
def cues(text: str) -> tuple[Cue, ...]:
    """The question words of `text`, longest match first, not overlapping."""
    pattern, table = _table()
    found = [Cue(m.start(), m.end(), m[0], *table[m[0]]) for m in pattern.finditer(text)]
    return tuple(_asking(text, cue) for cue in _with_counted(text, found))


# 这几个, 哪几条, 近几年: no quantity is asked for.
_FEW = "这那哪近前好头"


def _asking(text: str, cue: Cue) -> Cue:
    few = cue.kind == "quantity" and cue.word[0] == "几" and text[cue.start - 1 : cue.start] in tuple(_FEW)
    return replace(cue, kind="drop", keep=False) if few else cue


def _with_counted(text: str, found: list[Cue]) -> list[Cue]:
    """The words of the table and the quantities of any unit; where both begin, the longer one."""
    counted = [Cue(m.start(), m.end(), m[0], "quantity", keep=False) for m in _COUNTED.finditer(text)]
    if not counted:
        return found
    longest = sorted((*found, *counted), key=lambda cue: (cue.start, -cue.end))
    out: list[Cue] = []
    for cue in longest:
        if not out or cue.start >= out[-1].end:
            out.append(cue)
    return out
