"""Figures that one axis can carry: their values in one unit, and those that do not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from retrieval.answer.across.comparable import magnitude, unit_class
from retrieval.model import AnswerFigure, Measure

__all__ = ["Drawn", "one_axis"]

# A figure to be drawn, with its value and the top of its range in the unit of the axis.
Drawn = tuple[AnswerFigure, float, float | None]
# Units of money and amounts that one scale serves, biggest first: the biggest that leaves no number below one is taken.
_SCALES = (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4), ("", Decimal(1)))


def one_axis(figures: Sequence[AnswerFigure]) -> tuple[list[Drawn], str, list[AnswerFigure]]:
    """Figures of the commonest unit with their values in it, the unit, and those that do not fit."""
    known = [item for item in figures if item.figure.value is not None]
    kinds = Counter(unit_class(item.figure) for item in known)
    if not kinds:
        return [], "", list(figures)
    kind = kinds.most_common(1)[0][0]
    fitting = [item for item in known if unit_class(item.figure) == kind]
    units = Counter(item.figure.unit for item in fitting)
    bases = {item.figure.base_unit for item in fitting}
    if len(units) == 1:
        unit = next(iter(units))
        values = [_signed(item, item.figure.value) for item in fitting]
    elif len(bases) > 1:
        # 亿斤 and 万吨: in what most are told in.
        unit = units.most_common(1)[0][0]
        size = next(_base_size(item) / abs(_exact(item.figure.value)) for item in fitting if item.figure.unit == unit)
        values = [_signed(item, _base_size(item) / size) for item in fitting]
    else:
        base = bases.pop() or unit_class(fitting[0].figure)
        scaled = [_signed(item, item.figure.scaled) for item in fitting]
        prefix, scale = _scale(scaled)
        unit, values = f"{prefix}{base}", [value / scale for value in scaled]
    drawn = [(item, float(value), _upper(item, value)) for item, value in zip(fitting, values, strict=True)]
    return drawn, unit, [item for item in figures if not any(item is one for one, *_ in drawn)]


def _base_size(item: AnswerFigure) -> Decimal:
    """The amount in one base unit for all of its kind: masses in tonnes."""
    return abs(magnitude(item.figure) or Decimal(0))


def _exact(value: Decimal | Fraction | None) -> Decimal:
    """The value as a decimal; one for none, and for nought."""
    return (Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value) or Decimal(1)


def _upper(item: AnswerFigure, value: Decimal) -> float | None:
    """The top of a range in the unit that `value` is its foot in."""
    figure = item.figure
    if figure.upper is None or not isinstance(figure.value, Decimal) or not figure.value:
        return None
    return float(value * figure.upper / figure.value)


def _signed(item: AnswerFigure, value: Decimal | Fraction | None) -> Decimal:
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value or Decimal(0)
    falls = item.figure.direction < 0 and item.figure.measure is Measure.GROWTH and exact > 0
    return -exact if falls else exact


def _scale(values: Iterable[Decimal]) -> tuple[str, Decimal]:
    least = min((abs(value) for value in values if value), default=Decimal(1))
    return next(((name, scale) for name, scale in _SCALES if least >= scale), _SCALES[-1])
