"""Every construction of the design on real sentences, the gold's negatives, and lists that cannot be dealt out."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from retrieval import passages, reports
from retrieval.figures import Context, as_json, extract, extract_report
from retrieval.figures.timing import events
from retrieval.lexicon import indicators, tense
from retrieval.model import Figure, SectionKind
from tests.support.cases import SHARED, cases, needs_shared

COUNT = 52


def figures(text: str, report: str, kind: str | None = None) -> tuple[Figure, ...]:
    place, year = report.split("-")[:2]
    return extract(text, Context(int(year), place, SectionKind(kind) if kind else None))


@pytest.mark.parametrize("case", cases("figures_constructions"))
def test_construction(case: dict[str, Any]):
    found = figures(case["text"], case["report"], case["kind"])
    assert [figure.surface for figure in found] == [expected["surface"] for expected in case["figures"]]
    for figure, expected in zip(found, case["figures"], strict=True):
        got = as_json(figure) | {
            "part": figure.part,
            "scope": figure.scope,
            "basis": figure.basis,
            "parent": figure.parent,
            "indicator_id": figure.indicator_id,
        }
        assert {key: got[key] for key in expected} == expected


def test_every_construction_has_a_case():
    ids = {param.id for param in cases("figures_constructions")}
    assert {f"construction-{number:02d}" for number in range(1, COUNT + 1)} <= ids


def test_a_list_that_cannot_be_dealt_out_keeps_its_whole_phrase():
    found = figures("粮食、蔬菜、水果产量分别增长5%和8%。", "辽阳市-2024", "review")
    assert [figure.indicator for figure in found] == ["粮食、蔬菜、水果产量"] * 2


def test_a_clause_covers_its_subject():
    text = "全市工业投资增长8%,占固定资产投资比重达30%、提高4个百分点"
    for figure in figures(text, "辽阳市-2024", "review"):
        assert figure.clause is not None
        assert figure.clause.holds(figure.span)
        assert "工业投资" in figure.clause.of(text)


def test_a_plan_is_known_by_its_number():
    """十五 is the tenth plan only where words say that it is one: 第十五次, 十五年."""
    spoken = {
        "“十五”期间": (2001, 2005), "十五时期": (2001, 2005), "“十一五”": (2006, 2010), "“十五五”时期": (2026, 2030),
        "“九五”末": (2000, 2000),
    }  # fmt: skip
    for text, years in spoken.items():
        (found,) = (event for event in events(text, years[1] + 1) if event.known)
        assert (found.frame.first, found.frame.last) == years
    assert [event.frame.first for event in events("第十五次会议", 2004)] == []


def test_what_is_joined_to_a_part_is_a_part():
    found = figures("财政总收入100亿元，其中税收收入80亿元、非税收入20亿元。", "辽阳市-2024", "review")
    assert [figure.parent for figure in found] == [None, 0, 0]


def test_groups_of_a_passage_are_told_apart():
    found = figures("粮食产量增长5%，蔬菜产量增长6%。肉类产量增长7%。", "辽阳市-2024", "review")
    assert len({figure.group for figure in found}) == len(found)


def test_indicators_end_names():
    """Of 非税收入 the lexicon's 税收 is no part, and of 畜牧业占农业总产值的比重 农业总产值 is not the indicator."""
    text = "非税收入增长5%。畜牧业占农业总产值的比重提高到28.4%。民营企业综合评分提高16个百分点。"
    assert [figure.indicator_id for figure in figures(text, "辽阳市-2024", "review")] == ["non_tax_rev", None, None]


def test_tense_tells_plans_from_reviews():
    assert tense.ahead("今年要力争新建幼儿园20所,确保年底前全部开工。") > 0
    assert tense.ahead("成功举办了首届博览会,城镇新增就业明显增加,获评全国先进。") < 0


def test_indicators_are_found_whole():
    text = "财政总收入和一般公共预算收入,gdpx不算,GDP算"
    assert [m.indicator.id for m in indicators.mentions(text)] == ["fiscal_rev_total", "gen_budget_rev", "gdp"]
    assert len(indicators.load()) >= 150


@needs_shared
@pytest.mark.parametrize("name", ["dev", "seed"])
def test_gold_negatives_are_no_figures(name: str):
    gold = {}
    for line in (SHARED / "eval" / f"figures_{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["pid"]] = row
    for line in (SHARED / "eval" / f"figures_{name}_passages.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        text, row = passage["text"], gold[passage["pid"]]
        stated = [(figure["start"], figure["end"]) for figure in row["figures"]]
        barred = [m.span() for surface in row.get("not_figures", ()) for m in re.finditer(re.escape(surface), text)]
        for figure in figures(text, passage["report"]):
            start, end = figure.span.start, figure.span.end
            if figure.value is None or any(start < e and s < end for s, e in stated):
                continue
            assert not any(start < e and s < end for s, e in barred), figure.surface


def test_the_work_of_a_year_may_open_with_a_look_ahead():
    text = (
        "# 2013年甘肃省政府工作报告\n\n各位代表：\n\n一、2012年工作回顾\n\n生产总值增长12.6%。\n\n二、2013年的工作\n\n"
        "未来五年，是我省全面建成小康社会的攻坚阶段。今年是实施“十二五”规划的关键一年。\n\n"
        "主要预期目标是：生产总值增长12%，公共财政预算收入增长16%。\n"
    )
    report = reports.read(text.encode(), "甘肃省-2013.md")
    found = [figure for some in extract_report(report, passages.outline(report)) for figure in some]
    assert [figure.period for figure in found] == ["2012", "2013", "2013"]


@pytest.mark.parametrize("case", cases("stretches"), ids=lambda case: case["id"])
def test_years_of_a_review_or_plan(case: dict[str, Any]):
    report = reports.read(case["text"].encode(), f"{case['report']}.md")
    found = [figure for some in extract_report(report, passages.outline(report)) for figure in some]
    assert [figure.period for figure in found] == case["periods"], [(f.surface, f.period) for f in found]


def test_what_follows_the_summing_up_of_a_term_is_of_its_years():
    text = (
        "# 2021年长沙市政府工作报告\n\n各位代表：\n\n一、2020年工作回顾\n\n生产总值增长4%。\n\n"
        "各位代表，2020年目标任务的完成，标志着“十三五”规划胜利收官。五年来，我们砥砺奋进，发展取得新成就。\n\n"
        "——城乡面貌焕然一新。新建学校300所，绿地率由30%提高到35%。\n\n二、2021年的工作\n\n新建学校50所。\n"
    )
    report = reports.read(text.encode(), "长沙市-2021.md")
    found = [figure for some in extract_report(report, passages.outline(report)) for figure in some]
    assert [figure.period for figure in found] == ["2020", "2016-2020", "2015", "2020", "2021"]
