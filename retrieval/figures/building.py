"""Named quantities of a sentence to Figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from retrieval.figures import partial, when
from retrieval.figures.meaning import basis, measure, qualifier
from retrieval.figures.named import Named
from retrieval.figures.others import MADE_OTHER
from retrieval.figures.places import own
from retrieval.figures.sections import Setting
from retrieval.figures.standing import Expectation, expectations, status
from retrieval.figures.timing import Event, Told
from retrieval.figures.values import Quantity
from retrieval.lexicon import indicators
from retrieval.lexicon.units import scale
from retrieval.model import Figure, Measure, Span, Status
from retrieval.text import View

__all__ = ["Sentence", "build"]

# 超额完成10万户农村改厕任务: the number is the task's, of the year it was done in.
_OVER = re.compile(r"超额完成|超额")
_TASK = re.compile(r"[^,。;]{0,24}(?:任务|目标|计划)")
# 高出目标4.7个百分点, 超过目标2万人: what was done beside what was planned.
_BEYOND = re.compile(r"(?:(?<!额)(?<!完成)超(?!额)[过出]?|高[于出]|低于|优于|好于|快于|多于)[^,。;]{0,12}目标$")
# 完成年度目标108.7%, 超年度目标25个百分点: how far a target was met.
_AGAINST = re.compile(r"(?:完成|超过?|超额|高于|低[于於])[^,。;]{0,12}目标$")
_RATES = frozenset(("%", "个百分点"))
_SHARED = re.compile(r"^(?P<of>.*?)占.*(?:比重|比例|份额|占比)$")
_AMOUNT = re.compile(
    r"(?:总额|总量|总数|总值|规模|数量|人数|户数|总数量|增速|增幅|涨幅|降幅|增长率?|连续增长|连续丰收|预期目标|目标|水平|综合|面积|里程|任务|工作|工程|项目|资金|企业|占比|比重)$"
)
_REACHED = re.compile(r"[创在居超达排列保首再连]|实现|位[居列]|完成|分别|开工|建设|竣工|建成|累计")
_OTHER = re.compile(r"评分|排名|指数$|满意|功能区|示范区|减免|提供")
_GAP = re.compile(r"(?:[高低快慢优]于|高出).*$")
_CLAUSE = 400  # characters before a quantity in which its clause is sought


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at `offset` of a passage's view, with the times it names and what holds for it."""

    seen: View
    source: str
    offset: int
    text: str
    times: Sequence[Event]
    setting: Setting

    def span(self, start: int, end: int) -> Span:
        """The source's span of positions in the sentence."""
        return self.seen.span(self.offset + start, self.offset + end)


def build(sentence: Sentence, named: Sequence[Named], earlier: int, groups: int = 0) -> Iterator[Figure]:
    """Figures of a sentence's named quantities; `earlier` figures of the passage and `groups` stand before them."""
    hopes = expectations(sentence.text)
    streak: Named | None = None
    made = earlier
    parent: int | None = None
    group = -1
    inside = ranked = False
    grown: tuple[Named, int] | None = None
    parts = partial.parts(sentence.text)
    ended = 0
    for one in named:
        what, direction = measure(one)
        if ranked and what is Measure.COUNT and one.lead.kind == "to" and one.quantity.unit == "位":
            # 由252位上升到210位: the end of a change of place is a place.
            what, direction = Measure.RANK, 0
        ranked = what is Measure.RANK and one.role == "from"
        if what is Measure.SHARE and grown is not None and _striven(sentence.text, grown[0], one):
            what, direction = Measure.GROWTH, grown[1]
        grown = (one, direction) if what is Measure.GROWTH else None
        held, known = _held(sentence, one, what, hopes)
        period = when.period(one, what, known, held, sentence.setting)
        if streak is not None and what is Measure.GROWTH and one.start <= streak.quantity.start and len(period) == 4:
            period = f"{int(period) - int(streak.quantity.value or 1) + 1}-{period}"
        if _OVER.search(one.lead.words) and _TASK.match(sentence.text, one.quantity.behind):
            held = Status.TARGET
        part = partial.of(sentence.text, one.quantity, parts, ended, ahead=held is Status.TARGET) if parts else ""
        ended = one.quantity.end
        streak = one if _is_streak(one.quantity) else None
        if one.sub and made > earlier and (parent is None or one.group != group):
            parent = made - 1
        elif not one.sub and one.group != group:
            parent = None
        # 其中税收收入80亿元、非税收入20亿元: what is joined to a part is a part.
        inside = one.sub or (inside and one.group == group)
        group = one.group
        for name in (one.name, *one.copies):
            made += 1
            yield _figure(
                sentence,
                one,
                measured=(what, direction),
                held=held,
                period=period,
                part=part,
                base=known.base,
                parent=parent if inside else None,
                name=name,
                groups=groups,
            )


# 增长10%、力争15%以上: the second is a growth as well.
_STRIVEN = re.compile(
    r"\s?[,、;]\s?(?:并|且)?(?:力争|争取|奋力|努力|确保|冲刺|挑战|全力|奔着|朝着|向)+(?:达到?|实现|完成|突破|超过?|高于|冲刺)?\s?"
)


def _striven(text: str, grown: Named, one: Named) -> bool:
    """Whether a percentage is a higher goal for the growth right before it."""
    same = one.name == grown.name and one.quantity.unit == grown.quantity.unit == "%"
    return same and _STRIVEN.fullmatch(text, grown.quantity.behind, one.quantity.start) is not None


def _is_streak(quantity: Quantity) -> bool:
    return quantity.measure is Measure.STREAK and quantity.unit == "年" and quantity.qualifier == "连续"


def _held(sentence: Sentence, one: Named, what: Measure, hopes: Sequence[Expectation]) -> tuple[Status, Told]:
    """A figure's standing, and what is told of its time."""
    text, at = sentence.text, one.quantity.start
    window = max(0, at - _CLAUSE)
    clause_at = max(text.rfind(stop, window, at) for stop in ",;。:") + 1 or window
    known = when.told(text, one, clause_at, sentence.times, sentence.setting)
    near = one.near.rstrip()
    against = _BEYOND.search(near) or (one.quantity.unit in _RATES and _AGAINST.search(near))
    if near.endswith("目标") and not against:
        return Status.TARGET, known
    clause = text[max(window, min(clause_at, one.start)) : at]
    origin = one.role == "from"
    held = status(hopes, at, clause, known.frame, named=known.named, origin=origin, goal=sentence.setting.goal)
    if one.done or (what is Measure.RANK and "巩固" in clause):
        held = Status.ACTUAL
    if sentence.setting.results and held is Status.TARGET:
        held = Status.ACTUAL
    if sentence.setting.expected and held is Status.ACTUAL and not origin:
        held = Status.ESTIMATED
    return held, known


def _figure(
    sentence: Sentence,
    one: Named,
    *,
    measured: tuple[Measure, int],
    held: Status,
    period: str,
    part: str,
    base: int,
    parent: int | None,
    name: str,
    groups: int,
) -> Figure:
    quantity = one.quantity
    span = sentence.span(quantity.start, quantity.end)
    factor, base_unit = scale(quantity.unit)
    unit = quantity.unit
    if measured[0] is Measure.RATIO and unit:
        unit = span.of(sentence.source)[-len(unit) :]
    return Figure(
        span=span,
        surface=span.of(sentence.source),
        value=quantity.value,
        unit=unit,
        upper=quantity.upper,
        base_unit=base_unit or unit,
        scaled=_scaled(quantity, factor),
        qualifier=qualifier(sentence.text, quantity),
        measure=measured[0],
        direction=measured[1],
        status=held,
        period=period,
        part=part,
        place=own(name, sentence.setting.context.place),
        indicator=name,
        indicator_id=_known(name),
        basis=basis(sentence.text, quantity, one.basis or (f"比{base}年" if base else "")),
        scope=one.scope,
        wording=span.of(sentence.source) if quantity.value is None else None,
        clause=sentence.span(min(one.start, quantity.start), max(one.end, quantity.end)),
        parent=parent,
        group=groups + one.group,
    )


def _scaled(quantity: Quantity, factor: Decimal) -> Decimal | Fraction | None:
    """The value in the base unit, with the sign the number has."""
    if quantity.value is None:
        return None
    value = quantity.value * factor if isinstance(quantity.value, Decimal) else quantity.value * int(factor)
    return -value if quantity.sign < 0 else value


@lru_cache(8192)
def _known(name: str) -> str | None:
    """The lexicon's indicator a name ends in, what is said of its amount or growth left off."""
    named = name = _GAP.sub("", name) or name
    if (share := _SHARED.search(named)) and share["of"]:
        # 畜牧业占农业总产值的比重 is no 农业总产值.
        whole = share["of"]
        key = _kept(named, indicators.head(named)) or _kept(named, indicators.head(whole + "占比"))
        of = _kept(whole, indicators.head(whole))
        return key or (of if of and Measure.SHARE.value in indicators.by_id(of).kinds else None)
    while True:
        if key := _kept(named, indicators.head(named)):
            return key
        shorter = _AMOUNT.sub("", named)
        if shorter == named:
            break
        named = shorter
    found = indicators.mentions(name)
    # What the name's subject has done or reached, and not another thing of it: 粮食产量创历史新高.
    last = found[-1] if found and not _OTHER.search(name) else None
    if last is None or MADE_OTHER.search(name, 0, last.start):
        return None
    return last.indicator.id if last.end >= len(name) - 4 or _REACHED.match(name, last.end) else None


def _kept(name: str, found: indicators.Mention | None) -> str | None:
    """The indicator's id, unless what stands before it makes it another: 非税收入, 万元生产总值."""
    if found is None or MADE_OTHER.search(name, 0, found.start):
        return None
    return found.indicator.id
