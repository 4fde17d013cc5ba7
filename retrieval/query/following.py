"""What a follow-up says of the question before it: words that name nothing of their own and point back, and clauses
that ask the same again of something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.model import Measure
from retrieval.query import asks as asking
from retrieval.query.parts import Clause
from retrieval.query.values import Ask, Query

__all__ = ["adds", "announces", "asks_again", "earlier", "kinds", "only_dates", "plans", "points_back"]

_NOTHING_NAMED = frozenset({"指标", "要求", "任务", "数字", "数", "数值", "水平", "计划", "安排", "结果"})
# Units that tell how, not what.
_RATES = frozenset({"", "%", "‰", "个百分点", "百分点", "位", "倍", "成"})
# Of these, the ones that are set for a year: 来年的指标.
_SET = frozenset({"指标", "要求", "任务", "计划", "安排"})
# 后来真做到了吗: asks what became of what was asked about before.
_LATER = re.compile(r"后来|最后|到头来|真的?|究竟|结果|年底|最终|\s")


def points_back(words: str) -> bool:
    """Whether words (来年的指标, 后来真…) name nothing but what was asked about before."""
    return words in _NOTHING_NAMED or not _LATER.sub("", words)


def plans(words: str) -> bool:
    """Whether words name what is set for a year, and not what."""
    return words in _SET


def kinds(asks: Sequence[Ask]) -> tuple[Ask, ...]:
    """The kinds of figures that are asked of something else as well: 旅游总收入呢 after 多少万人次 goes on with the
    kind, not with what it is counted in."""
    return tuple(ask if ask.unit in _RATES else replace(ask, unit="") for ask in asks)


# How a clause goes on with a list.
_AND = re.compile(r"\s*(?:以?及|还有|另外|外加|加上|连同|和)")


def only_dates(clause: Clause, behind: Clause) -> bool:
    """Whether a clause says no more than the year that the next one asks about: 那2014年呢,想再添多少."""
    names = any(part.words or part.asks for part in clause.parts) or asking.status(clause.text) is not None
    return clause.dated and not names and any(part.asks for part in behind.parts) and not _AND.match(behind.text)


def adds(clause: Clause) -> bool:
    """Whether a clause names one thing more, and asks nothing of its own: 还有新增就业."""
    return bool(_AND.match(clause.text)) and not clause.counted


def earlier(clauses: Sequence[Clause], query: Query) -> list[Clause]:
    """The clauses of a follow-up, those before the first year it names asked of the years of the question before:
    涨了多少,今年又想涨多少."""
    dated = next((n for n, clause in enumerate(clauses) if clause.dated), 0)
    if not clauses or not query.periods_before or not clauses[dated].counted:
        return list(clauses)
    before = [
        replace(clause, periods=query.periods_before, status=asking.status(clause.text)) if clause.counted else clause
        for clause in clauses[:dated]
    ]
    return [*before, *clauses[dated:]]


def asks_again(clause: Clause, behind: Clause) -> bool:
    """Whether a clause that names something asks of it by itself (中小企业的呢?另外…; 就业的人数,以及失业率呢), rather
    than to tell what the next one asks of (失业率呢,打算压到多少)."""
    if clause.counted:
        return False
    if adds(behind):
        return True
    named = any(part.words for part in behind.parts)
    grown = any(ask.measure is Measure.GROWTH for part in behind.parts for ask in part.asks)
    return clause.closed and (named or clause.marked or (grown and not clause.asked))


def announces(clause: Clause, behind: Clause | None) -> bool:
    """Whether a clause only names what the next one asks of: 失业金呢, 从多少到多少."""
    return clause.closed and behind is not None and behind.counted and not any(part.words for part in behind.parts)
