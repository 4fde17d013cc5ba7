"""Every target a report sets for its year, beside what the next report says came of it."""

from __future__ import annotations

from collections import Counter

from retrieval.answer.across.fulfilment import fulfilment
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.index import ReportRow
from retrieval.model import Answer, AnswerFigure, Assessed, Citation, Kind, Measure, Reason, SectionKind, Span, Status
from retrieval.query import parse
from retrieval.query.across import across
from retrieval.text import chinese_count

__all__ = ["scorecard"]

_VERDICTS = {"met": "完成", "missed": "未完成", "unclear": "无法判断", "untold": "下一年报告未提"}
# The targets of the economy stand together in a sentence or a few; a report's other plans are no scorecard.
_MOST = 30
_AIMS = ("目标", "预期")
_APART = {Measure.SHARE, Measure.RANK, Measure.STREAK, Measure.DURATION}


def scorecard(row: ReportRow, library: Library) -> Answer:
    """Targets of the report `row` with their outcomes; a refusal where it sets none or the next report is missing."""
    topic = f"{row.place}{row.year}年目标完成情况"
    following = [r for r in library.rows.values() if r.place == row.place and r.year == row.year + 1]
    if not following:
        message = f"年份未收录：{row.place}没有{row.year + 1}年政府工作报告，无法核对{row.year}年的目标。"
        return Answer(Kind.NONE, Reason.YEAR_MISSING, message=message, topic=topic)
    figures: list[AnswerFigure] = []
    citations: list[Citation] = []
    assessed: list[Assessed] = []
    seen: set[Span] = set()
    for stated in _aims(library.load(row.id)):
        answer = _asked(row, stated, library)
        if answer is None or not (answer.figures or answer.related):
            continue
        given = answer.figures or answer.related
        target = next((item for item in given if item.figure.status is Status.TARGET), None)
        if target is None or target.figure.span in seen or _report(answer, target) != row.id:
            continue
        seen.add(target.figure.span)
        outcome = next((item for item in answer.figures if item.figure.status is not Status.TARGET), None)
        if outcome is not None and not _comparable(target, outcome):
            outcome = None
        verdict = (answer.verdict or "unclear") if outcome else "untold"
        numbers = [_put(item, answer, figures, citations) for item in (target, outcome) if item is not None]
        label = target.label or stated.figure.indicator
        assessed.append(Assessed(label, numbers[0], numbers[1] if outcome else None, verdict))
    if not assessed:
        message = f"报告未提及：{row.place}{row.year}年报告没有写明可以核对的数字目标。"
        return Answer(Kind.NONE, Reason.NOT_MENTIONED, message=message, topic=topic)
    counts = Counter(item.verdict for item in assessed)
    told = "，".join(f"{word}{chinese_count(counts[key], '项')}" for key, word in _VERDICTS.items() if counts[key])
    return Answer(
        Kind.FIGURES,
        figures=tuple(figures),
        citations=tuple(citations),
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
        if figure.period not in ("", str(loaded.row.year)):
            continue
        sentence = loaded.sentences[stated.sentence]
        aims = any(word in sentence.text for word in _AIMS)
        if aims or (loaded.kind(stated.passage) is SectionKind.TARGETS and figure.indicator_id):
            found.setdefault((figure.indicator_id or figure.indicator, figure.measure.value), stated)
    return list(found.values())[:_MOST]


def _asked(row: ReportRow, stated: Stated, library: Library) -> Answer | None:
    """The answer to whether this target was met, as a person would ask."""
    query = parse(f"{row.place}{row.year}年{stated.figure.indicator}目标完成了吗", held=library.unlisted)
    asked = across(query)
    return fulfilment(asked, query, library) if asked is not None and asked.slots else None


def _comparable(target: AnswerFigure, outcome: AnswerFigure) -> bool:
    """A share or a rank is no outcome of a growth aimed at; an amount is, though it cannot be judged."""
    kinds = {target.figure.measure, outcome.figure.measure}
    return len(kinds) == 1 or not kinds & _APART


def _report(answer: Answer, item: AnswerFigure) -> str:
    return answer.citations[item.citation].report


def _put(item: AnswerFigure, answer: Answer, figures: list[AnswerFigure], citations: list[Citation]) -> int:
    """Add a figure of another answer with its citation; its index."""
    citation = answer.citations[item.citation]
    if citation not in citations:
        citations.append(citation)
    figures.append(AnswerFigure(item.figure, citations.index(citation), item.label))
    return len(figures) - 1
