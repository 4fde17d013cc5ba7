"""Answers about whole reports: a scorecard line by line, wording side by side, how often a phrase is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.render.figure import worded
from bot.render.message import Line, Mark, Origin, Part, Run
from bot.render.shown import Shown
from retrieval.model import Answer, AnswerFigure, Wording
from retrieval.text import chinese_count, plain_lower

__all__ = ["counted", "whole_parts"]

# One report's count is the message's.
_FEWEST = 2
# Counts are spelt out up to here: digits are the reports' own.
_SPELT = 100
# Signs first, so that a column of them is seen at a glance; words, so that a screen reader says them.
_VERDICTS = {
    "met": "✓ 完成",
    "missed": "✗ 未完成",
    "unclear": "？无法判断",
    "untold": "－ 未提结果",
    "unheld": "－ 未收录下一年报告",
}


def whole_parts(answer: Answer, quotes: Sequence[Shown]) -> Iterator[Part]:
    """The lines of a scorecard or of changed wording; nothing for other answers."""
    if answer.assessed:
        yield Part(tuple(_assessed(answer, quotes)))
    fresh = [item for item in answer.wordings if item.after]
    gone = [item for item in answer.wordings if item.before]
    for heading, items in (("新出现", fresh), ("不再出现", gone)):
        if items:
            yield Part((Line((Run(heading, Mark.STRONG),)), *(_wording(item, quotes) for item in items)))


def _assessed(answer: Answer, quotes: Sequence[Shown]) -> Iterator[Line]:
    for item in answer.assessed:
        runs = [Run(f"{_VERDICTS[item.verdict]}　"), Run(f"{item.label}：", origin=Origin.LABEL), Run("目标 ")]
        runs += _figure(answer.figures[item.target], quotes)
        if item.outcome is not None:
            runs += [Run(" → "), *_figure(answer.figures[item.outcome], quotes)]
        yield Line(tuple(runs))


def _figure(item: AnswerFigure, quotes: Sequence[Shown]) -> list[Run]:
    quote = quotes[item.citation]
    said = worded(item.figure, quote)
    runs = [
        Run(said.value, Mark.VALUE, Origin.QUOTE, item.citation, at=quote.cited),
        Run(said.tail, origin=Origin.QUOTE, of=item.citation),
    ]
    if said.lead:
        lead = Run(f"{said.lead} ") if said.own else Run(f"{said.lead} ", origin=Origin.QUOTE, of=item.citation)
        runs.insert(0, lead)
    return [run for run in runs if run.text]


def _wording(item: Wording, quotes: Sequence[Shown]) -> Line:
    """The phrase as its sentence writes it: it was found without regard to width and case."""
    words = quotes[item.citation].text
    at = plain_lower(words).find(item.text)
    said = words[at : at + len(item.text)] if at >= 0 else item.text
    times = Run(f"（{chinese_count(item.after or item.before, '次')}）")
    return Line((Run("· "), Run(said, Mark.STRONG, Origin.QUOTE, item.citation), times))


def counted(answer: Answer) -> Iterator[Part]:
    """How often each of a place's reports says a phrase; over many places the table and the picture tell."""
    mentions = [item for item in answer.phrase.mentions if item.count] if answer.phrase else []
    if len(mentions) < _FEWEST or len({item.place for item in mentions}) > 1:
        return
    runs = [Run("各年次数：")]
    for item in mentions:
        times = chinese_count(item.count, "次") if item.count < _SPELT else "百次以上"
        runs += [Run(f"{item.year}年", origin=Origin.LABEL), Run(f"{times}、")]
    runs[-1] = Run(f"{runs[-1].text[:-1]}。")
    yield Part((Line(tuple(runs)),))
