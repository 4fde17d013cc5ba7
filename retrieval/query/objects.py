"""What is done with a thing, and the thing behind the quantity asked for: 发了多少电 is what reports call 发电."""

from __future__ import annotations

import re

from retrieval.lexicon import bigrams, units

__all__ = ["with_objects"]

_DEED = re.compile(r"(?P<deed>[一-鿿])了?(?P<much>多少|几多)(?P<thing>[一-鿿])(?=[,。?!的呢啊呀吗]|$)")
# 来了多少人, 花了多少钱, 涨成多少了: what is counted, and particles, name nothing.
_COUNTED = frozenset("人钱岁了呢吗嘛啊呀吧的过来去着点次回")
# So many of the reports use the two as a word: fewer would be chance.
_USED = 0.01


def with_objects(text: str) -> str:
    """`text` with a deed and its object put together, where reports use them as a word."""

    def put_together(match: re.Match[str]) -> str:
        word = match["deed"] + match["thing"]
        counted = match["thing"] in _COUNTED or match["thing"] in units.known()
        return match[0] if counted or bigrams.share(word) < _USED else f"{word}{match['much']}"

    return _DEED.sub(put_together, text)
