"""Readings made of the segments of a question, whatever words it is put in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.scoring.segments import by_segment
from retrieval.errors import BadQuestion
from retrieval.query import Slot, parse
from tests.support.cases import cases

MOST = 24


def told(slot: Slot) -> list[str | None]:
    (period,) = slot.periods
    return [slot.words, slot.ask.measure, slot.status, str(period)]


@pytest.mark.parametrize("case", cases("segments"))
def test_each_segment_has_its_slot(case: dict[str, Any]):
    found = dict(by_segment(parse(case["question"])))
    assert [told(slot) for slot in found["segments"]] == case["slots"]


def test_one_segment_is_no_other_reading():
    assert not list(by_segment(parse("鞍山2025年GDP增速是多少")))


@given(st.text("鞍山2025年GDP、和,。?增速目标多少呢社零 ", max_size=MOST))
def test_every_slot_names_something(text: str):
    try:
        query = parse(text)
    except BadQuestion:
        return
    assert all(slot.words for _, slots in by_segment(query) for slot in slots)
