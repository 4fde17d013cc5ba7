"""Whether a figure is a result, an estimate or a target."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.figures.timing import Frame
from retrieval.model import Status

__all__ = ["TARGETS", "Expectation", "all_expected", "expectations", "status"]

_EXPECTED = re.compile(r"预计(?!数)|有望|可望|预期(?!目标|性|寿命|指标|的?主要|调控)|预估")
_FORECAST = re.compile(r"\(?预计数?[^)。]{0,6}下同")
# 约束性指标 bind the year as its expected ones do.
TARGETS = re.compile(
    r"(?:目标|(?:预期|约束|调控)性?(?:的?主要)?(?:经济|调控)?指标)(?:值|建议|拟定|初步)?(?:是|为|如下|建议为|安排为|:)(?!:?导向)|"
    r"预期目标[^,。;]{0,6}:"
)
_AIM = re.compile(
    r"力争(?!上游)|(?<!已)(?<!个)确保(?!了)|(?:计划(?![”\"》项人])|拟|将|争取(?![^,。;]{0,8}新增[^,。;]{0,8}(?:债|资金|额度|用地|指标|投资|项目))|努力)(?:到|在|于)?[^,。;的]{0,6}?(?:达到|新增|建成|完成|实现|突破|增长|安排)(?!了)|目标(?:是|为|达到)|(?<!完成)目标值?$|"
    r"(?:^|[,;:。])(?:我们)?要(?![素求点闻])"
)
_FRONT = re.compile(r"\s*(?:(?:19|20)\d\d年|全年|去年|据|综合)?[^,]{0,4}")
_PAST = re.compile(
    r"(?<!早|而)已(?!确定)|(?<![比较与同于由从])(?:去年|上年)(?!同)|过去|截至|超额完成|完成了|取得了|荣获|获评|一年来|五年来|以来|目前|现有(?!的)|(?:我[国省市区州县]|全[国省市])有\s*$|建成了|累计完成"
)
_DONE_AGAINST = re.compile(
    r"(?:完成|超过?|超额|高于|低[于於]|达到)[^,。;]{0,12}(?:计划|目标|预期)|(?:计划|目标)(?:任务)?(?:的|数的)$"
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A 预计 of a sentence: opening a clause it governs the rest of the sentence, inside one only that clause."""

    start: int
    opens: bool


def expectations(sentence: str) -> list[Expectation]:
    """Where a sentence says that what follows is expected."""
    found: list[Expectation] = []
    if "预" not in sentence and "望" not in sentence:
        return found
    for match in _EXPECTED.finditer(sentence):
        window = max(0, match.start() - 24)
        opened = max(sentence.rfind(mark, window, match.start()) for mark in ",;:。")
        front = sentence[opened + 1 if opened >= 0 else window : match.start()]
        found.append(Expectation(match.start(), len(front.strip()) <= 4 or bool(_FRONT.fullmatch(front))))
    return found


def status(
    hopes: Sequence[Expectation], start: int, clause: str, frame: Frame, *, named: bool, origin: bool, goal: bool
) -> Status:
    """The standing of a figure at `start` of a sentence, `clause` the words before it up to the last stop.

    `frame` is the stretch it is told of, `named` that words name it; `origin`: it is what a change starts from; `goal`:
    it belongs to a list of targets.
    """
    if origin:
        return Status.ACTUAL
    count = bisect_left(hopes, start, key=lambda hope: hope.start)
    if count and (hopes[count - 1].opens or hopes[0].opens or hopes[count - 1].start >= start - len(clause)):
        return Status.ESTIMATED if not frame.ahead else Status.TARGET
    if frame.ahead or goal:
        if not goal and _PAST.search(clause) and not (named and frame.ahead):
            return Status.ACTUAL
        return Status.TARGET
    if _AIM.search(clause) and not _DONE_AGAINST.search(clause):
        return Status.TARGET
    return Status.ACTUAL


def all_expected(sentence: str) -> bool:
    """Whether a sentence calls its figures and those that follow in the passage estimates (预计数，下同).

    Those of later passages are told without reserve.
    """
    return "下同" in sentence and bool(_FORECAST.search(sentence))
