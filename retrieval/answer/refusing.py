"""Which reason there is for no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import abstaining
from retrieval.answer.figures import Considering, match_of
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.answer.scope import Candidate, Scope
from retrieval.answer.sentences import Hit
from retrieval.answer.telling import contradicted, missing_year
from retrieval.lexicon.ways import supposed
from retrieval.model import Answer, Completeness, Measure, Reason, Status, Trace
from retrieval.query import Ask, Query, Slot

__all__ = ["refuse"]

# A refusal names another figure only where its name and clause hold this share of the words asked for.
SAME_NAMED = 0.6
# Of the very indicator it may hold less: people say why they ask (做外贸的, 带娃怕雾霾).
_KNOWN_NAMED = 0.25
# A figure is shown as the nearest one only where its sentence holds this share of them.
NEAR_SHARE = 0.1


def refuse(
    slot: Slot, nearest: Sequence[Match], where: Scope, considering: Considering, trace: Trace
) -> tuple[Answer, str]:
    """Name the reason why nothing answers `slot`: cut off, the year not there, only the other status, or not
    mentioned. `nearest` are the figures that came nearest."""
    query, library = considering.query, considering.library
    report = where.candidates[0].report
    if query.status is Status.TARGET:
        slot = replace(slot, status=Status.TARGET)
    nearest = [match for match in nearest if match.own >= NEAR_SHARE]
    # Of the very indicator first: the next one in its sentence tells nothing of it.
    nearest = [match for match in nearest if match.of_indicator] or nearest
    if where.inner:
        return abstaining.not_of_inner(query, where, trace=trace), report
    if where.missing:
        return abstaining.none(query, missing_year(where), Reason.YEAR_MISSING, trace=trace), report
    ahead = [c for c in where.candidates if not c.strict]
    cut = [
        c for c in ahead if library.rows[c.report].completeness == Completeness.CUT_OFF and _plans(query, c, library)
    ]
    if cut:
        row = library.rows[cut[0].report]
        return abstaining.cut_off(query, nearest, where, f"{row.place}{row.year}年政府工作报告"), row.id
    very = _very(slot, considering)
    if turned := _other_way(query, slot, very):
        hit = Hit(turned.loaded, turned.stated.sentence, turned.score, turned.share)
        return contradicted(query, [hit], where, replace(trace, rule="premise"), Reason.FALSE_PREMISE)
    other = _other_status(slot, very)
    if gap := _result_missing(slot, where, library):
        return abstaining.none(
            query, missing_year(replace(where, missing=gap)), Reason.YEAR_MISSING, other or nearest, trace=trace
        ), report
    if other:
        reason = Reason.ONLY_TARGET if other[0].figure.status is Status.TARGET else Reason.ONLY_ACTUAL
        return abstaining.none(query, where, reason, other, trace=trace), report
    if kin := _other_kind(slot, very):
        told = replace(where, message=_only(slot, kin[0]))
        return abstaining.none(query, told, Reason.NOT_MENTIONED, kin, trace=trace), report
    return abstaining.none(query, where, Reason.NOT_MENTIONED, nearest, trace=trace), report


def _very(slot: Slot, considering: Considering) -> list[Match]:
    """The figures that are of the very thing a slot names, of any kind, year and status, best first."""
    ranked = considering.of_any_year(replace(slot, ask=Ask()))
    matches = [match_of(ranked, number) for number in range(len(ranked.figures))]
    return [
        match
        for match in matches
        if not match.doubtful and match.named >= (_KNOWN_NAMED if match.of_indicator else SAME_NAMED)
    ]


def _other_way(query: Query, slot: Slot, very: Sequence[Match]) -> Match | None:
    """The change of the very thing and year that went the other way than the question takes for granted."""
    ways = supposed(query.text)
    asked = next(iter(ways)) if len(ways) == 1 else 0
    years = {str(period) for period in slot.periods}
    for match in very:
        figure = match.figure
        if figure.period not in years or figure.status is Status.TARGET or figure.measure is not Measure.GROWTH:
            continue
        return match if figure.direction * asked < 0 else None
    return None


def _other_status(slot: Slot, very: Sequence[Match]) -> list[Match]:
    """Targets where a result is asked for, results where a target is; empty where neither stands in the reports."""
    asked = slot.status is Status.TARGET
    if not asked and slot.ask != Ask():
        # No growth that is planned is the target of an amount.
        very = [match for match in very if _kind(match) == _asked(slot)]
    seen = very if asked else very[:_SEEN]
    return [match for match in seen if (match.figure.status is Status.TARGET) is not asked][:_NEAREST]


def _other_kind(slot: Slot, very: Sequence[Match]) -> list[Match]:
    """Figures of the very indicator and year of which another kind was asked: its growth where its amount is not
    stated."""
    if slot.ask.measure is None and not slot.ask.unit:
        return []
    years = {str(period) for period in slot.periods}
    return [m for m in very if _kind(m) != _asked(slot) and (not years or m.figure.period in years)][:_NEAREST]


# A target among so many figures of the thing, the best first.
_SEEN = 4
# So many of the nearest figures are shown.
_NEAREST = 3


def _kind(match: Match) -> str:
    return _KINDS.get(match.figure.measure, "另一种数据")


def _asked(slot: Slot) -> str:
    return _KINDS.get(slot.ask.measure or Measure.LEVEL, "数额")


def _only(slot: Slot, match: Match) -> str:
    """What the report states of the indicator instead."""
    stated, asked = _kind(match), _asked(slot)
    return f"报告没有写明“{slot.words}”的{asked if asked != stated else '这项数据'}，只写了{stated}。"


_KINDS = {
    Measure.LEVEL: "数额",
    Measure.COUNT: "数额",
    Measure.GROWTH: "增减幅度",
    Measure.SHARE: "占比",
    Measure.RANK: "位次",
}


def _result_missing(slot: Slot, where: Scope, library: Library) -> str:
    """The report that would tell the result of the year asked for, where only the year's plan is stored."""
    if slot.status is Status.TARGET or not slot.periods or slot.periods[0].relative:
        return ""
    year = max(p.last for p in slot.periods)
    held = {row.year for row in library.rows.of(where.place)}
    return "" if year + 1 in held else f"{year + 1}年政府工作报告（{year}年的结果在其中）"


def _plans(query: Query, candidate: Candidate, library: Library) -> bool:
    """Whether what is asked would stand among the plans of the candidate's report."""
    year = library.rows[candidate.report].year
    if query.status is Status.TARGET:
        return True
    return query.status is None and bool(candidate.periods) and all(p.first >= year for p in candidate.periods)
