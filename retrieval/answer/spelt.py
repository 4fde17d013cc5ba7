"""Numbers that are no figures (十五年义务教育, 第二十一届): the sentence that has the one asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.sentences import Hit
from retrieval.answer.weights import grams
from retrieval.lexicon import units
from retrieval.model import Measure
from retrieval.query import Slot

__all__ = ["spelt"]

# The sentence covers so much of the question.
_SHARE = 0.62
_BEST = 6
_NUMBER = r"(?:第?[〇零一二两三四五六七八九十百千万\d.]+)"
_COUNTED = re.compile(r"^[届期号批条个座部次]")
_AROUND = 12
# What is weighed, paid or measured is a figure wherever it stands: 百万吨级基地 is none.
_MEASURED = frozenset({"money", "mass", "area", "volume", "length", "energy", "rate"})


def spelt(asked: Sequence[Slot], hits: Sequence[Hit]) -> list[Hit]:
    """The best sentence, where it has a number of the kind asked for next to the words that name it; else none."""
    best = max(hits[:_BEST], key=lambda hit: hit.share, default=None)
    if len(asked) != 1 or best is None or best.share < _SHARE:
        return []
    slot = asked[0]
    counted = _COUNTED.match(slot.words.split()[-1]) if slot.words else None
    unit = counted[0] if counted and slot.ask.measure is Measure.RANK else slot.ask.unit.lstrip("十百千万亿")
    if (
        not unit
        or units.kind(unit) in _MEASURED
        or slot.ask.measure not in (None, Measure.RANK, Measure.STREAK, Measure.LEVEL)
    ):
        return []
    loaded, sentence = best.loaded, best.loaded.sentences[best.sentence]
    text, start = sentence.text, sentence.span.start
    taken = [stated.figure.span for stated in loaded.figures_in(best.sentence)]
    named = grams(slot.words)
    for match in re.finditer(_NUMBER + re.escape(unit), text):
        if any(span.start - start < match.end() and match.start() < span.end - start for span in taken):
            continue  # a figure, which was looked at and is not the one
        beside = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        if sum(gram in beside for gram in named) * 2 >= len(named):
            return [best]
    return []
