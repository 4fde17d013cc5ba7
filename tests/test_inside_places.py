"""Places inside the one whose report is loaded: an airport, a county."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from retrieval import Engine
from retrieval.model import Answer, Kind, Reason, plain
from tests.support.written import engine_over, written

REPORTS = {
    "成都市-2015": written(
        "成都市",
        2015,
        results="国际客货航线增至78条，双流国际机场年旅客吞吐量达3771万人次。粮食产量230.1万吨。",
        targets="地区生产总值增长9%，实施民生实事，新建农村公路500公里。",
    ),
    "鹰潭市-2018": written(
        "鹰潭市",
        2018,
        results="农村宅改扎实推进，全市试点村退出宅基地11301宗。余江县宅改成效明显，退出宅基地8851宗、3961亩。",
        targets="地区生产总值增长9%。",
    ),
    "辽宁省-2014": written(
        "辽宁省",
        2014,
        results="大连港货物吞吐量达到4亿吨，集装箱吞吐量突破1000万标箱。营口港货物吞吐量达到3.3亿吨。",
        targets="地区生产总值增长9%。",
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = engine_over(tmp_path_factory.mktemp("inside"), REPORTS)
    yield made
    made.close()


def ask(engine: Engine, question: str) -> Answer:
    return engine.ask(question, today=date(2026, 6, 1))[0]


def told(answer: Answer) -> list[str]:
    return [f"{plain(item.figure.value)}{item.figure.unit}" for item in answer.figures if item.figure.value is not None]


def test_what_stands_in_one_sentence_with_the_place_inside_answers_too(engine: Engine):
    answer = ask(engine, "2014年成都双流机场接了多少旅客，国际客货航线多少条")
    assert told(answer) == ["3771万人次", "78条"]


def test_what_is_said_of_the_whole_is_not_given_for_a_place_inside(engine: Engine):
    answer = ask(engine, "2014年成都双流区粮食产量是多少万吨")
    assert (answer.kind, answer.reason) == (Kind.NONE, Reason.PLACE_MISSING)


def test_figures_of_the_whole_make_way_for_those_of_the_place_asked_about(engine: Engine):
    assert told(ask(engine, "鹰潭余江搞宅改，2017年试点村退出来多少宗宅基地、合多少亩")) == ["8851宗", "3961亩"]


def test_a_place_that_begins_another_s_name_bars_nothing_beside_it(engine: Engine):
    assert told(ask(engine, "2013年辽宁的大连港与营口港货物吞吐量各为多少")) == ["4亿吨", "3.3亿吨"]


def test_a_task_set_for_a_year_is_given_as_what_is_planned(engine: Engine):
    answer = ask(engine, "成都15年的民生实事里，新建农村公路几公里")
    assert told(answer) == ["500公里"]
