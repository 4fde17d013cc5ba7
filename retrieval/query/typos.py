"""Question words typed by their sound: 增张 for 增长, 目表 for 目标. Names are left to matching, which knows what the
reports write."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from retrieval import tokens
from retrieval.lexicon import indicators, sounds
from retrieval.lexicon.question_words import cues

__all__ = ["respelt"]

_WORDS = (
    *("增长", "增速", "增幅", "下降", "提高", "减少", "目标", "计划", "完成", "达到"),
    *("排名", "位次", "占比", "比重", "多少", "分别", "第几", "总值", "总额", "总量", "产值", "产量"),
)


_ASKING = frozenset({"quantity", "which", "how", "why", "yesno", "overview"})
_THAT = re.compile(r"那(?=[个些几家位种条座所类])")
_YEAR = re.compile(r"(?:19|20)\d\d")


def _which(text: str) -> str:
    """那个县…? where nothing else asks: 哪个."""
    # A question of its own, not one that points back: 那个GDP呢.
    alone = bool(_YEAR.search(text)) and "呢" not in text
    if not alone or not text.rstrip().endswith("?") or any(cue.kind in _ASKING for cue in cues(text)):
        return text
    return _THAT.sub("哪", text)


# 金奖 and 质量奖 typed 将.
_PRIZE = re.compile(r"(?<=[一-鿿])将(?=$|[?,。!]|[金银铜]奖|[一二三特]等奖|第[一二三\d])")


# Names of fewer characters sound like too many other words.
_LONG, _LONGEST = 4, 12


@cache
def _by_sound() -> dict[tuple[str, ...], str]:
    """The names of indicators by the sounds of their characters."""
    names = [alias for indicator in indicators.load() for alias in (indicator.name, *indicator.aliases)]
    long = [name for name in dict.fromkeys(names) if _LONG <= len(name) <= _LONGEST and _HAN.fullmatch(name)]
    return {tuple(map(sounds.blurred, name)): name for name in long}


_HAN = re.compile(r"[一-鿿]+")


def _heard(text: str) -> str:
    """`text`, where it names no indicator, with the name of one that was typed by its sound: 研发头入强度. Half of the
    characters at least must be right."""
    if indicators.mentions(text):
        return text
    for size in range(min(_LONGEST, len(text)), _LONG - 1, -1):
        for at in range(len(text) - size + 1):
            window = text[at : at + size]
            name = _by_sound().get(tuple(map(sounds.blurred, window))) if _HAN.fullmatch(window) else None
            if name and sum(a == b for a, b in zip(name, window, strict=True)) * 2 >= size:
                return text[:at] + name + text[at + size :]
    return text


def respelt(text: str) -> str:
    """`text` of the same length, with pairs of characters that form no word and sound like a question word as that."""
    text = _heard(_which(_PRIZE.sub("奖", text)))
    cut = tokens.cut(text)
    out = list(text)
    for (start, middle), (other, end) in pairwise(cut):
        pair = text[start:end]
        if middle != other or end - start != len("增长") or middle - start != 1 or pair in _WORDS or pair.isascii():
            continue
        word = next((word for word in _WORDS if sounds.alike(pair, word)), "")
        # One character at least is typed right: 针张 is no 增长.
        if word and any(a == b for a, b in zip(pair, word, strict=True)):
            out[start:end] = word
    return "".join(out)
