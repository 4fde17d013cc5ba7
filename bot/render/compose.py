"""From an answer to a message: figures first, then where they stand and the sentence they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.render.figure import computed_line, figure_line, period_words, worded
from bot.render.message import Button, Cited, Line, Mark, Message, Origin, Part, Quote, Run
from bot.render.shown import Shown, shown
from bot.render.whole import counted, whole_parts
from retrieval.model import Answer, AnswerFigure, Citation, Kind, Measure, Reason, SectionKind, Span, Status

__all__ = ["compose", "quote_block", "source_line"]

# From this many citations on, figures of one report are listed under their sections, and sentences of several folded.
_MANY = 4
# Quotes longer than this are folded where the medium can.
_LONG = 160
# Passages shown; the first are the best.
_PASSAGES = 5
# Of a whole report's many sentences, so many stand below the lines; all of them are in the table.
_WHOLE = 3
_TITLE = 40
_TAKEN = ("沿用上一问的地区：", "沿用上一问的年份：")
_NEAREST = 4
_OUTSIDE = {SectionKind.NOTES: "名词解释和注释", SectionKind.ANNEX: "附件"}

_REASONS = {
    Reason.NOT_MENTIONED: "报告未提及",
    Reason.ONLY_TARGET: "只有目标",
    Reason.ONLY_ACTUAL: "只有实绩",
    Reason.YEAR_MISSING: "年份未收录",
    Reason.PLACE_MISSING: "地区未收录",
    Reason.FALSE_PREMISE: "前提不符",
    Reason.CUT_OFF: "正文在此之前中断",
    Reason.OFF_TOPIC: "",
}
_VERDICTS = {"met": "已完成", "missed": "未完成", "unclear": "无法判断"}


def compose(answer: Answer) -> Message:
    """The message for an answer. It still has to pass the gate."""
    quotes = tuple(shown(citation) for citation in answer.citations)
    parts = [*_opening(answer), *_body(answer, quotes), *_notes(answer)]
    buttons = tuple({b.question: b for b in (*_nearest(answer), *_options(answer))}.values())
    context = tuple(Button("上下文", context=f"{c.report}:{c.passage}") for c in answer.citations[:1])
    return Message(tuple(parts), (*context, *buttons) if answer.kind is not Kind.NONE else buttons)


def _options(answer: Answer) -> Iterator[Button]:
    """Other readings. A refusal's nearest figures are offered with their years instead of by their bare names."""
    near = {f"{answer.citations[f.citation].place}{f.label}" for f in answer.related} if _refuses(answer) else set()
    return (Button(o.label, o.question) for o in answer.options if o.question not in near)


def _refuses(answer: Answer) -> bool:
    return answer.kind is Kind.NONE


def _nearest(answer: Answer) -> Iterator[Button]:
    """The nearest figures of a refusal, each as the question it answers."""
    for item in answer.related[:_NEAREST] if _refuses(answer) else ():
        figure, place = item.figure, answer.citations[item.citation].place
        rate = "增速" if figure.measure is Measure.GROWTH and figure.unit == "%" else ""
        target = "目标" if figure.status is Status.TARGET else ""
        name = f"{place}{period_words(figure.period)}{item.label}{rate}{target}"
        yield Button(name, f"{name}是多少")


def _opening(answer: Answer) -> Iterator[Part]:
    if answer.kind is Kind.NONE:
        reason = _REASONS[answer.reason] if answer.reason else ""
        message = answer.message or "没有找到。"
        runs = [Run(message, origin=Origin.LABEL)]
        if reason and reason not in message:
            runs.insert(0, Run(f"{reason}：", Mark.STRONG))
        yield Part((Line(tuple(runs)),))
    elif answer.kind is Kind.CLARIFY:
        yield Part((Line((Run(answer.message or "您问的是哪一个？", origin=Origin.LABEL),)),))
    elif answer.message:
        yield Part((Line((Run(answer.message, origin=Origin.LABEL),)),))
    if answer.verdict:
        verdict = _VERDICTS.get(answer.verdict, answer.verdict)
        yield Part((Line((Run("完成情况："), Run(verdict, Mark.STRONG))),))
    if answer.computed:
        yield Part(tuple(computed_line(n, computed) for n, computed in enumerate(answer.computed)))


def _body(answer: Answer, quotes: Sequence[Shown]) -> Iterator[Part]:
    if answer.assessed or answer.wordings:
        yield from whole_parts(answer, quotes)
        yield from (_evidence(n, answer, quotes[n], ()) for n in range(min(len(quotes), _WHOLE)))
    elif answer.kind is Kind.FIGURES:
        cited = {figure.citation for figure in answer.figures}
        if len({answer.citations[n].report for n in cited}) > 1:
            yield from _side_by_side(answer, quotes)
        elif len(cited) >= _MANY:
            yield from _by_section(answer, quotes)
        else:
            yield from _figures(answer.figures, answer, quotes)
        left = [n for n in range(len(quotes)) if n not in cited]
        yield from (_evidence(n, answer, quotes[n], ()) for n in left[:_PASSAGES])
    elif answer.kind is Kind.NONE and answer.related:
        yield Part((Line((Run("最接近的内容："),)),))
        yield from _figures(answer.related, answer, quotes)
    else:
        yield from counted(answer)
        yield from (_evidence(n, answer, quotes[n], ()) for n in range(min(len(quotes), _PASSAGES)))


def _figures(figures: Sequence[AnswerFigure], answer: Answer, quotes: Sequence[Shown]) -> Iterator[Part]:
    """Each citation with the figures it holds above it, in the order the figures are given."""
    order = list(dict.fromkeys(figure.citation for figure in figures))
    for number in order:
        own = [figure for figure in figures if figure.citation == number]
        lines = tuple(figure_line(figure, answer, quotes[number]) for figure in own)
        yield Part((*lines, *_evidence(number, answer, quotes[number], own).blocks))


def _side_by_side(answer: Answer, quotes: Sequence[Shown]) -> Iterator[Part]:
    """Figures of several reports: all of them first, to be compared, then the sentences they stand in."""
    yield Part(tuple(figure_line(figure, answer, quotes[figure.citation]) for figure in answer.figures))
    order = list(dict.fromkeys(figure.citation for figure in answer.figures))
    owned = {number: [figure for figure in answer.figures if figure.citation == number] for number in order}
    parts = [_evidence(number, answer, quotes[number], own) for number, own in owned.items()]
    if len(parts) < _MANY:
        yield from parts
        return
    blocks = [block for part in parts for block in (Line(), *part.blocks)]
    yield Part(tuple(blocks[1:]), folded=True)


def _by_section(answer: Answer, quotes: Sequence[Shown]) -> Iterator[Part]:
    """The overview: under each section its figures, then their sentences."""
    if answer.topic:
        yield Part((Line((Run(answer.topic, Mark.STRONG, Origin.LABEL),)),))
    order = list(dict.fromkeys(figure.citation for figure in answer.figures))
    for _, numbers in groupby(order, key=lambda n: _where(answer.citations[n])):
        heading: tuple[Line, ...] | None = None
        for number in numbers:
            own = [figure for figure in answer.figures if figure.citation == number]
            lines = tuple(figure_line(figure, answer, quotes[number], bullet=True) for figure in own)
            heading = (source_line(answer.citations[number]),) if heading is None else ()
            yield Part((*heading, *lines, quote_block(number, quotes[number], _marks(own, quotes[number]), fold=True)))


def _evidence(number: int, answer: Answer, quote: Shown, figures: Sequence[AnswerFigure]) -> Part:
    marks = _marks(figures, quote)
    return Part((source_line(answer.citations[number]), quote_block(number, quote, marks)))


def _marks(figures: Sequence[AnswerFigure], quote: Shown) -> list[Span]:
    return [worded(figure.figure, quote).mark for figure in figures]


def _notes(answer: Answer) -> Iterator[Part]:
    if answer.notes:
        yield Part(tuple(_note(note) for note in _joined(answer.notes)))


def _note(note: str) -> Line:
    """The answer to a yes/no question, or a remark."""
    answers = note.startswith(("是：", "不是："))
    mark = Mark.PLAIN if answers else Mark.NOTE
    return Line((Run("答：" if answers else "注：", mark), Run(note, mark, Origin.LABEL)))


def _joined(notes: Sequence[str]) -> list[str]:
    """Place and year that were taken over, in one sentence."""
    taken = [(note.removeprefix(head)) for head in _TAKEN for note in notes if note.startswith(head)]
    if len(taken) < len(_TAKEN):
        return list(notes)
    rest = [note for note in notes if not note.startswith(_TAKEN)]
    return [f"沿用上一问的地区和年份：{'，'.join(taken)}", *rest]


def _where(citation: Citation) -> tuple[str, tuple[str, ...]]:
    return citation.report, citation.path


def source_line(citation: Citation) -> Line:
    """Place, report and section; what stands outside the report proper says so."""
    path = [heading.replace(",", "，") for heading in citation.path]
    title = " › ".join(heading if len(heading) <= _TITLE else f"{heading[:_TITLE]}…" for heading in path)
    outside = _OUTSIDE.get(citation.kind, "")
    pieces = [citation.place, f"{citation.year}年政府工作报告", outside, title]
    at = Cited(citation.report, citation.span.start, citation.span.end)
    return Line((Run(" · ".join(piece for piece in pieces if piece), Mark.SOURCE, Origin.LABEL, at=at),))


def quote_block(number: int, quote: Shown, marks: Sequence[Span], *, fold: bool = False) -> Quote:
    """The quote of citation `number` with the marks strong."""
    runs: list[Run] = []
    at = 0
    for mark in _merged(marks):
        if mark.start > at:
            runs.append(Run(quote.text[at : mark.start], origin=Origin.QUOTE, of=number))
        runs.append(Run(mark.of(quote.text), Mark.STRONG, Origin.QUOTE, number))
        at = mark.end
    if at < len(quote.text):
        runs.append(Run(quote.text[at:], origin=Origin.QUOTE, of=number))
    return Quote(tuple(run for run in runs if run.text), fold or len(quote.text) > _LONG, quote.cited)


def _merged(marks: Sequence[Span]) -> list[Span]:
    """Sorted, empty ones dropped, overlapping ones joined."""
    out: list[Span] = []
    for mark in sorted(mark for mark in marks if len(mark) > 0):
        if out and mark.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, mark.end))
        else:
            out.append(mark)
    return out
