"""Regions spelt out as the places they are made of, where these are to be compared: 东北三省2023年GDP增速对比."""

from __future__ import annotations

import re
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["spelt_out"]

# What sets the parts side by side, and what follows a region that is meant as its parts.
_SIDE = re.compile(
    r"对比|比较|比一比|排名|排序|排列|从高到低|从低到高|由高到低|谁|哪个|哪几个|哪些|各(?!项|类|界)|分别|最[高低快慢多少]|前[一二三]"
)
_NEXT = (
    r"(?=\s*(?:各?[三四两二五六]?(?:个)?(?:省市区?|省区市?|省|市|地|自治区)?)"
    r"(?:的|各|谁|哪|里|中|今年|去年|(?:19|20)\d\d|GDP|经济|地区生产总值|[,，\s]))"
)
_COUNTED = re.compile(r"^\s*各?[三四两二五六]?(?:个)?(?:省市区?|省区市?|省|市|地)(?![一-鿿]?级)")


@cache
def _table() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = list(rows("regions.tsv", ("region", "places", "plain")))
    ordered = sorted((cells for _, cells in found), key=lambda cells: -len(cells[0]))
    return tuple(
        (re.compile(rf"(?<![在属占]){re.escape(region)}{_NEXT if plain else ''}"), parts)
        for region, parts, plain in ordered
    )


def spelt_out(text: str) -> str:
    """`text` with a region's parts for its name, where they are compared."""
    if not _SIDE.search(text):
        return text
    for pattern, parts in _table():
        match = pattern.search(text)
        if match is not None:
            rest = _COUNTED.sub("", text[match.end() :])
            return f"{text[: match.start()]}{parts}{rest}"
    return text
