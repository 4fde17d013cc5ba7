"""The bot's own lines in the user's language. Quotes and sources stay as the reports have them.

Chinese is what the program is written in; `tongue.tsv` holds English for its lines, `{}` standing for whatever varies.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.render.message import Button, Line, Mark, Message, Origin, Part, Quote, Run

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["DEFAULT", "chosen", "line", "spoken"]

DEFAULT = "zh"
_TRADITIONAL = re.compile(r"zh-(?:hant|tw|hk|mo)", re.IGNORECASE)
_OWN = frozenset({Origin.PROGRAM, Origin.LABEL})


def chosen(by_hand: str, code: str) -> str:
    """zh, en or trad: what was chosen with /lang, else what the language code of the person's program suggests."""
    if by_hand:
        return by_hand
    if _TRADITIONAL.match(code):
        return "trad"
    return "en" if code.lower().startswith("en") else DEFAULT


def line(text: str, lang: str) -> str:
    """One line of the program's own; as it is where there is no translation."""
    if lang == DEFAULT or not text:
        return text
    return _traditional().convert(text) if lang == "trad" else _english(text)


def spoken(message: Message, lang: str) -> Message:
    """A message with its own lines in a language."""
    if lang == DEFAULT:
        return message
    parts = tuple(Part(tuple(_block(block, lang) for block in part.blocks)) for part in message.parts)
    return Message(parts, tuple(_button(button, lang) for button in message.buttons))


def _block(block: Line | Quote, lang: str) -> Line | Quote:
    return replace(block, runs=tuple(_run(run, lang) for run in block.runs))


def _run(run: Run, lang: str) -> Run:
    if run.origin not in _OWN or run.mark is Mark.SOURCE:
        return run
    return replace(run, text=line(run.text, lang))


def _button(button: Button, lang: str) -> Button:
    # What is sent back stays: both writings are understood.
    return replace(button, label=line(button.label, lang))


@cache
def _traditional() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  loads dictionaries: only for who reads Traditional

    return OpenCC("s2tw")


@cache
def _phrases() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Whole lines, and patterns with what they become."""
    whole: dict[str, str] = {}
    patterns = []
    for row in files("bot").joinpath("tongue.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        chinese, english = row.split("\t")
        if "{}" in chinese:
            patterns.append((re.compile("(.+?)".join(map(re.escape, chinese.split("{}")))), english))
        else:
            whole[chinese] = english
    return whole, tuple(patterns)


def _english(text: str) -> str:
    whole, patterns = _phrases()
    if text in whole:
        return whole[text]
    for pattern, english in patterns:
        match = pattern.fullmatch(text)
        if match:
            return english.format(*(whole.get(group, group) for group in match.groups()))
    return text
