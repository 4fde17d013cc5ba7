"""What the parts of a list share, and the halves that 城乡 stands for: 城镇、农村居民收入, 城里和农村的低保."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval import tokens
from retrieval.lexicon import indicators
from retrieval.query.parts import Part

__all__ = ["AMOUNT", "ANSWERED", "BOTH", "HALF", "HALVES", "REPLACED", "tailed", "urban_rural"]

HALVES = frozenset({"城镇", "农村", "城市", "城乡"})
HALF = re.compile(r"农村牧区|城镇|农村|城市|城乡")
BOTH = ("城镇", "农村")
AMOUNT = re.compile(r"总?(?:产值|产量|收入|投资|营收|营业收入|面积|销售额|利润|税收|出口额?|增加值)")
_RESIDENTS = re.compile(r"居民(?:人均)?(?:可支配)?收入")
# What a follow-up may put in the place of the other half: 那农村呢.
ANSWERED = frozenset({"城镇", "城市", "农村", "乡村"})
REPLACED = re.compile("城镇|城市(?=居民)|农村|乡村|农民(?=人均)")


def tailed(parts: list[Part]) -> list[Part]:
    """城镇 of 城镇、农村居民收入 is short for 城镇居民收入: the end of the last subject is that of the others too."""
    last = parts[-1].words
    half = HALF.match(last)
    if len(parts) > 1 and half and last[half.end() : half.end() + 1] == " ":
        # 城镇 of 城镇和农村的低保: what stands behind 的 is that of both.
        rest = last[half.end() :]
        return [_named(part, part.words + rest) if part.words in HALVES else part for part in parts]
    subject, _, counted = last.rpartition(" ")
    if len(parts) > 1 and subject and " " not in subject and AMOUNT.fullmatch(counted):
        # 锂电和不锈钢两个产业产值: the amount is asked of each.
        return [_named(p, f"{p.words} {counted}") if " " not in p.words else p for p in parts]
    if len(parts) < 2 or " " in last or last.isascii():
        return parts
    cut = tokens.cut(last)
    borders = {start for start, _ in cut}
    end = last[cut[-1][0] :] if cut else ""
    out = []
    for part in parts[:-1]:
        size = half.end() if half and part.words in HALVES else len(part.words)
        parted = size in borders or size != len(part.words) or (part.words in HALVES and last[:size] in HALVES)
        # 百亿企业 of 百亿企业、高新技术企业 lacks nothing.
        parted = parted and not (len(end) > 1 and part.words.endswith(end))
        short = size + 1 < len(last) and parted and " " not in part.words and not part.words.isascii()
        # 经济 of 经济总量 stands for the gross product.
        whole = part.words == "经济" or any(m.end - m.start >= size - 1 for m in indicators.mentions(part.words))
        out.append(_named(part, part.words + last[size:]) if short and not whole else part)
    return [*out, parts[-1]]


def _named(part: Part, words: str) -> Part:
    """The part under another name."""
    return replace(part, words=words)


def urban_rural(words: str) -> tuple[str, ...]:
    """The two that 城乡 stands for; empty where it stands for none, or for how the two compare."""
    if _RESIDENTS.fullmatch(words):
        # 居民收入, where a report tells only that of towns and that of the country.
        return tuple(f"{half}{words}" for half in BOTH)
    if "城乡" not in words or "比" in words:
        return ()
    return words.replace("城乡", "城镇"), words.replace("城乡", "农村")
