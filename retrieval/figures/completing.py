"""Names completed by what stands around their quantity: what a share is spent on, whose a bare 增速 or a side of a pair
is, which projects an investment is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.figures import nouns
from retrieval.figures.named import Named
from retrieval.model import Measure

__all__ = ["completed"]

# 财政支出的70%以上用于民生
_SPENT = re.compile(
    r"(?:以上|左右|以内)?的?(?:资金|支出|财力)?(?:都|全部|全|继续|主要)?(?:用于|投向|投入到?)"
    r"(?P<on>[一-鿿、]{2,12}?)(?:的政策要求)?(?=[,。;、)]|$)"
)
_ON = re.compile(r"^(?:保障和改善|改善和保障|保障|改善|发展|支持|推进)(?=[一-鿿]{2})")
_SIDES = ("城镇", "城市", "农村", "乡村")
_PAIR = re.compile(rf"城乡(?P<of>[一-鿿]{{2,16}}?)(?P<side>{'|'.join(_SIDES)})")
# 城乡低保补助水平明显提高,农村年人均提高到540元: what both sides are of, in the clause before.
_PAIRED = re.compile(
    r"城乡(?P<of>[一-鿿]{2,12}?)(?:均|都|又|再|明显|大幅|进一步|稳步|持续|分别|不断|逐步|全面|继续)*"
    r"(?:提高|提升|增长|上升|增加|上调)[^,。;]{0,4}[,;][^。;]{0,16}$"
)
# 外出务工36087人,增收2.89亿元: what grew is the income.
_EARNED = {"增收": "收入", "减收": "收入", "增支": "支出"}
# Heads that say nothing of whose they are; others of that sort (数量, 规模) may be of several things before them.
_HEADS = ("增速", "增幅", "涨幅", "降幅", "总量")
_WHOLES = ("占比", "比重", "总量", "总额", "增速", "增幅")
_INSURED = "参保人数"
_INSURANCE = re.compile(
    r"(?:(?:城镇|城乡|新型|农村|企业|基本|职工|居民|社会)*(?:工伤|失业|生育|养老|医疗|大病|社会)保险|新农合|新农保|"
    r"新型农村(?:合作医疗|社会养老保险))(?=[^。;]*$)"
)
_PER_HEAD = "人均"
_MEAN = re.compile(r"[,、;]人均(?:约|近|已|也|达到?|为|超过?|突破|仅|实现|增加到|提高到|[一-鿿]{0,2}达)?\s?$")
_LEAD = 10  # characters
_NEAR = 60  # characters in which an insurance is named
_INVESTED = frozenset(("总投资", "投资", "计划总投资", "投资额", "投资总额"))


def completed(text: str, named: Sequence[Named]) -> list[Named]:
    """The quantities of a sentence with whole names."""
    out: list[Named] = []
    pair = ""
    for number, one in enumerate(named):
        following = named[number + 1] if number + 1 < len(named) else None
        name = _earned(_spent(text, one), one)
        if match := _PAIR.fullmatch(name):
            # 城乡低保补助水平分别达到城市243元、农村1259元
            pair = match["of"]
            name = match["side"] + pair
        elif name in _SIDES:
            pair = pair or _paired(text, one)
            name += out[-1].name if one.sub and out and not pair else pair
        elif one.quantity.measure is not Measure.THRESHOLD:
            pair = ""
            name = _owned(text, one, name, out, following)
        if (
            name
            and _PER_HEAD not in name
            and _MEAN.search(text, max(0, one.quantity.start - _LEAD), one.quantity.start)
        ):
            # 生产总值1062亿元,人均17588元
            name = _PER_HEAD + name
        out.append(replace(one, name=nouns.unjoined(name)))
    return out


def _paired(text: str, one: Named) -> str:
    match = _PAIRED.search(text, 0, one.start)
    return match["of"] if match else ""


def _owned(text: str, one: Named, name: str, before: Sequence[Named], following: Named | None) -> str:
    """A name that says too little, with whose it is."""
    head = next((head for head in _HEADS if name == head or (name.startswith(head) and _ranked(one))), "")
    if head:
        return _of_subject(one, before) + name
    if name == _INSURED and "分别" not in one.near:
        insured = [match[0] for match in _INSURANCE.finditer(text, max(0, one.quantity.start - _NEAR), one.start)]
        return (insured[-1] if insured else "") + name
    joined = following is not None and text[one.quantity.behind : following.quantity.start] == "的"
    if name in _INVESTED and joined and following is not None and following.right:
        return following.right + name
    return name


def _ranked(one: Named) -> bool:
    return one.quantity.measure in (Measure.RANK, Measure.STREAK)


def _of_subject(one: Named, before: Sequence[Named]) -> str:
    """What the last quantity before a clause is of, for its bare 增速 or 总量."""
    for other in reversed(before):
        told = other.name and not other.name.startswith((*_HEADS, "是")) and not other.name.endswith("中")
        if other.quantity.end <= one.start and told:
            tail = next((tail for tail in _WHOLES if other.name.endswith(tail)), "")
            return other.name[: len(other.name) - len(tail)] if not _ranked(other) else ""
    return ""


def _spent(text: str, one: Named) -> str:
    """The name of a share that is spent on something: 财政支出用于民生占比."""
    match = _SPENT.match(text, one.quantity.end) if one.quantity.unit == "%" and one.name else None
    if match is None or "占" in one.name or one.lead.kind == "change":
        return one.name
    return f"{one.name}用于{_ON.sub('', match['on'])}占比"


def _earned(name: str, one: Named) -> str:
    """A name with what was earned or spent more."""
    word = next((word for word in _EARNED if one.lead.words.strip().endswith(word)), "")
    what = _EARNED.get(word, "")
    return name + what if what and name and not name.endswith(("收入", "支出", "经济", "利润")) else name
