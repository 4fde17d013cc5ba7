"""The grammar of numbers: each case a number as written, its value, the scale it counts in and what is left of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.lexicon.numerals import arabic, spelt
from retrieval.lexicon.units import scale
from retrieval.text import chinese_number
from tests.support.cases import cases


@pytest.mark.parametrize("case", cases("numerals"))
def test_number(case: dict[str, Any]):
    text = case["text"]
    found = arabic(text, 0) if text[0].isdecimal() else spelt(text)
    if case["value"] is None:
        assert found is None
    else:
        assert found is not None
        assert (found.value, found.scale, text[found.end :]) == (Decimal(case["value"]), case["scale"], case["left"])


@given(st.integers(1, 99_999))
def test_what_is_spelt_is_read(number: int):
    found = spelt(chinese_number(number))
    assert found is not None
    assert found.value == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_part_behind_a_scale_fills_its_places(high: int, low: int):
    """1万2000 is one number; 202万65 is two."""
    found = arabic(f"{high}万{low}元", 0)
    assert found is not None
    assert found.value == (high * 10**4 + low if low >= 1000 else high)


@given(st.text(alphabet="零一二两十百千万亿点廿壹拾", max_size=12))
def test_any_row_of_numerals_is_read_or_left(text: str):
    found = spelt(text)
    assert found is None or found.value >= 0


def test_units_without_a_scale_keep_their_first_character():
    assert scale("千瓦时") == (Decimal(1), "千瓦时")
    assert scale("千分之") == (Decimal(1), "‰")
    assert scale("万亿元") == (Decimal(10**12), "元")
