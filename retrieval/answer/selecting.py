"""From scored figures to those that were asked: one for each slot of the question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.answer.fitting import FROM
from retrieval.answer.leanings import CROSSED
from retrieval.answer.matching import Match
from retrieval.lexicon import units
from retrieval.model import Measure
from retrieval.query import Slot

__all__ = ["Chosen", "of_other_years", "select"]

# At most this many figures are given: a list of all districts' targets has about ten.
MOST = 12
# Figures asked together mostly stand together.
_SAME_SENTENCE, _NEAR, _SAME_REPORT = 1.18, 1.08, 1.0
_BESIDE, _BACK = 0.06, 3
_ELSEWHERE = 0.8
# A keyword that may only narrow its neighbours counts as a subject where the figure's own name bears it out.
_LOOSE = 0.55
# Members of a group are as good a match as the best of them, nearly.
_MEMBER = 0.72
# Those of its own sentence may say less of the question: only the first of a list bears the words before it.
_LISTED = 0.5


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figures chosen, best first within the question's order, the number of the slot each was chosen for, and the
    slots nothing was found for."""

    matches: tuple[Match, ...]
    empty: tuple[Slot, ...]
    numbers: tuple[int, ...] = ()


def select(slots: Sequence[Slot], scored: Mapping[int, Sequence[Match]], least: float, named: float) -> Chosen:
    """One figure for each slot. `scored` holds each slot's figures by falling score; `least` and `named` are the
    shares of a slot's own words that a figure must cover, and cover in its own name or clause."""
    enough = {
        n: [m for m in matches if m.own >= least and m.named >= _bar(slots[n], m, named)]
        for n, matches in scored.items()
    }
    for number, slot in enumerate(slots):
        if slot.ask.measure is None and any(_changes(other, slot) for other in slots):
            # GDP多少,增长多少: its place among others is neither.
            enough[number] = [m for m in enough.get(number, ()) if m.figure.measure not in _PLACES]
    for number, matches in scored.items():
        if not enough[number] and (only := _only(matches, slots[number])):
            enough[number] = [only]
    firm = [n for n, slot in enumerate(slots) if slot.firm or len(slots) == 1 or of_other_years(slot, slots)]
    order = sorted(range(len(slots)), key=lambda n: (n not in firm, -_claim(enough[n], slots[n])))
    modifiers = _modifiers(slots, enough)
    order = [n for n in order if n not in modifiers]
    given: dict[int, Match] = {}
    empty: list[Slot] = []
    for number in order:
        slot = slots[number]
        best = _best(enough[number], list(given.values())) or _beside(scored[number], list(given.values()), slot)
        if best is None:
            if slot.firm:
                empty.append(slot)
            continue
        if number not in firm and given and (best.named < _LOOSE or _said_again(best, enough[number], given.values())):
            continue
        if number not in firm and given and _strays(best, slot, given.values()):
            continue
        given[number] = best
    loose = not any(slot.firm for slot in slots)
    numbers = sorted(given, key=lambda n: (-given[n].score if loose else 0.0, n))
    chosen = [given[n] for n in numbers]
    if len(slots) == 1 and slots[0].many and chosen:
        chosen = _members(chosen[0], enough[0])
    elif len(chosen) == 1 and not slots[0].firm:
        chosen += _companion(chosen[0])
    if loose and len(chosen) == 1 and any(n not in given and _changes(slots[n], slots[numbers[0]]) for n in order):
        chosen = [*_start(chosen[0]), *chosen]
    numbers += numbers[:1] * (len(chosen) - len(numbers))
    return Chosen(tuple(chosen[:MOST]), tuple(empty), tuple(numbers[:MOST]))


_PLACES = frozenset({Measure.RANK, Measure.STREAK})


def _only(matches: Sequence[Match], slot: Slot) -> Match | None:
    """The figure that alone is counted as asked and stands among the question's words: 拿出8000万元…用于扶持
    高新技术产业化重点项目, whose name says none of it."""
    if not matches or units.kind(slot.ask.unit) in ("", "rate", "times"):
        return None
    best, rest = matches[0], matches[1:_RIVALS]
    alike = [m for m in rest if m.score >= _ALONE * best.score and not m.same(best)]
    sure = best.own >= _AMONG and best.fit >= 1.0 and not alike
    return best if sure else None


# So much of a slot's words in the sentence; no other figure fits half as well.
_AMONG, _ALONE = 0.6, 0.5


def of_other_years(slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether the same is asked of another year as well: 产值 2019 2020."""
    return any(other.words == slot.words and other.periods != slot.periods for other in slots)


def _said_again(best: Match, matches: Sequence[Match], given: Iterable[Match]) -> bool:
    """Whether a keyword's own figure is given already and what is left for it fits far worse."""
    first = matches[0] if matches else best
    return best.score < _REPEATED * first.score and any(first.same(match) for match in given)


def _strays(best: Match, slot: Slot, given: Iterable[Match]) -> bool:
    """Whether a short keyword (旅游 beside 接待人数) would bring a figure from elsewhere that says nothing of the
    others."""
    apart = all(m.loaded is not best.loaded or m.stated.sentence != best.stated.sentence for m in given)
    return len(slot.words) <= _SHORT and apart and best.share < _STRAY


# A keyword of one word, and the share of all keywords its figure is to cover.
_SHORT, _STRAY = 2, 0.6
# A keyword whose figure is taken has another one where that is so good beside it.
_REPEATED = 0.5


def _best(matches: Sequence[Match], given: Sequence[Match]) -> Match | None:
    best, top = None, 0.0
    for match in matches[:40]:
        if any(match.same(other) for other in given):
            continue
        score = match.score * _together(match, given) * _alike(match, given)
        if score > top:
            best, top = match, score
    return best


def _alike(match: Match, given: Sequence[Match]) -> float:
    """More where the same thing was asked before and this figure bears the same name: its amount beside its growth."""
    same = any(
        other.words == match.words
        and other.stated.sentence == match.stated.sentence
        and other.stated.indicator == match.stated.indicator
        for other in given
    )
    return 1.5 if same else 1.0


def _beside(matches: Sequence[Match], given: Sequence[Match], slot: Slot) -> Match | None:
    """A figure of the kind asked for right beside one already found, whose own name says less: 惠及13.4万人."""
    if not slot.firm or not given:
        return None
    plain = slot.ask.measure is None and not slot.ask.unit
    best, top = None, 0.0
    for match in matches:
        if match.fit < _KIND or any(match.same(other) for other in given):
            continue
        known = {other.stated.indicator for other in given if other.words == slot.words}
        if known and match.stated.indicator not in known and match.own < _NAMED:
            continue  # how much the same grew, not another
        if plain and match.figure.unit != given[-1].figure.unit:
            continue
        for other in given:
            if other.loaded is not match.loaded or other.stated.passage != match.stated.passage:
                continue
            apart = match.stated.sentence - other.stated.sentence
            if apart not in (0, 1):
                continue
            gap = match.figure.span.start - other.figure.span.end
            near = 1.0 / (1.0 + abs(gap) / 20 + (0.5 if gap < 0 else 0.0)) + match.own
            if near > top:
                best, top = match, near
    return best


_NAMED = 0.5
# How well kind and unit must fit for a figure found by its place alone.
_KIND = 0.85


def _together(match: Match, given: Sequence[Match]) -> float:
    if not given:
        return 1.0
    best = _ELSEWHERE
    for other in given:
        if other.loaded is not match.loaded:
            continue
        apart = abs(other.stated.sentence - match.stated.sentence)
        gap = match.figure.span.start - other.figure.span.end
        # Of several as good in a sentence, the one right behind, else the one right before.
        gap = gap if gap >= 0 else _BACK * -gap
        beside = _SAME_SENTENCE + _BESIDE / (1 + gap / 15)
        best = max(best, beside if apart == 0 else _NEAR if apart == 1 else _SAME_REPORT)
    return best


def _bar(slot: Slot, match: Match, named: float) -> float:
    """A rank or a streak is told by its kind: its own words may stand elsewhere in the sentence."""
    told = slot.ask.measure in (Measure.RANK, Measure.STREAK) and match.fit >= 1.0
    return 0.0 if told else max(named, _OTHER_NAME) if match.doubtful else named


# A name longer by no more than this says the same as the keyword (全市, 总).
_EXTRA = 2


# A figure of a name the lexicon does not know answers a question for a known indicator only where it says so much.
_OTHER_NAME = 0.58


def _claim(matches: Sequence[Match], slot: Slot) -> float:
    """Which slot chooses first: among keywords the one that says most."""
    if not matches:
        return 0.0
    if not slot.firm:
        return matches[0].score * matches[0].weight
    # 计划投资 stands behind each of three projects: the project chooses first.
    rivals = sum(match.score >= _EVEN * matches[0].score for match in matches[1:_RIVALS])
    return matches[0].score / (1 + rivals)


# Figures that fit nearly as well, of so many.
_EVEN, _RIVALS = 0.96, 6


def _modifiers(slots: Sequence[Slot], enough: Mapping[int, Sequence[Match]]) -> set[int]:
    """Keywords that only narrow their neighbours: 总产值 is in the names of what the others name, 安全生产 has no
    figure that fits as well."""
    tops = {n: enough[n][0] for n in range(len(slots)) if enough[n]}
    if len(tops) < 2 or all(slot.firm for slot in slots):
        return set()
    found: set[int] = set()
    for number, match in tops.items():
        best = max(other.named for n, other in tops.items() if slots[n].periods == slots[number].periods)
        words = slots[number].words.lower()
        holding = {other.figure.span for other in tops.values() if words in other.stated.indicator}
        told = any(words in units.implied(other.figure.unit) for n, other in tops.items() if n != number)
        if not slots[number].firm and told and words not in match.stated.indicator:
            found.add(number)  # 高速公路 铁路 里程: what the others are counted in
        exact = len(match.stated.indicator) <= len(words) + _EXTRA
        weak = match.named < 0.6 * best and (match.named < _BORNE_OUT or match.doubtful)
        if not slots[number].firm and ((len(holding) > 1 and not exact) or weak):
            found.add(number)
    return found if len(found) < len(tops) else set()


# A keyword whose own figure says so much of it is a subject, though another keyword's figure says more.
_BORNE_OUT = 0.5


def _companion(match: Match) -> list[Match]:
    """The amount beside a growth rate, or the growth beside an amount: keywords leave open which is meant."""
    figure = match.figure
    wanted = {Measure.GROWTH: _AMOUNT, Measure.LEVEL: {Measure.GROWTH}, Measure.RANK: _AMOUNT}.get(figure.measure)
    if wanted is None:
        return []
    beside = [
        stated
        for stated in match.loaded.figures
        if stated.sentence == match.stated.sentence
        and stated.figure.measure in wanted
        and (stated.figure.indicator, stated.figure.period, stated.figure.status)
        == (figure.indicator, figure.period, figure.status)
    ]
    # 突破4000亿元,达到4162.2亿元: the line that was crossed is not the amount.
    exact = [stated for stated in beside if stated.figure.qualifier not in CROSSED]
    return [replace(match, stated=stated) for stated in (exact or beside)[:1]]


def _changes(slot: Slot, other: Slot) -> bool:
    """Whether a slot asks how what another asks for has changed: 不良贷款率 变化."""
    return slot.words == other.words and slot.ask.measure is Measure.GROWTH and other.ask.measure is not Measure.GROWTH


def _start(match: Match) -> list[Match]:
    """Where a change began whose end was chosen: 从3.82%下降到0.79%."""
    figure = match.figure
    before = [
        stated
        for stated in match.loaded.figures
        if stated.sentence == match.stated.sentence
        and stated.figure.span.end <= figure.span.start
        and (stated.figure.indicator, stated.figure.unit) == (figure.indicator, figure.unit)
        and FROM.search(stated.clause)
    ]
    return [replace(match, stated=before[-1])] if before else []


_AMOUNT = {Measure.LEVEL, Measure.COUNT, Measure.PRICE}


def _members(best: Match, matches: Sequence[Match]) -> list[Match]:
    """The figures of the best one's kind in its passage: one for each member of the group."""
    kind = (best.figure.unit.lstrip("十百千万亿"), best.figure.measure)
    found = [best]
    for match in matches[:120]:
        if match.loaded is not best.loaded or match.stated.passage != best.stated.passage:
            continue
        alike = (match.figure.unit.lstrip("十百千万亿"), match.figure.measure) == kind
        least = _LISTED if match.stated.sentence == best.stated.sentence else _MEMBER
        if alike and match.score >= least * best.score and not any(match.same(m) for m in found):
            found.append(match)
    return sorted(found, key=lambda m: m.figure.span)
