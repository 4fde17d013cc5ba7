"""Places by their full, short, popular, romanised and misspelt names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.lexicon import places
from retrieval.model import Level, Place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("辽阳2023年粮食产量", "辽阳市"),
        ("内蒙古GDP", "内蒙古自治区"),
        ("吉林2022年", "吉林省"),
        ("吉林市2022年", "吉林市"),
        ("辽宁朝阳2020年", "朝阳市"),
        ("北京朝阳2020年", "朝阳区"),
        ("版纳2024年GDP", "西双版纳傣族自治州"),
        ("呼市污水处理", "呼和浩特市"),
        ("全国2005年粮食产量", "全国"),
        ("国务院2026年打算", "全国"),
        ("苏洲2017年收入", "苏州市"),
        ("呼和好特2023年GDP", "呼和浩特市"),
        ("巴彦卓尔2013年GDP", "巴彦淖尔市"),
        ("exports of Shaanxi in 2020", "陕西省"),
        ("广西2016年新市民购房", "广西壮族自治区"),
        # The year that stood behind is blanked.
        ("请问泉洲      港口货物吞吐量", "泉州市"),
        ("跑长途的，常走黔东南那片山路", "黔东南苗族侗族自治州"),
    ],
)
def test_place(text: str, expected: str):
    found = places.mentions(text)
    assert found[-1].candidates[0].name == expected


@pytest.mark.parametrize(
    "text",
    [
        "城乡居民收入",
        "国家级高新技术企业",
        "2020年国家高新技术企业",
        "普洱茶产值",
        "招商引资签约项目",
        "中心城区停车位",
        "2020年惠民实事",
    ],
)
def test_no_place(text: str):
    assert places.mentions(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("安微省2022年财政收入", "安徽省"),
        ("毫州2022年粮食产量", "亳州市"),
        ("连云岗2022年财政收入", "连云港市"),
        ("秦黄岛2022年财政收入", "秦皇岛市"),
        ("日客则2022年财政收入", "日喀则市"),
        ("帮我查查看贵洋的财政收入", "贵阳市"),
    ],
)
def test_a_name_of_a_city_with_a_wrong_character(text: str, name: str):
    assert [mention.candidates[0].name for mention in places.mentions(text)] == [name]


@pytest.mark.parametrize("text", ["连云2022年财政收入", "黄岛区2022年财政收入"])
def test_a_district_spelt_right_is_itself(text: str):
    assert places.mentions(text)[0].candidates[0].level is Level.COUNTY


def test_a_place_spelt_right_needs_no_misspelt_one_before_it():
    assert [mention.surface for mention in places.mentions("跑长途的，常走黔东南那片山路")] == ["黔东南"]


@given(st.text(max_size=60))
def test_mentions_lie_in_the_text(text: str):
    found = places.mentions(text)
    assert all(text[m.start : m.end] and m.candidates for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "surface"),
    [("云栖新区2023年粮食产量", "云栖新区"), ("2023年云栖粮食产量", "云栖"), ("辽阳和云栖谁高", "云栖")],
)
def test_a_place_of_a_report_that_no_table_has(text: str, surface: str):
    found = places.mentions(text, [Place("云栖新区", Level.COUNTY)])
    assert found[-1].surface == surface
    assert found[-1].candidates == (Place("云栖新区", Level.COUNTY),)
    assert [mention.surface for mention in found[:-1]] == (["辽阳"] if "辽阳" in text else [])
