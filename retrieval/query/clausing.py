"""The clauses of a question's text, each with its parts: what it names and what it asks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.lexicon.question_words import cues
from retrieval.model import Measure, Status
from retrieval.query import asks as asking
from retrieval.query.content import content, joined
from retrieval.query.parts import Clause, Part, by_year, each_with_its_kind, each_year
from retrieval.query.values import Ask, Period, Query
from retrieval.query.wording import BOTH_ENDS

__all__ = ["EACH", "clauses_of"]

_CLAUSE = re.compile(r"[,;。?!:]+")
_ENDS = re.compile(BOTH_ENDS)
# How a figure changed, which is no part of its name; 增加值 and 增长率 are.
_MOVED = re.compile(
    r"提高|提升|增加(?![值额])|增长(?![率速点])|下降|降低|上升|调(?![查研解])|升(?![学级值])|涨(?!幅)|降(?![水雨幅])"
)
_DONE = re.compile(r"[一-鿿]了(?:多少|几)")
# Years listed beyond so many are a trend.
_YEARS = 4


def clauses_of(text: str, query: Query, *, keywords: bool) -> list[Clause]:
    """The clauses of `text`, which is the question without its places; of keywords each word is a part."""
    found: list[Clause] = []
    at = 0
    periods: tuple[Period, ...] = ()
    status: Status | None = None
    # …2020年收入的增长,分别作何预期: of one year a plan is asked for, whichever clause says so.
    planned = len(set(query.periods)) == 1 and query.status is Status.TARGET
    for match in [*_CLAUSE.finditer(text), None]:
        end = match.start() if match else len(text)
        clause = text[at:end]
        named = [(p, s - at) for p, s in zip(query.periods, query.period_starts, strict=False) if at <= s < end]
        own = tuple(p for p, _ in named) if query.period_starts else query.periods
        periods = own or periods
        if clause.strip():
            status = (
                asking.status(clause) or (status if not own else None) or (query.status if not own or planned else None)
            )
            if status is Status.TARGET and _DONE.search(clause) and not asking.planned(clause) and found:
                # 说要改造多少个，到年底改了几个: what was done is a result.
                status = Status.ACTUAL
            listed = named if _listed_years(named, query) else ()
            found.append(_clause(clause, periods or query.periods, status, keywords, listed))
            found[-1].dated = bool(own)
            found[-1].opens = match is not None and match[0].endswith(":")
            found[-1].marked = match is not None and "?" in match[0]
            found[-1].closed = found[-1].marked or clause.rstrip().endswith("呢")
        at = match.end() if match else end
    return found


def _listed_years(named: Sequence[tuple[Period, int]], query: Query) -> bool:
    """Whether a clause lists single years rather than one stretch or a year and its base."""
    single = {p.first for p, _ in named if p.first == p.last and not p.relative}
    return len(single) == len(named) > 1 and not query.since and len(named) <= _YEARS


def _clause(
    text: str,
    periods: tuple[Period, ...],
    status: Status | None,
    keywords: bool,
    listed: Sequence[tuple[Period, int]],
) -> Clause:
    if ends := _ENDS.search(text):
        words = content(_MOVED.sub(" ", text))
        asks = asking.asks(text)
        unit = next((ask.unit for ask in asks if ask.unit), "")
        measure = Measure.RANK if any(ask.measure is Measure.RANK for ask in asks) else Measure.LEVEL
        both = [Ask(measure, unit, 0, "from"), Ask(measure, unit, 0, "to")]
        listed_words = [content(piece) for piece in joined(text[: ends.start()])] if EACH.search(text) else []
        if len(listed_words) > 1 and all(listed_words):
            # 建成区面积和城镇化率分别从多少提高到多少
            return Clause([Part(each, both, True) for each in listed_words], text, periods, status)
        return Clause([Part(words, both, True)], text, periods, status)
    if before := _BEFORE.search(text):
        part = Part(content(text[: before.start()]), [Ask(Measure.LEVEL, "", 0, "from")], counted=True)
        return Clause([part], text, periods, status)
    pieces = re.split(r"\s+", text.strip()) if keywords else joined(text)
    held = [piece for piece in pieces if piece.strip() or listed]
    parts = [_part(piece, listed=len(held) > 1) for piece in held]
    if not keywords and len(parts) > 1 and sum(part.counted for part in parts) == 1:
        parts = _with_tail(parts, pieces[-1])
    if keywords:
        parts = each_with_its_kind(parts, held)
    if listed:
        parts = each_year(parts, text, status, listed) if keywords else by_year(parts, pieces, text, listed)
    parts = [part for part in parts if part.words or part.asks or part.counted]
    if not parts and text.rstrip().endswith("呢"):
        # 2013年有多少公里，到2020年末呢: the same of another year.
        parts = [Part("", [], True)]
    return Clause(parts, text, periods, status, firm=not keywords)


# 过百亿了没: asks for the amount.
# 原来是多少: where a change began.
_BEFORE = re.compile(r"(?:原来|原先|之前|此前|上年|上一年|去年|前一年)是(?:多少|几)")
_PASSED = re.compile(
    r"[过破超](?:了)?[\d一二三四五六七八九十百千万两几.]*[亿万千百](?:元|人|吨|亩)?(?:大关)?(?:了)?(?:没有|没|吗)"
)


# What stands behind 各 or 分别 is asked of every subject before it; 各县, 各行业 are subjects themselves.
EACH = re.compile(r"各(?![县区市地类级行方项种门])|分别")


def _with_tail(parts: list[Part], last: str) -> list[Part]:
    """The subjects of 钢铁、焦化、水泥行业各关停了多少家企业, each with 关停 and 企业."""
    each = EACH.search(last)
    if each is None or not content(last[: each.start()]):
        return parts
    tail = content(last[each.end() :])
    if not tail or not parts[-1].words.endswith(tail):
        return parts
    own = parts[-1].words.removesuffix(tail).strip()
    return [
        *(replace(p, words=f"{p.words} {tail}") for p in parts[:-1] if p.words),
        replace(parts[-1], words=f"{own} {tail}"),
    ]


def _part(text: str, *, listed: bool = False) -> Part:
    if passed := _PASSED.search(text):
        return Part(content(text[: passed.start()]), [Ask(Measure.LEVEL)], True)
    here = cues(text)
    # 肉 of 肉、奶、蔬菜产量: a name of one character.
    words = content(text) or (text.strip() if listed and not here and _ONE_CHARACTER.fullmatch(text.strip()) else "")
    # 占全国比重多少: the share of what was spoken of before.
    words = "" if words in _SHARES or _OF_OUTPUT.fullmatch(words) else words
    if words in _AMOUNTS:
        # 跨境电商呢，规模和增幅: the size of what was spoken of before.
        return Part("", [Ask(Measure.LEVEL)], counted=False)
    return Part(words, list(asking.asks(text)), any(asking.how_many(cue) for cue in here))


_ONE_CHARACTER = re.compile(r"[一-鿿]")
_OF_OUTPUT = re.compile(
    r"[占在]?\s*(?:全[省市国区州县])?(?:GDP|地区生产总值|国内生产总值|生产总值)\s*中?\s*的?\s*(?:比[重例]|占比|份额)",
    re.IGNORECASE,
)
_AMOUNTS = frozenset({"规模", "总量", "总额", "金额", "数额", "总数", "数量"})
_SHARES = frozenset({"比重", "占比", "份额", "比例", "比重 占比"})
