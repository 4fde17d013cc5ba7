"""Which of a slot's ranked figures may answer it at all, whatever they weigh: those of the kind, unit, status and
indicator that the words ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from retrieval.answer.library import Loaded, Stated
from retrieval.answer.scoring.assign import Ranked
from retrieval.answer.scoring.features import FEATURES
from retrieval.figures import partial
from retrieval.lexicon import counted_in, indicators, units
from retrieval.model import Measure, Status
from retrieval.query import Slot

__all__ = ["conceivable", "eligible"]

# Kinds of units that answer for no other kind.
_STRICT = frozenset({"money", "mass", "area", "volume", "length", "energy"})
# Kinds of units that a rate, its change or its rank is told in.
_OF_RATES = frozenset({"rate", "times", ""})
_OF_CHANGES = frozenset({"rate", "times"})
_RANKS = frozenset({Measure.RANK, Measure.STREAK})
_AMOUNTS = frozenset({Measure.LEVEL, Measure.COUNT})
# Words that ask for a mean of years, and for all there are.
_MEAN = re.compile(r"年均(?!值|浓度)|年递增")
_TOTAL = re.compile(r"(?:一共|总共|共)有|总数|实有|保有量")
# What came to them in a year is not all there are, unless additions are asked for as well.
_ADDED = re.compile(r"新增|净增|新认定|新登记|新培育|新评")
_ADDING = re.compile(r"新(?!技术|能源|材料)|[增添]|多了|又多")
_LASTING = re.compile(r"连|蝉联|持续|[几少]年|几个?月")
# A figure of the very indicator, so little behind the best, goes before those of none.
_NEARLY = 2.0
# Of an indicator that is not stated, a figure whose clause says so much of its name may still be meant.
_SAID = 0.65
_SAME = FEATURES.index("id_same")
_CLAUSE_SAID = FEATURES.index("clause_own_share")
_OTHERS = [FEATURES.index("id_other"), FEATURES.index("id_unlike")]


def eligible(ranked: Ranked, asked: str, *, planned: bool) -> Ranked:
    """The ranking without figures that cannot be meant. `asked` is the question's text; `planned` tells that it asks
    for a plan and for nothing else."""
    for keep in (_of_kind, _in_unit, _measured_alike):
        ranked = _where(ranked, keep(ranked))
    ranked = _of_whole_year(_of_status(ranked, planned=planned), asked)
    return _of_rate(_of_indicator(_exact(_of_sort(ranked, asked), asked)))


def restricted(ranked: Ranked, fits: Callable[[Slot, Loaded, Stated], bool]) -> Ranked:
    """The ranking without figures that do not fit."""
    return _kept(
        ranked, [n for n, (loaded, stated, _) in enumerate(ranked.figures) if fits(ranked.slot, loaded, stated)]
    )


def conceivable(ranked: Ranked, asked: str) -> Ranked:
    """The ranking without figures of a kind that is none of those asked for, or of another indicator than the one that
    is named and nothing else. What the other rules say of status, year and indicator rests on words that may mean
    something else."""
    for keep in (_of_kind, _in_unit):
        ranked = _where(ranked, keep(ranked))
    ranked = _exact(_of_sort(ranked, asked), asked)
    return _of_rate(_of_indicator(ranked) if _is_name(ranked) else ranked)


def _is_name(ranked: Ranked) -> bool:
    """Whether a slot is the name of a known indicator and no more."""
    words = ranked.slot.words.lower()
    return any(words == said.lower() for said in ranked.weights.indicators.values())


# 突破1000家、达1148家: a mark passed, and the amount itself behind it; and words that ask for the mark.
_PASSED = re.compile(r"(?:突破|超过?|跨[上越入]|[迈站登]上|迈入)了?$")
_AMOUNT_ITSELF = re.compile(r"(?:元?大关|台阶)?[,，、]\s?(?:预计)?达到?了?\s?")
_MARK_ASKED = re.compile(r"突破|超过|[迈跨]过|大关|关口|台阶")
_MARK = 8  # characters before a mark that are looked at


def _exact(ranked: Ranked, asked: str) -> Ranked:
    """The ranking without marks that were passed, where the amount itself is told right behind and no mark is asked
    for."""
    if _MARK_ASKED.search(asked):
        return ranked
    known = {(id(loaded), s.figure.span.start): s.figure for loaded, s, _ in ranked.figures}

    def exact(loaded: Loaded, stated: Stated) -> bool:
        mark, text = stated.figure, loaded.report.text
        end = mark.span.end
        behind = _AMOUNT_ITSELF.match(text, end)
        amount = known.get((id(loaded), behind.end())) if behind else None
        return (
            amount is None
            or (amount.indicator, amount.base_unit) != (mark.indicator, mark.base_unit)
            or not _PASSED.search(text[max(0, mark.span.start - _MARK) : mark.span.start])
        )

    return _kept(ranked, [n for n, (loaded, s, _) in enumerate(ranked.figures) if exact(loaded, s)])


def _of_whole_year(ranked: Ranked, asked: str) -> Ranked:
    """The ranking without figures of a quarter, a month or half a year, where no part of the year is asked for; what
    goes on to the autumn (前三季度, 1—11月) may be the nearest that is told of the year. Where one year alone is asked
    about, no sum of several is meant."""
    if of := [part.code for part in partial.parts(ranked.slot.words)]:
        # 一季度呢: of that very part, where it is told.
        own = [n for n, (_, stated, _) in enumerate(ranked.figures) if stated.figure.part in of]
        return _kept(ranked, own) if own else ranked
    if not _SEVERAL_YEARS.search(asked):
        if _ONE_YEAR.search(asked):
            ranked = _where(ranked, lambda stated: "-" not in stated.figure.period)
        elif _grew_in_a_year(ranked.slot):
            # Where only the paragraph tells of several years, a growth may be the last one's all the same.
            ranked = _where(ranked, lambda s: "-" not in s.figure.period or not _OVER_YEARS.search(s.clause))
    if partial.parts(f"{asked} {ranked.slot.words} {ranked.slot.context}"):
        return ranked
    return _where(ranked, lambda stated: not stated.figure.part or "-" in stated.figure.part)


# What a clause says of a growth over several years.
_OVER_YEARS = re.compile(r"年均|年递增|累计|[三四五几]年|[比较](?:19|20)\d\d年|翻.?番")


def _grew_in_a_year(slot: Slot) -> bool:
    """Whether the growth of one year is asked for: 2013年增速, 2013年比2012年增长百分之几."""
    years = [(period.first, period.last) for period in slot.periods if not period.relative]
    if slot.ask.measure is not Measure.GROWTH or slot.since or len(years) != len(slot.periods) or not years:
        return False
    return max(last for _, last in years) - min(first for first, _ in years) <= 1


# 光2015这一年, 2007年当年(非五年累计).
_ONE_YEAR = re.compile(r"当年|[这那]一年|单年|(?<![一-鿿])[光单]\d{2,4}年?")
_SEVERAL_YEARS = re.compile(r"(?<!非)(?<!不是)(?<!不要)(?:[两三四五六七八九十几]年|年均|期间|以来)")


def _of_status(ranked: Ranked, *, planned: bool) -> Ranked:
    """The ranking without plans where a result is asked for, and without results where nothing but a plan is."""
    status = ranked.slot.status
    if status is Status.TARGET and planned and ranked.slot.ask.end != "from":
        # A change's start is a result all the same.
        return _where(ranked, lambda stated: stated.figure.status is Status.TARGET)
    if status is Status.ACTUAL:
        return _where(ranked, lambda stated: stated.figure.status is not Status.TARGET)
    return ranked


_SHARED = re.compile(r"占|比重|比例|率|份额")
_Keep = Callable[[Stated], bool]


def _all(_: Stated) -> bool:
    return True


def _of_kind(ranked: Ranked) -> _Keep:
    """No place is told in trains, no amount in per cent, no share in yuan or by what it rose, no growth by what
    something came to."""
    ask = ranked.slot.ask
    if ask.measure is Measure.RANK:
        return lambda stated: stated.figure.measure in _RANKS
    if ask.measure is Measure.GROWTH and ask.unit != "倍":
        # 是2015年的1.3倍 is no growth; what is to be reached is none where a growth is planned.
        changed = ranked.slot.yearly or (ranked.slot.status is Status.TARGET and bool(ranked.weights.indicators))
        apart = ask.unit == "个百分点" or not _named_amount(ranked)
        return lambda stated: not _stood(stated, changed=changed) and (apart or stated.figure.unit != "个百分点")
    if ask.measure is Measure.LEVEL:
        kinds = [units.kind(indicators.by_id(key).unit) for key in ranked.weights.indicators]
        if kinds and all(kind in _STRICT for kind in kinds) and not _SHARED.search(ranked.slot.words):
            return lambda stated: (
                stated.figure.measure not in _RANKS
                and (units.kind(stated.figure.unit) not in _OF_RATES or not stated.figure.unit)
            )
    if ask.measure is Measure.SHARE and not ask.direction:
        known = [indicators.by_id(key).unit for key in ranked.weights.indicators]
        if known and not _SHARED.search(ranked.slot.words) and all(units.kind(unit) in _STRICT for unit in known):
            # PM2.5浓度和优良率各是多少: the share is asked of the other.
            return _all
        return lambda stated: (
            stated.figure.value is None
            or (stated.figure.measure is not Measure.GROWTH and units.kind(stated.figure.unit) not in _STRICT)
        )
    return _all


def _named_amount(ranked: Ranked) -> bool:
    """Whether a slot is the name of an amount and no more: its growth is a rate, and points are what it is ahead by."""
    known = ranked.weights.indicators
    words = ranked.slot.words.lower()
    return any(
        words == said.lower() and units.kind(indicators.by_id(key).unit) in _STRICT for key, said in known.items()
    )


def _stood(stated: Stated, *, changed: bool) -> bool:
    figure = stated.figure
    stands = figure.measure in (Measure.LEVEL, Measure.SHARE)
    still = changed and stands and not figure.direction and figure.value is not None
    return figure.measure is Measure.MULTIPLE or still


def _in_unit(ranked: Ranked) -> _Keep:
    """No harvest is told in dollars, and no percentage in tonnes."""
    unit = ranked.slot.ask.unit
    kind = units.kind(unit)
    if kind in _STRICT:
        return lambda stated: stated.figure.measure not in _RANKS and _may_be(stated.figure.unit, kind)
    if unit and not kind:
        # 多少个亿 asks for an amount of something, and a place in a ranking is none.
        return lambda stated: stated.figure.measure not in _RANKS and units.kind(stated.figure.unit) not in _OF_CHANGES
    # People are counted in nothing that is weighed or paid.
    others = {"rate": _STRICT, "people": _STRICT | {"rate"}}.get(kind)
    return (lambda stated: units.kind(stated.figure.unit) not in others) if others else _all


def _may_be(unit: str, kind: str) -> bool:
    """Whether a figure's unit may measure this kind: the same, or a unit that the table does not know."""
    return units.kind(unit) in (kind, "measure") or (bool(unit) and units.bare(unit) not in units.known())


def _measured_alike(ranked: Ranked) -> _Keep:
    """No income is told in visitors: amounts are in a unit of an indicator that is named, or of the name's end."""
    if ranked.slot.ask.unit:
        return _all
    words = ranked.slot.words.lower()
    kind = counted_in.kind(words)
    # 重大项目完成投资 is told in yuan, though 重大项目 are counted.
    named = (key for key, said in ranked.weights.indicators.items() if words.endswith(said) or not kind)
    asked = [indicators.by_id(key).unit for key in named]
    if not asked:
        return (
            (lambda stated: stated.figure.measure not in _AMOUNTS or _may_be(stated.figure.unit, kind))
            if kind
            else _all
        )

    def alike(stated: Stated) -> bool:
        amount = stated.figure.measure in _AMOUNTS and bool(stated.figure.unit)
        return not amount or any(units.compatible(unit, stated.figure.unit) for unit in asked)

    return alike


def _of_sort(ranked: Ranked, asked: str) -> Ranked:
    """Means of years where they are asked for and told, and no addition for all there are."""
    ask = ranked.slot.ask
    if ask.measure is Measure.GROWTH:
        ranked = _changed(ranked)
    if ask.measure is Measure.GROWTH and not ranked.slot.yearly and _MEAN.search(asked):
        means = [n for n, (loaded, s, _) in enumerate(ranked.figures) if _is_mean(loaded, s)]
        return _kept(ranked, means) if means else ranked
    if ask.measure in (None, Measure.LEVEL) and _TOTAL.search(asked):
        added = not _ADDING.search(asked)
        return _where(
            ranked,
            lambda s: (
                not (s.figure.measure is Measure.GROWTH and s.figure.direction)
                and not (added and _ADDED.match(s.indicator))
            ),
        )
    if ask.measure in (None, Measure.GROWTH) and ranked.weights.indicators and not _LASTING.search(asked):
        # 粮食总产量为多少 is not answered by 十连增.
        return _where(ranked, lambda s: s.figure.measure is not Measure.STREAK)
    return ranked


def _changed(ranked: Ranked) -> Ranked:
    """The ranking without the amounts that something came to, where its growth in the same years is told."""
    grown = {_of_what(loaded, s) for loaded, s, _ in ranked.figures if s.figure.measure is Measure.GROWTH}
    kept = [
        n
        for n, (loaded, s, _) in enumerate(ranked.figures)
        if s.figure.measure is not Measure.LEVEL or _of_what(loaded, s) not in grown
    ]
    return _kept(ranked, kept)


def _of_what(loaded: Loaded, stated: Stated) -> tuple[str, str, str]:
    return loaded.row.id, stated.figure.indicator, stated.figure.period


def _is_mean(loaded: Loaded, stated: Stated) -> bool:
    """Whether the clause before a figure tells a mean of years."""
    at = stated.figure.span.start
    return bool(_MEAN.search(re.split(r"[,，;；。]", loaded.report.text[max(0, at - 40) : at])[-1]))


def _of_rate(ranked: Ranked) -> Ranked:
    """The ranking without amounts, where a rate is named: no 失业率 is told in yuan."""
    if not ranked.slot.words.endswith("率") or ranked.slot.ask.unit:
        return ranked
    return _where(ranked, lambda stated: units.kind(stated.figure.unit) in _OF_RATES)


def _of_indicator(ranked: Ranked) -> Ranked:
    """The ranking without figures of other known indicators, where the slot is the name of one that is stated: GDP is
    never answered with the harvest."""
    if ranked.slot.ask.measure is Measure.SHARE:
        # The share of something in another is an indicator of its own.
        return ranked
    words = ranked.slot.words.lower()
    if not _is_name(ranked):
        # 民营经济增加值要跨过哪个关口: beside other words a name still tells what it is not.
        if len(ranked.rows) and ranked.rows[0, _SAME]:
            return _kept(ranked, [n for n, row in enumerate(ranked.rows) if not any(row[at] for at in _OTHERS)])
        return ranked
    if not ranked.rows[:, _SAME].any():
        return _unstated(ranked, words)
    own = [
        n
        for n, (row, (_, s, _)) in enumerate(zip(ranked.rows, ranked.figures, strict=True))
        if not any(row[at] for at in _OTHERS) and not _part_of(s, words, ranked.weights.indicators)
    ]
    same = [n for n in own if ranked.rows[n, _SAME]]
    if same and ranked.scores[same].max() >= ranked.scores.max() - _NEARLY:
        # 出口 is no 进出口, though the lexicon has no entry for it.
        own = same
    told = any(ranked.rows[n, _SAME] and not _outdated(ranked, n) for n in own)
    return _kept(ranked, [n for n in own if not (told and ranked.slot.status is None and _outdated(ranked, n))])


def _unstated(ranked: Ranked, words: str) -> Ranked:
    """The ranking where no figure is of the indicator named: 人均GDP is no GDP; 居民收入 may be that of towns."""
    wider = {
        other
        for key in ranked.weights.indicators
        for other in indicators.by_id(key).unlike
        if any(alias.lower() in words for alias in indicators.by_id(other).aliases)
    }
    return _kept(
        ranked,
        [
            n
            for n, (row, (_, s, _)) in enumerate(zip(ranked.rows, ranked.figures, strict=True))
            if s.figure.indicator_id not in wider
            and not row[_OTHERS[0]]
            and not (row[_OTHERS[1]] and not _longer(s, words))
            and (row[_CLAUSE_SAID] >= _SAID or _head_of(s, words))
            and not _half_of(s, words)
        ],
    )


def _longer(stated: Stated, words: str) -> bool:
    """Whether the name of a figure begins with the words or ends them: 发明专利申请量 where 发明专利 is asked."""
    return stated.indicator.startswith(words) or words.endswith(stated.indicator)


def _head_of(stated: Stated, words: str) -> bool:
    """Whether a figure bears the end of a name alone, in its amount: 总产量 in a sentence about 粮食产量."""
    name = stated.indicator.replace("总", "")
    return len(name) > 1 and stated.figure.indicator_id is None and words.endswith(name)


def _half_of(stated: Stated, words: str) -> bool:
    """Whether a figure is of towns or of the country alone, where residents are meant as a whole: both are asked for
    then, by a reading of its own."""
    return "居民" in words and not _HALF.search(words) and bool(_HALF.search(stated.indicator))


_HALF = re.compile(r"城镇|城市|农村|农民|乡村|农牧民")


def _part_of(stated: Stated, words: str, asked: Collection[str]) -> bool:
    """Whether a figure is the share of something else in what is named: 数字经济占GDP比重 is no GDP, though
    研发投入占GDP比重 is the 研发投入强度."""
    share = stated.figure.measure is Measure.SHARE and "占" in stated.indicator and "占" not in words
    return share and stated.figure.indicator_id not in asked


def _outdated(ranked: Ranked, number: int) -> bool:
    """Whether a figure is a plan whose outcome a later report tells."""
    _, stated, candidate = ranked.figures[number]
    return stated.figure.status is Status.TARGET and candidate.superseded


def _where(ranked: Ranked, keep: _Keep) -> Ranked:
    return ranked if keep is _all else _kept(ranked, [n for n, (_, s, _) in enumerate(ranked.figures) if keep(s)])


def _kept(ranked: Ranked, numbers: list[int]) -> Ranked:
    if len(numbers) == len(ranked.figures):
        return ranked
    figures = tuple(ranked.figures[n] for n in numbers)
    return replace(ranked, figures=figures, scores=ranked.scores[numbers], rows=ranked.rows[numbers])
