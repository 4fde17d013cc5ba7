"""Rules of questions that stand beside the weights: countries, next years, amounts beside growths, visitors."""

from __future__ import annotations

import pytest

from retrieval.answer.scoring import readings
from retrieval.lexicon import countries
from retrieval.lexicon.question_words import cues
from retrieval.lexicon.synonyms import rewrite
from retrieval.model import Status
from retrieval.query import Conversation, parse, slots, urban_rural
from retrieval.query import asks as asking


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


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("农村人收入", "农村居民收入"),
        ("农村人均收入", "农村居民人均收入"),
        ("农村人口", "农村人口"),
        ("农村人居环境", "农村人居环境"),
    ],
)
def test_people_of_the_country_are_no_part_of_a_longer_word(said: str, written: str):
    assert rewrite(said) == written


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("提到一个月几块了", ["quantity"]),
        ("装了好多部电梯", ["quantity"]),
        ("这几个月", []),
        ("几月几号开幕", []),
        ("中欧班列 列数 同比", ["quantity", "growth"]),
    ],
)
def test_a_unit_behind_how_many_is_asked_for(text: str, kinds: list[str]):
    assert [cue.kind for cue in cues(text) if cue.kind in ("quantity", "growth")] == kinds


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("主要污染物下降多少", None),
        ("人均预期寿命多少岁", None),
        ("思想教育几次", None),
        ("2023年要建多少所学校", Status.TARGET),
        ("想做到多少", Status.TARGET),
        ("将新增多少", Status.TARGET),
    ],
)
def test_a_character_plans_only_where_it_is_a_word(text: str, status: Status | None):
    assert asking.status(text) is status


def test_a_comparison_with_a_plan_is_no_plan():
    assert asking.planned("2021年GDP增长目标")
    assert not asking.planned("GDP增速较年初计划高出多少")


@pytest.mark.parametrize(
    ("question", "year"), [("重庆2021年底市场主体", "2021"), ("到17年为止湖南有几家", "2017"), ("09年内蒙收入", "2009")]
)
def test_the_end_of_a_year_is_the_year(question: str, year: str):
    assert [str(period) for period in parse(question).periods] == [year]
    assert "底" not in parse(question).content


def test_an_aside_keeps_the_place_it_names():
    query = parse("我姥爷家在临汾乡下，2020年换了多少个厕所？占山西全省的百分之几？")
    assert "临汾" in [place[0].name[:2] for place in query.places]


def test_residents_are_those_of_towns_and_of_the_country():
    assert urban_rural("居民收入") == ("城镇居民收入", "农村居民收入")


def test_no_word_of_time_is_read_out_of_a_place():
    query = parse("2020年汕头一年发了多少快递")
    assert query.place_words == ("汕头",)
    assert [str(period) for period in query.periods] == ["2020"]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("路窄得要命。辽阳2023年拓宽多少公里", "辽阳2023年拓宽多少公里"),
        ("母亲在辽西务农，今年六十。辽宁2019年养老金多少元", "辽宁2019年养老金多少元"),
        ("天天爆仓！2020年汕头快递多少件", "2020年汕头快递多少件"),
        # The place asked about stands in the clause that asks nothing.
        ("平凉那个机场喊了好些年，2020年总投资多少亿元", ""),
        # What is asked about stands where the asker speaks of themselves.
        ("俺也想搞个家庭农场，滁州2013年新增多少家", "俺也想搞个家庭农场,滁州2013年新增多少家"),
        ("2013年辽阳收入多少", ""),
    ],
)
def test_a_question_is_read_again_without_clauses_that_ask_nothing(question: str, left: str):
    otherwise = parse(question).otherwise
    assert (otherwise.text.strip() if otherwise else "") == left


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("松原2019年希望民营经济增加值做到多少亿元", Status.TARGET),
        ("2016年青海拟将低保标准提高至多少元", Status.TARGET),
        ("青海2016年建了几所希望小学", None),
        ("六盘水 2020 上级补助资金 争取额", None),
    ],
)
def test_words_of_intention_ask_for_plans(question: str, status: Status | None):
    assert parse(question).status is status


def test_words_that_may_mean_a_plan_propose_one():
    query = parse("德宏2023年预计在综合交通上投多少钱")
    assert query.status is None
    assert "status_target" in {reading.how for reading in readings(query, slots(query))}


def test_a_clause_that_asks_where_a_change_began_keeps_its_name():
    found = slots(parse("双鸭山2014年新农合筹资标准原来是多少，后来加到多少了"))
    assert [bool(slot.words) for slot in found] == [True, True]
