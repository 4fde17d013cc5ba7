"""A slot's words as weighted grams, and how far a text covers them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from retrieval import tokens
from retrieval.lexicon import bigrams, indicators, synonyms

__all__ = ["Gram", "Weights", "grams", "weigh"]

_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9.%+#&-]+")
# The question's other words count this much beside a slot's own.
CONTEXT = 0.3
# A pair that neither these reports nor others use is a typo or small talk: it says little.
_UNKNOWN = 0.45
# A pair that other reports use and these do not is worth at most this: what is asked for may be missing.
_MISSING = 2.2
# These say nothing of what is measured.
_GENERIC = frozenset({"规模", "总量", "数量", "总数", "水平", "数额", "金额"})
_OTHER = 0.8
# 研发投入 GDP 比重, as 研发投入占GDP的比重 is left without its question words.
_OF_GDP = re.compile(r"\s+(?:gdp|地区生产总值|国内生产总值|生产总值)\s*比[重例]$")
_OF_THE_WHOLE = re.compile(r"占?\s*(?:gdp|地区生产总值|国内生产总值|生产总值)\s*的?比[重例]")
_RAREST = 0.004
_NEXT = re.compile(r"[㐀-鿿]+")
_AMOUNTS = re.compile(r"的?(?:增|目标|总|水平|规模|平均|年均|占|完成|达到|在|比|排|连)")
# A name that goes on for more than so many characters is another one.
_LONG = 3
# A pair whose characters belong to two words stands for nothing itself.
_ACROSS = 0.45
_LATIN = {"gdp": 1.0, "cpi": 1.2, "pm2.5": 2.0, "pm10": 2.0}


def grams(text: str) -> list[str]:
    """Character bigrams of Han runs (a run of one is itself), and Latin or number words, lower-case."""
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0] < "㐀" or len(run) == 1:
            found.append(run)
        else:
            found.extend(map(add, run, run[1:]))
    return found


@dataclass(frozen=True, slots=True)
class Gram:
    """A gram, its weight, and other ways to write what it is part of: any of them covers it. `own` grams are the
    slot's, the others context."""

    text: str
    weight: float
    others: tuple[str, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class Weights:
    """A slot's grams; `total` is the weight of all, `own` of its own; `indicators` are the lexicon's it names, with
    the words that name them."""

    grams: tuple[Gram, ...]
    total: float
    own: float
    known: frozenset[str]
    indicators: Mapping[str, str]

    def covered(self, fields: Sequence[tuple[str, float]]) -> list[float]:
        """For each gram the worth of the best field that holds it; fields are (text, worth), the worthiest first."""
        # Most figures hold none of a slot's words: one look through all fields at once tells.
        whole = "\n".join([text for text, _ in fields])
        first, most = fields[0]
        found: list[float] = []
        for gram in self.grams:
            if gram.text in first:
                found.append(most)
                continue
            others = [other for other in gram.others if other in whole]
            if not others and gram.text not in whole:
                found.append(0.0)
                continue
            best = 0.0
            for text, worth in fields:
                if worth <= best:
                    break
                if gram.text in text:
                    best = max(best, worth)
                    break
                if others and any(other in text for other in others):
                    # The question's own word says more than another way to write it.
                    best = max(best, worth * _OTHER)
            found.append(best)
        return found

    def share(self, covered: Sequence[float]) -> float:
        """Weighted mean of `covered`."""
        if not self.total:
            return 0.0
        return sum(g.weight * c for g, c in zip(self.grams, covered, strict=True)) / self.total


def _named(words: str) -> tuple[list[indicators.Mention], dict[str, str]]:
    """The lexicon's indicators that a slot names, and the words that name each."""
    whole = _OF_GDP.sub("占gdp比重", words)
    head = indicators.head(whole)
    found = [head] if head else indicators.mentions(words)
    if _OF_THE_WHOLE.fullmatch(words.strip()):
        found = []  # what a share is of is not what is asked for
    elif not head:
        found = [m for m in found if not _goes_on(words, m.end)]
        if output := _OF_GDP.search(words):
            found = [m for m in found if m.end <= output.start()]
    squeezed = words.replace(" ", "")
    if not found and squeezed != words and (joined := indicators.head(squeezed)):
        # 农村居民 收入: a question word stood between.
        found, whole, head = [joined], squeezed, joined
    return found, {m.indicator.id: (whole if head else words)[m.start : m.end] for m in found}


def weigh(
    words: str,
    context: str,
    held: Callable[[str], bool],
    homophones: Callable[[str], Sequence[str]],
    glosses: Sequence[tuple[str, str]] = (),
) -> Weights:
    """Grams of a slot. `held` tells whether the reports in scope use a gram, `homophones` names grams they use that
    sound the same."""
    words, context = words.lower(), context.lower()
    found_in, named = _named(words)
    own = dict.fromkeys(grams(words))
    around = [gram for gram in dict.fromkeys(grams(context)) if gram not in own]
    others: dict[str, list[str]] = {}
    written: set[str] = set()
    said = f"{words} {context}"
    for spoken, report in (*synonyms.pairs(said), *(pair for pair in glosses if pair[0] in said)):
        written.update(grams(report))
        if spoken in words:
            # 财政收入 is mostly said of 一般公共预算收入: either may be meant.
            for mention in indicators.mentions(report):
                named.setdefault(mention.indicator.id, spoken)
        for gram in grams(spoken):
            others.setdefault(gram, []).append(report)
    for mention in found_in:
        for gram in grams(named[mention.indicator.id]):
            others.setdefault(gram, []).extend(a.lower() for a in mention.indicator.aliases if gram not in a.lower())
    if _OF_THE_WHOLE.fullmatch(words.strip()):
        named = {}
    across = _across(said)
    found: list[Gram] = []
    for gram in [*own, *around]:
        alternatives = others.get(gram, [])
        here = held(gram) or any(held(other) for other in alternatives)
        weight = _weight(gram, here=here)
        if not here and (sounding := homophones(gram)):
            alternatives = [*alternatives, *sounding]
            weight = _weight(sounding[0], here=True)
        if gram in across:
            weight *= _ACROSS
        mine = gram in own
        found.append(Gram(gram, weight if mine else weight * CONTEXT, tuple(alternatives), mine))
    known = frozenset(own) | frozenset(around) | frozenset(written)
    for key in named:
        known |= frozenset(g for alias in indicators.by_id(key).aliases for g in grams(alias))
    return Weights(tuple(found), sum(g.weight for g in found), sum(g.weight for g in found if g.own), known, named)


def _goes_on(words: str, end: int) -> bool:
    """Whether what stands right behind an indicator's name is the thing asked for: 新农合 of 新农合财政人均补助."""
    after = _NEXT.match(words, end)
    if after is None or _AMOUNTS.match(after[0]):
        return False
    return len(after[0]) > _LONG or (len(after[0]) == _LONG and after[0].endswith("率"))


def _across(text: str) -> frozenset[str]:
    """Pairs that only occur where two words meet."""
    inside: set[str] = set()
    meeting: set[str] = set()
    last = -1
    for start, end in tokens.cut(text):
        inside.update(grams(text[start:end]))
        if start == last:
            meeting.add(text[start - 1 : start + 1])
        last = end
    return frozenset(meeting - inside)


def _weight(gram: str, *, here: bool) -> float:
    usual = bigrams.share(gram)
    weight = 1.0 + math.log(1.0 / max(usual, _RAREST))
    if len(gram) == 1:
        weight = 0.8
    elif gram in _GENERIC:
        return 0.3
    elif gram.isascii():
        return _LATIN.get(gram, 2.5) if here else 1.2
    if here:
        return weight
    return min(weight, _MISSING) if usual else _UNKNOWN
