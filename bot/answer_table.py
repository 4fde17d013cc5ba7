"""An answer as a table: a row a figure, each with the sentence it is cited from; for files and for reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.export import MEASURES, STATUSES
from bot.sheets import Cell, csv_file, decimal_cell, one_line, workbook
from bot.table import aligned
from retrieval.model import Answer, AnswerFigure, Citation, Status, plain

__all__ = ["COLUMNS", "as_csv", "as_markdown", "as_text", "as_workbook", "magnitudes", "read", "rows", "spans"]

# Name and width in characters of each column.
COLUMNS = (
    ("地区", 14), ("指标", 30), ("时期", 11), ("原文", 16), ("数值", 12), ("上限", 8), ("单位", 10), ("限定", 8),
    ("升降", 6), ("类别", 6), ("性质", 8), ("完成情况", 10), ("口径", 24), ("来源", 26), ("报告编号", 18), ("起", 8),
    ("止", 8), ("网址", 30), ("引文", 70),
)  # fmt: skip
# Columns that are read on a screen; of these some are left out where they are empty.
_READ = (0, 1, 2, 3, 4, 6, 7, 8, 10, 11, 12, 13)
_OPTIONAL = frozenset((0, 3, 4, 6, 7, 8, 10, 11, 12))
# The value and its unit repeat what the report writes, unless it writes nothing.
_COUNTED = frozenset((4, 6))
_VERDICTS = {
    "met": "完成",
    "missed": "未完成",
    "unclear": "无法判断",
    "untold": "未提结果",
    "unheld": "未收录下一年报告",
}


def rows(answer: Answer) -> Iterator[tuple[Cell, ...]]:
    """Cells in the order of `COLUMNS`: the figures, then what was computed from them and is marked so."""
    verdicts = _verdicts(answer)
    broken = {found.period: found for found in answer.breaks}
    for number, item in enumerate(answer.figures):
        # Of a record it is the targets' series that breaks.
        found = broken.get(item.figure.period) if not answer.assessed or item.figure.status is Status.TARGET else None
        basis = f"自本期起为“{found.after}”，此前为“{found.before}”" if found else item.figure.basis
        yield _figure(item, answer.citations[item.citation], verdicts.get(number), basis or None)
    for computed in answer.computed:
        sources = "、".join(dict.fromkeys(_source(answer.citations[n]) for n in computed.citations))
        yield (
            None, computed.label, None, None, computed.value, None, computed.unit, None, None, None, "计算得出", None,
            None, sources, None, None, None, None, None,
        )  # fmt: skip
    if answer.phrase is not None and answer.phrase.mentions:
        yield from _counted(answer)
    elif answer.wordings:
        yield from _changed(answer)
    elif not answer.figures:
        for citation in answer.citations:
            yield (
                citation.place, answer.topic or None, None, None, None, None, None, None, None, None, None, None, None,
                _source(citation), citation.report, citation.span.start, citation.span.end, citation.url or None,
                one_line(citation.quote),
            )  # fmt: skip


def _verdicts(answer: Answer) -> dict[int, str]:
    """What is said of the figure of that number: of the outcome, or of the target where nothing came of it."""
    found = {
        item.target if item.outcome is None else item.outcome: _VERDICTS.get(item.verdict, item.verdict)
        for item in answer.assessed
    }
    if answer.verdict and len(answer.figures) > 1:
        found[1] = _VERDICTS.get(answer.verdict, answer.verdict)
    return found


def _figure(item: AnswerFigure, citation: Citation, verdict: str | None, basis: str | None) -> tuple[Cell, ...]:
    figure = item.figure
    return (
        figure.place or citation.place,
        item.label,
        int(figure.period) if figure.period.isdecimal() else figure.period or None,
        one_line(figure.surface),
        decimal_cell(figure.value),
        figure.upper,
        figure.unit,
        figure.qualifier or None,
        {1: "升", -1: "降", 0: None}[figure.direction],
        MEASURES[figure.measure],
        STATUSES[figure.status],
        verdict,
        basis,
        _source(citation),
        citation.report,
        figure.span.start,
        figure.span.end,
        citation.url or None,
        one_line(citation.quote),
    )


def _counted(answer: Answer) -> Iterator[tuple[Cell, ...]]:
    """How often each report says a phrase, with the sentence where one is cited."""
    quoted = {citation.report: citation for citation in answer.citations}
    for item in answer.phrase.mentions if answer.phrase else ():
        citation = quoted.get(item.report)
        yield (
            item.place, f"“{answer.topic}”出现次数", item.year, None, item.count, None, "次", None, None, None,
            "计算得出", None, None, f"{item.place}{item.year}年政府工作报告", item.report,
            *((citation.span.start, citation.span.end, citation.url or None, one_line(citation.quote)) if citation
              else (None, None, None, None)),
        )  # fmt: skip


def _changed(answer: Answer) -> Iterator[tuple[Cell, ...]]:
    """Phrases that only one of two reports says, how often, and a sentence that does."""
    for item in answer.wordings:
        citation = answer.citations[item.citation]
        yield (
            citation.place, f"“{item.text}”出现次数", citation.year, None, item.after or item.before, None, "次", None,
            None, None, "新出现" if item.after else "不再出现", None, None, _source(citation), citation.report,
            citation.span.start, citation.span.end, citation.url or None, one_line(citation.quote),
        )  # fmt: skip


def _source(citation: Citation) -> str:
    return f"{citation.place}{citation.year}年政府工作报告"


def as_csv(answer: Answer) -> bytes:
    """The table as CSV."""
    return csv_file(COLUMNS, rows(answer))


def as_workbook(answer: Answer) -> bytes:
    """The table as an .xlsx file, the notes on a sheet of their own."""
    return workbook(COLUMNS, rows(answer), answer.notes)


def as_markdown(answer: Answer) -> str:
    """A table in Markdown, the notes below it."""
    head, *shown = [[cell.replace("|", "\\|") for cell in row] for row in read(answer)]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *shown)]
    return "\n".join([*lines, *([""] if answer.notes else []), *(f"- {note}" for note in answer.notes)]) + "\n"


def as_text(answer: Answer) -> Sequence[str]:
    """Aligned columns for a terminal."""
    return aligned(read(answer))


def read(answer: Answer) -> list[list[str]]:
    """Head and rows of the columns to be read."""
    every = list(rows(answer))
    worded = any(row[3] for row in every)
    kept = [n for n in _READ if n not in _OPTIONAL or any(row[n] is not None for row in every)]
    kept = [n for n in kept if n not in _COUNTED or not worded]
    return [[COLUMNS[n][0] for n in kept], *([_cell(row[n]) for n in kept] for row in every)]


def magnitudes(answer: Answer) -> list[Decimal | None]:
    """For each row the number it is sorted by: in the smallest unit of its kind, negative where it fell."""
    own = [_signed(item) for item in answer.figures]
    rest = (row[4] for row in list(rows(answer))[len(own) :])
    return [*own, *(Decimal(cell) if isinstance(cell, int | Decimal) else None for cell in rest)]


def _signed(item: AnswerFigure) -> Decimal | None:
    figure = item.figure
    number = decimal_cell(figure.scaled if figure.scaled is not None else figure.value)
    return -abs(number) if number is not None and figure.direction < 0 else number


def spans(answer: Answer) -> list[tuple[str, int, int] | None]:
    """For each row the report and the stretch of it that it is cited from; None where it is of several."""
    own = [(c.report, c.span.start, c.span.end) for c in (answer.citations[item.citation] for item in answer.figures)]
    return [*own, *(_span(row) for row in list(rows(answer))[len(own) :])]


def _span(row: Sequence[Cell]) -> tuple[str, int, int] | None:
    report, start, end = row[14:17]
    return (report, start, end) if isinstance(report, str) and isinstance(start, int) and isinstance(end, int) else None


def _cell(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else plain(Decimal(cell))
