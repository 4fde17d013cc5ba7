"""The bot's own lines in the user's language. Quotes and sources stay as the reports have them.

Chinese is what the program is written in; `tongue.tsv` holds English for its lines. In them `{}` stands for whatever
varies, `{n}` for a year or another number, `{c}` for a number in Chinese; what stands there is said in English in turn.
Names of places and indicators stay: they are the reports' words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.render.message import Button, Line, Mark, Message, Origin, Quote, Run
from retrieval.text import chinese_count

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["DEFAULT", "chosen", "line", "spoken"]

DEFAULT = "zh"
_LINES = "tongue.tsv"
_TRADITIONAL = re.compile(r"zh-(?:hant|tw|hk|mo)", re.IGNORECASE)
_OWN = frozenset({Origin.PROGRAM, Origin.LABEL, Origin.COMPUTED})
_SLOTS = {"{}": "(.+?)", "{n}": r"(?<!\d)(\d[\d.、，—–-]*)", "{c}": "([零一二两三四五六七八九十百千]+)"}
_SLOT = re.compile(r"(\{[nc]?\})")
# Where lists of the program's own are taken apart.
_JOINTS = (("；", "; "), ("，", ", "), ("、", ", "))
_COUNTS = 1000


def chosen(by_hand: str, code: str) -> str:
    """zh, en or trad: what was chosen with /lang, else what the language code of the person's program suggests."""
    if by_hand:
        return by_hand
    if _TRADITIONAL.match(code.replace("_", "-")):
        return "trad"
    return "en" if code.lower().startswith("en") else DEFAULT


def line(text: str, lang: str, table: str = _LINES) -> str:
    """One line of the program's own; as it is where there is no translation. `table` is the file that holds English."""
    if lang == DEFAULT or not text:
        return text
    return _traditional().convert(text) if lang == "trad" else _english(text, table)


def spoken(message: Message, lang: str) -> Message:
    """A message with its own lines in a language."""
    if lang == DEFAULT:
        return message
    parts = tuple(replace(part, blocks=tuple(_block(block, lang) for block in part.blocks)) for part in message.parts)
    return Message(parts, tuple(_button(button, lang) for button in message.buttons))


def _block(block: Line | Quote, lang: str) -> Line | Quote:
    return replace(block, runs=tuple(_run(run, lang) for run in block.runs))


def _run(run: Run, lang: str) -> Run:
    if run.origin not in _OWN or run.mark is Mark.SOURCE:
        return run
    return replace(run, text=run.english if run.english and lang == "en" else line(run.text, lang))


def _button(button: Button, lang: str) -> Button:
    # What is sent back stays: both writings are understood.
    return replace(button, label=line(button.label, lang))


@cache
def _traditional() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  loads dictionaries: only for who reads Traditional

    return OpenCC("s2tw")


@cache
def _phrases(table: str) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Whole lines, and patterns with what they become: those that say most of a line themselves first."""
    whole: dict[str, str] = {}
    patterns: list[tuple[int, re.Pattern[str], str]] = []
    for row in files("bot").joinpath(table).read_text(encoding="utf-8").splitlines()[1:]:
        chinese, english = row.split("\t")
        if _SLOT.search(chinese):
            form = "".join(_SLOTS.get(piece) or re.escape(piece) for piece in _SLOT.split(chinese))
            patterns.append((len(_SLOT.sub("", chinese)), re.compile(form, re.DOTALL), english))
        else:
            whole[chinese] = english
    patterns.sort(key=lambda entry: -entry[0])
    return whole, tuple((pattern, english) for _, pattern, english in patterns)


def _english(text: str, table: str) -> str:
    core = text.strip()
    before, _, after = text.partition(core) if core else (text, "", "")
    return f"{_blank(before)}{_said(core, table)}{_blank(after)}"


def _blank(space: str) -> str:
    return space.replace("\N{IDEOGRAPHIC SPACE}", "  ")


@lru_cache(maxsize=4096)
def _said(text: str, table: str) -> str:
    whole, patterns = _phrases(table)
    if text in whole:
        return whole[text]
    if text in _counts():
        return _counts()[text]
    for pattern, english in patterns:
        match = pattern.fullmatch(text)
        if match:
            return english.format(*(_said(group, table) for group in match.groups()))
    for mark, joint in _JOINTS:
        parts = text.split(mark)
        said = [_said(part, table) for part in parts] if len(parts) > 1 else parts
        # A list of names alone is left to whoever wrote it.
        if said != parts:
            return joint.join(said)
    return text


@cache
def _counts() -> dict[str, str]:
    """Numbers in Chinese, as the program writes them."""
    return {chinese_count(number, ""): str(number) for number in range(_COUNTS)}
