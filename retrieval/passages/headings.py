"""What is a heading, and what number it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

__all__ = ["Heading", "Style", "bold_run_in", "heading"]

_CN = "一二三四五六七八九十百"
_LONGEST = 42
# A main heading with a number may be longer where nothing in it ends a sentence.
_LONGEST_MAIN = 64
# A heading run together with its paragraph: by a blank, or where a heading's last word meets a paragraph's first.
_GLUED = re.compile(
    r"^(?P<title>[^。;!?:]{4,44}?)(?:(?<=[\u4e00-\u9fff”\"])\s+(?=[\u4e00-\u9fff“\"]|(?:19|20)\d\d年)|"
    r"(?<=工作|任务|回顾|安排|目标|建设|要求|部署)(?=(?:19|20)\d\d年|[“\"]十|今年|过去的?(?:一年|五年)|做好今年))"
)
_RUN_IN = 40
_LONGEST_PLAIN = 30
# A line that counts something is an item, no heading.
_AMOUNT = re.compile(r"\d\s*(?:人|户|个|万|亿|%|公里|平方|吨|亩|元|家|所|座|套|台|处|条)(?!月)")
_SENTENCE = re.compile(r"[。!?;]")
_PLAIN = re.compile(
    r"回顾|安排|任务|建议|要求|目标|打算|部署|思路|自身建设|名词解释|注释|附件|主要工作|重点工作|工作情况|总体|"
    r"结束语|前言|展望|民生实事|存在.{0,6}问题|(?:19|20)\d\d\s*年.{0,8}工作"
)
# Of headings without a number, these open a main part.
_MAIN = re.compile(
    r"回顾|安排|建议|主要任务|名词解释|注释|附件|自身建设|重点工作|总体要求|(?:19|20)\d\d年|五[”\"]|五年|今年|去年|过去"
)
# What a report calls itself, and where it was given.
_TITLE = re.compile(r"政府工作的?报告》?$|会议上\)?$|^关于.{4,30}的报告$")
_DASH = re.compile(r"^[—―─\-–]{1,3}\s*(?=[\u4e00-\u9fff“])")


class Style(Enum):
    """How headings are numbered; `rank` orders styles that have not been met in a report yet."""

    PART = (0, rf"^第([{_CN}]{{1,3}})(?:部分|编|章)[、,:\s]*")
    MAIN = (0, "")
    CHINESE = (1, rf"^([{_CN}]{{1,3}})\s*[、..,]\s*")
    BRACKETED = (2, rf"^\(\s*([{_CN}]{{1,3}})\s*\)\s*[、..]?\s*")
    ORDINAL = (2, rf"^第([{_CN}]{{1,3}})\s*[、,:]\s*")
    ARABIC = (3, r"^(\d{1,3})\s*[、..](?!\d)\s*")
    UNNUMBERED = (3, "")
    ARABIC_BRACKETED = (4, r"^\(\s*(\d{1,3})\s*\)\s*")
    DASH = (5, "")

    def __init__(self, rank: int, pattern: str) -> None:
        self.rank = rank
        self.pattern = re.compile(pattern) if pattern else None


@dataclass(frozen=True, slots=True)
class Heading:
    """`title` without its number; `end` is where it ends in its line, which is the line's end unless the paragraph
    runs on behind it. `number` is 0 where it has none; `main`: it opens a main part of the report whatever its style.
    """

    title: str
    style: Style
    end: int
    number: int = 0
    main: bool = False


def heading(text: str, *, bold: bool = False, marked: bool = False) -> Heading | None:
    """The heading a line is or begins with. `bold`: the whole line is set bold; `marked`: it is a markup heading."""
    for style in Style:
        match = style.pattern.match(text) if style.pattern else None
        if match:
            return _numbered(text, match.end(), style, _number(match[1]))
    if text.startswith("各位代表") or text.endswith((":", ",", "、")) or _TITLE.search(text):
        return None
    short = len(text) <= _LONGEST and not _SENTENCE.search(text.rstrip("。"))
    if marked and len(text) <= 60:
        return Heading(text, Style.MAIN, len(text), main=True)
    if short and (bold or (len(text) <= _LONGEST_PLAIN and _PLAIN.search(text) and not text.endswith("。"))):
        main = bool(_PLAIN.search(text) and _MAIN.search(text))
        return Heading(text.rstrip("。"), Style.MAIN if main else Style.UNNUMBERED, len(text), main=main)
    if dash := _DASH.match(text):
        return _run_in(text, dash.end())
    return None


def bold_run_in(text: str, length: int) -> Heading | None:
    """The first words of a paragraph, `length` of them set bold: **经济运行稳中有进。**全年…"""
    title = text[:length].rstrip("。:,;! ")
    if (
        not 4 <= len(title) <= _RUN_IN
        or _AMOUNT.search(title)
        or _SENTENCE.search(title)
        or title.startswith("各位代表")
    ):
        return None
    return Heading(title, Style.UNNUMBERED, length)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, has, ones = text.partition("十")
    if "百" in text or not all(c in _CN for c in text):
        return 0
    digit = {c: n for n, c in enumerate(_CN[:9], 1)}
    if not has:
        return digit.get(text, 0)
    return (digit.get(tens, 1) if tens else 1) * 10 + (digit.get(ones, 0) if ones else 0)


def _numbered(text: str, start: int, style: Style, number: int) -> Heading | None:
    rest = text[start:]
    stop = re.search(r"[。:;!?]", rest)
    # What counts something is an item; figures of the paragraph behind a heading are none of its business.
    if not rest or _AMOUNT.search(rest[: min(_RUN_IN, stop.start() if stop else _RUN_IN)]):
        return None
    if len(rest) <= _LONGEST and (stop is None or stop.end() == len(rest)) and not rest.endswith((";", ":")):
        return Heading(rest.rstrip("。!"), style, len(text), number)
    outer = style in (Style.PART, Style.CHINESE)
    if outer and len(rest) <= _LONGEST_MAIN and stop is None:
        return Heading(rest, style, len(text), number)
    if outer and (glued := _GLUED.match(rest)) and len(rest) > _LONGEST_MAIN:
        return Heading(glued["title"], style, start + glued.end("title"), number)
    if stop is not None and stop.start() <= _RUN_IN and rest[stop.start()] in "。!:":
        return Heading(rest[: stop.start()], style, start + stop.end(), number)
    return None


def _run_in(text: str, start: int) -> Heading | None:
    """A first sentence that names what the paragraph is about: ——经济运行持续向好。"""
    stop = re.search(r"[。:;]", text[start:])
    if stop is None or stop.start() > 24 or text[start + stop.start()] == ";":
        return None
    if re.search(r"\d", text[start : start + stop.start()]):
        return None
    return Heading(text[start : start + stop.start()], Style.DASH, start + stop.end())
