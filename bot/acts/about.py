"""Commands about the bot itself: how it is used, what it keeps, which language it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.acts.holdings import loaded, passage_of
from bot.acts.questions import examples
from bot.links import resolve
from bot.render import Button, Line, Message, Origin, Part, Run, titled, words
from bot.said import Said
from bot.state import State

if TYPE_CHECKING:
    from bot.dialogue import Dialogue

__all__ = ["admins_only", "forget", "helping", "language", "new", "privacy", "quitting", "saying", "start", "unknown"]

_LANGUAGES = {
    **{code: code for code in ("zh", "en", "trad")},
    "中文": "zh",
    "简体": "zh",
    "英文": "en",
    "english": "en",
    "繁體": "trad",
    "繁体": "trad",
}
_CHOSEN = {
    "zh": "好，界面用简体中文。",
    "en": "OK, buttons, commands and help are in English; quotes stay as the reports have them.",
    "trad": "好，界面用繁体中文；引文保持报告原样。",
}


def start(dialogue: Dialogue, state: State, rest: str) -> Said:
    """/start [载荷]: what is loaded and questions to try; with a payload, the passage it points at."""
    key = resolve(rest, dialogue.engine.reports())
    message = passage_of(dialogue, key) if key else None
    if message is not None:
        return Said(message, replace(state, context=key, options=tuple(b.typed for b in message.buttons)))
    lines = [
        "问政：向政府工作报告提问，得到确切的数字、原句和出处；报告没有写的，直接说没有。",
        "",
        loaded(dialogue),
        "直接输入问题就可以，也可以接着追问，例如“蔬菜呢”“目标呢”。发送 /help 查看用法。",
    ]
    if rest and rest != "inline":
        lines = ["这个链接指向的段落不在资料库里。", "", *lines]
    return _offering(dialogue, state, words(*lines))


def helping(listed: Callable[[], list[tuple[str, str, str, str]]]) -> Callable[[Dialogue, State, str], Said]:
    """/help, with a line for each command."""

    def run(dialogue: Dialogue, state: State, _: str) -> Said:
        asked = examples(dialogue)
        asking = [
            *(f"· 写明地区、年份和指标最准：{question}" for question in asked[:1]),
            "· 简称、繁体都可以：GDP增速、糧食產量",
            "· 接着追问：蔬菜呢、目标呢、2022年呢",
            "· 看全貌：总结一下、主要指标有哪些",
        ]
        calls = [Line(_call(*one)) for one in listed()]
        (above,) = titled("怎样提问", *asking).parts
        (commands,) = titled("命令").parts
        told = "每个数字都是报告原文的一段；“预计”“目标”会标明，没有的会说明原因。"
        (below,) = words(told, *filter(None, [dialogue.leaving])).parts
        return _offering(dialogue, state, Message((above, Part((*commands.blocks, *calls)), below)))

    return run


def _call(name: str, argument: str, summary: str, english: str) -> tuple[Run, ...]:
    """A command's line, in pieces that are each said in the language."""
    pieces = (f"/{name}{' ' if argument else ''}", argument, "　")
    return (*(Run(piece, origin=Origin.LABEL) for piece in pieces), Run(summary, origin=Origin.LABEL, english=english))


def _offering(dialogue: Dialogue, state: State, message: Message) -> Said:
    """The message with questions to try; the conversation starts anew."""
    options = examples(dialogue)
    buttons = tuple(Button(question, question) for question in options)
    return Said(Message(message.parts, buttons), State(options=options, lang=state.lang))


def new(_: Dialogue, state: State, __: str) -> Said:
    """/new."""
    return Said(words("好，从头开始：前面的地区、年份和指标都不再沿用。"), State(lang=state.lang))


def privacy(_: Dialogue, state: State, __: str) -> Said:
    """/privacy."""
    return Said(
        titled(
            "机器人保存什么",
            "· 您的问题和它的回答：七天，用来在您修改问题时更新回答、在断电后补发。",
            "· 对话的上文（地区、年份、指标）和按钮的含义：最后一次使用后约三个月。",
            "· 您点“对”或“不对”时：那个问题、回答和得出的经过，直到您用 /forget 删除。",
            "除此以外不记录您写的内容，也不发给别人；资料都在运行机器人的那台机器上。",
            "发送 /forget 删除关于您的全部记录。",
        ),
        state,
    )


def forget(_: Dialogue, __: State, ___: str) -> Said:
    """/forget."""
    return Said(words("已删除保存的关于您的记录：对话、问题、按钮和评价。以前的按钮不再有效。"), State(), forget=True)


def language(_: Dialogue, state: State, rest: str) -> Said:
    """/lang zh|en|trad."""
    chosen = _LANGUAGES.get(rest.lower())
    if chosen is None:
        names = (("简体中文", "zh"), ("繁體中文", "trad"), ("English", "en"))
        buttons = tuple(Button(label, command=f"/lang {code}", row=0) for label, code in names)
        message = Message(words("界面用哪种语言？引文始终是报告原样。").parts, buttons)
        return Said(message, replace(state, options=tuple(button.typed for button in buttons)))
    return Said(words(_CHOSEN[chosen]), replace(state, lang=chosen))


def quitting(_: Dialogue, state: State, __: str) -> Said:
    """/quit."""
    return Said(words("再见。"), state, over=True)


def saying(line: Callable[[Dialogue], str] | str) -> Callable[[Dialogue, State, str], Said]:
    """A command that says one line, the same each time or made of what is loaded."""

    def run(dialogue: Dialogue, state: State, _: str) -> Said:
        return Said(words(line if isinstance(line, str) else line(dialogue)), state)

    return run


unknown = saying("没有这个命令，发送 /help 查看用法。")
# A command of the bot's keepers, where none is served.
admins_only = saying("这个命令只在 Telegram 里给管理员用；在这里请用 govreport 的同名命令。")
