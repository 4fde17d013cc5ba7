"""Commands that ask: /ask, /zb, one for each form of `wording`, and the next hit of the last question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING

from bot.hits import further
from bot.render import Button, Line, Mark, Message, Origin, Part, Run, quote_block, source_line, words
from bot.render.shown import shown
from bot.said import Said
from bot.state import State
from bot.wording import Form, Unworded, question
from retrieval.errors import BadQuestion
from retrieval.model import Answer, Level
from retrieval.query import Conversation

if TYPE_CHECKING:
    from bot.dialogue import Dialogue
    from retrieval.index import ReportRow

__all__ = ["again", "ask", "examples", "figure", "following", "form"]

_INDICATORS = ("地区生产总值", "粮食产量", "一般公共预算收入", "居民人均可支配收入", "城镇新增就业")
_PHRASES = ("高质量发展", "乡村振兴", "新质生产力")
_EXAMPLES = ("粮食产量是多少", "GDP增速", "一般公共预算收入是多少", "居民收入增长多少", "城镇新增就业多少人")
# So many passages beyond those of the answer are gone through one by one.
_HITS = 30


def ask(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/ask 问题."""
    if rest:
        return dialogue.question(rest, state)
    buttons = tuple(Button(asked, asked) for asked in examples(dialogue))
    return _asks_back(Message(words("请在 /ask 后面写上问题，也可以不写命令、直接提问。").parts, buttons), state)


def figure(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/zb [地区] 指标 [年份]."""
    if rest:
        return dialogue.figure(rest, state)
    buttons = tuple(Button(name, command=f"/zb {name}") for name in _INDICATORS)
    return _asks_back(Message(words("查哪个指标？可以带上地区和年份，例如：/zb 粮食产量").parts, buttons), state)


def form(kind: Form) -> Callable[[Dialogue, State, str], Said]:
    """The command of a form."""

    def run(dialogue: Dialogue, state: State, rest: str) -> Said:
        if not rest:
            return _example(dialogue, state, kind)
        group, held = _group(dialogue.engine.reports()), dialogue.engine.unlisted
        # Its words are all that is meant; a place that is missing is taken over below, and told.
        fresh = replace(state, conversation=Conversation())
        try:
            return dialogue.question(question(kind, rest, group, held), fresh)
        except BadQuestion as problem:
            return Said(words(str(problem)), state)
        except Unworded as problem:
            place = state.conversation.place or _only(dialogue.engine.reports())
            if place:
                try:
                    said = dialogue.question(question(kind, f"{place} {rest}", group, held), fresh)
                except Unworded:
                    return _example(dialogue, state, kind, str(problem))
                taken = Part((Line((Run(f"没有写地区，按{place}来答。", origin=Origin.LABEL),)),))
                return replace(said, message=replace(said.message, parts=(taken, *said.message.parts)))
            return _example(dialogue, state, kind, str(problem))

    return run


def _group(rows: tuple[ReportRow, ...]) -> str:
    """What is ranked where no group is named: provinces, where several are loaded."""
    provinces = {row.place for row in rows if row.level == Level.PROVINCE}
    return "各省" if len(provinces) > 1 else "各市"


def _only(rows: tuple[ReportRow, ...]) -> str:
    places = {row.place for row in rows}
    return places.pop() if len(places) == 1 else ""


def _example(dialogue: Dialogue, state: State, kind: Form, missing: str = "") -> Said:
    """What is missing (or what the command is for), and calls that have it, made from what is loaded."""
    calls = _calls(kind.name, dialogue.engine.reports())
    buttons = tuple(Button(call, command=f"/{kind.name} {call}") for call in calls)
    line = (
        (_own(f"{missing}。例如："),)
        if missing
        else (_own(kind.summary, kind.english), _own(f"：/{kind.name} {kind.argument}。例如："))
    )
    shown = line if buttons else (*line, _own(kind.example))
    return _asks_back(Message((Part((Line(shown),)),), buttons), state)


def _own(text: str, english: str = "") -> Run:
    return Run(text, origin=Origin.LABEL, english=english)


def _calls(name: str, rows: tuple[ReportRow, ...]) -> list[str]:
    if name == "phrase":
        return list(_PHRASES)
    by_place = {place: list(some) for place, some in groupby(rows, key=lambda row: row.place)}
    most = sorted(by_place.items(), key=lambda item: (-len(item[1]), -max(row.year for row in item[1])))[:3]
    if not most:
        return []
    (place, own), *others = most
    year = max(row.year for row in own) - 1
    match name:
        case "compare" if others:
            return [f"{place} {others[0][0]} GDP增速 {year}", f"{place} GDP增速 {year - 1} {year}"]
        case "compare":
            return [f"{place} GDP增速 {year - 1} {year}"]
        case "trend":
            return [f"{place} {indicator}" for indicator in ("GDP增速", "粮食产量", "一般公共预算收入")]
        case "rank":
            group = _group(rows)
            return [f"{group} GDP增速 {year}", f"{group} GDP增长目标 {year + 1}"]
        case "diff":
            return [f"{place} {year} {year + 1}"]
        case "checklist":
            return [f"{place} {year + 1}"]
        case _:
            return [f"{place} {year}", f"{place} {year} GDP"]


def _asks_back(message: Message, state: State) -> Said:
    return Said(message, replace(state, options=tuple(button.typed for button in message.buttons)))


def examples(dialogue: Dialogue) -> tuple[str, ...]:
    """Three questions about the newest report that it answers."""
    rows = dialogue.engine.reports()
    if not rows:
        return ()
    row = max(rows, key=lambda row: (row.year, -len(row.parents)))
    asked = (f"{row.place}{row.year - 1}年{name}" for name in _EXAMPLES)
    answered = (question for question in asked if _has_figures(dialogue, question))
    return (*islice(answered, 2), f"总结一下{row.place}")


def _has_figures(dialogue: Dialogue, text: str) -> bool:
    answer = dialogue.question(text, State()).answer
    return answer is not None and bool(answer.figures)


def again(dialogue: Dialogue, state: State) -> Answer | None:
    """The last answer once more."""
    if not state.asked:
        return None
    return dialogue.question(state.asked, replace(state, conversation=state.before)).answer


def following(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/next [n]: the n-th passage beyond those of the last answer that speaks of the same."""
    answer = again(dialogue, state)
    if answer is None or not answer.citations:
        return Said(words("还没有可以继续翻看的回答，请先提一个问题。"), state)
    hits = further(dialogue.engine, answer, state.asked, _HITS)
    number = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 4 else 1
    if not 1 <= number <= len(hits):
        return Said(words("没有更多相关的段落了。"), state)
    citation = hits[number - 1]
    heading = Line((Run(f"其他相关段落 {number}/{len(hits)}", Mark.STRONG, Origin.LABEL),))
    part = Part((heading, source_line(citation), quote_block(0, shown(citation), (), fold=True)))
    buttons = []
    if number > 1:
        buttons.append(Button("上一条", command=f"/next {number - 1}", inplace=True, row=0))
    if number < len(hits):
        buttons.append(Button("下一条", command=f"/next {number + 1}", inplace=True, row=0))
    key = f"{citation.report}:{citation.passage}"
    buttons.append(Button("上下文", command=f"/context {key}", row=0))
    after = replace(state, context=key, options=tuple(button.typed for button in buttons))
    return Said(Message((part,), tuple(buttons)), after)
