"""A question as typed to the text that is understood: Simplified, half-width, without control characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from retrieval.errors import BadQuestion
from retrieval.text import fold

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["LONGEST", "normalise", "simplified"]

# Longer than any question; a pasted page is not one.
LONGEST = 500
_QUOTES = str.maketrans("「」『』", "“”“”")
_SPACE = re.compile(r"\s+")
# What dialects say for 呢 at the end of a clause. 英哩 and 几哩 are miles.
_PARTICLE = re.compile(r"(?<![英海几少])[咧嘞哩捏呐](?=[,。?!;\s]|$)")
# 好多 asks how many in the south-west where nothing else in its clause asks; 好多年, and 好多人 beside another question
# word, say that it is a lot.
_MANY = re.compile(r"好多(?!年|的|事|东西|地方|时候)")
_MANY_PEOPLE = re.compile(r"好多人(?!次)")
_ASKED = re.compile(r"多少|几|什么|啥|哪|谁|怎|为何|多[大高长久]|吗")
_CLAUSE = re.compile(r"[^,。;?!]+")


@cache
def _simplifier() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  loads dictionaries: only when a question is asked

    # tw2s knows 接著 besides what t2s knows.
    return OpenCC("tw2s")


def normalise(question: str) -> str:
    """The text to understand. Raises BadQuestion where nothing can be understood: its message is for the user."""
    if len(question) > LONGEST:
        raise BadQuestion(f"问题太长（{len(question)} 字），请缩短到 {LONGEST} 字以内。")
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in question)
    text = _SPACE.sub(" ", fold(visible).translate(_QUOTES)).strip()
    if not text:
        raise BadQuestion("没有收到问题，请输入要查询的内容，例如：辽阳2023年粮食产量是多少")
    if not any(unicodedata.category(c)[0] in "LN" for c in text):
        raise BadQuestion("没有看懂：请用文字提问，例如：辽阳2023年粮食产量是多少")
    return _counting(_PARTICLE.sub("呢", simplified(text)))


def _counting(text: str) -> str:
    """A text with 多少 for a 好多 that asks."""
    if "好多" not in text:
        return text
    asked = bool(_ASKED.search(text))

    def clause(match: re.Match[str]) -> str:
        words = match[0]
        if _ASKED.search(words) or (asked and _MANY_PEOPLE.search(words)):
            return words
        return _MANY.sub("多少", words)

    return _CLAUSE.sub(clause, text)


def simplified(text: str) -> str:
    """Traditional characters as Simplified ones."""
    return str(_simplifier().convert(text))
