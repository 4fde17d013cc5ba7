"""What is to be worked out of several figures: a sum, a mean, a median, how many there are, how many times one is the
other. Pure."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from retrieval.lexicon import indicators
from retrieval.lexicon.table import rows

__all__ = ["Operation", "operation", "without_operations"]


class Operation(StrEnum):
    """What is done with the figures found."""

    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    COUNT = "count"
    TIMES = "times"
    PORTION = "portion"


# 一共, of each of them: 分别一共多少, 都总共修了多少, 谁一共最多.
_EACH = re.compile(
    r"分别|每一?年|逐年|都|谁|哪|最|各(?=[是有为自]|多少)|\b(?:each|every|which|respectively)\b", re.IGNORECASE
)
_EVERY = re.compile(r"\b(?:each|every)\b", re.IGNORECASE)
_TOTAL = "total"


@cache
def _table() -> dict[str, str]:
    return {said: kind for _, (said, kind) in rows("operations.tsv", ("said", "operation"))}


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_table(), key=lambda said: -len(said))
    return re.compile("|".join(map(_written, longest)), re.IGNORECASE)


def _written(said: str) -> str:
    """The pattern of a word."""
    if said.isascii():
        return rf"\b{re.escape(said)}\b"
    # 年均, 人均: no mean of what is set side by side. 全国平均水平: what a place is compared with.
    mean = _table()[said] == Operation.MEAN
    return rf"(?<![人年日月户亩单地])(?<!全[国省市区州]){re.escape(said)}" if mean else re.escape(said)


def _asked(text: str) -> list[re.Match[str]]:
    """The words that ask for it, without those that are part of an indicator's name (平均气温)."""
    named = [(mention.start, mention.end) for mention in indicators.mentions(text)]
    return [
        match
        for match in _pattern().finditer(text)
        if not any(start <= match.start() < end or start < match.end() <= end for start, end in named)
    ]


def operation(text: str) -> Operation | None:
    """What a question wants worked out; None for nothing."""
    for match in _asked(text):
        kind = _table()[match[0].lower()]
        each = _EACH.search(text) is not None
        # average PM2.5 in each year: a name that the lexicon has in Chinese only.
        if (each and kind == _TOTAL) or (kind == Operation.MEAN and _EVERY.search(text)):
            continue
        return Operation.SUM if kind == _TOTAL else Operation(kind)
    return None


def without_operations(text: str) -> str:
    """`text` with the words that ask for it blanked."""
    for match in _asked(text):
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text
