"""Whether answers held to be right in nine of ten cases are right in nine of ten cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.charts import Chart, Point, Series, Shape
from bot.evaluation.intervals import Share
from bot.evaluation.running import Judged
from retrieval.model import Status

__all__ = ["Bin", "bins", "calibration_error", "chart", "told"]

_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose chance is from `low` to `high`: the mean chance `said`, and how many were right."""

    low: float
    high: float
    said: float
    right: Share


def told(judged: Iterable[Judged]) -> list[tuple[float, bool]]:
    """The chance of each answer that has one, and whether it was right."""
    return [(one.chance, bool(one.scores["right"])) for one in judged if one.chance is not None]


def bins(pairs: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Ten bins of equal width; those without answers are left out. The last one holds a chance of 1 as well."""
    rows: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for said, right in pairs:
        rows[min(int(said * _BINS), _BINS - 1)].append((said, right))
    return tuple(
        Bin(n / _BINS, (n + 1) / _BINS, fmean(said for said, _ in row), Share(sum(right for _, right in row), len(row)))
        for n, row in sorted(rows.items())
    )


def calibration_error(found: Sequence[Bin]) -> float:
    """The expected calibration error: how far chance and share lie apart, each bin weighed by its answers."""
    total = sum(one.right.of for one in found)
    return sum(one.right.of * abs(one.said - one.right.value) for one in found) / total if total else 0.0


def chart(found: Sequence[Bin]) -> Chart:
    """The plot: bins from left to right, beside each other the chance and how often it came true."""
    said = Series("所说的把握", tuple(_point(one, one.said) for one in found))
    right = Series("实际答对", tuple(_point(one, one.right.value) for one in found))
    counts = "、".join(f"{_tenth(one)} 成 {one.right.of}" for one in found)
    notes = (f"各档回答数：{counts}", f"期望校准误差 {calibration_error(found):.3f}")
    return Chart(Shape.LINES, "把握与答对的比例", "%", (said, right), "横轴为把握：九成指 80% 至 90% 之间", notes)


def _tenth(one: Bin) -> int:
    return round(one.high * _BINS)


def _point(one: Bin, share: float) -> Point:
    value = round(share * 100, 1)
    return Point(_tenth(one), value, Status.ACTUAL, f"{value:g}%")
