"""The slash commands: one table for Telegram, the console, /help and the docs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.acts import about, checking, files, holdings, questions
from bot.said import Said
from bot.state import State
from bot.wording import FORMS

if TYPE_CHECKING:
    from bot.dialogue import Dialogue

__all__ = ["COMMANDS", "Command", "For", "find"]

_CALL = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)


class For(Enum):
    """Where a command is offered."""

    ALL = "all"
    PRIVATE = "private"  # too personal for a group's list; answered there all the same
    CONSOLE = "console"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Command:
    """`summary` and its `english` describe it in a menu. `words` are words that do the same, in any case, when they are
    the whole message (or, where it takes an argument, its first word). `aside`: the conversation is left as it is."""

    name: str
    summary: str
    english: str
    run: Callable[[Dialogue, State, str], Said]
    argument: str = ""
    words: tuple[str, ...] = ()
    scope: For = For.ALL
    aside: bool = False


def find(text: str) -> tuple[Command, str] | None:
    """The command a message calls, and what follows it; None where it is a question."""
    text = text.strip()
    match = _CALL.fullmatch(text)
    if match:
        return _BY_NAME.get(match["name"].lower(), _UNKNOWN), (match["rest"] or "").strip()
    first, _, rest = text.partition(" ")
    command = _BY_WORD.get(first.lower())
    if command is None or (rest and not command.argument):
        return None
    return command, rest.strip()


def _listed() -> list[tuple[str, str, str, str]]:
    """Each command that everyone has, what is typed behind it, and what it is for, in English too."""
    own = [command for command in COMMANDS if command.scope in {For.ALL, For.PRIVATE}]
    return [(c.name, c.argument, c.summary, c.english) for c in own]


_FORMS = tuple(Command(f.name, f.summary, f.english, questions.form(f), f.argument, f.words) for f in FORMS)

COMMANDS = (
    Command("start", "开始使用", "Start here", about.start, words=("开始",)),
    Command("help", "怎样提问", "How to ask", about.helping(_listed), words=("帮助", "幫助")),
    Command("ask", "提一个问题", "Ask a question", questions.ask, "问题"),
    Command("zb", "查一个指标", "Look up an indicator", questions.figure, "[地区] 指标 [年份]", ("指标", "指標")),
    *_FORMS,
    Command(
        "check",
        "核对一段文字里的数字",
        "Check the figures of a text",
        checking.check,
        "[地区] [年份] 文字",
        ("核对", "核對"),
    ),
    Command(
        "report",
        "读一份报告：章节、主要数据",
        "Read one report: sections, headline figures",
        holdings.report,
        "[地区 年份]",
        aside=True,
    ),
    Command(
        "sources",
        "回答出自哪里，收录了哪些报告",
        "Where the answer came from, what is loaded",
        holdings.sources,
        "[地区]",
        ("来源", "來源"),
        aside=True,
    ),
    Command(
        "reports",
        "收录了哪些报告",
        "Which reports are loaded",
        holdings.reports,
        "地区",
        ("收录", "報告列表", "报告列表"),
        aside=True,
    ),
    Command(
        "context",
        "刚才那句引文的上下文",
        "The passages around the quote",
        holdings.context,
        words=("上下文",),
        aside=True,
    ),
    Command(
        "next",
        "下一条相关段落",
        "The next passage about it",
        questions.following,
        words=("下一条", "下一條"),
        aside=True,
    ),
    Command(
        "chart", "把刚才的回答画成图", "The last answer as a chart", files.chart, "[问题]", ("画图", "畫圖"), aside=True
    ),
    Command(
        "table",
        "把刚才的回答，或几个地区、年份、指标做成表格",
        "The last answer, or places and indicators, as a table",
        files.table,
        "[问题，或 地区… 指标… 年份-年份]",
        ("表格",),
        aside=True,
    ),
    Command(
        "new",
        "忘掉前文，重新开始",
        "Forget the conversation so far",
        about.new,
        words=("新对话", "新對話", "重新开始", "重新開始"),
    ),
    Command("lang", "界面语言", "Language of buttons and help", about.language, "zh|en|trad", scope=For.PRIVATE),
    Command("privacy", "保存什么", "What is kept", about.privacy, scope=For.PRIVATE, aside=True),
    Command("forget", "删除关于我的记录", "Delete what is kept of me", about.forget, scope=For.PRIVATE),
    Command(
        "ingest",
        "导入发来的文件或网址",
        "Load a file or a link",
        about.admins_only,
        "网址",
        scope=For.ADMIN,
        aside=True,
    ),
    Command("reload", "重新打开资料库", "Open the store anew", about.admins_only, scope=For.ADMIN),
    Command("stats", "运行情况", "How it is doing", about.admins_only, scope=For.ADMIN, aside=True),
    Command("backup", "备份资料库", "Back the store up", about.admins_only, scope=For.ADMIN, aside=True),
    Command("quit", "退出", "Leave", about.quitting, words=("退出", "exit", "quit", "q"), scope=For.CONSOLE),
)
_UNKNOWN = Command("", "", "", about.unknown, aside=True)
_BY_NAME = {command.name: command for command in COMMANDS} | {"exit": COMMANDS[-1]}
_BY_WORD = {word: command for command in COMMANDS for word in command.words}
