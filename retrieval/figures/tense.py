"""Whether a paragraph without its report plans or reviews."""

from __future__ import annotations

import re

__all__ = ["looks_ahead"]

_FUTURE = re.compile(
    r"力争|确保|加强|推进|加快|支持|争取|计划|持续|打造|深入|完善|鼓励|积极|大力|着力|抓好|继续|新建|实施"
)
_DONE = re.compile(r"了|明显|显著|累计|成功|获批|被评|同比|圆满|顺利|实现|达到|完成|改善|五年来|一年来|去年|增长(?=\d)")


def looks_ahead(text: str) -> bool:
    """Whether the words of plans outweigh those of results."""
    return len(_FUTURE.findall(text)) > len(_DONE.findall(text))
