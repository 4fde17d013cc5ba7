"""The words right before a quantity: what they say of it, and what is left when they are taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["VOID", "Lead", "acts", "bettered", "deed", "done", "heads", "lead", "said"]


@dataclass(frozen=True, slots=True)
class Lead:
    """The chain of cue words a clause ends in: `at` is where it begins. `kind` and `sign` are those of the word that
    tells how the quantity is meant (see figure_cues.tsv), `rate` the sign of a 增速 or 降幅 in the chain."""

    at: int
    words: str
    kind: str = ""
    sign: int = 0
    rate: int = 0
    share: bool = False  # 分别, 依次
    every: bool = False  # 各, 均, 双双


def _cues() -> Mapping[str, tuple[str, int]]:
    known = {word: (kind, int(sign)) for _, (word, kind, sign) in rows("figure_cues.tsv", ("word", "kind", "sign"))}
    for word, (kind, sign) in list(known.items()):
        if kind == "change" and len(word) > 1:
            known |= {word + to: ("to", sign) for to in ("到", "至", "为") if word + to not in known}
    return known


_CUES = _cues()
_LONGEST = max(map(len, _CUES))
_AGAINST = frozenset("比较占")
_NOT_AGAINST = frozenset(("占比", "对比", "同比", "环比", "可比", "比较", "之比"))
_ASIDE = frozenset(" \t\u3000、,:和与及")
# What ends in a cue word and is a noun none the less.
_NOUNS = [row for _, row in rows("figure_nouns.tsv", ("word", "kind"))]
_TAILS = frozenset(word for word, kind in _NOUNS if kind == "tail")
_FRONTS = tuple(word for word, kind in _NOUNS if kind == "front")
_BESIDE = [row for _, row in rows("figure_beside.tsv", ("word", "kind"))]
VOID = frozenset(word for word, kind in _BESIDE if kind in ("void", "adverb", "not"))
_ADVERBS = tuple(word for word, kind in _BESIDE if kind == "adverb")
_DENIALS = tuple(word for word, kind in _BESIDE if kind == "not")
_ASPECTS = tuple(word for word, kind in _BESIDE if kind == "aspect")
_ACTS = tuple(word for word, kind in _BESIDE if kind == "act")
_BETTERING = ("改善", "提升", "提高", "优化")
# 建设好: the 好 belongs to the deed.
_WELL = re.compile(r"好(?![于转氧评])")
_MEANS = ("人均", "户均", "亩均", "年均", "日均", "平均")
_SHORTEST = 2  # characters of a noun
_JOINED = frozenset(("惠及", "涉及", "普及", "参与", "总和", "缓和"))
# 出台支持企业共渡难关措施: what the measures are for is part of their name.
_SETTING = ("出台", "制定", "推出", "出台了", "制定了")
_AIMS = ("支持", "帮助", "促进", "推动", "推进", "扶持", "引导", "助力", "加快", "发展", "提升", "加强")
# Deeds after which two characters are a whole name.
_PURE = frozenset(
    (
        "完成",
        "实施",
        "实现",
        "推进",
        "推动",
        "开展",
        "举办",
        "组织",
        "落实",
        "谋划",
        "储备",
        "投入",
        "争取",
        "发放",
        "达到",
        "做好",
        "抓好",
        "建设",
        "打造",
        "培育",
    )
)


def lead(text: str) -> Lead:
    """The cue words at the end of `text`."""
    at = solid = len(text)
    kind, sign, rate = "", 0, 0
    share = every = False
    while at > 0:
        if text[at - 1] in _ASIDE and text[at - 2 : at] not in _JOINED:
            at -= 1
            continue
        word = _last(text, at)
        if not word:
            break
        what, signed = _CUES[word]
        if what in ("change", "to", "is", "hold", "gap"):
            kind, sign = _joined(kind, sign, what, signed)
        elif what == "rate":
            rate = rate or signed
        share = share or word in ("分别", "依次")
        every = every or word in ("各", "均", "双双", "都")
        at -= len(word)
        solid = solid if what == "aux" else at
    if solid > at and text[at - 1 : at] in _AGAINST and text[max(0, at - 2) : at] not in _NOT_AGAINST:
        # 比计划目标多2.5万人: what is compared with, and no cue.
        at = solid
    return Lead(at, text[at:], kind, sign, rate, share, every)


def _last(text: str, at: int) -> str:
    """The longest cue word that ends at `at`."""
    for length in range(min(_LONGEST, at), 0, -1):
        word = text[at - length : at]
        if word in _CUES:
            if length < at and (text[max(0, at - length - 1) : at] in _TAILS or text[max(0, at - 3) : at] in _TAILS):
                return ""
            if word == "增长率" and text.endswith("自然增长率", 0, at):
                return ""
            return "" if word == "年" and text[at - 2 : at - 1] in "0123456789一二两三四五六七八九十" else word
    return ""


def _joined(kind: str, sign: int, earlier: str, signed: int) -> tuple[str, int]:
    """Put a word before a chain already read: 增长 before 到 makes it up to what, 超 after 增长 leaves it a growth."""
    if not kind:
        return earlier, signed
    if earlier == "change":
        if kind == "to":
            return "to", sign or signed
        if kind in ("is", "hold"):
            # 增长保持在7%, 物价上涨控制在3%: held is the growth.
            return "change", signed
        return kind, sign
    if earlier == "hold" or kind in ("change", "to", "gap"):
        return kind, sign
    return (earlier, signed) if kind == "is" else (kind, sign)


@cache
def _deeds() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    table = {word: name for _, (word, name) in rows("figure_deeds.tsv", ("word", "name"))}
    words = sorted(table, key=len, reverse=True)
    kept, adverbs = (frozenset(word for word, name in table.items() if name == what) for what in ("keep", "adverb"))
    return re.compile("|".join(words)), kept, adverbs


def _leads(pattern: re.Pattern[str], adverbs: frozenset[str], text: str, at: int) -> bool:
    """Whether adverbs before `at` lead to a deed, or nothing follows them (高标准基本农田 is a noun)."""
    while match := pattern.match(text, at):
        if match[0] not in adverbs:
            return True
        at = match.end()
    return at == len(text)


def deed(text: str) -> tuple[int, str]:
    """Where the deeds a clause opens with end, and those of them that belong to the name."""
    pattern, kept, adverbs = _deeds()
    at, keep = 0, ""
    while match := pattern.match(text, at):
        if text.startswith(_FRONTS, at):
            break
        if match[0] in adverbs and not _leads(pattern, adverbs, text, match.end()):
            break
        if at and len(text) - match.end() in (1, 2) and match[0] not in kept and match[0] not in _PURE:
            break
        if match[0] in kept:
            keep += match[0]
        at = match.end()
        if match[0].endswith(_SETTING) and text.startswith(_AIMS, at):
            break
        if text[at : at + 1] in "、和并了" and pattern.match(text, at + 1) and at < len(text):
            if keep and text[at] == "、":
                keep += "、"
            at += 1
        elif (
            text[at : at + 1] == "了"
            or _WELL.match(text, at)
            or (text[at : at + 1] == "到" and text[at : at + 2] != "到位" and match[0] in ("争取", "引进", "吸引"))
        ):
            at += 1
    return at, keep.strip("、")


def acts(text: str) -> bool:
    """Whether `text` begins with a deed done to others: 发放补贴, 提供服务."""
    return text.startswith(_ACTS)


def bettered(near: str, noun: str) -> str:
    """改善水质的河道 for 改善141条河道水质, where `near` stands before the number and `noun` behind it."""
    deed_at, word = max((near.rfind(word), word) for word in _BETTERING)
    aspect = max((one for one in _ASPECTS if noun.endswith(one)), key=len, default="")
    thing = noun.removesuffix(aspect)
    return f"{word}{aspect}的{thing}" if deed_at >= 0 and aspect and len(thing) >= _SHORTEST else noun


def said(text: str) -> tuple[str, str]:
    """A noun without the adverbs that belong to the deed behind it, and the word of them that denies the deed."""
    denied = ""
    while tail := max((word for word in (*_ADVERBS, *_DENIALS) if text.endswith(word)), key=len, default=""):
        if len(text) - len(tail) < _SHORTEST or (tail == "均" and text.endswith(_MEANS)):
            break
        text, denied = text[: -len(tail)], tail if tail in _DENIALS else denied
    return text, denied


def done(text: str) -> str:
    """The deed that `text` ends in, where it belongs to the name."""
    _, kept, _ = _deeds()
    return next((text[-length:] for length in (6, 4, 3, 2) if len(text) > length and text[-length:] in kept), "")


@cache
def heads() -> Mapping[str, str]:
    """What indicators' names end in, with whose name they need before them."""
    return {head: owner for _, (head, owner) in rows("figure_heads.tsv", ("head", "owner"))}
