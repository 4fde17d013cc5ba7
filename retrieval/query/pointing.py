"""Words of a follow-up that name nothing of their own and point back to the question before it."""

from __future__ import annotations

import re

__all__ = ["plans", "points_back"]

_NOTHING_NAMED = frozenset({"指标", "要求", "任务", "数字", "数", "数值", "水平", "计划", "安排", "结果"})
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
