"""What people say for what reports write: other words to look for, and sayings to replace."""

from __future__ import annotations

import re
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["pairs", "rewrite"]


@cache
def _table() -> tuple[tuple[str, str], ...]:
    return tuple(
        (said.lower(), word.lower())
        for _, (said, written) in rows("synonyms.tsv", ("said", "written"))
        for word in written.split("|")
    )


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """(what is said, what reports write) for the sayings in `text`."""
    found = [(said, written) for said, written in _table() if said in text]
    # A report may use the saying all the same: 综保区 for 综合保税区.
    found += [(written, said) for said, written in _sayings()[1].items() if written in text and said not in text]
    return tuple(found)


@cache
def _sayings() -> tuple[re.Pattern[str], dict[str, str]]:
    found = {said: written for _, (said, written) in rows("sayings.tsv", ("said", "written"))}
    # 一产 in 第一产业 and 三产 in 一二三产业 are no sayings.
    longest = sorted(found, key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<!第){re.escape(said)}{'(?!业)' if said.endswith('产') else ''}" for said in longest)
    ), found


def rewrite(text: str) -> str:
    """`text` with sayings no report writes replaced by what reports write."""
    pattern, table = _sayings()
    text = _EARNED.sub(r"\1收入多少元", text)
    text = text.replace("咗", "了")
    text = _MANY_VISITORS.sub(r"\1游客", _VISITORS.sub(r"\1 游客", text))
    text = _SECTORS.sub("三次产业", text)
    return pattern.sub(lambda match: table[match[0]], text)


# 一、二、三产业 together are what reports call the three.
_SECTORS = re.compile(
    r"第?一产?业?[、和,]?第?二产?业?[、和,]?第?三(?:次?产业?)(?=[^,。?]{0,8}(?:比重|比例|结构|占|之比))"
)


# 来承德玩的有多少人, 来了多少人耍: visitors.
_VISITORS = re.compile(
    r"((?:来|到|去)[^,。?]{0,6}?)(?:(?:玩|耍|旅游)的(?:客人|人(?!均))|[玩耍]的(?=到底|一共|总共|有|多少))(?![一-鿿]*费)"
)
_MANY_VISITORS = re.compile(r"(多少|几多)人(?:来)?(?:玩|耍)")
# 旅游2013年赚了多少钱: what tourism brings in is no profit.
_EARNED = re.compile(r"((?:旅游|游客|文旅)[^,，。?？;；]{0,12}?)(?:赚|挣|进账)(?:了|到|到了)?多少钱")
