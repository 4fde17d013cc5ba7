"""The years of the five-year plans, alike in the table, in questions and in reports."""

from __future__ import annotations

from typing import Any

import pytest

from retrieval.figures.timing import events
from retrieval.lexicon import plans
from retrieval.query.periods import find
from retrieval.reports.years import plans_in
from tests.support.cases import cases

_LATEST = 6  # figures look for plans from the seventh


@pytest.mark.parametrize("case", cases("plans"))
def test_plan(case: dict[str, Any]):
    word, years = case["word"], (case["first"], case["last"])
    assert plans.number(word) == case["number"]
    assert plans.years(case["number"]) == years
    assert plans_in(f"“{word}五”时期") == [case["number"]]
    (period,) = find(f"“{word}五”时期完成投资多少").periods
    assert (period.first, period.last) == years


@pytest.mark.parametrize("case", [case for case in cases("plans") if case.values[0]["number"] > _LATEST])
def test_plan_in_a_sentence(case: dict[str, Any]):
    (event,) = events(f"“{case['word']}五”期间完成投资。", case["last"] + 1)
    assert (event.frame.first, event.frame.last) == (case["first"], case["last"])


@pytest.mark.parametrize("word", ["", "百", "二十", "十十", "一一"])
def test_no_plan(word: str):
    assert plans.number(word) == 0
