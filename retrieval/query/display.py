"""How an answer is to be handed over: 画一张…的图, 导出…的表格. What is asked for stays a question like any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.lexicon import indicators, places
from retrieval.model import Place
from retrieval.query.bounds import order
from retrieval.query.normalise import normalise
from retrieval.query.wording import OVER_YEARS, YEAR

__all__ = ["Display", "Wanted", "completed", "display"]


class Display(StrEnum):
    """What the answer is wanted as."""

    TEXT = ""
    CHART = "chart"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form asked for, and the question without the words that ask for it ("" where the last answer is meant)."""

    form: Display
    question: str


# Possessive: what was taken is not given back, or a question of nothing else takes seconds.
_PLEASE = r"(?:请|麻烦|帮忙|帮我|给我|替我|我想|我要|能不能|能否|可以|可不可以|能)*+"
_OF = r"(?:一?[张个幅份下])?"
_CHART = r"(?:图表|图片|图形|图像|图|曲线|chart|graph|plot)"
_KIND = r"(?:走势|趋势|折线|曲线|变化|对比|比较|柱状|柱形|条形|统计|数据)"
_DRAW = r"(?:绘制|画|绘|作|做|制作|生成|出)"
_SHEET = r"(?:电子表格|表格|excel|xlsx|csv|spreadsheet|表)"
_EXPORT = r"(?:导出|汇出|下载|另存|保存|存|生成|整理|汇总|做|制作|弄)"
_END = r"(?:看看|看一下|看一看|来看看|吧|呗|吗|么|给我|出来|一下|文件)*+[。.!?~\s]*$"
# 画一张…的图; …画成图; chart of …; … as a chart.
_CHARTS = (
    re.compile(rf"^{_PLEASE}{_DRAW}{_OF}(?P<what>.*?)的?(?P<kind>{_KIND}?){_CHART}{_END}", re.IGNORECASE),
    re.compile(
        rf"^{_PLEASE}(?:把|将|用)?(?P<what>.*?)[,的]?\s*{_PLEASE}(?:用)?(?:{_DRAW}{{1,2}}(?:成|为|出)?{_OF}|用|以)(?P<kind>{_KIND}?){_CHART}"
        rf"(?:来?(?:表示|显示|展示|呈现))?{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^{_PLEASE}(?:用|以)(?P<kind>{_KIND}?){_CHART}(?:来?(?:表示|显示|展示|呈现|看))(?:一下)?(?P<what>.+?){_END}"
    ),
    re.compile(rf"^(?P<what>.+?)[\s,的](?P<kind>{_KIND})图表?{_END}"),
    re.compile(
        r"^(?:please\s++)?(?:can you\s++|could you\s++)?(?:draw|plot|make|create|show|give)(?:\s++me\b)?\s*+"
        r"(?:(?:an?|the)\s++)?(?:(?P<kind>line|bar)\s*+)?(?:chart|graph|plot|picture)\s++(?:of|for|with|showing)\s+(?P<what>.+?)[.?!\s]*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:please\s+)?(?:plot|chart|graph)\s+(?P<what>.+?)(?P<kind>)[.?!\s]*$|^(?P<as>.+?)\s+as\s+an?\s+(?:line\s+|bar\s+)?(?:chart|graph|plot)[.?!\s]*$",
        re.IGNORECASE,
    ),
)
_TABLES = (
    re.compile(rf"^{_PLEASE}{_EXPORT}(?:成|为|出)?{_OF}(?P<what>.*?)的?(?:数据)?{_SHEET}{_END}", re.IGNORECASE),
    re.compile(
        rf"^{_PLEASE}(?:把|将)?(?P<what>.*?)[,的]?\s*{_PLEASE}{_EXPORT}(?:成|为|出|到|进|在)?{_OF}{_SHEET}(?:里|中)?{_END}",
        re.IGNORECASE,
    ),
    re.compile(rf"^{_PLEASE}(?:把|将)?(?P<what>.*?)[,的]?\s*(?:导出|汇出|下载)(?:来|下来|一下)?{_END}", re.IGNORECASE),
    re.compile(
        r"^(?:please\s+)?(?:export|download)\s+(?P<what>.+?)(?:\s+(?:as|to|into|in)\s+(?:an?\s+)?(?:excel|csv|xlsx|table|spreadsheet)(?:\s+file)?)?[.?!\s]*$",
        re.IGNORECASE,
    ),
)  # fmt: skip
# Words that mean the answer before.
_LAST = re.compile(
    r"^(?:这个|这些|那个|上面|刚才|以上|上述|它|结果|数据|回答|答案|成|出|一?[张个]|的|it|this|that|them|these)*$"
)
# 哪年开始做图表 asks about charts.
_ASKED = re.compile(r"哪(?:一)?年开始|何时|什么时候|为什么|有没有")
_GROUP = re.compile(r"各(?:省|市|地|县|区|州)|省会")
_SINGLE_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")


def display(typed: str, held: Sequence[Place] = ()) -> Wanted:
    """The form an answer is asked for in. `held` are places that no table has.

    Raises BadQuestion where there is nothing to understand.
    """
    text = normalise(typed)
    for form, patterns in ((Display.CHART, _CHARTS), (Display.TABLE, _TABLES)):
        for pattern in patterns:
            match = pattern.match(text)
            if match is None:
                continue
            found = match.groupdict()
            what = (found.get("what") or found.get("as") or "").strip(" ,的")
            if _ASKED.search(what):
                continue
            return Wanted(form, "" if _LAST.match(what) else completed(what, found.get("kind") or "", held))
    return Wanted(Display.TEXT, text)


def completed(question: str, kind: str = "", held: Sequence[Place] = ()) -> str:
    """A question for a picture or a table with what they leave unsaid: a place without a year means every year, a
    stretch of years each of them, a group of places all in order."""
    if re.match(r"[\x00-\x7f]*$", question):
        return question
    if _GROUP.search(question):
        return question if order(question) else f"{question}从高到低"
    named = len({mention.surface for mention in places.mentions(question, held)})
    years = _SINGLE_YEAR.findall(question)
    if len(years) > 1 or named == 1:
        quiet = not OVER_YEARS.search(question) or len(years) > 1
        each = re.search(r"历年|逐年|每一?年|各年|“", question)
        if re.search(r"目标[^,。?]{0,4}(?:完成|兑现|实现)", question):
            # Of one indicator the record; of all of them one year's scorecard.
            return question if years or each or not indicators.mentions(question) else f"{question} 历年"
        if quiet and not each and (len(years) != 1):
            return f"{question}历年走势" if not years else f"{question} 逐年"
    if named > 1 and kind in ("对比", "比较", ""):
        return question if re.search(r"对比|比较|谁|哪", question) else f"{question} 对比"
    return question
