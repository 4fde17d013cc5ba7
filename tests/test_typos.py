"""Words typed by sound are read as they were meant, and nothing else is touched."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.lexicon import places
from retrieval.query import parse
from retrieval.query.typos import respelt
from tests.support.cases import cases

ASKED = cases("typos_asked")
# Of the characters mistyped in real questions so many are mended, and so few changed for the worse.
MENDED, SPOILT = 0.83, 0.02


@pytest.mark.parametrize("case", cases("typos"))
def test_what_was_typed_by_sound(case: dict[str, Any]):
    assert respelt(case["text"]) == case["meant"]


def test_questions_as_people_mistyped_them():
    three = [
        mark
        for (case,) in (param.values for param in ASKED)
        for mark in zip(case["text"], case["meant"], respelt(case["text"]), strict=True)
    ]
    wrong = [(meant, out) for typed, meant, out in three if typed != meant]
    assert sum(meant == out for meant, out in wrong) >= MENDED * len(wrong)
    assert sum(out not in (typed, meant) for typed, meant, out in three) <= SPOILT * len(wrong)


@pytest.mark.parametrize("case", ASKED)
def test_what_is_meant_stays(case: dict[str, Any]):
    once = respelt(case["text"])
    assert len(once) == len(case["text"])
    assert respelt(once) == once


@given(
    st.lists(st.sampled_from([*"保彰房梁食处里犯围按排苏洲辽阳市2023年GDP“”，有为何几个", "高薪技术企业"])).map("".join)
)
def test_places_digits_and_letters_are_not_touched(text: str):
    out = respelt(text)
    assert len(out) == len(text)
    assert re.sub(r"[一-鿿]", "", out) == re.sub(r"[一-鿿]", "", text)
    for mention in places.mentions(text):
        assert out[mention.start : mention.end] == mention.surface


def test_where_nothing_is_found_it_is_read_as_typed():
    query = parse("辽阳2023年梁食产量是多少")
    assert query.mended
    assert "粮食" in query.content
    assert query.otherwise is not None
    assert "梁食" in query.otherwise.content
    assert not parse("辽阳2023年粮食产量是多少").mended
