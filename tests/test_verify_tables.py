"""Tables in a checked text: cells become clauses, and their findings stand at the cells."""

from __future__ import annotations

import pytest

from retrieval import Engine
from retrieval.text import lines
from retrieval.verify import Verdict, states, tables

MARKDOWN = """辽阳市2023年主要指标

| 指标 | 2023年(万吨) | 增速(%) |
|---|---|---|
| 粮食产量 | 111.6 | |
| 蔬菜产量（万吨） | 95.8 | - |
| 固定资产投资 | | 1 |
"""
TABS = "地区\tGDP（亿元）\t同比±%\n辽阳市\t882.5\t-2.1\n2023年目标\t900\t5"


def said(text: str) -> list[tuple[str, str]]:
    found = list(lines(text))
    return [
        (clause.number.of(text), clause.text)
        for row, head in tables.rows(found).items()
        for clause in tables.clauses(found[head], found[row])
    ]


def test_cells_are_said_with_their_row_and_column():
    assert said(MARKDOWN) == [
        ("111.6", "2023年粮食产量111.6万吨"),
        ("95.8", "2023年蔬菜产量95.8万吨"),
        ("1", "固定资产投资增长1%"),
    ]


def test_columns_of_things_join_the_row_s_name():
    assert said(TABS)[:2] == [("882.5", "辽阳市GDP882.5亿元"), ("-2.1", "辽阳市GDP增长-2.1%")]


@pytest.mark.parametrize(
    "text",
    ["一行 | 不是表", "", "甲 | 乙\n丙", "| 1 | 2 |\n| 3 | 4 |", "|||\n|||", "甲\t乙\t丙\n1\t2"],
)
def test_what_is_no_table_has_no_cells(text: str):
    assert said(text) == []


def test_findings_stand_at_their_cells(sample: Engine):
    check = sample.verify(MARKDOWN)
    assert [(f.span.of(MARKDOWN), f.verdict) for f in check.findings] == [
        ("111.6", Verdict.SAME),
        ("95.8", Verdict.DIFFERENT),
        ("1", Verdict.SAME),
    ]


def test_a_pasted_table_is_checked():
    assert states(MARKDOWN)
    assert not states("| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |")
