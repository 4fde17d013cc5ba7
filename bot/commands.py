"""The slash commands: one table for Telegram and the console."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.render import Button, Message, words
from bot.render.context import around
from bot.state import State
from retrieval.errors import GovreportError
from retrieval.model import Answer

if TYPE_CHECKING:
    from bot.dialogue import Dialogue

__all__ = ["COMMANDS", "Command", "Said", "context_of", "find"]

# Reports named one by one; more are summed up.
_LISTED = 15
_CALL = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, the state after it, the answer it renders, and whether the conversation is over."""

    message: Message
    state: State
    answer: Answer | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """`words` are the Chinese words that do the same when they are the whole message (or, where it takes an
    argument, its first word)."""

    name: str
    summary: str
    run: Callable[[Dialogue, State, str], Said]
    argument: str = ""
    words: tuple[str, ...] = ()
    console: bool = False  # there only


def find(text: str) -> tuple[Command, str] | None:
    """The command a message calls, and what follows it; None where it is a question."""
    text = text.strip()
    match = _CALL.fullmatch(text)
    if match:
        return _BY_NAME.get(match["name"].lower(), _UNKNOWN), (match["rest"] or "").strip()
    first, _, rest = text.partition(" ")
    command = _BY_WORD.get(first)
    if command is None or (rest and not command.argument):
        return None
    return command, rest.strip()


def _start(dialogue: Dialogue, _: State, __: str) -> Said:
    lines = [
        "问政：向政府工作报告提问，得到确切的数字、原句和出处；报告没有写的，直接说没有。",
        "",
        _loaded(dialogue),
        "直接输入问题就可以，也可以接着追问，例如“蔬菜呢”“目标呢”。发送 /help 查看用法。",
    ]
    return _offering(dialogue, words(*lines))


def _help(dialogue: Dialogue, _: State, __: str) -> Said:
    lines = [
        "怎样提问",
        "· 写明地区、年份和指标最准：辽阳2023年粮食产量是多少",
        "· 简称、繁体都可以：GDP增速、糧食產量",
        "· 接着追问：蔬菜呢、目标呢、2022年呢",
        "· 看全貌：总结一下、主要指标有哪些",
        "",
        "命令",
        *(f"/{c.name}{' ' + c.argument if c.argument else ''}　{c.summary}" for c in COMMANDS if not c.console),
        "",
        "每个数字都是报告原文的一段；“预计”“目标”会标明，没有的会说明原因。",
    ]
    return _offering(dialogue, words(*lines))


def _offering(dialogue: Dialogue, message: Message) -> Said:
    """The message with questions to try; the conversation starts anew."""
    options = _examples(dialogue)
    buttons = tuple(Button(question, question) for question in options)
    return Said(Message(message.parts, buttons), State(options=options))


def _examples(dialogue: Dialogue) -> tuple[str, ...]:
    rows = dialogue.engine.reports()
    if not rows:
        return ()
    row = max(rows, key=lambda row: (row.year, -len(row.parents)))
    return f"{row.place}{row.year - 1}年粮食产量是多少", f"{row.place}{row.year - 1}年GDP增速", f"总结一下{row.place}"


def _loaded(dialogue: Dialogue) -> str:
    rows = dialogue.engine.reports()
    if not rows:
        return "资料库还是空的，请先用 govreport ingest 导入报告。"
    if len(rows) == 1:
        return f"已收录：{rows[0].place} {rows[0].year}年政府工作报告。"
    years = [row.year for row in rows]
    span = f"{min(years)}—{max(years)}年" if min(years) < max(years) else f"{years[0]}年"
    return f"已收录 {len(rows)} 份报告，{len({row.place for row in rows})} 个地区，{span}。"


def _figure(dialogue: Dialogue, state: State, rest: str) -> Said:
    if not rest:
        return Said(words("请在 /zb 后面写上指标，例如：/zb 粮食产量"), state)
    return dialogue.figure(rest, state)


def _new(_: Dialogue, __: State, ___: str) -> Said:
    return Said(words("好，从头开始：前面的地区、年份和指标都不再沿用。"), State())


def _reports(dialogue: Dialogue, state: State, rest: str) -> Said:
    rows = [row for row in dialogue.engine.reports() if rest in row.id or rest in "".join((row.place, *row.parents))]
    if not rows:
        return Said(words(f"没有收录与“{rest[:40]}”有关的报告。" if rest else _loaded(dialogue)), state)
    if not rest and len(rows) > _LISTED:
        return Said(words(_loaded(dialogue), "写上地区可以细看，例如：/reports 辽阳"), state)
    by_place: dict[str, list[int]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(row.year)
    shown = list(by_place.items())[:_LISTED]
    lines = [f"· {place}：{'、'.join(map(str, sorted(set(years))))}年" for place, years in shown]
    more = [f"……共 {len(by_place)} 个地区，请写得再具体一些。"] if len(by_place) > len(shown) else []
    return Said(words("已收录的报告（报告年份）", *lines, *more), state)


def _context(dialogue: Dialogue, state: State, _: str) -> Said:
    message = context_of(dialogue, state.context) if state.context else None
    return Said(message or words("还没有可以展开的引文，请先提一个问题。"), state)


def context_of(dialogue: Dialogue, key: str) -> Message | None:
    """The passages around the cited one, where it is still in the store."""
    try:
        return around(dialogue.engine, key)
    except GovreportError:
        return None


def _quit(_: Dialogue, state: State, __: str) -> Said:
    return Said(words("再见。"), state, over=True)


def _unknown(_: Dialogue, state: State, __: str) -> Said:
    return Said(words("没有这个命令，发送 /help 查看用法。"), state)


COMMANDS = (
    Command("start", "开始使用", _start, words=("开始",)),
    Command("help", "怎样提问", _help, words=("帮助", "幫助")),
    Command("zb", "查一个指标", _figure, argument="指标", words=("指标", "指標")),
    Command("context", "刚才那句引文的上下文", _context, words=("上下文",)),
    Command("reports", "收录了哪些报告", _reports, argument="地区", words=("收录", "報告列表", "报告列表")),
    Command("new", "忘掉前文，重新开始", _new, words=("新对话", "新對話", "重新开始", "重新開始")),
    Command("quit", "退出", _quit, words=("退出",), console=True),
)
_UNKNOWN = Command("", "", _unknown)
_BY_NAME = {command.name: command for command in COMMANDS} | {"exit": COMMANDS[-1]}
_BY_WORD = {word: command for command in COMMANDS for word in command.words}
