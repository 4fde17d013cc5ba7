"""Which questions want a picture or a table, and what is asked when those words are taken away."""

from __future__ import annotations

from typing import Any

import pytest

from retrieval.query import parse
from retrieval.query.display import completed, display
from tests.support.cases import cases


@pytest.mark.parametrize("case", cases("across_display"))
def test_display(case: dict[str, Any]):
    wanted = display(case["typed"])
    assert (str(wanted.form), wanted.question) == (case["form"], case["question"])


@pytest.mark.parametrize("case", [case for case in cases("across_display") if case.values[0]["question"]])
def test_the_words_for_a_picture_are_no_part_of_the_question(case: dict[str, Any]):
    asked, plain = parse(case["typed"]), parse(case["question"])
    assert (asked.text, asked.content, asked.periods) == (plain.text, plain.content, plain.periods)


def test_what_is_completed_is_complete():
    for case in cases("across_display"):
        question = case.values[0]["question"]  # type: ignore[index]
        if question:
            assert completed(str(question)) == question or case.values[0]["form"] == ""  # type: ignore[index]
