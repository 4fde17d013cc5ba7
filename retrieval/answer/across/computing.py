"""What is worked out of figures set side by side: sums, means, medians, differences.

Only numbers that are told exactly, in one measure and unit, are worked with; who is left out is told with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median

from retrieval.answer.across.comparable import magnitude, unit_class
from retrieval.lexicon import hedges
from retrieval.lexicon.hedges import Hedge
from retrieval.model import AnswerFigure, Computed, Figure, Measure, Status
from retrieval.query.operations import Operation
from retrieval.text import chinese_count

__all__ = ["apart", "portion", "worked_out"]

_PAIR = 2
# Names that a label or a note lists.
_NAMED = 3
_SAID = {Operation.SUM: "合计", Operation.MEAN: "平均", Operation.MEDIAN: "中位数"}
_DIVIDING = (Operation.TIMES, Operation.PORTION)
_PERCENT = frozenset(("%", "％"))
# A mean is told one decimal finer than its figures, up to hundredths: a third adds nothing that reports tell.
_FINEST = 2


def worked_out(
    operation: Operation | None, figures: Sequence[AnswerFigure], *, wide: bool
) -> tuple[tuple[Computed, ...], list[str]]:
    """The value asked for of the figures of one slot, and notes on what could not be counted in. `wide`: they are of
    several places, else of several years of one."""
    if operation is None:
        return (), []
    if operation is Operation.COUNT:
        cited = tuple(dict.fromkeys(item.citation for item in figures))
        return (Computed(Decimal(len(figures)), "个", "符合条件的", cited),), []
    if operation in _DIVIDING:
        return _divided(operation, figures, wide=wide)
    kept, notes = _countable(figures, wide=wide)
    word = _SAID[operation]
    if kept and operation is Operation.SUM and _rate(kept[0].figure):
        return (), [f"增速、占比不能相加，没有计算{word}"]
    if len(kept) < _PAIR:
        return (), [*notes, f"能计入的数字不足两个，没有计算{word}"]
    unit, values = _values([item.figure for item in kept])
    if operation is Operation.SUM:
        value = _trimmed(sum(values, Decimal(0)))
    else:
        value = _rounded(mean(values) if operation is Operation.MEAN else median(values), values)
    whose = _whose(kept, wide=wide)
    if not wide and kept[0].figure.measure is Measure.GROWTH:
        notes = [*notes, f"{word}由各年增速直接算出，不是复合年均增速"]
    cited = tuple(dict.fromkeys(item.citation for item in kept))
    aim = "目标" if kept[0].figure.status is Status.TARGET else ""
    return (Computed(value, unit, f"{whose}{aim}{word}", cited),), notes


def _divided(
    operation: Operation, figures: Sequence[AnswerFigure], *, wide: bool
) -> tuple[tuple[Computed, ...], list[str]]:
    """The first figure divided by the second, both exact amounts of one kind."""
    kept, notes = _countable(figures, wide=wide)
    if len(figures) < _PAIR or len(kept) < _PAIR:
        return (), [note.replace("未计入", "没有计算倍数") for note in notes]
    if _rate(kept[0].figure):
        return (), ["增速、占比不能相除，没有计算倍数"]
    if wide and len({item.figure.period for item in kept[:_PAIR]}) > 1:
        return (), ["两处的数字不是同一年的，没有计算倍数"]
    _, (one, base, *_) = _values([item.figure for item in kept])
    if base <= 0 or one < 0:
        return (), ["数字为零或为负，没有计算倍数"]
    names = [_name(item.figure, wide=wide) for item in kept[:_PAIR]]
    scale, unit = (100, "%") if operation is Operation.PORTION else (1, "倍")
    value = (one * scale / base).quantize(Decimal(1).scaleb(-_FINEST), ROUND_HALF_UP)
    label = f"{names[0]}{'相当于' if operation is Operation.PORTION else '是'}{names[1]}的"
    return (Computed(_trimmed(value), unit, label, (kept[0].citation, kept[1].citation)),), notes


def apart(figures: Sequence[AnswerFigure], *, wide: bool) -> tuple[tuple[Computed, ...], list[str]]:
    """What two figures of one slot differ by; of several the highest and the lowest."""
    kept, notes = _countable(figures, wide=wide)
    if len(figures) < _PAIR:
        return (), []
    if len(kept) < _PAIR or (len(figures) == _PAIR and len(kept) < len(figures)):
        return (), [note.replace("未计入", "没有计算相差") for note in notes]
    unit, values = _values([item.figure for item in kept])
    top, low = max(values), min(values)
    ends = [item for item, value in zip(kept, values, strict=True) if value in (top, low)]
    label = "相差" if len(kept) == _PAIR else "最高与最低相差"
    unit = "个百分点" if unit in _PERCENT else unit
    return (Computed(_trimmed(top - low), unit, label, tuple(dict.fromkeys(item.citation for item in ends))),), notes


def portion(part: AnswerFigure, whole: AnswerFigure, *, label: str) -> tuple[tuple[Computed, ...], list[str]]:
    """What share of `whole` `part` is, in percent."""
    kept, notes = _countable((part, whole), wide=True)
    if len(kept) < _PAIR:
        return (), [note.replace("未计入", "没有计算占比") for note in notes]
    _, (own, every) = _values([item.figure for item in kept])
    # A part is no more than the whole: else the two are not told in one way.
    if not 0 < own <= every:
        return (), ["两处的口径不同，没有计算占比"]
    value = (own * 100 / every).quantize(Decimal(1).scaleb(-_FINEST), ROUND_HALF_UP)
    return (Computed(_trimmed(value), "%", label, (part.citation, whole.citation)),), notes


def _trimmed(value: Decimal) -> Decimal:
    """Without zeros at its end."""
    return Decimal(format(value.normalize(), "f"))


def _countable(figures: Sequence[AnswerFigure], *, wide: bool) -> tuple[list[AnswerFigure], list[str]]:
    """The exact figures of the commonest measure, unit and status (a plan is no result), each place or year once; and
    who is left out."""
    kinds = Counter(_kind(item.figure) for item in figures)
    usual = kinds.most_common(1)[0][0] if kinds else None
    kept: dict[str, AnswerFigure] = {}
    loose: list[str] = []
    other: list[str] = []
    for item in figures:
        name = _name(item.figure, wide=wide)
        if _kind(item.figure) != usual:
            other.append(name)
        elif not _exact(item.figure):
            loose.append(name)
        else:
            kept.setdefault(name, item)
    notes = []
    if loose:
        notes.append(f"{_listed(loose)}不是确数（左右、以上等），未计入")
    if other:
        notes.append(f"{_listed(other)}的口径或单位不同，未计入")
    return list(kept.values()), notes


def _kind(figure: Figure) -> tuple[Measure, str, bool]:
    return figure.measure, unit_class(figure), figure.status is Status.TARGET


def _exact(figure: Figure) -> bool:
    return figure.upper is None and magnitude(figure) is not None and hedges.of(figure.qualifier) is Hedge.EXACT


def _rate(figure: Figure) -> bool:
    return figure.measure in (Measure.GROWTH, Measure.SHARE, Measure.RATIO) or figure.unit in _PERCENT


def _values(figures: Sequence[Figure]) -> tuple[str, list[Decimal]]:
    """The values in the commonest unit."""
    unit = Counter(figure.unit for figure in figures).most_common(1)[0][0]
    sizes = [(magnitude(f), f.value) for f in figures if f.unit == unit]
    # What one of the base unit is in that unit.
    scale = next((abs(Decimal(value) / size) for size, value in sizes if size and isinstance(value, Decimal)), None)
    return unit, [
        _plain((magnitude(f) or Decimal(0)) * scale) if scale is not None else magnitude(f) or Decimal(0)
        for f in figures
    ]


def _plain(value: Decimal) -> Decimal:
    """Without the noise of a division, and without zeros at its end."""
    return _trimmed(value.quantize(Decimal("0.000001"), ROUND_HALF_UP))


def _rounded(value: Decimal, values: Sequence[Decimal]) -> Decimal:
    """A mean as fine as its figures allow."""
    most = max((-int(one.normalize().as_tuple().exponent) for one in values), default=0)
    places = max(0, most if most >= _FINEST else most + 1)
    return _trimmed(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _name(figure: Figure, *, wide: bool) -> str:
    return figure.place if wide else f"{figure.period}年"


def _whose(kept: Sequence[AnswerFigure], *, wide: bool) -> str:
    if not wide:
        return chinese_count(len(kept), "年")
    names = [item.figure.place for item in kept]
    return "、".join(names) if len(names) <= _NAMED else chinese_count(len(names), "个地方")


def _listed(names: Sequence[str]) -> str:
    once = list(dict.fromkeys(names))
    return "、".join(once[:_NAMED]) + (f"等{chinese_count(len(once), '个')}" if len(once) > _NAMED else "")
