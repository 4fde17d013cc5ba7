"""A question taken apart into the figures it asks for: subjects × kinds of figures, clause by clause.

"粮食种植面积和产量的目标各是多少" asks for two figures of one kind, "GDP总量、财政收入各多少亿元，分别增长多少" for
four. The parts of a question share words: what one part leaves out, the others tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from retrieval.lexicon.question_words import cues
from retrieval.model import Measure, Status
from retrieval.query import asks as asking
from retrieval.query.amounts import with_amounts
from retrieval.query.clausing import EACH, clauses_of
from retrieval.query.content import content
from retrieval.query.following import adds, announces, asks_again, earlier, kinds, only_dates, points_back
from retrieval.query.halves import AMOUNT, BOTH, HALF, HALVES, tailed, urban_rural
from retrieval.query.parts import Clause, Part, announced
from retrieval.query.values import LATEST, Ask, Form, Query, Slot
from retrieval.query.wording import AHEAD, SENTENCE_IN_LATIN

__all__ = ["is_bare", "is_keywords", "slots"]

_MANY = re.compile(r"各|分别|依次|逐一|哪些|每个|都")
_GROUP = re.compile(
    r"各(?:县|区|市|地|开发区|行业|方面|个|类|级)|个方面|个产业|几个|几种|哪几|哪些|三次产业.{0,12}(?:各|分别)"
)
# 果、菜、畜、药产值分别: items of one character, which reports run together.
_LISTED = re.compile(
    r"(?<![一-鿿])[一-鿿](?:[、和与][一-鿿](?![一-鿿]))*、[一-鿿]{1,8}(?:分别|各)|[一-鿿](?:、[一-鿿]){2,}"
)
# 109项重大工程各安排了多少: a quantity the question names, longer than a digit.
_GIVEN = re.compile(r"(?<![\d.A-Za-z.-])(\d{2,}(?:\.\d+)?)(?=[十百千万亿]*[%个项家户名人次件元吨亩公所座条万亿])")
_KEYWORDS = 2
_TWO = 2
_SENTENCE = frozenset({"quantity", "which", "how", "why", "yesno"})


@dataclass(slots=True)
class _Found:
    """Slots in the making, and the subjects a clause without its own takes over."""

    slots: list[Slot] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    loose: bool = False
    context: list[str] = field(default_factory=list)
    group: bool = False
    many: bool = False


def slots(query: Query, kept: Sequence[int] = ()) -> tuple[Slot, ...]:
    """What the question asks for, in its order; `kept` numbers the places that are subjects (跟赣州、东莞各…)."""
    return _slots(query, tuple(kept))


@lru_cache(maxsize=LATEST)
def _slots(query: Query, kept: tuple[int, ...]) -> tuple[Slot, ...]:
    text = _without_places(query, kept)
    keywords = is_keywords(query.text)
    clauses = announced(clauses_of(text, query, keywords=keywords))
    counted = any(clause.counted for clause in clauses)
    requests = len(clauses) > 1 and bool(_REQUESTS.search(text))
    goes_on = bool(query.before) and "place" in query.carried
    clauses = earlier(clauses, query) if goes_on else clauses
    # 涨了多少,另外专利授权了几件: the first part of a follow-up may ask of what the question before was about.
    found = _Found(subjects=[query.before] if goes_on else [])
    for clause, behind in zip(clauses, [*clauses, None][1:], strict=True):
        if not clause.parts:
            if clause.dated and asking.status(clause.text):
                # …2019年多少，2020年目标呢: the same once more.
                found.slots += [replace(slot, periods=clause.periods, status=clause.status) for slot in found.slots]
            continue
        if years := _years_of_last(clause, found):
            found.slots = years
            continue
        # 是多少，同比变化如何: a kind alone, asked of what the clause before named.
        more = clause.asked and found.slots and not any(part.words for part in clause.parts)
        if found.slots and clause.counted and _halved(clause, found):
            continue
        again = _AS_WELL.search(clause.text) or (goes_on and adds(clause))
        also = bool(found.slots) and again and any(part.words for part in clause.parts)
        if also and not clause.counted and announces(clause, behind):
            # …涨到多少？失业金呢，从多少到多少: the next clause asks of it.
            found.subjects, found.loose = [part.words for part in clause.parts if part.words], False
            continue
        if also and not clause.counted:
            # 养老金增加了多少钱,机关事业单位工资呢: asked the same, save where a kind is named (普惠园的覆盖率呢).
            last = found.slots[-1]
            for part in clause.parts:
                asks = part.asks or [last.ask]
                found.slots += [replace(last, words=part.words, ask=ask) for ask in asks if part.words]
            continue
        if not found.slots and behind is not None and only_dates(clause, behind):
            continue
        if goes_on and behind is not None and asks_again(clause, behind):
            # 科技型中小企业的呢?另外…: asked the same as before, and of something else as well.
            _ask_again(clause, query, found)
            continue
        # 同年修复湿地的面积,以及2023年的计划数,请一并给出: a request asks of every name.
        requested = requests and any(part.words for part in clause.parts)
        # 2013年的增加值,并附2014年的目标: a plan of a year of its own, where no quantity is asked for in so many words.
        planned = bool(found.slots) and clause.dated and asking.status(clause.text) is Status.TARGET
        if clause.counted or more or ((clause.asked or planned or requested or keywords) and not counted):
            _add(_dealt(clause, found), found)
        else:
            words = [part.words for part in clause.parts if part.words]
            found.context += words
            # 发展哪几种作物，面积各…: each of those that the clause before speaks of.
            found.group = found.group or bool(_GROUP.search(clause.text))
            if words and not found.slots:
                found.subjects, found.loose = words, True
    found.slots = found.slots or _of_names(clauses, text, query)
    return _shared(found, query)


def _of_names(clauses: Sequence[Clause], text: str, query: Query) -> list[Slot]:
    """The slots of a question in which no clause asks for a figure."""
    ask = (query.asks or (Ask(),))[0]
    parts = [part for clause in clauses for part in clause.parts]
    if apart := [part for part in parts if part.periods]:
        return [Slot(part.words, "", ask, part.status or query.status, part.periods) for part in apart]
    named = [part for part in parts if part.words]
    if len(clauses) == 1 and len(named) > 1 and is_bare(query.text):
        # 城镇居民和农村居民收入呢: names in a list, nothing asked of them but what they come to.
        return [Slot(part.words, "", ask, query.status, query.periods) for part in tailed(named)]
    return [Slot(content(text), "", ask, query.status, query.periods)]


def _ask_again(clause: Clause, query: Query, found: _Found) -> None:
    """The slots of a follow-up's clause that names something and asks of it what the question before asked."""
    named = [part for part in clause.parts if part.words]
    for part in named:
        for ask in part.asks or kinds(query.asked_before) or (Ask(),):
            found.slots.append(Slot(part.words, query.before, ask, clause.status, clause.periods))
    found.subjects = [part.words for part in named] or found.subjects


# Words that ask to be given what is named.
_REQUESTS = re.compile(
    r"(?:请|麻烦|劳烦|烦)[^,。?]{0,8}(?:给出|提供|列出|列明|告知|查|核)|(?:一并|都|分别)(?:给出|列出|提供|报)"
)
# Words beside a year that name nothing: 2019年的实际水平与2020年的目标值.
_VALUES = frozenset({"", "水平", "数", "值", "数值", "数据", "情况", "结果"})


def _years_of_last(clause: Clause, found: _Found) -> list[Slot]:
    """The slots of the clauses before, asked of each year that this clause lists; none where it names anything else."""
    dated = [part for part in clause.parts if part.periods]
    if (
        not found.slots
        or len(dated) < _TWO
        or any(part.words not in _VALUES for part in clause.parts)
        or clause.counted
    ):
        return []
    return [replace(slot, periods=part.periods, status=part.status) for slot in found.slots for part in dated]


def _dealt(clause: Clause, found: _Found) -> Clause:
    """The clause with its amount named for each of the subjects before: 机器人、航空产业,产值增幅依次是多少."""
    named = [part for part in clause.parts if part.words]
    several = len(found.subjects) > 1 and not found.slots and bool(_MANY.search(clause.text))
    if not several or len(named) != 1 or not AMOUNT.fullmatch(named[0].words):
        return clause
    (own,) = named
    subjects = [Part(words, [], False) for words in found.subjects]
    parts = [replace(own, words=f"{part.words} {own.words}", counted=True) for part in tailed(subjects)]
    return replace(clause, parts=parts)


def _halved(clause: Clause, found: _Found) -> bool:
    """低保标准调到多少钱,城镇和农村各是多少: what was asked for once is asked of both."""
    halves = [part.words for part in clause.parts]
    last = found.slots[-1]
    if len(halves) != len(BOTH) or not HALVES.issuperset(halves) or HALF.search(last.words) or not last.words:
        return False
    found.slots[-1:] = [replace(last, words=f"{half} {last.words}") for half in halves]
    return True


_AS_WELL = re.compile(
    r"(?:呢|的?也(?:要|说一下|给一下|说说)|(?:也|一块儿?|一起|一并|同时)[^,。?]{0,4}(?:报|说|给|查|列)[^,。?]{0,4})\s*$"
)


def is_bare(text: str) -> bool:
    """Whether a text names things without asking how many, which, how or why."""
    return not any(cue.kind in _SENTENCE for cue in cues(text))


def is_keywords(text: str) -> bool:
    """Whether words are strung together rather than asked in a sentence."""
    if not is_bare(text) or SENTENCE_IN_LATIN.search(text):
        return False
    return len(text.split()) > _KEYWORDS or (len(text.split()) == _KEYWORDS and len(text) < 20)


def _without_places(query: Query, kept: Sequence[int]) -> str:
    text = list(query.rest)
    for number, (start, end) in enumerate(query.place_spans):
        if number not in kept:
            text[start:end] = " " * (end - start)
    return "".join(text)


_WHOLE_YEAR = re.compile(r"全年|下半年")
_HALF_YEAR = re.compile(r"^(?:上半年|前[一二三]个?季度|[一二三]季度|前\d+个月)")


def _add(clause: Clause, found: _Found) -> None:
    """The slots of one clause: each subject with the kinds of figures asked of it."""
    waiting: list[Part] = []
    subjects: list[str] = []
    groups: list[tuple[list[Part], list[Ask]]] = []
    leading = _leading(clause, found)
    groups += [([Part(found.subjects[-1], [], True)], [ask]) for part in leading for ask in part.asks]
    own = clause.parts[len(leading) :]
    spread = [ask for part in own if not part.words for ask in part.asks]
    for part in own:
        if not part.words:
            continue
        waiting.append(part)
        if part.counted:
            groups.append((waiting, part.asks))
            waiting = []
    if waiting:
        # Subjects behind the last quantity word, or a clause that names only kinds: the clause's kinds are theirs.
        kinds = spread or waiting[-1].asks or (groups[-1][1] if groups else [])
        another = any(ask.measure is not None for ask in spread)
        if another and len(waiting) == 1 and not waiting[0].asks and clause.firm and not _only(clause):
            kinds = [Ask(), *spread]
        if not clause.firm and len(waiting) > 1 and all(ask.measure is Measure.RANK for ask in spread) and spread:
            # 稻虾共作 总面积 全省位次: amounts, and the rank of the last.
            groups.append((waiting[:-1], [Ask()]))
            waiting, kinds = waiting[-1:], [Ask(), *spread]
        elif spread and not clause.firm and len(spread) > 1 and waiting[0].words and not waiting[0].asks:
            kinds = [*([] if any(a.measure is Measure.LEVEL for a in spread) else [Ask()]), *spread]
        groups.append((waiting, kinds))
        spread = []
    if not groups:
        # No subject of its own: 分别增长多少.
        asks = spread or [Ask()]
        before = found.subjects
        if _WHOLE_YEAR.search(clause.text):
            # 上半年…下降了多少,全年能增长多少
            before = [_HALF_YEAR.sub("", words) or words for words in before]
        if not _MANY.search(clause.text) and not found.many and len(before) > 1:
            before = [" ".join(before)] if found.loose else before[-1:]
        if _MANY.search(clause.text) and len(before) == 1 and len(asks) == 1:
            # 多少货、多少标箱，各涨多少: one growth for each amount.
            before *= max(1, len({s.ask.unit for s in found.slots if s.words == before[0] and s.ask.measure is None}))
        groups = [([Part(words, [], True)], asks) for words in before or [""]]
        if len(set(before)) > 1:
            groups = [([Part(words, [], True) for words in before], asks)]
        _fill(groups, clause, found, taken_over=True)
        return
    if spread:
        parts, asks = groups[-1]
        again = [ask for ask in spread if ask in asks and ask.unit]
        groups[-1] = (parts, [*(asks or [Ask()]), *spread])
        # 确保完成多少套、力争多少套: the same kind twice is two figures.
        groups += [([Part(parts[-1].words, [], True)], [ask]) for ask in again]
    _fill(groups, clause, found, taken_over=False)
    subjects = [part.words for parts, _ in groups for part in parts]
    found.subjects, found.loose = subjects or found.subjects, False
    # 城镇居民和农民收入各多少，涨了多少: what comes behind is asked of each as well.
    found.many = bool(EACH.search(clause.text))


def _leading(clause: Clause, found: _Found) -> list[Part]:
    """The parts before the first name that ask of what the clause before named: 多少游客？明年多少人次、挣多少钱."""
    before: list[Part] = []
    for part in clause.parts:
        if part.words or not part.counted:
            break
        before.append(part)
    behind = clause.parts[len(before) :]
    return before if found.slots and found.subjects and any(part.words and part.counted for part in behind) else []


def _only(clause: Clause) -> bool:
    """Whether a kind is named without a join before it: GDP 增速."""
    return len(clause.parts) == 1


def _bare(asks: Sequence[Ask]) -> bool:
    """Whether the kinds of figures say nothing: a quantity word alone."""
    return all(ask.measure is None and not ask.unit for ask in asks)


def _another(ask: Ask, own: Sequence[Ask]) -> bool:
    """Whether a kind is none of a part's own: 几批 beside 多少名."""
    alike = [other for other in own if other.measure is ask.measure]
    return not alike or bool(ask.unit and all(other.unit and other.unit != ask.unit for other in alike))


def _fill(groups: Sequence[tuple[list[Part], list[Ask]]], clause: Clause, found: _Found, *, taken_over: bool) -> None:
    for listed, asks in groups:
        parts = tailed(listed) if clause.firm else listed
        for part in parts:
            own = part.asks if not _bare(part.asks) and not taken_over else []
            kinds = list(dict.fromkeys(own or asks or [Ask()]))
            if own and asks and asks is not part.asks and len(parts) == 1:
                kinds = list(dict.fromkeys([*own, *(a for a in asks if _another(a, own))]))
            for ask in kinds:
                found.slots.append(
                    Slot(
                        part.words,
                        "",
                        ask,
                        part.status if part.periods else clause.status,
                        part.periods or clause.periods,
                        firm=clause.firm,
                        many=len(parts) == 1 and _of_group(clause, found),
                    )
                )


def _of_group(clause: Clause, found: _Found) -> bool:
    """Whether a figure is asked of each member of a group that is not listed."""
    own = _GROUP.search(clause.text) or _LISTED.search(clause.text)
    return bool(own or (found.group and _MANY.search(clause.text)))


def _shared(found: _Found, query: Query) -> tuple[Slot, ...]:
    """Each slot with the words of the others as context, and 城乡 told apart."""
    out: list[Slot] = []
    if query.follows:
        own = {(slot.words, slot.ask) for slot in found.slots}
        found.slots = [
            told
            for slot in found.slots
            for told in _told(slot, query)
            # What is asked in so many words is not asked once more because the question before did.
            if told.ask == slot.ask or (slot.words, told.ask) not in own
        ]
    found.slots = with_amounts(found.slots, query.text)
    done = bool(_DONE.search(query.rest)) or _done_in_english(query.question)
    given = tuple(_GIVEN.findall(query.rest)) if query.form is not Form.YESNO else ()
    if query.form is Form.YESNO:
        # GDP增长7%对吗: what is claimed is no name of what is asked about.
        found.slots = [replace(s, words=_CLAIMED.sub("", s.words).strip() or s.words) for s in found.slots]
    for slot in found.slots:
        others = [s.words for s in found.slots if s.words != slot.words and not _siblings(s.words, slot.words)]
        context = " ".join(dict.fromkeys([*slot.context.split(), *found.context, *others, query.context]))
        halves = urban_rural(slot.words) if _MANY.search(query.rest) and len(found.slots) <= _KEYWORDS else ()
        out.extend(
            replace(
                slot,
                words=words,
                context=context.strip(),
                since=query.since,
                done=done,
                yearly=query.yearly,
                likely=query.likely,
                given=given,
            )
            for words in halves or (slot.words,)
        )
    return tuple(out)


_CLAIMED = re.compile(r"(?:^|\s)\d+(?:\.\d+)?(?:%|个?百分点|个点|[万亿]*元|[万亿]*人|[万亿]*吨)?(?=\s|$)")
# 种了多少亩树: what is asked about has been done.
_DONE = re.compile(r"[了过](?:多少|几)|实际[上]?[^,。?]{0,6}多少")
_PAST = re.compile(r"\b(?:did|had|was|were|has been|have been)\b", re.IGNORECASE)


def _done_in_english(question: str) -> bool:
    """Whether an English question is about what was done."""
    return bool(_PAST.search(question)) and not AHEAD.search(question)


def _siblings(one: str, other: str) -> bool:
    """橡胶 全产业链产值 and 普洱茶 全产业链产值: the words of one tell nothing of the other's figure."""
    return " " in one and " " in other and one.partition(" ")[2] == other.partition(" ")[2]


def _told(slot: Slot, query: Query) -> list[Slot]:
    """A slot of a follow-up with what the question before it tells."""
    words = query.content if points_back(slot.words) else slot.words
    kinds = query.asks if _bare([slot.ask]) and query.asks and "asks" in query.carried else (slot.ask,)
    # Of several kinds taken over, one may do: the last question's amount and growth have one target.
    return [replace(slot, words=words, ask=ask, firm=slot.firm and len(kinds) == 1) for ask in kinds]
