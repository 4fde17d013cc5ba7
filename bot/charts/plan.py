"""What of an answer is drawn, and how: pure, without any drawing.

Years of one place are lines, places of one year are bars, targets beside outcomes are dots, a phrase's counts are
columns. Figures that cannot stand on one axis (other units, no value) are left out and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.charts.axis import Drawn, one_axis
from bot.charts.unshown import GAPS, absent, undrawn
from retrieval.answer.invented import NOTE
from retrieval.lexicon import hedges
from retrieval.lexicon.hedges import Hedge
from retrieval.model import Answer, AnswerFigure, Measure, Status
from retrieval.text import stretches

__all__ = ["OUTCOME", "TARGET", "Chart", "Point", "Series", "Shape", "plan"]

# Names of the two series of a picture of fulfilment.
TARGET, OUTCOME = "目标", "结果"

_FEWEST = 2
# More bars than this are no picture on a phone.
_MOST_BARS = 30
_ABOUT = "约"
_HEDGES = {
    Hedge.EXACT: "",
    Hedge.ABOVE: ">",
    Hedge.LEAST: "≥",
    Hedge.BELOW: "<",
    Hedge.MOST: "≤",
    Hedge.ABOUT: _ABOUT,
}
# Years from which on a picture is a line.
_TREND = 3
# Years without a phrase that are shown before those with it.
_BEFORE = 3
# Targets beside outcomes of more years than this are lines as well.
_ROWS = 5


class Shape(StrEnum):
    """What kind of picture."""

    LINES = "lines"
    BARS = "bars"
    DOTS = "dots"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Point:
    """`at` is a year or a name; `text` is the figure as the report writes it; `upper` is the top of a range; `hedge`
    stands before a number that is not told exactly: ≥, >, ≤, < or 约."""

    at: int | str
    value: float
    status: Status
    text: str
    upper: float | None = None
    hedge: str = ""

    @property
    def bound(self) -> bool:
        """Whether the number is a bound, and so no point of a line."""
        return self.hedge not in ("", _ABOUT)


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one name, in order."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be drawn: `unit` of the axis, `source` and `notes` for the lines below it; `breaks` the years from
    which on the line is counted otherwise. `below` are figures of the same years in another unit, with an axis of
    their own."""

    shape: Shape
    title: str
    unit: str
    series: tuple[Series, ...]
    source: str
    notes: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()
    below: tuple[Chart, ...] = ()


def plan(answer: Answer) -> Chart | None:
    """The picture of an answer, or None where a picture would show nothing that the words do not."""
    chart = _planned(answer)
    if chart is not None and not chart.below:
        # Of two panels the picture's own notes tell which of them they mean.
        chart = replace(chart, notes=(*chart.notes, *absent(answer.notes, chart.notes)))
    invented = tuple(note for note in answer.notes if note.endswith(NOTE))
    return replace(chart, notes=(*chart.notes, *invented)) if chart and invented else chart


def _planned(answer: Answer) -> Chart | None:
    if answer.phrase is not None:
        return _columns(answer)
    drawn, unit, left = one_axis(answer.figures)
    if len(drawn) < _FEWEST:
        return None
    source = _source(answer)
    notes = undrawn(left)
    if answer.assessed or answer.verdict:
        return _fulfilment(answer, drawn, unit, source, notes)
    places = list(dict.fromkeys(item.figure.place for item, *_ in drawn))
    years = {item.figure.period for item, *_ in drawn if item.figure.period.isdecimal()}
    title = _title(answer, drawn, unit)
    if len(years) >= _TREND:
        breaks = tuple(int(found.period) for found in answer.breaks)
        # An amount and its growth: one below the other.
        more, other, rest = one_axis(left)
        below: tuple[Chart, ...] = ()
        if len({item.figure.period for item, *_ in more}) >= _TREND:
            # Of two indicators each panel tells its own.
            if {_indicator(entry[0]) for entry in drawn} != {_indicator(entry[0]) for entry in more}:
                title = _title(answer, drawn, unit, topic=_own_name(drawn))
            below = (Chart(Shape.LINES, _title(answer, more, other, topic=_own_name(more)), other, _lines(more), ""),)
            notes = (*undrawn(rest), *_gaps(below[0].series, f"（{other}）"))
        series = _lines(drawn)
        notes += _gaps(series)
        notes += tuple(f"{b.period}年起为“{b.after}”，此前为“{b.before}”" for b in answer.breaks)
        return Chart(Shape.LINES, title, unit, series, source, notes, breaks, below)
    ordered = sorted(_named(drawn, places), key=lambda entry: -entry[1][1])
    points = tuple(_point(name, entry) for name, entry in ordered[:_MOST_BARS])
    notes += (f"只画出前 {_MOST_BARS} 个",) if len(ordered) > _MOST_BARS else ()
    return Chart(Shape.BARS, title, unit, (Series(title, points),), source, notes)


def _gaps(series: Sequence[Series], of: str = "") -> tuple[str, ...]:
    """Years inside a line for which no figure was found; `of` tells which lines, where there are others."""
    found = []
    for one in series:
        years = [int(point.at) for point in one.points]
        absent = [year for year in range(min(years), max(years)) if year not in years]
        if absent:
            found.append(f"{one.name if len(series) > 1 else ''}{stretches(absent)}年")
    return (f"{GAPS}{of}：{'；'.join(found)}",) if found else ()


def _point(at: int | str, drawn: Drawn) -> Point:
    item, value, upper = drawn
    figure = item.figure
    hedge = "" if upper is not None else _HEDGES[hedges.of(figure.qualifier)]
    return Point(at, value, figure.status, figure.surface, upper, hedge)


def _named(drawn: Sequence[Drawn], places: Sequence[str]) -> list[tuple[str, Drawn]]:
    """Each figure under what tells it apart: its place, its year, its name."""
    whose = Counter(entry[0].figure.place for entry in drawn)
    when = Counter(entry[0].figure.period for entry in drawn)
    if len(places) == len(drawn):
        return [(entry[0].figure.place, entry) for entry in drawn]
    if len(places) == 1 and len(when) == len(drawn):
        return [(f"{entry[0].figure.period}年", entry) for entry in drawn]
    named = []
    for entry in drawn:
        figure = entry[0].figure
        name = (figure.indicator or entry[0].label).removeprefix(figure.place)
        place = figure.place if len(places) > 1 else ""
        twice = whose[figure.place] > 1 and len(when) > 1
        named.append((f"{place}{f'{figure.period}年' if twice else ''}{name}", entry))
    return named


def _fulfilment(answer: Answer, drawn: Sequence[Drawn], unit: str, source: str, notes: tuple[str, ...]) -> Chart | None:
    """Targets beside outcomes: a row each, or two lines where they are of many years."""
    by_figure = {id(entry[0]): entry for entry in drawn}
    rows: list[tuple[str, int, int | None]] = [(item.label, item.target, item.outcome) for item in answer.assessed]
    if not rows:
        rows = [(answer.topic or answer.figures[0].label, 0, 1)]
    found: dict[str, list[tuple[str, Drawn]]] = {TARGET: [], OUTCOME: []}
    for name, target, outcome in rows:
        for series, number in ((TARGET, target), (OUTCOME, outcome)):
            entry = by_figure.get(id(answer.figures[number])) if number is not None else None
            if entry is not None:
                found[series].append((name, entry))
    if not found[OUTCOME]:
        return None
    title = _title(answer, drawn, unit).removesuffix("目标完成情况")
    years = {entry[0].figure.period for entries in found.values() for _, entry in entries}
    if len(years) > _ROWS and all(year.isdecimal() for year in years):
        lines = (
            Series(name, tuple(_point(int(entry[0].figure.period), entry) for _, entry in entries))
            for name, entries in found.items()
        )
        paired = tuple(lines)
        breaks = tuple(int(b.period) for b in answer.breaks)
        notes += _gaps(paired)
        notes += tuple(f"{b.period}年起为“{b.after}”，此前为“{b.before}”" for b in answer.breaks)
        return Chart(Shape.LINES, f"{title}：目标与结果", unit, paired, source, notes, breaks)
    told = {name for name, _ in found[OUTCOME]}
    alone = [name for name, _ in found[TARGET] if name not in told]
    notes += (f"下一年报告没有提结果的 {len(alone)} 项未画出",) if alone else ()
    own = (
        Series(name, tuple(_point(row, entry) for row, entry in entries if row in told))
        for name, entries in found.items()
    )
    shown = tuple(one for one in own if one.points)
    return Chart(Shape.DOTS, f"{title}：目标与结果", unit, shown, source, notes)


def _indicator(item: AnswerFigure) -> str:
    return item.figure.indicator_id or item.figure.indicator


def _own_name(drawn: Sequence[Drawn]) -> str:
    """The place and the commonest name of the figures of a panel."""
    figures = [item.figure for item, *_ in drawn]
    places = {figure.place for figure in figures}
    name = Counter(figure.indicator for figure in figures).most_common(1)[0][0]
    return f"{places.pop()}{name}" if len(places) == 1 and name else name


def _title(answer: Answer, drawn: Sequence[Drawn], unit: str, topic: str = "") -> str:
    """What is shown; a rate of change says so, for the reports leave it to the verb."""
    title = (topic or answer.topic or drawn[0][0].label).replace(" ", "、")
    rates = unit in ("%", "％", "个百分点") and all(item.figure.measure is Measure.GROWTH for item, *_ in drawn)
    if rates and not any(word in title for word in ("增", "降", "涨", "速", "目标完成")):
        title += "增速"
    years = {item.figure.period for item, *_ in drawn}
    aims = all(item.figure.status is Status.TARGET for item, *_ in drawn)
    if aims and "目标" not in title:
        title += "目标"
    return f"{years.pop()}年{title}" if len(years) == 1 and not any(year in title for year in years) else title


def _lines(drawn: Sequence[Drawn]) -> tuple[Series, ...]:
    """A line for each place, or for each name where there is one place; years in order."""
    many = len({item.figure.place for item, *_ in drawn}) > 1
    found: dict[str, list[Point]] = {}
    for entry in drawn:
        figure = entry[0].figure
        if figure.period.isdecimal():
            name = figure.place if many else entry[0].label
            found.setdefault(name, []).append(_point(int(figure.period), entry))
    if not many and len(found) > 1 and _disjoint(found.values()):
        # One indicator under names that changed with the years: one line.
        found = {next(iter(found)): [point for points in found.values() for point in points]}
    ordered = ((name, sorted(points, key=lambda point: int(point.at))) for name, points in found.items())
    return tuple(Series(name, tuple(points)) for name, points in ordered)


def _disjoint(groups: Iterable[Sequence[Point]]) -> bool:
    years = [point.at for points in groups for point in points]
    return len(years) == len(set(years))


def _columns(answer: Answer) -> Chart | None:
    """How often each year's reports say the phrase; a year whose report is not stored stays open."""
    times: dict[int, int] = {}
    for item in answer.phrase.mentions if answer.phrase else ():
        times[item.year] = times.get(item.year, 0) + item.count
    if sum(1 for count in times.values() if count) < _FEWEST:
        return None
    # It begins a little before it is said first: decades without it would leave no room for the years with it.
    first = min(year for year, count in times.items() if count) - _BEFORE
    silent = [year for year in times if year < first]
    years = sorted(year for year in times if year >= first)
    points = tuple(Point(year, float(times[year]), Status.ACTUAL, str(times[year])) for year in years)
    places = {item.place for item in answer.phrase.mentions} if answer.phrase else set()
    whose = f"{next(iter(places))}报告" if len(places) == 1 else "各地报告"
    title = f"{whose}每年说“{answer.topic}”的次数"
    if len(places) == 1:
        absent = [year for year in range(years[0], years[-1] + 1) if year not in times]
        notes: tuple[str, ...] = (f"没有收录报告的年份：{stretches(absent)}",) if absent else ()
        notes += (f"此前收录的报告（最早{min(silent)}年）都没有说",) if silent else ()
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
