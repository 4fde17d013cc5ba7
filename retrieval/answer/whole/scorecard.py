"""Every target a report sets for its year, beside what the next report says came of it."""

from __future__ import annotations

from collections import Counter

from retrieval.answer.across.cells import Cell, Site, Wanted, cells, site
from retrieval.answer.across.comparable import unit_class
from retrieval.answer.across.verdict import verdict
from retrieval.answer.across.writing import figure_of, put
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.answer.matching import Match
from retrieval.answer.weights import grams
from retrieval.index import ReportRow
from retrieval.model import Answer, AnswerFigure, Assessed, Figure, Kind, Measure, Reason, SectionKind, Status
from retrieval.query import Ask, Slot
from retrieval.text import chinese_count

__all__ = ["scorecard"]

_VERDICTS = {"met": "完成", "missed": "未完成", "unclear": "无法判断", "untold": "下一年报告未提"}
# The targets of the economy stand together in a sentence or a few; a report's other plans are no scorecard.
_MOST = 30
_AIMS = ("目标", "预期")
_REVIEWS = (SectionKind.REVIEW, SectionKind.TERM_REVIEW)
# Names that share so many of their pairs of characters are of one thing.
_ALIKE = 0.6


def scorecard(row: ReportRow, library: Library) -> Answer:
    """Targets of the report `row` with their outcomes; a refusal where it sets none or the next report is missing."""
    topic = f"{row.place}{row.year}年目标完成情况"
    following = [r for r in library.rows.of(row.place) if r.year == row.year + 1]
    if not following:
        message = f"年份未收录：{row.place}没有{row.year + 1}年政府工作报告，无法核对{row.year}年的目标。"
        return Answer(Kind.NONE, Reason.YEAR_MISSING, message=message, topic=topic)
    place = site(row.place, following)
    loaded = library.load(row.id)
    quotes = Quotes()
    figures: list[AnswerFigure] = []
    assessed: list[Assessed] = []
    for stated in _aims(loaded):
        match = Match(loaded, stated, 1.0, 1.0, 1.0, 1.0, 1.0)
        goal = figure_of(match.figure, place, row.year)
        figures.append(AnswerFigure(goal, quotes.figure(match).citation, goal.indicator))
        number = len(figures) - 1
        label = stated.figure.indicator
        outcome = _outcome(stated.figure, place, row.year, library)
        if outcome is None:
            assessed.append(Assessed(label, number, None, "untold"))
            continue
        figures.append(put(quotes, *outcome, placed=False))
        judged = verdict(goal, figures[-1].figure, stated.clause)
        assessed.append(Assessed(label, number, number + 1, judged))
    if not assessed:
        message = f"报告未提及：{row.place}{row.year}年报告没有写明可以核对的数字目标。"
        return Answer(Kind.NONE, Reason.NOT_MENTIONED, message=message, topic=topic)
    counts = Counter(item.verdict for item in assessed)
    told = "，".join(f"{word}{chinese_count(counts[key], '项')}" for key, word in _VERDICTS.items() if counts[key])
    return Answer(
        Kind.FIGURES,
        figures=tuple(figures),
        citations=quotes.citations,
        assessed=tuple(assessed),
        notes=(f"目标取自{row.year}年报告，结果取自{row.year + 1}年报告",),
        message=f"{topic}：{told}。",
        topic=topic,
    )


def _aims(loaded: Loaded) -> list[Stated]:
    """Figures the report sets as its year's targets: in its section of targets, or where it calls them so."""
    found: dict[tuple[str, str], Stated] = {}
    for stated in loaded.figures:
        figure = stated.figure
        if figure.status is not Status.TARGET or figure.value is None or not figure.indicator:
            continue
        if figure.period not in ("", str(loaded.row.year)) or loaded.kind(stated.passage) in _REVIEWS:
            continue
        sentence = loaded.sentences[stated.sentence]
        aims = any(word in sentence.text for word in _AIMS)
        if aims or (loaded.kind(stated.passage) is SectionKind.TARGETS and figure.indicator_id):
            found.setdefault((figure.indicator_id or figure.indicator, figure.measure.value), stated)
    return list(found.values())[:_MOST]


def _outcome(target: Figure, place: Site, year: int, library: Library) -> tuple[Cell, Match] | None:
    """The figure of the next report that is of what the target is of: the same indicator, measure and unit."""
    growth = target.measure is Measure.GROWTH
    slot = Slot(target.indicator, "", Ask(Measure.GROWTH if growth else None, "" if growth else target.unit))
    cell = cells([Wanted(place, year, Status.ACTUAL)], slot, library)[0]
    found = next((match for match in cell.matches if _of_the_same(target, match.figure)), None)
    return (cell, found) if found is not None else None


def _of_the_same(target: Figure, outcome: Figure) -> bool:
    changes = Measure.GROWTH in (target.measure, outcome.measure)
    if unit_class(target) != unit_class(outcome) or (changes and target.measure is not outcome.measure):
        return False
    if target.indicator_id is not None:
        return target.indicator_id == outcome.indicator_id
    aimed, reached = set(grams(target.indicator)), set(grams(outcome.indicator))
    return len(aimed & reached) >= _ALIKE * len(aimed | reached)
