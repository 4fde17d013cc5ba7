"""The pattern of units as they stand behind numbers."""

from __future__ import annotations

from retrieval.lexicon.units import STATED

__all__ = ["UNIT"]

# 亿元/平方公里, 万元/亩
_PER = (
    r"(?:/(?:平方公里|平方米|立方米|公顷|公里|公斤|千瓦时|百公里|亩|人|吨|户|年|月|天|日|度|头|株|斤|米|生|床|学年))?"
)
# The scale is lazy: 千 of 千瓦 belongs to the unit.
UNIT = rf"[十百千万亿萬億]{{0,4}}?\s?(?:{STATED}){_PER}|[十百千]?[万亿萬億]{{1,2}}|千(?=[一-鿿])"
