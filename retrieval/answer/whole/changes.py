"""What is new and what is gone in the wording between two reports of a place.

Phrases are found by counting, not from a list: words in quotation marks, and runs of words inside a clause that a
report repeats. A phrase is new where the later report says it at least twice (or quotes it) and the earlier never does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from retrieval import tokens
from retrieval.answer.citing import Quotes, quote
from retrieval.answer.library import Loaded, Sentence
from retrieval.lexicon import bigrams
from retrieval.model import Answer, Kind, Reason, SectionKind, Wording
from retrieval.text import chinese_count

__all__ = ["changes"]

_QUOTED = re.compile(r"[“\"]([㐀-鿿A-Za-z0-9+、]{2,12})[”\"]")
_CLAUSE = re.compile(r"[，,。；;：:、！!？?\s“”\"（）()《》—…\n]+")
_HAN = re.compile(r"[㐀-鿿]+")
# A phrase is no longer than this, and does not begin or end with these.
_LONGEST, _SHORTEST, _WORDS = 10, 4, 4
_EDGES = frozenset("的了和与及之在为是于把被将着也都等对从向以而或中上下到更并让要新大个年月日")
_SHOWN = 10
_REPEATED = 2
_SKIPPED = (SectionKind.NOTES, SectionKind.ANNEX, SectionKind.PREAMBLE)
# A longer phrase that is said this share as often stands for the shorter one inside it.
_WITHIN = 0.75


def changes(before: Loaded, after: Loaded) -> Answer:
    """Phrases that only the later report says, and those that only the earlier one said, the most telling first."""
    old, new = _body(before), _body(after)
    fresh = _telling(_phrases(new), "\n".join(s.text for s in old))
    gone = _telling(_phrases(old), "\n".join(s.text for s in new))
    quotes = Quotes()
    wordings = [Wording(text, 0, count, _cited(text, after, new, quotes)) for text, count in fresh]
    wordings += [Wording(text, count, 0, _cited(text, before, old, quotes)) for text, count in gone]
    topic = f"{after.row.place}{before.row.year}年和{after.row.year}年报告的提法"
    if not wordings:
        message = f"{topic}没有明显的增减。"
        return Answer(Kind.NONE, Reason.NOT_MENTIONED, message=message, topic=topic)
    came, went = chinese_count(len(fresh), "个"), chinese_count(len(gone), "个")
    return Answer(
        Kind.PASSAGES,
        citations=quotes.citations,
        wordings=tuple(wordings),
        notes=("提法按词语在两份报告里出现的次数比较：一份至少说两次（或加引号），另一份没有",),
        message=f"{topic}：新出现{came}，不再出现{went}（只列最显著的）。",
        topic=topic,
    )


def _body(loaded: Loaded) -> list[Sentence]:
    return [sentence for sentence in loaded.sentences if sentence.kind not in _SKIPPED]


def _phrases(sentences: Iterable[Sentence]) -> Counter[str]:
    """Phrases that a report repeats, or puts in quotation marks, and how often it says them."""
    found: Counter[str] = Counter()
    quoted: set[str] = set()
    for sentence in sentences:
        quoted.update(match[1] for match in _QUOTED.finditer(sentence.text))
        for clause in _CLAUSE.split(sentence.text):
            if _HAN.fullmatch(clause):
                found.update(_runs(tokens.words(clause)))
    whole = "\n".join(sentence.text for sentence in sentences)
    told = Counter({text: count for text, count in found.items() if count >= _REPEATED})
    told.update({text: whole.count(text) for text in quoted - set(told) if len(text) > _REPEATED})
    return told


def _runs(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        text = ""
        for word in words[start : start + _WORDS]:
            text += word
            if len(text) > _LONGEST:
                break
            if len(text) >= _SHORTEST and text != word and text[0] not in _EDGES and text[-1] not in _EDGES:
                yield text


def _telling(found: Mapping[str, int], other: str) -> list[tuple[str, int]]:
    """Those the other report never says, the rarest and most repeated first, none inside another."""
    only = {text: count for text, count in found.items() if text not in other}
    ordered = sorted(only, key=lambda text: (-only[text] * _rarity(text), text))
    kept: list[str] = []
    for text in sorted(ordered, key=lambda t: (-len(t), t)):
        if not any(text in longer and only[longer] >= only[text] * _WITHIN for longer in kept):
            kept.append(text)
    chosen = [text for text in ordered if text in set(kept)][:_SHOWN]
    return [(text, only[text]) for text in chosen]


def _rarity(text: str) -> float:
    """How few reports use the pairs of a phrase: a turn of phrase is made of everyday words put together newly, so the
    mean counts and not the rarest."""
    pairs = [text[n : n + 2] for n in range(len(text) - 1)]
    return sum(-math.log(max(bigrams.share(pair), 0.004)) for pair in pairs) / len(pairs) + 1.0


def _cited(text: str, loaded: Loaded, sentences: Iterable[Sentence], quotes: Quotes) -> int:
    """The citation of the first sentence that says a phrase."""
    sentence = next(s for s in sentences if text in s.text)
    return quotes.add(quote(loaded, sentence.span, sentence.passage))
