"""Questions that figures answer: each slot's figures scored in its own scope, then chosen together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answer import units
from retrieval.answer.lean import lean
from retrieval.answer.library import Library, Loaded
from retrieval.answer.matching import Match, match_all
from retrieval.answer.scope import Candidate, Scope, narrowed
from retrieval.answer.selecting import Chosen, of_other_years, select
from retrieval.answer.weights import Weights, weigh
from retrieval.lexicon import indicators, sounds
from retrieval.query import Ask, Query, Slot, urban_rural

__all__ = ["Found", "find"]

# A figure answers where it covers this share of what its slot names; where no quantity is asked for, that of it.
ASKED, OPEN = 0.5, 0.62
# And this share in its own name or clause.
NAMED, NAMED_OPEN = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """The slots with their weights, scopes and scored figures, and what was chosen of them."""

    slots: tuple[Slot, ...]
    weights: tuple[Weights, ...]
    scopes: tuple[Scope, ...]
    scored: Mapping[int, Sequence[Match]]
    chosen: Chosen

    @property
    def best(self) -> Match | None:
        """The likeliest figure of all."""
        tops = [matches[0] for matches in self.scored.values() if matches]
        return max(tops, key=lambda m: m.score, default=None)


def find(
    query: Query,
    slots: Sequence[Slot],
    where: Scope,
    library: Library,
    *,
    last_report: str,
    today: date,
    asked: bool,
) -> Found:
    """Figures for the slots; `asked` tells that the question asks for quantities."""
    scopes = [_scope(query, slot, where, library, last_report=last_report, today=today) for slot in slots]
    asked = asked or any(slot.ask.measure is not None for slot in slots)
    least, named = (ASKED, NAMED) if asked else (OPEN, NAMED_OPEN)
    near = [replace(s, candidates=tuple(c for c in s.candidates if not c.strict) or s.candidates) for s in scopes]
    found = _score(query, slots, near, library, (least, named))
    # Only then the reports that may state the same year from afar: five-year reviews and plans.
    left = [
        n
        for n, slot in enumerate(slots)
        if n not in found.chosen.numbers and (slot.firm or of_other_years(slot, slots))
    ]
    if found.chosen.matches:
        scopes = [
            scope if n in left and slots[n].periods != query.periods else near[n] for n, scope in enumerate(scopes)
        ]
    if near != scopes:
        found = _score(query, slots, scopes, library, (least, named))
    # 城乡居民收入 of a report that states each apart.
    apart = [replace(slot, words=words) for slot in slots for words in urban_rural(slot.words) or (slot.words,)]
    sure = found.chosen.matches and not all(match.doubtful for match in found.chosen.matches)
    if sure or len(apart) == len(slots):
        return found
    again = find(query, apart, where, library, last_report=last_report, today=today, asked=asked)
    better = again.chosen.matches and not (found.chosen.matches and any(m.doubtful for m in again.chosen.matches))
    return again if better else found


def _score(
    query: Query, slots: Sequence[Slot], scopes: Sequence[Scope], library: Library, bars: tuple[float, float]
) -> Found:
    weights: list[Weights] = []
    scored: dict[int, list[Match]] = {}
    opened: dict[tuple[str, int], Loaded] = {}
    for number, (slot, own) in enumerate(zip(slots, scopes, strict=True)):
        loaded = [_opened(c, library, opened) for c in own.candidates]
        weighed = weigh_in(slot, loaded, query.glosses)
        weights.append(weighed)
        matches = [
            match
            for candidate, report in zip(own.candidates, loaded, strict=True)
            for match in match_all(slot, weighed, report, candidate, place=own.place, inner=own.inner)
        ]
        matches.sort(key=lambda m: (-m.score, m.figure.span))
        scored[number] = matches
    return Found(tuple(slots), tuple(weights), tuple(scopes), scored, select(slots, scored, *bars))


def _opened(candidate: Candidate, library: Library, opened: dict[tuple[str, int], Loaded]) -> Loaded:
    """A candidate's report; of one that counts only where it states the very years, no more than their figures."""
    if not candidate.strict or not candidate.periods:
        return library.load(candidate.report)
    last = {period.last for period in candidate.periods}
    if len(last) > 1:
        return library.load(candidate.report)
    key = candidate.report, last.pop()
    if key not in opened:
        opened[key] = lean(library, candidate.report, key[1], None)
    return opened[key]


def weigh_in(slot: Slot, loaded: Sequence[Loaded], glosses: Sequence[tuple[str, str]] = ()) -> Weights:
    """A slot's grams, weighted by whether the reports in scope use them."""

    def held(gram: str) -> bool:
        return any(gram in report.text for report in loaded)

    def alike(gram: str) -> tuple[str, ...]:
        if len(gram) != 2 or gram.isascii():
            return ()
        return tuple(word for word in sounds.homophones(gram)[:12] if held(word))

    words = slot.words or slot.context
    weighed = weigh(words, slot.context if slot.words else "", held, alike, glosses)
    # 多少钱扶持重点项目: no number of projects is asked for.
    other = {key for key in weighed.indicators if not _measured_in(key, slot.ask)}
    kept = {key: said for key, said in weighed.indicators.items() if key not in other}
    return replace(weighed, indicators=kept) if other else weighed


def _measured_in(key: str, ask: Ask) -> bool:
    """Whether an indicator may be counted in what is asked for."""
    asked, own = units.kind(ask.unit), units.kind(indicators.by_id(key).unit)
    return (
        asked in ("", "rate", "times") or own in ("", "rate") or units.compatible(indicators.by_id(key).unit, ask.unit)
    )


def _scope(query: Query, slot: Slot, where: Scope, library: Library, *, last_report: str, today: date) -> Scope:
    """The reports for a slot's own years and status."""
    if not where.place or (slot.periods == query.periods and slot.status is query.status):
        return where
    # 2017年排第几，五年升了几位: the five years count from the year named beside them.
    apart = slot.periods and all(p.relative for p in slot.periods)
    anchor = tuple(p for p in query.periods if not p.relative) if apart else ()
    if anchor:
        beside = narrowed(where, replace(query, periods=anchor), library.rows, last_report, today)
        last_report = beside.candidates[0].report if beside.candidates else last_report
    asked = replace(query, periods=slot.periods, status=slot.status)
    own = narrowed(where, asked, library.rows, last_report, today)
    return own if own.candidates else where
