"""A place's targets for one indicator year after year, beside what came of each: 长春历年GDP目标完成得怎么样."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.across.cells import Cell, Wanted, agreed, cells, single_site
from retrieval.answer.across.definitions import break_notes, breaks
from retrieval.answer.across.fulfilment import pair
from retrieval.answer.across.verdict import verdict
from retrieval.answer.across.writing import name_notes, put
from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.model import Answer, AnswerFigure, Assessed, Kind, Option, Reason, Status
from retrieval.query import Query, Slot
from retrieval.query.across import Across
from retrieval.text import chinese_count, stretches

__all__ = ["record"]

# Years shown where the question names none.
_MOST = 30
_KEPT, _MISSED = "met", "missed"
_SAID = ((_KEPT, "完成"), (_MISSED, "未完成"), ("unclear", "无法判断"))


def record(asked: Across, query: Query, library: Library) -> Answer:
    """Target and outcome of each year with a verdict; years without one are told."""
    place = single_site(query, asked.places, library)
    slot = asked.slots[0]
    what = f"{place.name}{slot.words}"
    if not place.rows:
        message = f"地区未收录：没有{place.name}的政府工作报告。"
        return Answer(Kind.NONE, Reason.PLACE_MISSING, message=message, topic=what)
    held = sorted({row.year for row in place.rows})
    # The newest report's targets are still to be met.
    first = place.newest - asked.recent if asked.recent else 0
    years = asked.years or tuple(year for year in held if first <= year < place.newest)[-_MOST:]
    targets = _targets(
        agreed(cells([Wanted(place, year, Status.TARGET) for year in years], slot, library), strict=True)
    )
    # What came of a year is looked for only where it was aimed at.
    aimed = [target.year for target in targets if target.best]
    outcomes = {c.year: c for c in cells([Wanted(place, year, Status.ACTUAL) for year in aimed], slot, library)}
    quotes = Quotes()
    figures: list[AnswerFigure] = []
    assessed: list[Assessed] = []
    for target in targets:
        if target.best is None:
            continue
        outcome = outcomes[target.year]
        found = pair(asked, target, outcome)
        promised = found[0] if found else target.best
        figures.append(put(quotes, target, promised, placed=False))
        number = len(figures) - 1
        if found is None:
            assessed.append(Assessed(f"{target.year}年", number, None, "untold" if outcome.held else "unheld"))
            continue
        figures.append(put(quotes, outcome, found[1], placed=False))
        told = verdict(figures[-2].figure, figures[-1].figure, promised.stated.clause)
        assessed.append(Assessed(f"{target.year}年", number, number + 1, told))
    if not assessed:
        return _nothing(slot, targets, what)
    return Answer(
        Kind.FIGURES,
        figures=tuple(figures),
        citations=quotes.citations,
        assessed=tuple(assessed),
        notes=tuple(dict.fromkeys(_notes(figures, targets))),
        options=_options(place.name, assessed),
        message=_message(what, assessed),
        topic=what,
        breaks=breaks([item.figure for item in figures if item.figure.status is Status.TARGET]),
    )


def _targets(row: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with targets only."""
    return tuple(
        replace(cell, matches=tuple(m for m in cell.matches if m.figure.status is Status.TARGET)) for cell in row
    )


def _notes(figures: Sequence[AnswerFigure], targets: Sequence[Cell]) -> list[str]:
    notes = ["目标取自当年的报告，结果取自下一年的报告"]
    absent = [cell.year for cell in targets if not cell.held and cell.year is not None]
    silent = [cell.year for cell in targets if cell.held and not cell.matches and cell.year is not None]
    if absent:
        notes.append(f"没有收录{stretches(absent)}年报告")
    if silent:
        notes.append(f"{stretches(silent)}年报告没有写明这项目标")
    aims = [item.figure for item in figures if item.figure.status is Status.TARGET]
    results = [item.figure for item in figures if item.figure.status is not Status.TARGET]
    guessed = [int(f.period) for f in results if f.status is Status.ESTIMATED]
    if guessed:
        notes.append(f"{stretches(guessed)}年的结果为预计数")
    notes += break_notes(breaks(aims))
    return notes + [note for note in name_notes([*aims, *results], by_year=True) if "预计" not in note]


def _message(what: str, assessed: Sequence[Assessed]) -> str:
    """How many years, and which, the target was met and missed."""
    parts = []
    for key, word in _SAID:
        years = [int(item.label[:-1]) for item in assessed if item.verdict == key]
        if years:
            parts.append(f"{word}{chinese_count(len(years), '年')}（{stretches(years)}年）")
    return f"{what}目标：{'，'.join(parts)}。" if parts else f"{what}目标：报告没有写明结果。"


def _options(place: str, assessed: Sequence[Assessed]) -> tuple[Option, ...]:
    """All targets of the last year that was judged."""
    judged = [item.label for item in assessed if item.outcome is not None]
    return (Option(f"{judged[-1]}的各项目标", f"{place}{judged[-1]}目标完成情况"),) if judged else ()


def _nothing(slot: Slot, targets: Sequence[Cell], what: str) -> Answer:
    if not any(cell.held for cell in targets):
        years = stretches([cell.year for cell in targets if cell.year is not None])
        message = f"年份未收录：没有{years}年政府工作报告。" if years else "收录的报告太少，没有可以核对的年份。"
        return Answer(Kind.NONE, Reason.YEAR_MISSING, message=message, topic=what)
    return Answer(Kind.NONE, Reason.NOT_MENTIONED, message=f"报告没有给“{slot.words}”定目标。", topic=what)
