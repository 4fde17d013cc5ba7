"""English questions are understood like Chinese ones."""

from __future__ import annotations

from typing import Any

import pytest

from retrieval.query import parse, slots
from retrieval.query.english import translate
from retrieval.query.normalise import normalise
from retrieval.query.tongue import is_english
from tests.support.cases import cases


@pytest.mark.parametrize("case", cases("english"))
def test_english(case: dict[str, Any]):
    query = parse(case["question"])
    assert [candidates[0].name for candidates in query.places] == case["places"]
    assert [str(period) for period in query.periods] == case.get("periods", [])
    assert query.report_year == case.get("report_year")
    found = slots(query)
    for word in case["words"]:
        assert word in found[0].words
    assert (found[0].ask.measure.value if found[0].ask.measure else None) == case["measure"]
    assert (query.status.value if query.status else None) == case.get("status")


@pytest.mark.parametrize("case", cases("english_chinese"))
def test_english_in_chinese(case: dict[str, Any]):
    assert translate(normalise(case["question"])).text == case["chinese"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How many tourists did Sanya receive in 2019?", True),
        ("辽阳2023年GDP是多少", False),
        ("广州 GaWC 排名", False),
        ("PM2.5 和 PM10 各降了多少", False),
    ],
)
def test_is_english(text: str, english: bool):
    assert is_english(text) is english
