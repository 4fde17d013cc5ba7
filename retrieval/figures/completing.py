"""Names completed by what stands around their quantity: what a share is spent on, whose the sides of a pair are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.figures import nouns
from retrieval.figures.named import Named

__all__ = ["completed"]

# 财政支出的70%以上用于民生
_SPENT = re.compile(
    r"(?:以上|左右|以内)?的?(?:资金|支出|财力)?(?:都|全部|全|继续|主要)?(?:用于|投向|投入到?)"
    r"(?P<on>[一-鿿、]{2,12}?)(?:的政策要求)?(?=[,。;、)]|$)"
)
_ON = re.compile(r"^(?:保障和改善|改善和保障|保障|改善|发展|支持|推进)(?=[一-鿿]{2})")
_SIDES = ("城镇", "城市", "农村", "乡村")
_PAIR = re.compile(rf"城乡(?P<of>[一-鿿]{{2,16}}?)(?P<side>{'|'.join(_SIDES)})")
# 外出务工36087人,增收2.89亿元: what grew is the income.
_EARNED = {"增收": "收入", "减收": "收入", "增支": "支出"}


def completed(text: str, named: Sequence[Named]) -> list[Named]:
    """The quantities of a sentence with whole names."""
    out: list[Named] = []
    pair = ""
    for one in named:
        name = _earned(_spent(text, one), one)
        if match := _PAIR.fullmatch(name):
            # 城乡低保补助水平分别达到城市243元、农村1259元
            pair = match["of"]
            name = match["side"] + pair
        elif pair and name in _SIDES:
            name += pair
        elif name != one.name or name not in _SIDES:
            pair = ""
        out.append(replace(one, name=nouns.unjoined(name)))
    return out


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
