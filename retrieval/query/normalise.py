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
    return _PARTICLE.sub("呢", simplified(text))


def simplified(text: str) -> str:
    """Traditional characters as Simplified ones."""
    return str(_simplifier().convert(text))
