"""One table of units: what each is, what it can answer, how it is read in reports and questions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.figures import Context, extract
from retrieval.lexicon import units
from retrieval.lexicon.indicators import load
from retrieval.query.asks import asks
from tests.support.cases import cases


@pytest.mark.parametrize("case", cases("units"))
def test_unit(case: dict[str, Any]):
    unit = case["unit"]
    assert units.kind(unit) == case["kind"]
    assert units.scale(unit) == (Decimal(case["factor"]), case["base"])
    assert units.bare(unit) == (case["base"] or unit)
    assert units.counts(unit) is case["counts"]


@pytest.mark.parametrize("case", cases("units_compatible"))
def test_what_can_answer(case: dict[str, Any]):
    assert units.compatible(case["stated"], case["asked"]) is case["compatible"]
    assert units.compatible(case["asked"], case["stated"]) is case["compatible"]


@pytest.mark.parametrize("case", cases("units_asked"))
def test_unit_behind_a_quantity_word(case: dict[str, Any]):
    assert [ask.unit for ask in asks(case["text"])] == [case["unit"]]


@pytest.mark.parametrize(
    "unit", ["亿港币", "亿港元", "亿元人民币", "万欧元", "亿日元", "万英镑", "亿元新台币", "万美金"]
)
def test_an_amount_of_any_currency_is_read_whole(unit: str):
    (figure,) = extract(f"全年引进资金3.5{unit}。", Context(2024, "石门县"))
    assert (figure.unit, figure.scaled, figure.base_unit) == (
        unit,
        Decimal("3.5") * units.scale(unit)[0],
        units.bare(unit),
    )


def test_a_multiple_is_no_rate():
    assert (units.kind("倍"), units.kind("%")) == (units.UnitKind.TIMES, units.UnitKind.RATE)


def test_particular_units_count_one_sort():
    assert [unit for unit in ("标箱", "艘", "批次", "个", "家", "人次", "吨") if units.particular(unit)] == [
        "标箱",
        "艘",
        "批次",
    ]


def test_the_unit_behind_an_approximate_scale_is_any_of_the_table():
    (figure,) = extract("赴俄种植大豆3万余公顷。", Context(2024, "鹤岗市"))
    assert (figure.surface, figure.unit) == ("3万余公顷", "万公顷")


def test_units_of_indicators_are_in_the_table():
    assert [
        one.id
        for one in load()
        if not one.unit.startswith("1/") and one.unit and units.bare(one.unit) not in units.known()
    ] == []


@given(st.sampled_from(sorted(units.known())), st.sampled_from(["", "万", "亿", "万亿"]))
def test_a_scale_changes_neither_kind_nor_base(unit: str, scale: str):
    assert units.kind(scale + unit) is units.kind(unit)
    assert units.bare(scale + unit) == units.bare(unit) == units.known()[unit].same
