"""Which reports of a place a question's years are about: the report of year Y holds the results of Y-1 and the targets
of Y."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.index import ReportRow
from retrieval.model import Status
from retrieval.query import Period, Query, resolve
from retrieval.query.ahead import ahead, single
from retrieval.query.asks import planned

__all__ = ["Candidate", "reports_of"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report to look into, how likely it is the meant one (1 at most), and the years asked about there.

    A `strict` one counts only where it states the very years; a `superseded` one plans what a later one reviews.
    """

    report: str
    weight: float
    periods: tuple[Period, ...] = ()
    strict: bool = False
    superseded: bool = False


# Weights of the report a question wants, of the one beside it, and of one that the question's words speak against.
_WANTED, _BESIDE, _AGAINST, _HARDLY = 1.0, 0.95, 0.85, 0.75
# A report of another year that may state the very years.
_FAR, _FAR_YEARS = 0.7, 6
# From a term's first report to the year its plan is for: what is wanted by 2025 stands in the report of 2021.
_TERM = 4
_EVEN = 0.5
_TWO = 2
# 到2025年, by 2025, “十四五”末; not 截至2025年.
_BY = re.compile(r"(?<![截直达提])(?:到|至)了?\s*$|\bby\s*$", re.IGNORECASE)
_THIS = ("今年", "本年", "明年", "下年", "下一年")
_NAMED = re.compile(r"报告|report", re.IGNORECASE)

_Held = Mapping[int, Sequence[ReportRow]]
_Found = tuple[list[Candidate], list[str], str]


def reports_of(query: Query, rows: Sequence[ReportRow], last_report: str, today: date) -> _Found:
    """Candidates best first, notes, and what is missing. `rows` are all reports of the place, oldest first."""
    by_year: dict[int, list[ReportRow]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    newest = max(by_year)
    last = next((row.year for row in rows if row.id == last_report), None)
    if query.report_year is not None:
        return _of_report(query, query.report_year, by_year)
    if not query.periods:
        year = last if last and "place" in query.carried else newest
        notes = []
        if len(by_year) > 1 and year == newest and not last:
            notes.append(f"未指明年份，取最新的{year}年报告")
        return [Candidate(row.id, _WANTED) for row in reversed(by_year[year])], notes, ""
    if any(p.relative for p in query.periods):
        return _relative(query, by_year, last, today)
    return _dated(query, by_year, last, today)


def _of_report(query: Query, year: int, by_year: _Held) -> _Found:
    """The report named; where only its year was told (2013年初, 2013年提出), the next one may tell as well."""
    gap = "" if year in by_year else f"{year}年政府工作报告"
    implied = not _NAMED.search(query.text) and "period" not in query.carried
    base = year if not gap or not implied else year + 1
    periods = tuple(resolve(p, year) for p in query.periods)
    weight = _AGAINST if gap else _WANTED
    return [Candidate(row.id, weight, periods) for row in reversed(by_year.get(base, ()))], [], gap


def _relative(query: Query, by_year: _Held, last: int | None, today: date) -> _Found:
    fixed = [p for p in query.periods if not p.relative]
    if not fixed:
        base = last or (today.year if today.year in by_year else max(by_year))
        notes = [] if last else [f"“{query.periods[0].surface}”从{base}年报告算起"]
        return _counted(query, by_year, {base: _WANTED}), notes, ""
    year = max(p.last for p in fixed)
    # 2023年…今年目标: this year is the one after the year named.
    this = any(p.relative in _THIS for p in query.periods)
    bases = [year, year + 1] if not this and _ahead(query) > _EVEN else [year + 1, year]
    found = _counted(query, by_year, dict(zip(bases, (_WANTED, _BESIDE), strict=True)))
    return found, [], "" if found else f"{bases[0]}年或{bases[1]}年政府工作报告"


def _counted(query: Query, by_year: _Held, bases: Mapping[int, float]) -> list[Candidate]:
    """Reports with the question's periods counted from each."""
    return [
        Candidate(row.id, weight, tuple(resolve(p, base) for p in query.periods))
        for base, weight in bases.items()
        for row in reversed(by_year.get(base, ()))
    ]


def _ahead(query: Query) -> float:
    return ahead(query.text, query.rest, query.place_spans, query.periods)


def _by(query: Query) -> bool:
    """Whether something is asked that is wanted by the year named."""
    return query.status is Status.TARGET and (
        any(p.surface.endswith(("末", "收官")) for p in query.periods)
        or any(_BY.search(query.text[:start]) for start in query.period_starts)
    )


def _dated(query: Query, by_year: _Held, last: int | None, today: date) -> _Found:
    """Reports for named years, by what the question's words tell of target or result."""
    first, final = min(p.first for p in query.periods), max(p.last for p in query.periods)
    near = single(query.periods) is not None
    beside = _beside_plan(query)
    if beside is not None and by_year.keys() & beside.keys():
        wanted, gap = beside, ""
    elif near:
        wanted, gap = _one_year(query, first, final, by_year)
    else:
        wanted, gap = _stretch(query, first, final, by_year)
    if last is not None and query.follows:
        wanted = {year: weight * (1.0 if year == last else 0.9) for year, weight in wanted.items()}
        if first - 1 <= last <= final + 1:
            wanted[last] = _WANTED
    # 2016年呢, answered before from the report that plans 2016: its plan is no worse an answer. Nor is it where the
    # question's words look ahead.
    again = last if query.follows else None
    open_ = final if near and query.status is not Status.ACTUAL and _ahead(query) > _EVEN else None
    found = [
        Candidate(
            row.id,
            weight,
            query.periods,
            superseded=year <= final and year not in (again, open_) and (final + 1 in by_year or final < today.year),
        )
        for year, weight in wanted.items()
        for row in reversed(by_year.get(year, ()))
    ]
    found.sort(key=lambda candidate: -candidate.weight)
    # Other reports may state that year too: the plan of a term, a review of five years.
    others = [
        y for y in by_year if y not in wanted and (final < y <= final + _FAR_YEARS or first - _FAR_YEARS <= y <= first)
    ]
    term = final - _TERM if query.status is Status.TARGET else None
    others.sort(key=lambda y: (abs(y - term) if term else 0, -y))
    found.extend(Candidate(row.id, _FAR, query.periods, strict=True) for y in others for row in by_year[y])
    return found, [], gap


def _from_to(query: Query) -> bool:
    """Whether two single years are named that lie far apart."""
    fixed = [p for p in query.periods if not p.relative]
    return all(p.first == p.last for p in fixed) and len({p.last for p in fixed}) == _TWO


def _beside_plan(query: Query) -> dict[int, float] | None:
    """Reports wanted where a year is named beside a plan (2011年…“十一五”规划): a year that follows the plan or begins
    it says whose report is meant."""
    fixed = [p for p in query.periods if not p.relative]
    plans = [p for p in fixed if p.first < p.last]
    years = {p.last for p in fixed if p.first == p.last}
    if len(plans) != 1 or len(years) != 1:
        return None
    year = years.pop()
    if year in (plans[0].first, plans[0].last + 1):
        return {year: _WANTED, year + 1: _AGAINST}
    return None


def _one_year(query: Query, first: int, final: int, by_year: _Held) -> tuple[dict[int, float], str]:
    """The year's own report and the next one's; which comes first, the question's words tell."""
    own, following = final, final + 1
    plans, results = f"{own}年政府工作报告", f"{following}年政府工作报告（{final}年的结果在其中）"
    if query.status is Status.TARGET:
        wanted = {own: _WANTED, following: _HARDLY}
        # 要, 想, 将 may be said of what was done: the report that tells of it is no other year's.
        doubtful = following in by_year and "status" not in query.carried and not planned(query.rest)
        gap = plans if own not in by_year and not doubtful else ""
        if _by(query):
            wanted = {own - _TERM: _WANTED, own: _BESIDE, following: _HARDLY}
            gap = "" if own - _TERM in by_year else gap
    elif query.status is Status.ACTUAL:
        wanted = {following: _WANTED, own: _AGAINST}
        gap = results if following not in by_year else ""
    else:
        order = (own, following) if _ahead(query) > _EVEN else (following, own)
        wanted = dict(zip(order, (_WANTED, _BESIDE), strict=True))
        gap = f"{following}年或{own}年政府工作报告" if not by_year.keys() & wanted.keys() else ""
    if first < final:
        wanted.setdefault(first, _AGAINST)
    return wanted, gap


def _stretch(query: Query, first: int, final: int, by_year: _Held) -> tuple[dict[int, float], str]:
    """A plan, a term, years far apart: its end is reviewed in the report after, its aims stand in the first year's."""
    if query.status is Status.TARGET:
        wanted = {first: _WANTED, final: _BESIDE}
        if first not in by_year and final not in by_year:
            # The report that looks back on the term tells what became of its plan.
            wanted[final + 1] = 0.9
        gap = f"{first}年政府工作报告"
    elif query.status is Status.ACTUAL:
        wanted = {final + 1: _WANTED}
        gap = f"{final + 1}年政府工作报告（{final}年的结果在其中）"
    else:
        wanted = {final + 1: _WANTED, final: _BESIDE, first: _AGAINST}
        gap = f"{final + 1}年或{final}年政府工作报告"
    if _from_to(query):
        # 2020年是多少，到2025年要达到多少: the report between them tells both.
        wanted = {first + 1: _WANTED if query.status is Status.TARGET else _AGAINST} | wanted
    return wanted, "" if by_year.keys() & wanted.keys() else gap
