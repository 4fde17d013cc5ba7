"""Kinds of document, by their titles: the kind decides which year a title's years stand for, and whether there are
plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.model import Document
from retrieval.reports.dates import year_of
from retrieval.text import Line, fold

__all__ = ["Recognised", "recognise"]

_CHAR = "〇○零一二三四五六七八九"
_YEAR = rf"(?:(?:19|20)\d\d|[一二][{_CHAR}]{{3}})"
_YEARS = re.compile(rf"(?<!\d)({_YEAR})\s*年")
# 民國114年 is 2025: the republic counts from 1912.
_REPUBLIC = re.compile(r"(?:中華|中华)?民[國国]\s*(\d{2,3})\s*年")
_BEFORE_REPUBLIC = 1911
_COMMUNIQUE = re.compile(r"(?:国民经济和社会发展|國民經濟和社會發展|经济社会发展|经济和社会发展)?统计公报")
_BUDGET = re.compile(r"预算(?:执行|收支)?情况.{0,40}报告|决算(?:情况)?.{0,12}报告|财政预算.{0,30}报告")
_PLAN = re.compile(r"(?:国民经济和社会发展)?计划(?:执行|完成)?情况.{0,40}报告")
_ADDRESS = re.compile(r"施政\s*[报報]\s*告|施政方针")
_TITLE = 60  # characters of a line that may be a title
_HEAD = 8  # lines in which a title stands
_NO_TITLE = re.compile(r"[。;]|^各位|作.{0,12}报告|以下简称|根据|审议")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a title tells: the kind of document, the title itself, and the year planned for (0 where it names none)."""

    document: Document
    title: str = ""
    year: int = 0


def recognise(stem: str, title: str, head: Sequence[Line]) -> Recognised:
    """The kind of a document from its stated title, its first lines, and the name of its file.

    A communiqué of 2023 tells what came of 2023, as the work report of 2024 does, and so is of that year; of a budget
    or plan report with two years the later is planned.
    """
    lines = [line.text.removeprefix("- ").strip("# *《》") for line in head[:_HEAD]]
    # A title broken over two lines is put together.
    joined = [f"{one}{other}" for one, other in pairwise(lines)]
    for candidate in (*lines, *joined, fold(title), fold(stem)):
        words = re.sub(r"\s+", "", candidate)
        if len(words) > _TITLE or _NO_TITLE.search(words):
            continue
        if document := _kind(words):
            # A title without a year is filed under one.
            year = _year(document, words, lines) or _year(document, fold(stem), ())
            return Recognised(document, words, year)
    return Recognised(Document.WORK)


def _kind(words: str) -> Document | None:
    if "政府工作报告" in words:
        return None
    for document, pattern in (
        (Document.COMMUNIQUE, _COMMUNIQUE),
        (Document.BUDGET, _BUDGET),
        (Document.PLAN, _PLAN),
        (Document.ADDRESS, _ADDRESS),
    ):
        if pattern.search(words):
            return document
    return None


def _year(document: Document, words: str, lines: Sequence[str]) -> int:
    years = [year_of(year) for year in _YEARS.findall(words)]
    if document is Document.ADDRESS:
        republic = next((m for line in (words, *lines) if (m := _REPUBLIC.search(line))), None)
        return years[0] if years else int(republic[1]) + _BEFORE_REPUBLIC if republic else 0
    if not years:
        return 0
    return max(years) if len(set(years)) > 1 else years[0] + 1
