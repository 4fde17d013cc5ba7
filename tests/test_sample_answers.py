"""The sample report answers what a stranger asks first, each with its exact citation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from retrieval import Conversation, Engine
from retrieval.model import Answer, Kind, plain
from tests.support.cases import cases

TODAY = date(2024, 6, 1)


def ask(engine: Engine, turns: list[str]) -> Answer:
    conversation = Conversation()
    for turn in turns:
        answer, conversation = engine.ask(turn, conversation, today=TODAY)
    return answer


@pytest.mark.parametrize("case", cases("sample_answers"))
def test_sample_answer(sample: Engine, case: dict[str, Any], request: pytest.FixtureRequest):
    if "xfail" in case:
        request.applymarker(pytest.mark.xfail(reason=case["xfail"], strict=True))
    answer = ask(sample, case["turns"])
    assert answer.kind == case["kind"], answer
    if "reason" in case:
        assert answer.reason == case["reason"]
    if "figures" in case:
        assert len(answer.figures) == len(case["figures"])
        for expected, given in zip(case["figures"], answer.figures, strict=True):
            figure = given.figure
            assert expected["start"] <= figure.span.start < figure.span.end <= expected["end"] + 2
            assert figure.value is not None
            got = {
                "value": plain(figure.value),
                "unit": figure.unit,
                "direction": figure.direction,
                "status": figure.status.value,
                "indicator": figure.indicator,
                "measure": figure.measure.value,
            }
            assert {k: got[k] for k in expected if k in got} == {k: v for k, v in expected.items() if k in got}
            assert case["quote"] in answer.citations[given.citation].quote
    elif "quote" in case:
        assert case["quote"] in answer.citations[0].quote


@pytest.mark.parametrize("case", cases("sample_answers"))
def test_citations_are_slices(sample: Engine, case: dict[str, Any]):
    answer = ask(sample, case["turns"])
    for citation in answer.citations:
        text = sample.text(citation.report)
        assert citation.quote == text[citation.span.start : citation.span.end]
        assert len(citation.quote) <= 400
    for item in (*answer.figures, *answer.related):
        assert answer.citations[item.citation].span.holds(item.figure.span)


@pytest.mark.parametrize("question", ["总结一下", "主要指标有哪些", "總結一下", "概括一下这份报告"])
def test_overview_quotes_the_headline_figures(sample: Engine, question: str):
    answer = ask(sample, [question])
    assert answer.kind is Kind.FIGURES
    named = [item.label for item in answer.figures]
    for indicator in (
        "地区生产总值",
        "一般公共预算收入",
        "规模以上工业增加值",
        "固定资产投资",
        "社会消费品零售总额",
        "粮食产量",
    ):
        assert indicator in named
    assert len(answer.figures) <= 24


def test_the_page_s_own_text_is_nowhere(sample: Engine):
    text = sample.text("辽阳市-2024")
    cut = text.index("本文仅代表作者观点")
    outline = sample.outline("辽阳市-2024")
    assert all(passage.span.end <= cut for passage in outline.passages)
    assert all(figure.span.end <= cut for figure in sample.figures("辽阳市-2024"))


def test_one_conversation_answers_as_well_as_fresh_questions(sample: Engine):
    expected = [
        ("辽阳2023年粮食产量是多少", "111.6 万吨"),
        ("蔬菜呢", "85.9 万吨"),
        ("一般公共预算收入", "8.7%"),
        ("总结一下", "2%"),
        ("旅游收入", "翻一番"),
        ("2024年GDP目标", "cut_off"),
        ("沈阳GDP", "place_missing"),
        ("人均寿命", "not_mentioned"),
        ("糧食產量", "111.6 万吨"),
    ]
    conversation = Conversation()
    for question, answered in expected:
        answer, conversation = sample.ask(question, conversation, today=TODAY)
        got = answer.figures[0].figure.surface if answer.figures else answer.reason
        assert got == answered, question
