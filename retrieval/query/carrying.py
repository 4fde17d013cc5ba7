"""What a follow-up leaves out, taken from the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.lexicon import places as gazetteer
from retrieval.lexicon.question_words import cues
from retrieval.model import Measure, Place, Status
from retrieval.query.content import content as naming
from retrieval.query.conversation import Conversation
from retrieval.query.following import kinds, plans, points_back
from retrieval.query.halves import ANSWERED, REPLACED
from retrieval.query.values import Ask, Form, Period, Query

__all__ = ["carry", "onward"]

_ELLIPTIC = re.compile(r"^(那么?|换成|换|再看|还有|以及|改成)|呢[?。!\s]*$|^(为什么|为啥|原因)[?。!呢\s]*$")
# A question of so few characters of its own goes on with the last one.
_SHORT = 4


def carry(query: Query, last: Conversation, held: Sequence[Place]) -> Query:
    """The question with what it leaves out; `held` are places of reports that no table has."""
    short = bool(_ELLIPTIC.search(query.text)) or len(query.content) <= _SHORT or _bare(query)
    elliptic = short and not (query.places and query.content)
    if query.places and _BESIDE.search(query.text) and last.place and len(query.place_words) == len(query.places):
        # 跟北京、重庆放一块儿: the place asked about before is one of them.
        query = replace(_beside_last(query, last, held), carried=("place",))
        return _carried(query, last, elliptic=True)
    if query.places and short and last.content and not _named_again(query, last.place):
        # 余江工业园的呢, 阿勒泰那头呢: what the report itself may tell of a part of its place.
        part = carry(_unplaced(query), last, held)
        if _all_inside(query, last.place) and query.content:
            return replace(part, otherwise=query)
        query = replace(query, otherwise=part)
    if query.places and not elliptic:
        return query
    if not query.places:
        all_of = last.places and (elliptic or _OF_THEM.search(query.text))
        found = _of_names(last.places if all_of else (last.place,), held)
        query = replace(
            query,
            places=tuple(units for units, _ in found),
            place_words=tuple(name for _, name in found),
            place_spans=(),
            carried=("place",),
        )
    return _carried(query, last, elliptic=elliptic)


def _named_again(query: Query, place: str) -> bool:
    """Whether a place named may be `place` itself."""
    return any(unit.name == place for units in query.places for unit in units)


def _all_inside(query: Query, place: str) -> bool:
    """Whether all places named lie in `place`."""
    return all(any(place in unit.parents for unit in units) for units in query.places)


def _carried(query: Query, last: Conversation, *, elliptic: bool) -> Query:
    """The question, its places known, with the years and what else it leaves out."""
    may_plan = onward(query.periods, last.periods) and bool(_MAY_PLAN.search(query.rest))
    if query.status is None and (may_plan or plans(query.content)):
        # 来年的指标, 2025年要做到多少 after 2024年…: what is set for the year.
        query = replace(query, status=Status.TARGET)
    query = _with_time(query, last, elliptic=elliptic)
    query = replace(
        query,
        before=last.content,
        periods_before=last.periods,
        asked_before=last.asks,
        unit_before=last.unit,
        named_before=last.named,
        stated_before=last.stated,
    )
    if points_back(query.content) and last.content:
        # 来年的指标呢: what was asked about before.
        query = replace(query, content="")
    return _with_subject(query, last) if elliptic else query


def _with_subject(query: Query, last: Conversation) -> Query:
    """An elliptic question with what it asks about and which kinds of figures, as far as it does not say."""
    carried = list(query.carried)
    own = query.content
    content, context = (own, last.content) if own else (last.content, last.context)
    if own in ANSWERED and (half := REPLACED.search(last.content)):
        # 那农村呢 after 城镇居民人均可支配收入: the same of the other half.
        context = last.content.replace(half[0], own, 1)
    if last.content:
        carried.append("content")
    asked, form, several = query.asks, query.form, query.several
    if not own and not asked and "年均" in query.rest:
        # 五年年均呢 after an amount: how much it grew.
        asked = (Ask(Measure.GROWTH),)
        carried.append("asks")
    elif all(ask == Ask() for ask in asked):
        carried.append("asks")
        asked, several = last.asks, several or last.several
        if own and not _ELIDED.search(query.text):
            asked = kinds(asked)
    if form is Form.PASSAGE and not re.search(r"为什么|为啥|原因|怎么|如何|哪", query.text):
        form = last.form if last.form is not Form.OVERVIEW else form
    return replace(
        query,
        content=content,
        context=context,
        asks=asked,
        form=form,
        several=several,
        carried=tuple(carried),
        follows=True,
        likely=query.likely if own else last.unit,
    )


# Kinds of cues that ask for nothing.
_NAMING = frozenset({"drop", "level"})
_CLAUSES = re.compile(r"[,;。?!](?=.)")


def _bare(query: Query) -> bool:
    """Whether a question only names things: 规模以上工业和固定资产投资的."""
    alone = not query.asks and not _CLAUSES.search(query.text)
    return alone and bool(query.content) and {cue.kind for cue in cues(query.rest)} <= _NAMING


def _unplaced(query: Query) -> Query:
    """The question with the places it names read as any words."""
    return replace(query, places=(), place_words=(), place_spans=(), content=naming(query.rest))


# 竣工的呢 after 开工了多少个项目: the same is counted.
_ELIDED = re.compile(r"的[呢呀]?[?。!\s]*$")
# 其中哪些没完成: of the places asked about before.
_OF_THEM = re.compile(r"其中|上述|以上|这几个|这些|他们|它们|前面")
_BESIDE = re.compile(
    r"^(?:那|再|把)?[^,。?]{0,3}[跟和与同][^。?]{0,60}(?:比|放|排|一起|一块|谁|哪)|再?加上|连同|[放摆](?:在|到)?一[起块]|一[起块]儿?(?:比|看|列|排)|两(?:个|座|家)?(?:城市|地方|省份?|市|县|地)?都|两(?:地|边|省|市)|"
    r"(?:谁|哪个|哪边|哪家)(?:更|的?更?[高低快慢多少大好])|比(?:他|她|它|这|那)[个座边里]?"
)


def _beside_last(query: Query, last: Conversation, held: Sequence[Place]) -> Query:
    """The question with the places of the one before in front of its own."""
    named = {place.name for candidates in query.places for place in candidates}
    found = _of_names([name for name in last.places or (last.place,) if name not in named], held)
    rest = list(query.rest)
    for start, end in query.place_spans:
        rest[start:end] = " " * (end - start)
    return replace(
        query,
        places=(*(units for units, _ in found), *query.places),
        place_words=(*(name for _, name in found), *query.place_words),
        place_spans=(),
        rest="".join(rest),
    )


def _of_names(names: Sequence[str], held: Sequence[Place]) -> list[tuple[tuple[Place, ...], str]]:
    """The places that bear each name, with the name."""
    own = {unit.name: (unit,) for unit in held}
    return [(units, name) for name in names if (units := gazetteer.by_name(name) or own.get(name, ()))]


def _with_time(query: Query, last: Conversation, *, elliptic: bool) -> Query:
    """The question with the years and the status of the question before, where it leaves them out."""
    carried = list(query.carried)
    if query.report_year is None and not query.periods:
        query = replace(query, periods=last.periods, report_year=last.report_year)
        if last.periods or last.report_year:
            carried.append("period")
        if query.status is None and (elliptic or not _DONE.search(query.rest)):
            query = replace(query, status=last.status)
            if last.status is not None:
                carried.append("status")
        elif query.status is Status.TARGET and last.status is not Status.TARGET:
            # 目标呢 after a result: the target of the year the same report plans for. 实际呢 after a target is asked of
            # the target's own year.
            query = replace(query, periods=(), report_year=None)
    elif query.status is None and elliptic and not query.content and _of_plan(query, last):
        query = replace(query, status=last.status)
        carried.append("status")
    return replace(query, carried=tuple(carried))


def onward(own: Sequence[Period], last: Sequence[Period]) -> bool:
    """Whether all years named lie behind those of the question before."""
    return _apart(last, own)


def _of_plan(query: Query, last: Conversation) -> bool:
    """Whether a year alone is asked for its plan: 那2022年呢 after a target; of a year before it the result is told."""
    return last.status is Status.TARGET and not _before(query.periods, last.periods)


def _before(own: Sequence[Period], last: Sequence[Period]) -> bool:
    """Whether the years named lie before those of the question before."""
    return _apart(own, last) or (bool(own) and all(p.relative in _AGO or p.relative == "back" for p in own))


# Words that plan where they are said of a later year than was asked about before.
_MAY_PLAN = re.compile(r"(?<![主需重只])要|想|将|再|还(?![是有])|任务|指标|保底|底线|(?<![截直])[到至]\s{4,}")
# Words of what was done: a follow-up that has none goes on with the plan that was asked for.
_DONE = re.compile(r"(?<!定)了|过|完成|实现|实际|已经|结果|究竟")
# Words that count back from the year spoken of.
_AGO = frozenset({"去年", "上年", "上一年", "前一年", "头一年", "头年", "前年", "大前年", "上上年"})


def _apart(one: Sequence[Period], other: Sequence[Period]) -> bool:
    """Whether there are years on both sides, and all of `one` end before `other` begin."""
    ends, begins = [p.last for p in one if not p.relative], [p.first for p in other if not p.relative]
    return bool(ends and begins) and max(ends) < min(begins)
