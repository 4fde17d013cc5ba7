"""Questions are taken apart into the figures they ask for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import BadQuestion
from retrieval.query import Conversation, parse, slots
from tests.support.cases import cases
from tests.support.slots import shown


@pytest.mark.parametrize("case", cases("slots"))
def test_slots(case: dict[str, Any]):
    query = parse(case["question"])
    assert query.form.value == case["form"]
    assert [shown(slot) for slot in slots(query)] == case["slots"]


@pytest.mark.parametrize(
    ("last", "question", "words", "measure"),
    [
        ("粮食产量", "蔬菜呢", "蔬菜", None),
        ("粮食产量", "换成财政收入", "财政收入", None),
        ("粮食产量", "那目标呢？", "粮食产量", None),
    ],
)
def test_a_follow_up_takes_over_what_it_leaves_out(last: str, question: str, words: str, measure: str | None):
    conversation = Conversation(place="辽阳市", report="辽阳市-2024", content=last)
    query = parse(question, conversation)
    assert query.follows
    assert "place" in query.carried
    slot = slots(query)[0]
    assert (slot.words, slot.ask.measure) == (words, measure)


@given(st.text(max_size=80))
def test_any_text_is_understood_or_refused(text: str):
    try:
        query = parse(text)
    except BadQuestion:
        return
    assert slots(query) or query.chat
    assert len(query.rest) == len(query.text) or query.chat


PIECES = [*"辽阳粮食产量多少各和、？增长比去年2023年目标呢GDP", " ", "，"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_scrambled_questions_are_understood(pieces: list[str]):
    text = "".join(pieces)
    try:
        query = parse(text)
    except BadQuestion:
        return
    for slot in slots(query):
        assert slot.words == slot.words.strip()
