"""Which reason there is for no answer."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answer import abstaining
from retrieval.answer.figures import Found
from retrieval.answer.library import Library
from retrieval.answer.matching import Match, match_all
from retrieval.answer.scope import Candidate, Scope
from retrieval.answer.telling import missing_year
from retrieval.answer.weights import Weights
from retrieval.model import Answer, Completeness, Measure, Reason, Status, Trace
from retrieval.query import Ask, Query, Slot

__all__ = ["refuse"]

# A refusal names the other status only where that figure fits this well.
OTHER_SHARE, OTHER_NAMED = 0.62, 0.5
# And another kind of figure where it is of the very indicator.
SAME_NAMED = 0.8


def refuse(query: Query, found: Found, where: Scope, library: Library, trace: Trace) -> tuple[Answer, str]:
    """Name the reason: cut off, the year not there, only the other status, or not mentioned."""
    report = where.candidates[0].report
    nearest = found.scored.get(0, ())
    if where.inner:
        inside = replace(where, message=f"地区未收录：没有{where.inner}的政府工作报告，{where.place}的报告也没有写到。")
        return abstaining.none(query, inside, Reason.PLACE_MISSING, trace=trace), report
    if where.missing:
        return abstaining.none(query, missing_year(where), Reason.YEAR_MISSING, trace=trace), report
    ahead = [c for c in where.candidates if not c.strict]
    cut = [
        c for c in ahead if library.rows[c.report].completeness == Completeness.CUT_OFF and _plans(query, c, library)
    ]
    if cut:
        row = library.rows[cut[0].report]
        return abstaining.cut_off(query, nearest, where, f"{row.place}{row.year}年政府工作报告"), row.id
    other = _other_status(found, where, library)
    if gap := _result_missing(found.slots[0], where, library):
        return abstaining.none(
            query, missing_year(replace(where, missing=gap)), Reason.YEAR_MISSING, other or nearest, trace=trace
        ), report
    reason = abstaining.reason_of(query, other)
    if reason is Reason.NOT_MENTIONED and (kin := _other_kind(found, where, library)):
        told = replace(where, message=_only(found.slots[0], kin[0]))
        return abstaining.none(query, told, reason, kin, trace=trace), report
    return abstaining.none(query, where, reason, other or nearest, trace=trace), report


def _only(slot: Slot, match: Match) -> str:
    """What the report states of the indicator instead."""
    stated = _KINDS.get(match.figure.measure, "另一种数据")
    asked = _KINDS.get(slot.ask.measure or Measure.LEVEL, "数额")
    return f"报告没有写明“{slot.words}”的{asked if asked != stated else '这项数据'}，只写了{stated}。"


_KINDS = {
    Measure.LEVEL: "数额",
    Measure.COUNT: "数额",
    Measure.GROWTH: "增减幅度",
    Measure.SHARE: "占比",
    Measure.RANK: "位次",
}


def _very(match: Match, weights: Weights) -> bool:
    """Whether a figure is of the very indicator: by its name, or by the lexicon where it goes by another one (GDP)."""
    return match.named >= SAME_NAMED or (bool(weights.indicators) and not match.doubtful and match.named >= OTHER_NAMED)


def _other(match: Match, slot: Slot) -> bool:
    return slot.status is None or (match.figure.status is Status.TARGET) != (slot.status is Status.TARGET)


def _free(found: Found, where: Scope, library: Library) -> list[Match]:
    """Figures of the very indicator in the reports asked about, of any kind, status and year."""
    slot, weights = replace(found.slots[0], ask=Ask(), status=None), found.weights[0]
    return [
        match
        for candidate in where.candidates
        if not candidate.strict
        for match in match_all(
            slot,
            weights,
            library.load(candidate.report),
            replace(candidate, periods=(), weight=1.0),
            place=where.place,
            inner=where.inner,
        )
        if match.own >= OTHER_SHARE and _very(match, weights)
    ]


def _other_kind(found: Found, where: Scope, library: Library) -> list[Match]:
    """Figures of the very indicator and year of which another kind was asked: its growth where its amount is not
    stated."""
    slot, weights = found.slots[0], found.weights[0]
    if slot.ask.measure is None and not slot.ask.unit:
        return []
    matches = [
        match
        for candidate in where.candidates
        if not candidate.strict
        for match in match_all(
            replace(slot, ask=Ask()), weights, library.load(candidate.report), candidate, place=where.place, inner=""
        )
        if match.own >= OTHER_SHARE and _very(match, weights)
    ]
    asked = _KINDS.get(slot.ask.measure or Measure.LEVEL)
    matches = [match for match in matches if _KINDS.get(match.figure.measure) != asked]
    matches.sort(key=lambda m: (-m.score, m.figure.span))
    return matches


def _result_missing(slot: Slot, where: Scope, library: Library) -> str:
    """The report that would tell the result of the year asked for, where only the year's plan is stored."""
    if slot.status is Status.TARGET or not slot.periods or slot.periods[0].relative:
        return ""
    year = max(p.last for p in slot.periods)
    held = {row.year for row in library.rows.values() if row.place == where.place}
    return "" if year + 1 in held else f"{year + 1}年政府工作报告（{year}年的结果在其中）"


def _plans(query: Query, candidate: Candidate, library: Library) -> bool:
    """Whether what is asked would stand among the plans of the candidate's report."""
    year = library.rows[candidate.report].year
    if query.status is Status.TARGET:
        return True
    return query.status is None and bool(candidate.periods) and all(p.first >= year for p in candidate.periods)


def _other_status(found: Found, where: Scope, library: Library) -> list[Match]:
    """The same figures with the other status, in the report asked and for the year before or after."""
    slot, weights = found.slots[0], found.weights[0]
    matches: list[Match] = []
    for candidate in where.candidates:
        if candidate.strict:
            continue
        free = replace(candidate, periods=(), weight=1.0)
        matches.extend(
            match
            for match in match_all(
                replace(slot, status=None),
                weights,
                library.load(candidate.report),
                free,
                place=where.place,
                inner=where.inner,
            )
            if match.own >= OTHER_SHARE and match.named >= OTHER_NAMED
        )
    if not any(_other(m, slot) for m in matches) and slot.ask != Ask() and slot.status is not None:
        # 实际完成多少亿元, where only its growth was planned.
        matches = _free(found, where, library)
    if slot.status is not None:
        target = slot.status is Status.TARGET
        matches = [m for m in matches if (m.figure.status is Status.TARGET) != target]
    matches.sort(key=lambda m: (-m.score, m.figure.span))
    return matches
