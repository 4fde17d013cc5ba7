"""How many times one place's figure is another's: 广东的GDP是贵州的几倍 asks for both figures, and for one divided by
the other. Pure."""

from __future__ import annotations

import re

from retrieval.lexicon import indicators, places

__all__ = ["divided"]

# What stands before the place that is measured by, and behind it.
_LINK = re.compile(r"(?:大约|大概|差不多|约|能)?(?:是|为|相当于|等于|抵得上|抵得过|抵|顶得上|顶)了?\s*$")
_TIMES = re.compile(r"(?:的?(?P<what>[^,。?;的\d]{2,10}?))?的?\s*(?:几|多少)倍(?:是?多少)?")
_PORTION = re.compile(r"(?:的?(?P<what>[^,。?;的\d]{2,10}?))?的?\s*(?:几成|百分之几|百分之多少)(?:是?多少)?")
# 抵几个贵州, 相当于多少个南昌.
_HOW_MANY = re.compile(r"(?:等于|相当于|抵得上|抵得过|抵|顶得上|顶)了?(?:几|多少)(?:个|座)$")
# What `operations.tsv` knows as these operations.
_DIVIDED, _OF_HUNDRED = "相除", "相除折算"
_PAIR = 2


def divided(text: str) -> str:
    """`text` with both places side by side and what is to be worked out behind them; as it is where nothing is asked
    of two places that do not lie in one another."""
    mentions = places.mentions(text)
    if len({mention.surface for mention in mentions}) != _PAIR:
        return text
    base = mentions[-1]
    first = next(mention for mention in mentions if mention.surface != base.surface)
    if first.end > base.start or _nested(first, base):
        return text
    before, after = text[: base.start], text[base.end :]
    head = f"{text[: first.end]}和{base.surface}"
    if (link := _HOW_MANY.search(before)) is not None:
        return f"{head}{text[first.end : link.start()]}{_DIVIDED}{after}"
    if (link := _LINK.search(before)) is None:
        return text
    for pattern, said in ((_TIMES, _DIVIDED), (_PORTION, _OF_HUNDRED)):
        asked = pattern.match(after)
        if asked and (not asked["what"] or indicators.mentions(asked["what"])):
            return f"{head}{text[first.end : link.start()]}{said}{after[asked.end() :]}"
    return text


def _nested(one: places.PlaceMention, other: places.PlaceMention) -> bool:
    """Whether one place lies in the other: its share is asked for then."""
    names, others = ({unit.name for unit in mention.candidates} for mention in (one, other))
    parents = {name for unit in one.candidates for name in unit.parents}
    above = {name for unit in other.candidates for name in unit.parents}
    return bool(names & above or others & parents)
