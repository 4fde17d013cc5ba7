"""Wordings that several readers of a question look for."""

from __future__ import annotations

import re

__all__ = ["BOTH_ENDS", "KEPT", "SENTENCE_IN_LATIN", "YEAR"]

# A year as questions write it, without 年.
YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
# 由多少提高到多少: both ends of a change are asked for.
BOTH_ENDS = r"(?:由|从)[^,。]{0,12}?(?:多少|几|第几)[^,。]{0,8}?(?:到|至|成|为)[^,。]{0,6}?(?:多少|几|第几)"
# Three Latin words in a row are a sentence, not a name.
SENTENCE_IN_LATIN = re.compile(r"[a-z]+\s+[a-z]+\s+[a-z]+", re.IGNORECASE)
# What is said of a promise that was kept.
KEPT = r"完成|实现|做到|达到|压住|守住|控制住|控住|管住|稳住|办到|保住|冲到|冲过|拿下|够到|如愿"
