"""Rankings of many places: the figures are told by the index, and are those that the reports' headlines state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.render import plain_text
from bot.reply import WITHHELD, reply
from retrieval import Engine
from retrieval.answer.across.cells import Wanted, agreed, cells
from retrieval.answer.across.groups import members
from retrieval.answer.across.headlines import side_by_side, told_by_index
from retrieval.lexicon import places
from retrieval.model import Answer, Level, Status, plain
from retrieval.query import parse
from retrieval.query.across import across
from tests.support.written import engine_over, written

TODAY = date(2025, 6, 1)
# Places of one level, more than are read one by one.
CITIES = [unit.name for unit in places.members(Level.CITY, "山东省")] + [
    unit.name for unit in places.members(Level.CITY, "河南省")
]
# What some of them write otherwise, and the growth and revenue that are theirs.
ODD = {
    CITIES[0]: "县域地区生产总值增长31%。地区生产总值900亿元，增长4.4%。一般公共预算收入40亿元。",
    CITIES[1]: "地区生产总值突破1000亿元、达到1267亿元，增长5.1%。一般公共预算收入突破100亿元、达到126亿元。",
    CITIES[2]: "五年来地区生产总值年均增长29%。2023年地区生产总值增长6.6%。一般公共预算收入五年累计880亿元。",
    CITIES[3]: "地区生产总值突破3000亿元。“东城新区”全面起势，实现地区生产总值200亿元、增长33%。",
    CITIES[4]: "上半年地区生产总值增长27%。全年地区生产总值增长2.2%。一般公共预算收入60亿元。",
}


def _results(number: int, name: str) -> str:
    usual = f"地区生产总值{900 + number}亿元，增长{3 + number / 10:.1f}%。一般公共预算收入{50 + number}亿元。"
    return ODD.get(name, usual)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    reports = {
        f"{name}-2024": written(
            name, 2024, results=_results(number, name), targets=f"地区生产总值增长{5 + number % 3}%左右。"
        )
        for number, name in enumerate(CITIES)
    }
    made = engine_over(tmp_path_factory.mktemp("headlines"), reports)
    yield made
    made.close()


def ask(engine: Engine, question: str) -> Answer:
    return engine.ask(question, today=TODAY)[0]


def told(answer: Answer) -> dict[str, str]:
    return {
        item.figure.place: f"{plain(item.figure.value)}{item.figure.unit}"
        for item in answer.figures
        if item.figure.value
    }


def test_the_index_is_asked(engine: Engine):
    asked = across(parse("各市2023年GDP增速排名"))
    assert asked is not None
    assert asked.group is not None
    wanted = [Wanted(site, 2023, None) for site in members(asked.group, engine.library)]
    assert len(wanted) == len(CITIES)
    assert told_by_index(wanted, asked.slots[0])
    row = side_by_side(wanted, asked.slots[0], engine.library)
    assert all(cell.told is not None for cell in row if cell.site.name not in ODD)


@pytest.mark.parametrize(
    "question", ["各市2023年GDP增速排名", "各市2023年一般公共预算收入排名", "各市2024年GDP增速目标排名"]
)
def test_plain_reports_give_what_reading_them_gives(engine: Engine, question: str):
    query = parse(question)
    asked = across(query)
    assert asked is not None
    assert asked.group is not None
    wanted = [Wanted(site, asked.years[0], query.status) for site in members(asked.group, engine.library)]
    indexed = side_by_side(wanted, asked.slots[0], engine.library)
    read = agreed(cells(wanted, asked.slots[0], engine.library), strict=True)
    for one, other in zip(indexed, read, strict=True):
        if one.site.name not in ODD:
            assert one.figure == other.figure


def test_a_growth_is_that_of_the_whole_place_and_of_the_one_year(engine: Engine):
    shown = told(ask(engine, "各市2023年GDP增速排名"))
    assert shown[CITIES[0]] == "4.4%"
    assert shown[CITIES[1]] == "5.1%"
    assert shown[CITIES[2]] == "6.6%"
    assert CITIES[3] not in shown
    assert shown[CITIES[4]] == "2.2%"
    assert len(shown) == len(CITIES) - 1


def test_an_amount_is_told_and_not_the_mark_it_passed(engine: Engine):
    shown = told(ask(engine, "各市2023年一般公共预算收入排名"))
    assert shown[CITIES[1]] == "126亿元"
    # A sum of five years is no amount of the last one.
    assert CITIES[2] not in shown


def test_only_targets_are_ranked_where_targets_are_asked_for(engine: Engine):
    answer = ask(engine, "各市2024年GDP增速目标最高的三个")
    assert {item.figure.status for item in answer.figures} == {Status.TARGET}
    assert set(told(answer).values()) == {"7%"}


def test_every_figure_is_quoted_and_passes_the_gate(engine: Engine):
    question = "各市2023年GDP增速前五名"
    answer = ask(engine, question)
    assert len(answer.figures) == 5
    for item in answer.figures:
        citation = answer.citations[item.citation]
        assert citation.place == item.figure.place
        assert citation.span.holds(item.figure.span)
        assert engine.text(citation.report)[citation.span.start : citation.span.end] == citation.quote
    assert WITHHELD not in plain_text(reply(answer, question))


def test_a_threshold_of_many_places_is_counted(engine: Engine):
    answer = ask(engine, "有几个市2023年GDP增速超过6%")
    values = [3 + number / 10 for number, name in enumerate(CITIES) if name not in ODD] + [4.4, 5.1, 6.6, 2.2]
    assert [int(item.value) for item in answer.computed] == [sum(round(value, 1) > 6 for value in values)]


def test_what_changed_in_the_store_is_seen(engine: Engine, tmp_path):  # noqa: ANN001  pytest's own path
    del tmp_path
    before = len(ask(engine, "各市2023年GDP增速排名").figures)
    engine.remove(f"{CITIES[-1]}-2024")
    assert len(ask(engine, "各市2023年GDP增速排名").figures) == before - 1
