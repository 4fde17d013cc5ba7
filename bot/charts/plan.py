"""What of an answer is drawn, and how: pure, without any drawing.

Years of one place are lines, places of one year are bars, targets beside outcomes are dots, a phrase's counts are
columns. Figures that cannot stand on one axis (other units, no value) are left out and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from retrieval.model import Answer, AnswerFigure, Measure, Status
from retrieval.text import stretches

__all__ = ["Chart", "Point", "Series", "Shape", "plan"]

_FEWEST = 2
# More bars than this are no picture on a phone.
_MOST_BARS = 30
_NAMES = 4
# Units of money and amounts that one scale serves, biggest first: the biggest that leaves no number below one is taken.
_SCALES = (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4), ("", Decimal(1)))


class Shape(StrEnum):
    """What kind of picture."""

    LINES = "lines"
    BARS = "bars"
    DOTS = "dots"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Point:
    """`at` is a year or a place's name; `text` is the figure as the report writes it."""

    at: int | str
    value: float
    status: Status
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one name, in order."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be drawn: `unit` of the axis, `source` and `notes` for the lines below it."""

    shape: Shape
    title: str
    unit: str
    series: tuple[Series, ...]
    source: str
    notes: tuple[str, ...] = ()


def plan(answer: Answer) -> Chart | None:
    """The picture of an answer, or None where a picture would show nothing that the words do not."""
    if answer.phrase is not None:
        return _columns(answer)
    drawn, unit, left = _one_axis(answer.figures)
    if len(drawn) < _FEWEST:
        return None
    notes = (f"{left} 个数据单位不同或没有数值，未画出",) if left else ()
    places = list(dict.fromkeys(item.figure.place for item, _ in drawn))
    years = sorted({int(item.figure.period) for item, _ in drawn if item.figure.period.isdecimal()})
    statuses = {item.figure.status is Status.TARGET for item, _ in drawn}
    title = _title(answer, drawn, unit)
    source = _source(answer)
    if len(statuses) == 2 and len(years) <= len(drawn) // 2 + 1:
        series = _by_status(drawn, places, years)
        return Chart(Shape.DOTS, title, unit, series, source, notes)
    if len(years) >= 3:
        return Chart(Shape.LINES, title, unit, _lines(drawn), source, notes + _renamed(drawn))
    if len(places) >= _FEWEST or len(drawn) >= _FEWEST:
        named = [(item.figure.place if len(places) > 1 else item.label, item, value) for item, value in drawn]
        ordered = sorted(named, key=lambda entry: -entry[2])[:_MOST_BARS]
        points = tuple(Point(name, value, item.figure.status, item.figure.surface) for name, item, value in ordered)
        more = (f"只画出前 {_MOST_BARS} 个",) if len(named) > _MOST_BARS else ()
        return Chart(Shape.BARS, title, unit, (Series(title, points),), source, notes + more)
    return None


def _title(answer: Answer, drawn: Sequence[tuple[AnswerFigure, float]], unit: str) -> str:
    """What is shown; a rate of change says so, for the reports leave it to the verb."""
    title = answer.topic or drawn[0][0].label
    rates = unit in ("%", "％", "个百分点") and all(item.figure.measure is Measure.GROWTH for item, _ in drawn)
    if rates and not any(word in title for word in ("增", "降", "涨", "速")):
        title += "增速"
    years = {item.figure.period for item, _ in drawn}
    aims = all(item.figure.status is Status.TARGET for item, _ in drawn)
    if aims and "目标" not in title:
        title += "目标"
    return f"{years.pop()}年{title}" if len(years) == 1 and not any(year in title for year in years) else title


def _renamed(drawn: Sequence[tuple[AnswerFigure, float]]) -> tuple[str, ...]:
    """From which year on one place's reports use another name: the definition may have changed with it."""
    if len({item.figure.place for item, _ in drawn}) > 1:
        return ()
    names: dict[str, str] = {}
    for item, _ in sorted(drawn, key=lambda entry: entry[0].figure.period):
        names.setdefault(item.figure.indicator or item.label, item.figure.period)
    told = list(names.items())
    return ("名称：" + "，".join(f"{year}年起{name}" for name, year in told),) if 1 < len(told) <= _NAMES else ()


def _one_axis(figures: Sequence[AnswerFigure]) -> tuple[list[tuple[AnswerFigure, float]], str, int]:
    """Figures of the commonest unit with their values in it, the unit, and how many do not fit."""
    known = [item for item in figures if item.figure.value is not None]
    bases = Counter(item.figure.base_unit or item.figure.unit for item in known)
    if not bases:
        return [], "", len(figures)
    base = bases.most_common(1)[0][0]
    fitting = [item for item in known if (item.figure.base_unit or item.figure.unit) == base]
    units = {item.figure.unit for item in fitting}
    if len(units) == 1:
        unit = units.pop()
        values = [_signed(item, item.figure.value) for item in fitting]
    else:
        scaled = [_signed(item, item.figure.scaled) for item in fitting]
        prefix, scale = _scale(scaled)
        unit, values = f"{prefix}{base}", [value / scale for value in scaled]
    drawn = [(item, float(value)) for item, value in zip(fitting, values, strict=True)]
    return drawn, unit, len(figures) - len(drawn)


def _signed(item: AnswerFigure, value: Decimal | Fraction | None) -> Decimal:
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value or Decimal(0)
    falls = item.figure.direction < 0 and item.figure.measure is Measure.GROWTH and exact > 0
    return -exact if falls else exact


def _scale(values: Iterable[Decimal]) -> tuple[str, Decimal]:
    least = min((abs(value) for value in values if value), default=Decimal(1))
    return next(((name, scale) for name, scale in _SCALES if least >= scale), _SCALES[-1])


def _lines(drawn: Sequence[tuple[AnswerFigure, float]]) -> tuple[Series, ...]:
    """A line for each place, or for each name where there is one place; years in order."""
    many = len({item.figure.place for item, _ in drawn}) > 1
    found: dict[str, list[Point]] = {}
    for item, value in drawn:
        if item.figure.period.isdecimal():
            name = item.figure.place if many else item.label
            point = Point(int(item.figure.period), value, item.figure.status, item.figure.surface)
            found.setdefault(name, []).append(point)
    if not many and len(found) > 1 and _disjoint(found.values()):
        # One indicator under names that changed with the years: one line.
        found = {next(iter(found)): [point for points in found.values() for point in points]}
    ordered = ((name, sorted(points, key=lambda point: int(point.at))) for name, points in found.items())
    return tuple(Series(name, tuple(points)) for name, points in ordered)


def _disjoint(groups: Iterable[Sequence[Point]]) -> bool:
    years = [point.at for points in groups for point in points]
    return len(years) == len(set(years))


def _by_status(
    drawn: Sequence[tuple[AnswerFigure, float]], places: Sequence[str], years: Sequence[int]
) -> tuple[Series, ...]:
    """Targets and outcomes, each under what they share: the year, the place or the name."""
    found: dict[str, list[Point]] = {"目标": [], "结果": []}
    for item, value in drawn:
        figure = item.figure
        at = figure.place if len(places) > 1 else f"{figure.period}年" if len(years) > 1 else item.label
        name = "目标" if figure.status is Status.TARGET else "结果"
        found[name].append(Point(at, value, figure.status, figure.surface))
    return tuple(Series(name, tuple(points)) for name, points in found.items() if points)


def _columns(answer: Answer) -> Chart | None:
    """How often each year's reports say the phrase; a year whose report is not stored stays open."""
    times: dict[int, int] = {}
    for item in answer.phrase.mentions if answer.phrase else ():
        times[item.year] = times.get(item.year, 0) + item.count
    if sum(1 for count in times.values() if count) < _FEWEST:
        return None
    years = sorted(times)
    points = tuple(Point(year, float(times[year]), Status.ACTUAL, str(times[year])) for year in years)
    places = {item.place for item in answer.phrase.mentions} if answer.phrase else set()
    title = f"“{answer.topic}”每年出现的次数"
    if len(places) == 1:
        absent = [year for year in range(years[0], years[-1] + 1) if year not in times]
        notes = (f"没有收录报告的年份：{stretches(absent)}",) if absent else ()
        source = f"来源：{places.pop()}{years[0]}—{years[-1]}年政府工作报告，按字面计数"
    else:
        notes = ("各年收录的报告份数不同",)
        source = f"来源：已收录的{years[0]}—{years[-1]}年政府工作报告，按字面计数"
    return Chart(Shape.COLUMNS, title, "次", (Series("", points),), source, notes)


def _source(answer: Answer) -> str:
    places = list(dict.fromkeys(citation.place for citation in answer.citations))
    years = sorted({citation.year for citation in answer.citations})
    if not places:
        return ""
    named = "、".join(places[:3]) + (f"等 {len(places)} 地" if len(places) > 3 else "")
    span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"
    return f"来源：{named}{span}政府工作报告"
