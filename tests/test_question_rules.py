"""Rules of questions that stand beside the weights: countries, next years, amounts beside growths, visitors."""

from __future__ import annotations

import pytest

from retrieval.lexicon import countries
from retrieval.lexicon.synonyms import rewrite
from retrieval.query import Conversation, parse, slots


@pytest.mark.parametrize(
    ("question", "country"),
    [("日本2023年GDP", "日本"), ("请问法国去年失业率", "法国"), ("2023年对美国出口", ""), ("韩国企业投资多少", "")],
)
def test_a_question_about_a_country(question: str, country: str):
    assert countries.foreign(question) == country


@pytest.mark.parametrize("said", ["次年", "第二年", "转过年来", "下一年", "来年"])
def test_the_next_year_is_counted_from_what_was_asked_before(said: str):
    last = parse("辽阳2022年粮食产量")
    query = parse(f"{said}的目标是多少", Conversation(place="辽阳市", content=last.content, periods=last.periods))
    assert [str(period) for period in query.periods] == ["2023"]


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("阜阳2021年生产总值及其增速各为多少", [None, "growth"]),
        ("阜阳2021年生产总值增速是多少", ["growth"]),
        ("阜阳2021年生产总值和工业增速是多少", ["growth", "growth"]),
    ],
)
def test_a_growth_joined_to_an_amount_asks_for_both(question: str, measures: list[str | None]):
    found = [slot.ask.measure for slot in slots(parse(question))]
    assert [measure.value if measure else None for measure in found] == measures


def test_people_who_come_are_visitors_and_money_is_none():
    assert "游客" in rewrite("2024年来承德玩的到底有多少人")
    assert "游客" not in rewrite("投到旅游的钱有多少")
    assert "三次产业" in rewrite("一、二、三产业的比重各是多少")
    assert "三次产业" not in rewrite("第一、第二、第三产业分别增长多少")
