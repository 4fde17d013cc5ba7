"""A slot's words weighed by the reports in its scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.library import Loaded
from retrieval.answer.weights import Weights, weigh
from retrieval.lexicon import indicators, sounds, units
from retrieval.query import Ask, Slot

__all__ = ["of_kind", "weigh_in", "words_in"]


def weigh_in(slot: Slot, loaded: Sequence[Loaded], glosses: Sequence[tuple[str, str]] = ()) -> Weights:
    """A slot's grams, weighted by whether the reports in scope use them."""
    return of_kind(slot, words_in(slot, loaded, glosses))


def words_in(slot: Slot, loaded: Sequence[Loaded], glosses: Sequence[tuple[str, str]]) -> Weights:
    """The same with all indicators that the words name, whatever is asked of them."""

    def held(gram: str) -> bool:
        return any(report.says(gram) for report in loaded)

    def alike(gram: str) -> tuple[str, ...]:
        if len(gram) != 2 or gram.isascii():
            return ()
        return tuple(word for word in sounds.homophones(gram)[:12] if held(word))

    words = slot.words or slot.context
    return weigh(words, slot.context if slot.words else "", held, alike, glosses)


def of_kind(slot: Slot, weighed: Weights) -> Weights:
    """The weights with those indicators only that may be counted in what is asked for."""
    words = slot.words or slot.context
    # 多少钱扶持重点项目: no number of projects is asked for.
    other = {key for key in weighed.indicators if not _measured_in(key, slot.ask)}
    # 人均GDP names one indicator, and not the one its last letters name as well.
    very = [key for key, said in weighed.indicators.items() if said == words.lower()]
    other |= {key for key in weighed.indicators for one in very if key in indicators.by_id(one).unlike}
    kept = {key: said for key, said in weighed.indicators.items() if key not in other}
    return replace(weighed, indicators=kept) if other else weighed


def _measured_in(key: str, ask: Ask) -> bool:
    """Whether an indicator may be counted in what is asked for."""
    asked, own = units.kind(ask.unit), units.kind(indicators.by_id(key).unit)
    return (
        asked in ("", "rate", "times") or own in ("", "rate") or units.compatible(indicators.by_id(key).unit, ask.unit)
    )
