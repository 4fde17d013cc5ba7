"""Whether an outcome meets a target: tolerance, bounds, ranges, direction, estimates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retrieval.answer.across.verdict import verdict
from retrieval.model import Figure, Measure, Span, Status

GROWTH = "地区生产总值"
PRICES = "居民消费价格"


def figure(
    stated: str, *, indicator: str = GROWTH, measure: Measure = Measure.GROWTH, status: Status = Status.ACTUAL
) -> Figure:
    """A figure from `-5.5—6%左右`: sign, value, top of a range, unit, qualifier."""
    direction = -1 if stated.startswith("-") else 1 if measure is Measure.GROWTH else 0
    number = stated.lstrip("-")
    unit = next(u for u in ("万人", "亿元", "%") if u in number)
    value, qualifier = number.split(unit)
    low, _, top = value.partition("—")
    return Figure(
        span=Span(0, 1),
        surface=value + unit,
        value=Decimal(low),
        unit=unit,
        upper=Decimal(top) if top else None,
        base_unit=unit,
        scaled=Decimal(low),
        qualifier=qualifier,
        measure=measure,
        direction=direction,
        status=status,
        indicator=indicator,
    )


@pytest.mark.parametrize(
    ("target", "outcome", "expected"),
    [
        ("6%", "6%", "met"),
        ("6%", "5.9%", "missed"),
        ("6%以上", "6.1%", "met"),
        ("6%以上", "5.9%", "missed"),
        ("6%以上", "6%左右", "unclear"),
        ("6%以上", "6.5%左右", "met"),
        ("6%以上", "5%左右", "missed"),
        ("6%左右", "6%左右", "met"),
        ("6%左右", "5.9%", "met"),
        ("6%左右", "5%", "missed"),
        ("6%左右", "7.2%", "met"),
        ("6%左右", "5%以上", "unclear"),
        ("6%以上", "7%以上", "met"),
        ("6—6.5%", "6%", "met"),
        ("6—6.5%", "5.9%", "missed"),
        ("6—6.5%", "5.9—6.2%", "unclear"),
        ("6%", "-17.4%", "missed"),
        ("10%", "-4%", "missed"),
    ],
)
def test_growth(target: str, outcome: str, expected: str):
    assert verdict(figure(target, status=Status.TARGET), figure(outcome)) == expected


@pytest.mark.parametrize("status", [Status.ACTUAL, Status.ESTIMATED])
def test_estimates_count_as_outcomes(status: Status):
    assert verdict(figure("6%", status=Status.TARGET), figure("6.2%", status=status)) == "met"


@pytest.mark.parametrize(
    ("target", "outcome", "expected"),
    [
        ("3%以内", "2.9%", "met"),
        ("3%以内", "3.1%", "missed"),
        ("3%左右", "1.9%", "met"),
        ("3%左右", "3.1%", "met"),
        ("3%左右", "4.5%", "missed"),
        ("15%以内", "16.6%", "missed"),
        ("3%以内", "3%以内", "met"),
        ("3%", "-0.5%", "met"),
    ],
)
def test_prices_are_not_to_be_exceeded(target: str, outcome: str, expected: str):
    goal = figure(target, indicator=PRICES, status=Status.TARGET)
    assert verdict(goal, figure(outcome, indicator=PRICES)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("增幅控制在5%", "missed"), ("增长5%", "met")],
)
def test_words_make_a_bound(words: str, expected: str):
    assert verdict(figure("5%", indicator="一般性支出", status=Status.TARGET), figure("6%"), words) == expected


def test_below_so_much_is_a_bound_and_no_fall():
    goal = figure("-5%", indicator="城镇调查失业率", status=Status.TARGET)
    outcome = figure("5%以内", indicator="城镇调查失业率", measure=Measure.SHARE)
    assert verdict(goal, outcome, "城镇调查失业率低于5%") == "met"


@pytest.mark.parametrize(
    ("target", "outcome", "expected"),
    [
        ("110万人以上", "124.5万人", "met"),
        ("110万人", "109万人", "missed"),
        ("6000亿元突破", "6038.15亿元", "met"),
        ("6000亿元突破", "5900亿元", "missed"),
        ("6000亿元", "6000亿元近", "missed"),
        ("6000亿元", "6000亿元超", "met"),
    ],
)
def test_amounts(target: str, outcome: str, expected: str):
    goal = figure(target, measure=Measure.LEVEL, status=Status.TARGET)
    assert verdict(goal, figure(outcome, measure=Measure.LEVEL)) == expected


@pytest.mark.parametrize(("outcome", "expected"), [("-67万人", "missed"), ("-80万人", "met"), ("-92万人", "met")])
def test_of_what_is_to_fall_the_more_the_better(outcome: str, expected: str):
    goal = figure("-80万人", indicator="脱贫人口", measure=Measure.COUNT, status=Status.TARGET)
    assert verdict(goal, figure(outcome, indicator="减贫人口", measure=Measure.COUNT)) == expected


def test_units_that_differ_leave_it_open():
    goal = figure("6%", status=Status.TARGET)
    assert verdict(goal, figure("6000亿元", measure=Measure.LEVEL)) == "unclear"
