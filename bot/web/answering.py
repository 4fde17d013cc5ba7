"""One question of a page: what is shown for it. Runs in the thread of a dialogue."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from bot import answer_table, charts
from bot.charts import Chart
from bot.citing import reference
from bot.commands import find
from bot.render import titled
from bot.render.message import Button, Cited
from bot.render.webpage import HERE, SOURCES, webpage
from bot.said import Said
from bot.state import State
from bot.tongue import chosen, line, spoken
from bot.web.talks import Choice, Row, Table, Turn
from retrieval.errors import GovreportError
from retrieval.model import Answer, Kind

if TYPE_CHECKING:
    from bot.dialogue import Dialogue

__all__ = ["answered", "aside", "picture", "said_again", "started"]

_FORMS = ("xlsx", "csv", "md", "json")
_SEVERAL = 2
# Characters of what was asked that stand above the answer.
_TITLE = 160
# What /privacy says here: the bot keeps more.
_KEPT = (
    "网页保存什么",
    "· 打开的对话：只在运行网页的那台机器的内存里，程序停止、或者很久没有接着问，就没有了。",
    "· 不写到磁盘，不用 cookie，不记录您问了什么，也不向别处发送任何东西。",
    "发送 /forget 马上删除这个对话。",
)


def started(dialogue: Dialogue, language: str) -> Turn:
    """What a new page begins with: what is loaded, and questions to try."""
    return _turn(dialogue, dialogue.turn("/start", State()), "", State(), language)


def answered(dialogue: Dialogue, asked: str, before: str, language: str, *, picked: bool = False) -> tuple[Turn, bool]:
    """The turn for what was typed, or `picked` with a button, and whether all is to be forgotten. `before` is the state
    it is asked in, `language` the code of the person's browser."""
    state = State.loads(before)
    said = _said(dialogue, asked, state, picked=picked)
    turn = _turn(dialogue, said, asked, state, language, picked=picked)
    return turn, said.forget


def aside(asked: str) -> bool:
    """Whether a button's words leave the conversation as it is."""
    command = find(asked) if asked.startswith("/") else None
    return command is not None and command[0].aside


def said_again(dialogue: Dialogue, turn: Turn) -> Said:
    """What was said in a turn, worked out once more: for its files."""
    return _said(dialogue, turn.asked, State.loads(turn.before), picked=turn.picked)


def picture(said: Said) -> Chart | None:
    """What is drawn of something said."""
    if said.file is not None:
        return said.file.chart
    return charts.plan(said.answer) if said.answer is not None else None


def _said(dialogue: Dialogue, asked: str, state: State, *, picked: bool) -> Said:
    command = find(asked)
    if command is not None and command[0].name == "privacy":
        return Said(titled(*_KEPT), state)
    if picked and not asked.startswith("/"):
        return dialogue.question(asked, state)
    return dialogue.turn(asked, state)


def _turn(dialogue: Dialogue, said: Said, asked: str, before: State, language: str, *, picked: bool = False) -> Turn:
    lang = chosen(said.state.lang, language)
    message = spoken(said.message, lang)
    answer = said.answer
    told = answer is not None and answer.kind not in {Kind.NONE, Kind.CLARIFY} and bool(answer.citations)
    chart = picture(said)
    return Turn(
        asked=asked,
        title=asked if len(asked) <= _TITLE else f"{asked[:_TITLE]}…",
        before=before.dumps(),
        after=said.state.dumps(),
        html=webpage(message, sources=line(SOURCES, lang), here=line(HERE, lang)),
        lang=lang,
        picked=picked,
        choices=_choices(said, message.buttons, lang),
        forms=_FORMS if told else (),
        table=_table(answer) if answer is not None and told else None,
        chart=chart.title if chart is not None else "",
        file=said.file.name if said.file is not None else "",
        reference=_reference(dialogue, answer),
    )


def _choices(said: Said, buttons: tuple[Button, ...], lang: str) -> tuple[tuple[Choice, ...], ...]:
    """Rows of buttons: reading on first, then other questions, each where it stands in a chat."""
    reading = [Choice(line("上下文", lang), f"/context {b.context}") for b in buttons if b.context]
    if said.more:
        reading.append(Choice(line("下一条", lang), "/next 1"))
    typed = [button for button in buttons if button.typed]
    rows = [
        tuple(Choice(button.label, button.typed, button.inplace) for _, button in group)
        for _, group in groupby(enumerate(typed), key=lambda item: item[1].row if item[1].row >= 0 else -1)
    ]
    return tuple(row for row in (tuple(reading), *rows) if row)


def _table(answer: Answer) -> Table | None:
    """Where there are several figures to compare, or counts."""
    if len(answer.figures) < _SEVERAL and answer.phrase is None and not answer.wordings:
        return None
    head, *rows = answer_table.read(answer)
    keys, spans = answer_table.magnitudes(answer), answer_table.spans(answer)
    # The first of these is what the reports write, or the number where they write none.
    valued = next((n for n, name in enumerate(head) if name in {"原文", "数值"}), -1)
    made = []
    for cells, key, span in zip(rows, keys, spans, strict=True):
        by = tuple(f"{key:f}" if n == valued and key is not None else cell for n, cell in enumerate(cells))
        made.append(Row(tuple(cells), by, Cited(*span).url if span else ""))
    return Table(tuple(head), tuple(made)) if made else None


def _reference(dialogue: Dialogue, answer: Answer | None) -> str:
    """The first report cited, as scholars cite it."""
    if answer is None or answer.kind is Kind.NONE or not answer.citations:
        return ""
    try:
        row = dialogue.engine.store.rows.get(answer.citations[0].report)
    except GovreportError:
        return ""
    return reference(row, dialogue.today or date.today()) if row else ""
