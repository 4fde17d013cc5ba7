"""Of which year, place and standing the figures of a checked text are, however its lines are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Engine
from retrieval.model import Status
from retrieval.text import lines
from retrieval.verify import Missing, Verdict, dating
from retrieval.verify.checking import _plain
from retrieval.verify.claims import blanked, read
from retrieval.verify.whereabouts import Held
from retrieval.verify.wrapping import paragraphs

WRAPPED = """过去一年，全市上下团结奋斗，各项事业稳步前
进，粮食产量达到111.6万吨，蔬菜产量8
5.9万吨，一般公共预算收入下降8.7%，固定资
产投资增长1%。
人民生活持续改善。"""


def test_lines_broken_at_an_edge_are_one_paragraph():
    found = [one.source for one in paragraphs(WRAPPED, list(lines(WRAPPED)))]
    assert found == [WRAPPED.replace("\n", "").removesuffix("人民生活持续改善。"), "人民生活持续改善。"]


@pytest.mark.parametrize(
    "text",
    ["标题\n第一段说了一句话。\n第二段也说了一句话。", "一、增长7%\n二、增长8%\n三、增长9%\n四、增长6%", "只有一行"],
)
def test_lines_of_their_own_stay_apart(text: str):
    assert [one.source for one in paragraphs(text, list(lines(text)))] == text.split("\n")


@given(st.lists(st.text(st.sampled_from("增长7%，。粮食12.3亿 "), min_size=1, max_size=30), min_size=1, max_size=12))
def test_every_character_of_a_paragraph_has_its_place(rows: list[str]):
    text = "\n".join(rows)
    for one in paragraphs(text, list(lines(text))):
        assert [text[place] for place in one.at] == list(one.source)


def test_figures_across_a_break_are_checked(sample: Engine):
    check = sample.verify(WRAPPED, place="辽阳市", year=2023)
    assert [(f.span.of(WRAPPED).replace("\n", ""), f.verdict) for f in check.findings] == [
        ("111.6万吨", Verdict.SAME),
        ("85.9万吨", Verdict.SAME),
        ("8.7%", Verdict.SAME),
        ("1%", Verdict.SAME),
    ]


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("截至2025年底,城镇化率84%", 2026),
        ("到2025年,城镇化率84%", 0),
        ("2017年GDP将近2800亿元", 2018),
        ("2021年GDP是2010年的2.2倍,增长8%", 2022),
        ("比2020年增长8%", 0),
    ],
)
def test_the_year_of_a_paragraph(words: str, year: int):
    assert dating.context_year(words, by_plan=False) == year


def test_a_target_that_was_missed_is_a_target():
    words = "2006年,全国没有完成单位GDP能耗下降4%左右的目标,实际下降1.2%"
    claims = read(words, Held({}), place="全国").claims
    assert [claim.figure.status for claim in claims] == [Status.TARGET, Status.ACTUAL]


def test_who_tells_is_no_word_of_the_text():
    assert blanked("（本报讯）全市增长7%") == "     全市增长7%"
    assert blanked("【辽阳日报】全市增长7%") == "      全市增长7%"


def test_a_place_that_no_table_has_is_not_taken_for_another(sample: Engine):
    check = sample.verify("2023年，火星市粮食产量达到111.6万吨。辽阳市是个好地方。")
    (found,) = check.findings
    assert (found.verdict, found.missing) == (Verdict.UNFOUND, Missing.UNMENTIONED)


def test_a_simplified_text_is_read_as_it_is(sample: Engine):
    words = "2023年，辽阳市粮食产量显著提高，达到111.6万吨。"
    assert sample.verify(words).text == words
    assert _plain(words) == words
    assert _plain("遼陽市糧食產量達到111.6萬噸。") == "辽阳市粮食产量达到111.6万吨。"
