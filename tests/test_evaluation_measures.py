"""Intervals, chances, bins and folds against values known from elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from bot.charts import drawn
from bot.evaluation.chances import chance
from bot.evaluation.folds import fold_of, folds, mean_and_spread
from bot.evaluation.gold import Question
from bot.evaluation.intervals import Share, at_least, at_most, clopper_pearson, wilson
from bot.evaluation.reliability import bins, calibration_error, chart, told
from bot.evaluation.running import Judged
from retrieval import Engine


# R: binom.confint(x, n, methods = c("wilson", "exact")).
@pytest.mark.parametrize(
    ("right", "of", "score", "exact"),
    [
        (8, 10, (0.4901625, 0.9433178), (0.4439045, 0.9747893)),
        (0, 10, (0.0, 0.2775328), (0.0, 0.3084971)),
        (10, 10, (0.7224672, 1.0), (0.6915029, 1.0)),
        (5, 20, (0.1118617, 0.4687047), (0.0865715, 0.4910459)),
        (81, 263, (0.2552888, 0.3662135), (0.2526916, 0.3676606)),
    ],
)
def test_intervals(right: int, of: int, score: tuple[float, float], exact: tuple[float, float]):
    assert wilson(right, of) == pytest.approx(score, abs=5e-5)
    assert clopper_pearson(right, of) == pytest.approx(exact, abs=5e-5)


def test_bounds_to_one_side():
    # None of n: the rule of three, exactly.
    assert at_most(0, 100) == pytest.approx(1 - 0.05 ** (1 / 100), abs=1e-12)
    assert at_least(100, 100) == pytest.approx(0.05 ** (1 / 100), abs=1e-12)
    assert at_most(10, 10) == 1.0
    assert at_most(0, 0) == 1.0
    assert at_least(0, 10) == 0.0
    assert at_most(30, 2000) == pytest.approx(0.0204, abs=1e-3)


def test_of_nothing_anything_may_be_true():
    assert Share(0, 0).value == 0.0
    assert Share(0, 0).interval == (0.0, 1.0)


TERMS = ["figures 0.93", "passages 0.02", "refuse 0.04", "all 0.93: [粮食]level"]


@pytest.mark.parametrize(
    ("kind", "terms", "told"),
    [
        ("figures", TERMS, 0.93),
        ("passages", TERMS, 0.02),
        ("none", TERMS, 0.04),
        ("clarify", TERMS, 0.04),
        ("figures", ["figures 1.00", "passages 0.00", "refuse 0.00"], 1.0),
        ("passages", ["粮食 3.20", "产量 1.10"], None),
        ("figures", [], None),
    ],
)
def test_the_chance_of_what_was_given(kind: str, terms: list[str], told: float | None):
    assert chance({"kind": kind, "trace": {"terms": terms}}) == told


def test_without_a_trace_there_is_no_chance():
    assert chance({"kind": "figures"}) is None


def test_a_question_answered_with_figures_tells_its_chance(sample: Engine):
    # Whoever gives answers a field of their own for it mends `chance` and nothing else.
    from bot.batch import answered  # noqa: PLC0415

    answer = answered(sample, "1", ["辽阳2023年粮食产量是多少"], pytest.fail, why=True)
    found = chance(answer)
    assert answer["kind"] == "figures"
    assert found is not None
    assert 0.0 < found <= 1.0


PAIRS = [(0.95, True), (0.95, True), (1.0, True), (0.95, False), (0.05, False), (0.12, True)]


def test_bins():
    found = bins(PAIRS)
    assert [(one.low, one.right) for one in found] == [(0.0, Share(0, 1)), (0.1, Share(1, 1)), (0.9, Share(3, 4))]
    assert found[2].said == pytest.approx(0.9625)
    assert calibration_error(found) == pytest.approx((0.05 + 0.88 + 4 * 0.2125) / 6)
    assert calibration_error(()) == 0.0


def test_the_plot():
    plot = chart(bins(PAIRS))
    assert [[point.value for point in one.points] for one in plot.series] == [[5.0, 12.0, 96.2], [0.0, 100.0, 75.0]]
    assert [point.at for point in plot.series[0].points] == [1, 2, 10]
    assert drawn(plot).startswith(b"\x89PNG")


def judged(place: str, right: float, **more: Any) -> Judged:
    reports = (f"{place}-2024",) if place else ()
    return Judged(Question("1", "figure", "formal", ("?",), reports), {}, {"right": right}, None, **more)


def test_only_answers_with_a_chance_are_told():
    assert told([judged("全国", 1.0, chance=0.8), judged("全国", 0.0)]) == [(0.8, True)]


def test_folds():
    # int(md5("全国".encode()).hexdigest(), 16) % 5, and so on.
    assert [fold_of(place) for place in ("全国", "辽阳市", "辽宁省", "上海市")] == [0, 1, 2, 3]
    found = folds([judged("全国", 1.0), judged("全国", 0.0), judged("辽阳市", 1.0), judged("", 0.0)])
    assert [(one.number, one.places, one.shares["right"]) for one in found] == [
        (0, 1, Share(1, 2)),
        (1, 1, Share(1, 1)),
    ]
    assert mean_and_spread(found, "right") == pytest.approx((0.75, 0.3535534))
    assert mean_and_spread(found[:1], "right") == (0.5, 0.0)
    assert mean_and_spread(found, "exact") == (0.0, 0.0)
