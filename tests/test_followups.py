"""A follow-up asks for what it names, and takes over from the question before it what it leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from retrieval.model import Measure, Status
from retrieval.query import Ask, Conversation, Period, parse, slots
from retrieval.query.following import earlier
from tests.support.cases import cases
from tests.support.slots import shown


def conversation(last: dict[str, Any]) -> Conversation:
    """What a case says of the question before; its place and report are always the same."""
    measures = [Measure(ask["measure"]) if "measure" in ask else None for ask in last["asks"]]
    years = tuple(Period(int(year), int(year)) for year in last["periods"])
    return Conversation(
        place="辽阳市",
        report="辽阳市-2024",
        periods=years,
        status=Status(last["status"]) if last.get("status") else None,
        asks=tuple(Ask(measure, ask.get("unit", "")) for measure, ask in zip(measures, last["asks"], strict=True)),
        content=last["content"],
    )


@pytest.mark.parametrize("case", cases("followups"))
def test_followups(case: dict[str, Any]):
    query = parse(case["question"], conversation(case["last"]))
    assert [shown(slot) for slot in slots(query)] == case["slots"]


def test_a_part_of_the_place_is_asked_of_its_report_first():
    last = Conversation(place="鹰潭市", report="鹰潭市-2022", content="贵溪经开区 营业收入")
    query = parse("余江工业园的呢？", last)
    assert query.content == "余江工业园"
    assert query.otherwise is not None
    assert query.otherwise.places


def test_another_place_is_a_word_only_where_it_has_no_report():
    query = parse("阿勒泰那头呢？", Conversation(place="伊犁哈萨克自治州", report="", content="林果面积"))
    assert query.places[0][0].name == "阿勒泰地区"
    assert query.otherwise is not None
    assert query.otherwise.content == "阿勒泰"


def test_a_follow_up_without_clauses_has_none_of_the_years_before():
    query = parse("2024年呢", Conversation(place="辽阳市", report="辽阳市-2024", periods=(Period(2023, 2023),)))
    assert earlier([], query) == []
