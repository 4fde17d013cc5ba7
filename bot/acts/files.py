"""The last answer as a picture or a table, and panel data of a few places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot import answer_table, charts
from bot.acts.questions import again
from bot.panel_table import coverage, panel_workbook
from bot.render import words
from bot.said import File, Said
from bot.selection import MOST, Selection, selection
from bot.state import State
from retrieval.model import Answer
from retrieval.query.display import completed
from retrieval.text import stretches

if TYPE_CHECKING:
    from bot.dialogue import Dialogue

__all__ = ["chart", "table"]

_SOURCES = 6
_NAME = 40


def chart(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/chart [问题]."""
    state, answer = _answer(dialogue, state, rest)
    if answer is None:
        return _nothing(state, "/chart", "画成图")
    plan = charts.plan(answer)
    if plan is None:
        return Said(words("这个回答没有可以放在一起比较的数据，画不成图。试试 /trend 或 /compare。"), state)
    caption = words(plan.title, _sources(answer), *plan.notes)
    return Said(caption, state, file=File(f"{_safe(plan.title)}.png", chart=plan))


def table(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/table [问题], or places, years and indicators: /table 长沙 湘潭 GDP 2019-2023."""
    chosen = selection(rest, dialogue.engine) if rest else None
    if chosen is not None:
        return _panel(dialogue, state, chosen)
    state, answer = _answer(dialogue, state, rest)
    if answer is None:
        return _nothing(state, "/table", "做成表格")
    if not answer.figures and not answer.citations:
        return Said(words("这个回答没有数据，做不成表格。"), state)
    rows = sum(1 for _ in answer_table.rows(answer))
    title = answer.topic or state.asked
    caption = words(f"{title[:100]}：{rows} 行，每行附原文和出处。", _sources(answer))
    return Said(caption, state, file=File(f"{_safe(title)}.xlsx", answer_table.as_workbook(answer)))


def _panel(dialogue: Dialogue, state: State, chosen: Selection) -> Said:
    """Targets beside results of what was selected."""
    if len(chosen.rows) > MOST:
        return Said(
            words(f"这要读 {len(chosen.rows)} 份报告，太多了：请少选几个地区或几年，或者用命令 govreport panel。"),
            state,
        )
    found = list(dialogue.engine.panel(chosen.rows, chosen.asked, chosen.years))
    if not found:
        return Said(words("收录的报告里没有这些地区、年份的这些指标。"), state)
    caption = words(
        f"{chosen.title}：{coverage(found)}", "目标取自当年的报告，结果取自下一年的报告；每个数字附原句和出处。"
    )
    return Said(caption, state, file=File(f"{_safe(chosen.title)}.xlsx", panel_workbook(found)))


def _answer(dialogue: Dialogue, state: State, rest: str) -> tuple[State, Answer | None]:
    if not rest:
        return state, again(dialogue, state)
    said = dialogue.question(completed(rest, held=dialogue.engine.unlisted), state)
    return said.state, said.answer


def _nothing(state: State, command: str, what: str) -> Said:
    return Said(words(f"还没有可以{what}的回答。先提一个问题，或者写在命令后面：{command} 问题"), state)


def _sources(answer: Answer) -> str:
    years: dict[str, list[int]] = {}
    for citation in answer.citations:
        years.setdefault(citation.place, []).append(citation.year)
    named = [f"{place}{stretches(sorted(set(own)))}年" for place, own in list(years.items())[:_SOURCES]]
    more = f"等 {len(years)} 个地区" if len(years) > _SOURCES else ""
    return f"来源：{'；'.join(named)}{more}政府工作报告" if named else "来源：无"


def _safe(title: str) -> str:
    return re.sub(r"[^\w·—-]+", "_", title).strip("_")[:_NAME] or "回答"
