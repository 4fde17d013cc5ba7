"""What is new and what is gone in the wording between two reports of a place.

Phrases are found by counting, not from a list: words in quotation marks, words of headings, and runs of words inside a
clause that a report repeats, each made as long as all its occurrences are. A phrase is new where the earlier report
never says it. How telling it is, the other stored reports decide: one that reports of its year say and those before did
not is news, one that reports always said is none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from retrieval import tokens
from retrieval.answer.citing import Quotes, quote
from retrieval.answer.library import Library, Loaded, Sentence
from retrieval.answer.spread import Spread
from retrieval.answer.whole.growing import grown
from retrieval.lexicon import bigrams
from retrieval.model import Answer, Kind, Reason, SectionKind, Wording
from retrieval.text import chinese_count, plain_lower

__all__ = ["changes"]

_QUOTED = re.compile(r"[“\"]([㐀-鿿A-Za-z0-9+、]{2,12})[”\"]")
_CLAUSE = re.compile(r"[，,。；;：:、！!？?\s“”\"（）()《》—…\n]+")
_HAN = re.compile(r"[㐀-鿿]")
# A phrase is no longer than this when it is found, does not begin or end with these, and is no longer than that when
# all of its occurrences go on alike.
_LONGEST, _SHORTEST, _WORDS, _WIDEST = 10, 4, 4, 14
_EDGES = frozenset("的了和与及之在为是于把被将着也都等对从向以而或中上下到更并让要大个年月日")
# Left off at the ends of what is told: words that join others.
_JOINING = "的了和与及之在于把被将着也都等对从向以而或并让"
_SHOWN = 10
_REPEATED = 2
# Two phrases that have so many characters in common tell of one thing (供给侧).
_SHARED = 3
_SKIPPED = (SectionKind.NOTES, SectionKind.ANNEX, SectionKind.PREAMBLE)
# A longer phrase that is said this share as often stands for the shorter one inside it.
_WITHIN = 0.75
# News so much greater is no chance: passages that hold a phrase's characters apart are counted too.
_WIDELY = 1.1
# The rarest and most repeated of many candidates are looked up in the other reports.
_LOOKED_UP = 100
# Reports of its own time say news twice as often as the others, at the least.
_NEWS = math.log(2)
# A phrase of a heading counts so many times as much.
_HEADED = 1.5
# So many of the most telling phrases are looked at in other reports for what they are a part of.
_GROWN = 20
# Added to what is counted, so that what nobody else says is no certainty (Krichevsky and Trofimov).
_HALF = 0.5


def changes(before: Loaded, after: Loaded, library: Library) -> Answer:
    """Phrases that only the later report says, and those that only the earlier one said, the most telling first."""
    years = {row.year for row in library.rows.values()}
    fresh = _telling(after, before, library, {after.row.year}, {year for year in years if year < after.row.year})
    gone = _telling(before, after, library, {before.row.year}, {year for year in years if year > before.row.year})
    quotes = Quotes()
    wordings = [Wording(text, 0, count, _cited(text, after, quotes)) for text, count in fresh]
    wordings += [Wording(text, count, 0, _cited(text, before, quotes)) for text, count in gone]
    topic = f"{after.row.place}{before.row.year}年和{after.row.year}年报告的提法"
    if not wordings:
        message = f"{topic}没有明显的增减。"
        return Answer(Kind.NONE, Reason.NOT_MENTIONED, message=message, topic=topic)
    came, went = chinese_count(len(fresh), "个"), chinese_count(len(gone), "个")
    return Answer(
        Kind.PASSAGES,
        citations=quotes.citations,
        wordings=tuple(wordings),
        notes=("提法按词语在两份报告里出现的次数比较，同年各地报告都在说、此前没有说的排在前面",),
        message=f"{topic}：新出现{came}，不再出现{went}（只列最显著的）。",
        topic=topic,
    )


def _body(loaded: Loaded) -> list[Sentence]:
    return [sentence for sentence in loaded.sentences if sentence.kind not in _SKIPPED]


def _said(loaded: Loaded) -> str:
    """All that a report says, headings included, a line each."""
    return "\n".join([*(sentence.text for sentence in _body(loaded)), _headings(loaded)])


def _headings(loaded: Loaded) -> str:
    return "\n".join(plain_lower(section.path[-1]) for section in loaded.outline.sections if section.path)


def _telling(
    own: Loaded, other: Loaded, library: Library, now: Collection[int], else_when: Collection[int]
) -> list[tuple[str, int]]:
    """The phrases of a report that the other never says, with their counts: those first that reports of the years `now`
    say and those of `else_when` do not; none inside another."""
    words, others = _said(own), _said(other)
    body = "\n".join(sentence.text for sentence in _body(own))
    counts = {text: n for text, n in _phrases(words).items() if text not in others and text in body}
    likely = sorted(counts, key=lambda text: (-counts[text] * _rarity(text), text))[:_LOOKED_UP]
    news = _news(likely, library, now, else_when)
    kept = _units({text: counts[text] for text in likely if news[text] >= _NEWS}, news)
    headed = _headings(own)

    def telling(text: str) -> float:
        # What stands over a section is what the year is about.
        return news[text] * _weight(text, counts[text]) * (_HEADED if text in headed else 1.0)

    ordered = sorted(kept, key=lambda text: (-telling(text), text))
    quoted = frozenset(match[1] for match in _QUOTED.finditer(words))
    whole = grown(ordered[:_GROWN], own.row.id, library, quoted)
    told = [found if (found := whole.get(text, text)) in body and found not in others else text for text in ordered]
    return [(text, words.count(text)) for text in _unlike(list(dict.fromkeys(told)))[:_SHOWN]]


def _unlike(ordered: Sequence[str]) -> list[str]:
    """The phrases without those that share most of a shorter one's words with one before them."""
    kept: list[str] = []
    taken: set[str] = set()
    for text in ordered:
        pieces = {text[at : at + _SHARED] for at in range(len(text) - _SHARED + 1)}
        if not pieces & taken:
            kept.append(text)
        taken |= pieces
    return kept


def _phrases(said: str) -> Counter[str]:
    """Phrases that a report repeats, or puts in quotation marks, and how often it says them."""
    found: Counter[str] = Counter()
    for clause in _CLAUSE.split(said):
        if clause and all(map(_HAN.match, clause)):
            found.update(_runs(tokens.words(clause)))
    whole: set[str] = set()
    for text in (text for text, count in found.items() if count >= _REPEATED):
        whole.add(longest := _whole(text, said))
        if longest.endswith(text):
            # What a phrase tells of stands at its end: 新质生产力 of 加快发展新质生产力.
            whole.add(text)
    quoted = {match[1] for match in _QUOTED.finditer(said) if len(match[1]) > _REPEATED}
    return Counter({text: said.count(text) for text in whole | quoted if text})


def _runs(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        text = ""
        for word in words[start : start + _WORDS]:
            text += word
            if len(text) > _LONGEST:
                break
            if len(text) >= _SHORTEST and text != word and text[0] not in _EDGES and text[-1] not in _EDGES:
                yield text


def _whole(text: str, said: str) -> str:
    """A phrase with what stands beside all of its occurrences (宣传贯彻党 is 宣传贯彻党的二十大精神); empty where
    that is longer than a phrase."""
    starts = [match.start() for match in re.finditer(re.escape(text), said)]
    ends = [start + len(text) for start in starts]
    while len({said[start - 1 : start] for start in starts}) == 1 and _HAN.match(said, starts[0] - 1):
        starts = [start - 1 for start in starts]
    while len({said[end : end + 1] for end in ends}) == 1 and _HAN.match(said, ends[0]):
        ends = [end + 1 for end in ends]
    whole = said[starts[0] : ends[0]].strip(_JOINING)
    return whole if _SHORTEST <= len(whole) <= _WIDEST else ""


def _news(
    phrases: Sequence[str], library: Library, now: Collection[int], else_when: Collection[int]
) -> Mapping[str, float]:
    """For each phrase the logarithm of how many times as often reports of its own time say it."""
    spread = Spread(phrases, library)
    stored = Counter(row.year for row in library.rows.values())
    many, few = (sum(stored[year] for year in years) for years in (now, else_when))
    found: dict[str, float] = {}
    for text in phrases:
        years = Counter(row.year for row in spread.rows(text))
        own, others = (sum(years[year] for year in when) for when in (now, else_when))
        share = (own + _HALF) / (many + 1), (others + _HALF) / (few + 1)
        gain = math.log(share[0] / share[1])
        # What no other report says is news, however few are stored. What many say at once is the year's.
        found[text] = (gain if others else max(gain, _NEWS)) * (1 + math.log10(max(1, own)))
    return found


def _weight(text: str, count: int) -> float:
    return math.log(1 + count) * _rarity(text)


def _rarity(text: str) -> float:
    """How few reports use the pairs of a phrase: a turn of phrase is made of everyday words put together newly, so the
    mean counts and not the rarest."""
    pairs = [text[n : n + 2] for n in range(len(text) - 1)]
    return sum(-math.log(max(bigrams.share(pair), 0.004)) for pair in pairs) / len(pairs) + 1.0


def _units(counts: Mapping[str, int], news: Mapping[str, float]) -> list[str]:
    """Of phrases that stand in one another about as often the one that other reports say most: the longest (新质生产力,
    no 质生产力), unless a part of it is said far more widely (新质生产力, no 加快发展新质生产力)."""
    kept: list[str] = []
    for text in sorted(counts, key=lambda t: (-len(t), t)):
        around = [longer for longer in kept if text in longer and counts[longer] >= counts[text] * _WITHIN]
        if all(news[text] > news[longer] * _WIDELY for longer in around):
            kept = [one for one in kept if one not in around] + [text]
    return kept


def _cited(text: str, loaded: Loaded, quotes: Quotes) -> int:
    """The citation of the first sentence that says a phrase."""
    sentence = next(s for s in _body(loaded) if text in s.text)
    return quotes.add(quote(loaded, sentence.span, sentence.passage))
