"""What is a heading, of which level, and what its section is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.model import SectionKind

__all__ = ["Heading", "heading", "kind"]

_CN = "一二三四五六七八九十百"
# Numbering by rank: 一、 over （一） over 1. over （1）.
_NUMBERING = (
    (1, re.compile(rf"^(?:第?[{_CN}]{{1,3}}(?:部分|编|章)[、,:\s]*|[{_CN}]{{1,3}}\s*[、..,]\s*)")),
    (2, re.compile(rf"^\(\s*[{_CN}]{{1,3}}\s*\)\s*[、..]?\s*")),
    (2, re.compile(rf"^第[{_CN}]{{1,3}}\s*[、,:]\s*")),
    (3, re.compile(r"^\d{1,3}\s*[、..](?!\d)\s*")),
    (4, re.compile(r"^\(\s*\d{1,3}\s*\)\s*")),
)
_DASH = re.compile(r"^[—―─\-–]{1,3}\s*(?=[\u4e00-\u9fff“])")
_LONGEST = 42
_RUN_IN = 40
# A line that counts something is an item, no heading.
_AMOUNT = re.compile(r"\d\s*(?:人|户|个|万|亿|%|公里|平方|吨|亩|元|家|所|座|套|台|处|条)")
_SENTENCE = re.compile(r"[。!?;]")
_PLAIN = re.compile(
    r"回顾|安排|任务|建议|要求|目标|打算|部署|思路|自身建设|名词解释|注释|附件|主要工作|重点工作|工作情况|总体|"
    r"结束语|前言|展望|民生实事|存在.{0,6}问题"
)
_NOTES = re.compile(
    r"名词解释|注释|附注|名词术语|术语解释|用语(?:说明|解释)|有关(?:名词|用语|词语)|词语解释|缩略语|名词说明|^注[::]?$|^解释[::]?$|相关名词"
)
_ANNEX = re.compile(r"^附[件表页录]|^附[::]|附件\s*\d*$")
_RULES = (
    (SectionKind.NOTES, _NOTES),
    (SectionKind.ANNEX, _ANNEX),
    (SectionKind.LIVELIHOOD, re.compile(r"实事|民生工程|惠民工程|民心工程|民生项目|惠民实事")),
    (
        SectionKind.GOVERNMENT,
        re.compile(
            r"(?:政府|自身|职能|作风|廉政|机关|效能)[^,。]{0,8}(?:建设|改革|能力|水平|治理|效能|转变)|服务型政府|改进政府工作|(?:法治|廉洁|效能|责任|人民满意)[^,。]{0,6}政府|"
            r"政府系统|依法行政|执政能力|施政能力"
        ),
    ),
    (SectionKind.PROBLEMS, re.compile(r"问题|困难|不足|挑战|矛盾")),
    (
        SectionKind.TERM_REVIEW,
        re.compile(
            r"(?:五年|三年|四年|时期|任期|本届|届|以来|这些年)[^,。]{0,16}(?:回顾|成就|情况|工作|发展|成效)|回顾[^,。]{0,6}(?:五年|时期)"
        ),
    ),
    (SectionKind.REVIEW, re.compile(r"回顾|一年来|过去一年|去年|上年")),
)
_PLAN = re.compile(r"今年|新的一年|下一?步|今后|未来|明年|新征程|安排|打算|部署|重点工作|主要任务|工作任务|建议")
_AIMS = re.compile(
    r"总体要求|指导思想|预期目标|奋斗目标|发展目标|目标任务|主要目标|总体思路|工作思路|基本思路|工作目标|发展思路|总要求|目标和|蓝图"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_DEEDS = re.compile(
    r"着力|加快|推进|坚持|全面|深化|加强|大力|促进|推动|强化|提升|实施|抓好|扩大|统筹|建设|打造|构建|优化|提高|切实|做好|发展|保障"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`title` without numbering, `level` 1 to 5; `end` is where it ends in its line, which is the line's end unless
    the paragraph runs on behind it."""

    title: str
    level: int
    end: int
    numbered: bool


def heading(text: str, *, bold: bool = False, marked: bool = False) -> Heading | None:
    """The heading a line is or begins with. `bold`: the whole line is set bold; `marked`: it is a markup heading."""
    for level, pattern in _NUMBERING:
        match = pattern.match(text)
        if match:
            return _numbered(text, match.end(), level)
    if text.startswith("各位代表") or text.endswith((":", ",", "、")):
        return None
    short = len(text) <= _LONGEST and not _SENTENCE.search(text.rstrip("。"))
    if marked and len(text) <= 60:
        return Heading(text, 1, len(text), False)
    if short and (bold or (len(text) <= 26 and _PLAIN.search(text) and not text.endswith("。"))):
        level = (
            1
            if _PLAIN.search(text)
            and re.search(r"回顾|安排|建议|主要任务|名词解释|注释|附件|自身建设|重点工作|总体要求", text)
            else 3
        )
        return Heading(text.rstrip("。"), level, len(text), False)
    if dash := _DASH.match(text):
        return _run_in(text, dash.end(), 4)
    return None


def _numbered(text: str, start: int, level: int) -> Heading | None:
    rest = text[start:]
    if not rest or _AMOUNT.search(rest[:_RUN_IN]):
        return None
    stop = re.search(r"[。:;!?]", rest)
    if len(rest) <= _LONGEST and (stop is None or stop.end() == len(rest)) and not rest.endswith((";", ":")):
        return Heading(rest.rstrip("。!"), level, len(text), True)
    if stop is not None and stop.start() <= _RUN_IN and rest[stop.start()] in "。!:":
        return Heading(rest[: stop.start()], max(level, 2), start + stop.end(), True)
    return None


def _run_in(text: str, start: int, level: int) -> Heading | None:
    """A first sentence that names what the paragraph is about: ——经济运行持续向好。"""
    stop = re.search(r"[。:;]", text[start:])
    if stop is None or stop.start() > 24 or text[start + stop.start()] == ";":
        return None
    if re.search(r"\d", text[start : start + stop.start()]):
        return None
    return Heading(text[start : start + stop.start()], level, start + stop.end(), False)


def kind(title: str, year: int, parent: SectionKind | None) -> SectionKind:
    """What a section is about, by its heading; else as its parent."""
    if parent in (SectionKind.NOTES, SectionKind.ANNEX):
        return parent
    if parent is SectionKind.LIVELIHOOD:
        return parent
    for found, pattern in _RULES:
        if pattern.search(title) and not (found is SectionKind.PROBLEMS and re.search(r"解决|攻坚|应对|民生", title)):
            if parent in _AHEAD and found in _BACK:
                continue
            if parent in _BACK and found is SectionKind.GOVERNMENT:
                continue
            return found
    years = [int(y) for y in _YEAR.findall(title)]
    if _AIMS.search(title) and not (years and max(years) < year):
        return SectionKind.TARGETS
    if years:
        return SectionKind.TASKS if max(years) >= year else SectionKind.REVIEW
    if _PLAN.search(title) and parent not in _BACK:
        return SectionKind.TASKS
    if parent is not None:
        return parent
    return SectionKind.TASKS if _DEEDS.search(title) else SectionKind.OTHER


_BACK = (SectionKind.REVIEW, SectionKind.TERM_REVIEW)
_AHEAD = (SectionKind.TASKS, SectionKind.TARGETS, SectionKind.GOVERNMENT)
