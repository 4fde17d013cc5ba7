"""What is said of the noun behind a quantity: where its predicate begins and whether it is part of the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retrieval.lexicon.table import rows

__all__ = ["Predicate", "adverb", "find"]

_GOING_ON = frozenset(("推进", "开展", "发展", "进行", "实施", "运行"))
_NOMINAL = re.compile(r"(?:脱贫|出列|摘帽|改造|建设|整治|退出|搬迁|创建|建成|投产|开工|竣工|治理)$")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate that begins at `at`: its `deed` without the adverbs before it. `told`: it only tells how
    things stand; `nominal`: the deed alone may end a name (改造)."""

    at: int
    deed: str
    adverbs: bool
    told: bool
    nominal: bool


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {word: kind for _, (word, kind) in rows("figure_predicates.tsv", ("word", "kind"))}
    return re.compile("|".join(sorted(kinds, key=len, reverse=True))), kinds


def adverb(words: str) -> bool:
    """Whether words are adverbs and nothing else: 精准 of 精准脱贫."""
    pattern, kinds = _table()
    at = 0
    while match := pattern.match(words, at):
        if kinds[match[0]] not in ("adverb", "leading"):
            return False
        at = match.end()
    return at == len(words)


def find(words: str) -> Predicate | None:
    """The predicate of `words`, which begin with a noun; None where they are a noun."""
    pattern, kinds = _table()
    for match in pattern.finditer(words):
        kind = kinds[match[0]]
        if match.start() == 0 or kind in ("noun", "follow", "thing"):
            continue
        if words.count("“", 0, match.start()) > words.count("”", 0, match.start()):
            continue  # 列入“三个率先突破”工作方案
        if kind == "leading" and not _leads(words, match.end()):
            continue
        if kind == "deed" and kinds.get(words[match.end() :]) == "thing":
            continue  # 停产企业, 返乡创业人员
        return _read(words, match.start())
    return None


def _leads(words: str, at: int) -> bool:
    """Whether a deed follows at `at`."""
    pattern, kinds = _table()
    match = pattern.match(words, at)
    return match is not None and kinds[match[0]] not in ("noun", "thing")


def _read(words: str, at: int) -> Predicate:
    pattern, kinds = _table()
    behind = at
    match = pattern.match(words, behind)
    while match and (kinds[match[0]] in ("adverb", "leading") or match[0] in ("实现", "实现了")):
        behind = match.end()
        behind += words.startswith("了", behind) and match[0] == "实现"
        match = pattern.match(words, behind)
    deed = words[behind:]
    told = (match is not None and kinds[match[0]] == "told") or deed in _GOING_ON
    return Predicate(at, deed, behind > at, told, bool(_NOMINAL.match(deed)))
