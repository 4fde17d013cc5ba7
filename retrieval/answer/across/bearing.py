"""What of a slot's words the reports bear out: questions say more than what is measured.

为撰写粮食安全专题, 列示三省粮食总产量并作比较 names one indicator among words that no report uses for a figure. Which
words these are no list can tell; the reports can: the words are kept where they name figures, else those that do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from retrieval import tokens
from retrieval.answer.across.cells import Cell, Wanted, cells, main_reports
from retrieval.answer.across.comparable import narrowing
from retrieval.answer.library import Library
from retrieval.lexicon import indicators
from retrieval.model import Measure
from retrieval.query import Query, Slot
from retrieval.query.content import content
from retrieval.query.halves import urban_rural

__all__ = ["borne_out"]

# Cells looked into, spread over the row.
_SAMPLED = 4
# The words are kept whole where figures say so much of them.
_WHOLE = 0.8
# Fewer words say nothing of what is measured.
_SOME = 0.5
# A word is kept where so much of what it says is used beside figures; that part alone where it is most of it.
_SOME_USED, _MOST = 0.4, 0.6
# 头两名, 末三位: how many are asked for, and from which end.
_PLACES_OF = re.compile(r"[头前后末倒]?数?[一二两三四五六七八九十\d]+(?:名|位|家|个)?")
_ENDS = {"天": ("天数",), "人": ("人数",), "人次": ("人次",), "%": ("率",), "公里": ("里程",)}
_SHARE = re.compile(r"占|比重|比例")
_ECONOMY = "地区生产总值"


def borne_out(slots: Sequence[Slot], wanted: Sequence[Wanted], library: Library, query: Query) -> tuple[Slot, ...]:
    """The slots in the words that name figures of the reports; those that name none are left out where others do. Where
    none does, the indicators that the whole question names are tried, and what the question before it was about."""
    sample = _spread([want for want in wanted if main_reports(want)])
    if not sample:
        return tuple(slots)
    found = [
        (slot, *best) for one in slots for slot, best in _told_apart(one, _best(one, sample, library), sample, library)
    ]
    if all(share < _SOME for _, _, share in found) and not any(_named(slot.words) for slot in slots):
        before = query.before if _named(query.before) else query.before.replace("经济", _ECONOMY)
        tried = dict.fromkeys(_named(query.text)) or (before, *(() if slots[0].words else (content(query.text),)))
        others = [replace(slots[0], words=words, context="") for words in tried if words]
        instead = [(slot, *_best(slot, sample, library)) for slot in others]
        found = instead if any(share >= _SOME for _, _, share in instead) else found
    if any(share >= _SOME for _, _, share in found):
        kept = [best for slot, best, share in found if share >= _SOME or _firm(slot)]
        return tuple(dict.fromkeys(kept))
    if len(slots) == 1 and slots[0].ask.measure is Measure.GROWTH and not _named(slots[0].words):
        # Growth of nothing that is measured is that of the economy.
        return (replace(slots[0], words=_ECONOMY, context=""),)
    return tuple(slots)


def _told_apart(
    slot: Slot, best: tuple[Slot, float], sample: Sequence[Wanted], library: Library
) -> list[tuple[Slot, tuple[Slot, float]]]:
    """The slot with its best words; 居民收入, where the reports tell it of towns and of the country, as these two."""
    if best[1] >= _SOME:
        return [(slot, best)]
    halves = [replace(slot, words=half, context="") for half in urban_rural(slot.words)]
    told = [(half, _best(half, sample, library)) for half in halves]
    return told if told and all(share >= _SOME for _, (_, share) in told) else [(slot, best)]


def _firm(slot: Slot) -> bool:
    """Whether a slot is asked for by a kind or an indicator of its own: that it is not stated is then told."""
    return bool(_named(slot.words)) or bool(slot.ask.unit) or slot.ask.measure is not None


def _best(slot: Slot, sample: Sequence[Wanted], library: Library) -> tuple[Slot, float]:
    """The slot in the words that are borne out best, and how far they are."""
    if not slot.words:
        return slot, 0.0
    best, most = slot, _share(cells(sample, slot, library))
    if most >= _WHOLE:
        return best, most
    for words in _shorter(slot.words, slot.ask.unit, sample, library):
        other = replace(slot, words=words, context="")
        share = _share(cells(sample, other, library), known=bool(_named(words)))
        if share > most:
            best, most = other, share
    return best, most


def _shorter(words: str, unit: str, sample: Sequence[Wanted], library: Library) -> list[str]:
    """The words that reports use beside figures, and the known indicators alone."""
    parts = words.split()
    # 空气优良的有多少天: the unit asked for may be the end of the name.
    ended = [f"{part}{end}" for part in parts for end in _ENDS.get(unit.lstrip("十百千万亿"), ())]
    full = [name for name in ended if any(m.end - m.start == len(name) for m in indicators.mentions(name))]
    if full:
        return full
    known = list(dict.fromkeys(found for part in parts for found in _known(part)))
    if known and _SHARE.search(words):
        # 煤电产业占GDP比重 is no GDP.
        known = [name for name in known if _SHARE.search(name)]
    if known:
        # One figure is of one indicator: of two named each is tried.
        alone = len({mention.indicator.id for mention in indicators.mentions(words)}) == 1
        tried = (" ".join(known), *known) if alone else known
        return [shorter for shorter in dict.fromkeys(tried) if shorter != words]
    reports = [library.load(row.id) for want in sample for row in main_reports(want)]
    fields = [report.fields for report in reports]
    said = "\n".join(f"{name} {clause}" for own in fields for name, clause in zip(own.names, own.clauses, strict=True))
    told = [(part, *_used(part, said)) for part in parts]
    used = " ".join(part for part, _, share in told if share >= _SOME_USED)
    trimmed = " ".join(kept for _, kept, share in told if share >= _MOST)
    return [shorter for shorter in dict.fromkeys((used, trimmed)) if shorter and shorter != words]


def _used(part: str, said: str) -> tuple[str, float]:
    """A word without what no report says of a figure, and how much of it is left."""
    if len(narrowing(_PLACES_OF.sub("", part))) < 2:
        return "", 0.0
    cut = tokens.words(part)
    kept = [word for word in cut if word.lower() in said]
    return "".join(kept), sum(map(len, kept)) / max(1, sum(map(len, cut)))


def _known(part: str) -> list[str]:
    """The indicators a word names, with what narrows each before it: of 粮食总产量并作 only the end goes."""
    found: list[str] = []
    at = 0
    for mention in indicators.mentions(part):
        before = narrowing(part[at : mention.start])
        found.append(part[at if len(before) > 1 else mention.start : mention.end])
        at = mention.end
    return found


def _named(words: str) -> list[str]:
    return [words[mention.start : mention.end] for mention in indicators.mentions(words)]


def _share(row: Sequence[Cell], *, known: bool = False) -> float:
    """How much of the words the best figures of a row say, on the mean of its cells; all of an indicator that is
    `known` where they are of it."""
    return fmean(
        max((1.0 if known and match.of_indicator else match.named for match in cell.matches), default=0.0)
        for cell in row
    )


def _spread(wanted: Sequence[Wanted]) -> list[Wanted]:
    step = max(1, len(wanted) // _SAMPLED)
    return list(wanted[::step][:_SAMPLED])
