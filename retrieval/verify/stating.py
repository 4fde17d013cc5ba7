"""Whether a text states figures, to be checked, or asks for them."""

from __future__ import annotations

import re

from retrieval.figures import Context, extract
from retrieval.lexicon.question_words import cues
from retrieval.model import Measure
from retrieval.query.normalise import simplified
from retrieval.text import fold, lines
from retrieval.verify import tables

__all__ = ["states"]

# Two figures make a text to be checked.
_FEW = 2
_SHORTEST = 14
_ASKING = frozenset({"quantity", "why", "how", "which", "yesno"})
# Marks of a question or a request, beside the words of questions.
_ASKED = re.compile(
    r"^比较|[?？]|[吗呢嘛吧么]\s*[。.!！]?\s*$|谁|哪|什么|多少|是[^。,]{1,8}还是|怎[么样]|为何|为啥|是不是|是否|有没有|对不对|能否|能不能|"
    r"请(?!战|缨)|帮我|告诉|列[出表]|列一下|查[一询]|比一?比|对比|比较一下|画|做成|导出|排[个一]|给我|想知道|想问|问一?下|说说|介绍一下|总结|"
    r"(?:以上|以下|超过|高于|低于)[^。,]{0,12}的(?:[省市县区州]|地区|城市|地方|省份|有)"
)
# 请核对：… asks for the check itself.
_REQUESTED = re.compile(
    r"(?:请|麻烦|劳驾|能不能|可否|可以)?(?:你|您)?(?:再?帮[我忙])?(?:核对|核实|核查|查证|校对|查对)(?:一下|下)?"
    r"(?:(?:以下|下面|下列|上面)?(?:这[段篇份条些]?)?(?:文字|话|稿子?|材料|内容|数字|数据)*(?:里|中)?(?:的)?(?:数字|数据)?)[:,\s]+"
)
# A statement says that something is, grew or was done.
_STATED = re.compile(
    r"增长|下降|提高|降低|上升|减少|增加|达到?|为|完成|实现|突破|超过?|新增|新建|建成|是|占|居|位列|回落|上涨|升至|降至|预计|目标"
)
_NUMBERS = frozenset({Measure.LEVEL, Measure.GROWTH, Measure.SHARE, Measure.COUNT, Measure.RANK, Measure.PRICE})
# Whole texts are longer than any question; of them a word that may ask says nothing.
_LONG = 200
_YEAR = 2024  # any: only how many figures there are is looked at


def states(text: str) -> bool:
    """Whether a text, as typed, pasted or forwarded, states two figures or more and asks nothing; or asks to have the
    figures it states checked."""
    folded = simplified(fold(text)).strip()
    if requested := _REQUESTED.match(folded):
        return _figures(folded[requested.end() :]) > 0
    if len(folded) < _SHORTEST or not (_STATED.search(folded) or _cells(folded) >= _FEW):
        return False
    if len(folded) < _LONG and (_ASKED.search(folded) or any(cue.kind in _ASKING for cue in cues(folded))):
        return False
    return _figures(folded) >= _FEW


def _figures(text: str) -> int:
    """How many figures with digits a text states; each is read in its paragraph, or in its cell."""
    found = list(lines(text))
    tabled = tables.rows(found)
    return _cells(text) + sum(
        any(character.isdigit() for character in figure.surface)
        for number, line in enumerate(found)
        if number not in tabled
        for figure in extract(line.text, Context(_YEAR, ""))
        if figure.measure in _NUMBERS and figure.value is not None
    )


def _cells(text: str) -> int:
    """How many numbers the tables of a text hold."""
    found = list(lines(text))
    return sum(1 for row, head in tables.rows(found).items() for _ in tables.clauses(found[head], found[row]))
