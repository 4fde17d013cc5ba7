"""Questions across reports, over a handful of reports written for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.contract import answer_json
from bot.render import plain_text
from bot.reply import WITHHELD, reply
from retrieval import Engine
from retrieval.model import Answer, plain
from tests.support.cases import cases
from tests.support.written import engine_over, written

TODAY = date(2025, 6, 1)

REPORTS = {
    "辽阳市-2022": written(
        "辽阳市",
        2022,
        results="地区生产总值增长4.1%。一般公共预算收入78.2亿元，增长3.3%。粮食产量17.1亿斤。城镇新增就业1.9万人。",
        targets="地区生产总值增长6%左右，固定资产投资增长8%以上，居民消费价格涨幅控制在3%以内，城镇新增就业1.8万人。",
        tasks="深入推进腾笼换鸟，老工业区换新颜。",
    ),
    "辽阳市-2023": written(
        "辽阳市",
        2023,
        results="地区生产总值增长2.5%。一般公共预算收入首次突破80亿元，达到83.6亿元，增长6.9%。固定资产投资下降4.2%。"
        "居民消费价格上涨1.9%。粮食产量17.4亿斤。城镇新增就业2.1万人。",
        targets="地区生产总值增长5.5%，一般公共预算收入增长5%，固定资产投资增长6%。",
        tasks="腾笼换鸟与数字辽阳并举，数字辽阳建设全面提速，数字辽阳走进千家万户。",
    ),
    "辽阳市-2024": written(
        "辽阳市",
        2024,
        results="预计地区生产总值增长5.5%左右。一般公共预算收入88.1亿元，增长5.4%。粮食再获丰收，总产达17.9亿斤。",
        targets="地区生产总值增长5%—5.5%，一般公共预算收入增长4%以上。",
    ),
    "鞍山市-2023": written(
        "鞍山市",
        2023,
        results="地区生产总值增长3.2%。一般公共预算收入151.7亿元，增长1.2%。粮食总产量21.5亿斤。",
        targets="地区生产总值增长6%以上，一般公共预算收入增长6%。",
        tasks="数字经济蓬勃发展。",
    ),
    "鞍山市-2024": written(
        "鞍山市",
        2024,
        results="地区生产总值增长4.9%。一般公共预算收入160.3亿元，增长5.7%。粮食总产量22.3亿斤。",
        targets="地区生产总值增长5.5%左右，一般公共预算收入增长5%。",
    ),
    "营口市-2023": written(
        "营口市",
        2023,
        results="地区生产总值下降1.1%。一般公共预算收入92.4亿元，下降3.6%。粮食产量6.2亿斤。",
        targets="地区生产总值增长7%左右，一般公共预算收入增长8%。",
    ),
    "营口市-2024": written(
        "营口市",
        2024,
        results="地区生产总值增长6.2%。一般公共预算收入99.8亿元，增长8%。",
        targets="地区生产总值增长6%，一般公共预算收入增长6%以上。",
    ),
}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = engine_over(tmp_path_factory.mktemp("several"), REPORTS)
    yield engine
    engine.close()


def ask(engine: Engine, question: str) -> Answer:
    return engine.ask(question, today=TODAY)[0]


def told(answer: Answer) -> list[str]:
    """Each figure as place, year, sign, value and unit."""
    out = []
    for item in answer.figures:
        figure = item.figure
        assert figure.value is not None
        sign = "-" if figure.direction < 0 else ""
        out.append(f"{figure.place} {figure.period} {sign}{plain(figure.value)}{figure.unit}")
    return out


@pytest.mark.parametrize("case", cases("across_answers"))
def test_across(several: Engine, case: dict[str, Any]):
    answer = ask(several, case["question"])
    assert answer.kind == case.get("kind", "figures"), answer
    assert (answer.reason.value if answer.reason else None) == case.get("reason")
    assert told(answer) == case.get("figures", [])
    assert answer.verdict == case.get("verdict")
    for words in case.get("notes", []):
        assert any(words in note for note in answer.notes), answer.notes
    for words in case.get("message", []):
        assert words in answer.message
    for label, value in case.get("computed", {}).items():
        found = next(item for item in answer.computed if label in item.label)
        assert found.value == Decimal(value)
    if "phrase" in case:
        given = answer_json(answer, text="")
        assert {key: given.get(key) for key in case["phrase"]} == case["phrase"]


@pytest.mark.parametrize("case", cases("across_answers"))
def test_every_figure_lies_in_a_quote_of_its_own_report(several: Engine, case: dict[str, Any]):
    answer = ask(several, case["question"])
    for citation in answer.citations:
        assert several.text(citation.report)[citation.span.start : citation.span.end] == citation.quote
        assert len(citation.quote) <= 400
    for item in (*answer.figures, *answer.related):
        citation = answer.citations[item.citation]
        assert citation.span.holds(item.figure.span)
        assert citation.place == (item.figure.place or citation.place)
    for computed in answer.computed:
        assert set(computed.citations) <= set(range(len(answer.citations)))


@pytest.mark.parametrize("case", cases("across_answers"))
def test_the_digit_gate_lets_it_pass(several: Engine, case: dict[str, Any]):
    text = plain_text(reply(ask(several, case["question"]), case["question"]))
    assert text
    assert WITHHELD not in text


def test_a_phrase_is_quoted_where_it_stands(several: Engine):
    answer = ask(several, "“腾笼换鸟”最早出现在辽阳市哪一年的政府工作报告？")
    assert [citation.report for citation in answer.citations] == ["辽阳市-2022"]
    assert "腾笼换鸟" in answer.citations[0].quote
