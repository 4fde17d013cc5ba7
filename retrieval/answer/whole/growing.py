"""Phrases made whole by how other reports go on: 因素冲击 is 超预期因素冲击, 突出做好 is 突出做好稳增长.

A phrase found by counting in one report may be cut short, since what stands beside it differs there by chance. Where
nearly all reports that say it put the same character before it or behind it, that belongs to it (branching entropy,
after Harris 1955).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from retrieval.answer.library import Library
from retrieval.answer.spread import Spread
from retrieval.text import plain_lower

__all__ = ["grown"]

# Reports that are read for each phrase, and characters that a phrase may grow to.
_READ, _WIDEST = 8, 14
# A neighbour belongs to a phrase where it stands beside so many of its occurrences, of so many at least.
_SHARE, _FEWEST = 0.8, 4
_HAN = re.compile(r"[㐀-鿿]")
# Words that join a phrase to others are none of it.
_JOINING = frozenset("的了和与及之在于把被将着也都等对从向以而或并让")


def grown(phrases: Sequence[str], report: str, library: Library, quoted: Collection[str] = ()) -> Mapping[str, str]:
    """Each phrase as the report and others say it, without those that stay as they are. What is `quoted` is whole."""
    open_ones = [text for text in phrases if text not in quoted]
    spread = Spread(open_ones, library)
    saying = {text: [row.id for row in spread.rows(text)] for text in open_ones}
    chosen = {text: [report, *ids[:: max(1, len(ids) // _READ)][:_READ]] for text, ids in saying.items()}
    needed = list(dict.fromkeys(name for names in chosen.values() for name in names))
    words = {name: plain_lower(said) for name, said in library.store.words(needed)}
    found = {text: _grown(text, [words[name] for name in names if name in words]) for text, names in chosen.items()}
    return {text: whole for text, whole in found.items() if whole != text}


def _grown(text: str, said: Sequence[str]) -> str:
    while len(text) < _WIDEST:
        at = [(words, match.start()) for words in said for match in re.finditer(re.escape(text), words)]
        if len(at) < _FEWEST:
            return text
        if before := _common([words[start - 1 : start] for words, start in at]):
            text = before + text
        elif behind := _common([words[start + len(text) : start + len(text) + 1] for words, start in at]):
            text = text + behind
        else:
            return text
    return text


def _common(neighbours: Sequence[str]) -> str:
    """The character that nearly all of the neighbours are; nothing where there is none, or none of a word."""
    (best, often), *_ = Counter(neighbours).most_common(1)
    return best if _HAN.fullmatch(best) and best not in _JOINING and often >= _SHARE * len(neighbours) else ""
