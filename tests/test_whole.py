"""Whole reports on an invented pair: targets against outcomes, wording against wording, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval import Engine
from retrieval.answer.whole import changes, checklist, scorecard
from retrieval.model import Answer, Kind, Reason
from retrieval.query import parse
from retrieval.query.whole import Whole, whole
from tests.support.written import engine_over, written

_HEAD = "——{year}年1月9日在鞍山市第十七届人民代表大会第二次会议上\n各位代表：\n现在，我代表市人民政府向大会报告工作。\n"
_FIRST = (
    _HEAD.format(year=2023)
    + """一、2022年工作回顾
全年地区生产总值完成1800亿元，增长3.1%。经济运行在合理区间，向阳而行的鞍山迎来新气象。
二、2023年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长5%，规模以上工业增加值增长8%，粮食产量保持稳定。
大力实施“满格行动”，满格行动要落到每个县区。全面推进钢都焕新工程，钢都焕新工程是全市的头等大事。
各位代表，让我们团结起来，为建设美好鞍山而努力奋斗！
"""
)
_SECOND = (
    _HEAD.format(year=2024)
    + """一、2023年工作回顾
全年地区生产总值增长6.2%，一般公共预算收入增长3.4%。全市首次跻身全国文明城市，粮食产量实现二十连丰。
二、2024年工作安排
今年地区生产总值增长5%左右。
加快建设数字鞍钢走廊，数字鞍钢走廊要连接每个园区。深入开展“暖心服务年”活动。
各位代表，让我们团结起来，为建设美好鞍山而努力奋斗！
"""
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("two")
    for year, text in ((2023, _FIRST), (2024, _SECOND)):
        (folder / f"鞍山市-{year}.txt").write_text(text, encoding="utf-8")
    engine = Engine.open(folder / "store")
    engine.ingest([folder / "鞍山市-2023.txt", folder / "鞍山市-2024.txt"])
    return engine


def _exact(engine: Engine, answer: Answer) -> None:
    """Every figure lies in its citation, every citation is a slice."""
    for citation in answer.citations:
        assert engine.text(citation.report)[citation.span.start : citation.span.end] == citation.quote
    for item in answer.figures:
        assert answer.citations[item.citation].span.holds(item.figure.span)


def test_a_scorecard_sets_each_target_beside_its_outcome(engine: Engine):
    answer = scorecard(engine.store.rows["鞍山市-2023"], engine.library)
    _exact(engine, answer)
    told = {
        item.label: (
            answer.figures[item.target].figure.surface,
            answer.figures[item.outcome].figure.surface if item.outcome is not None else None,
            item.verdict,
        )
        for item in answer.assessed
    }
    assert told == {
        "地区生产总值": ("6%", "6.2%", "met"),
        "一般公共预算收入": ("5%", "3.4%", "missed"),
        "规模以上工业增加值": ("8%", None, "untold"),
    }
    assert answer.message == "鞍山市2023年目标完成情况：完成一项，未完成一项，下一年报告未提一项。"


def test_without_the_next_report_there_is_no_scorecard(engine: Engine):
    answer = scorecard(engine.store.rows["鞍山市-2024"], engine.library)
    assert (answer.kind, answer.reason) == (Kind.NONE, Reason.YEAR_MISSING)


def test_wording_new_and_gone(engine: Engine):
    answer = changes(engine.library.load("鞍山市-2023"), engine.library.load("鞍山市-2024"), engine.library)
    _exact(engine, answer)
    fresh = {item.text for item in answer.wordings if item.after}
    gone = {item.text for item in answer.wordings if item.before}
    assert {"数字鞍钢走廊", "暖心服务年"} <= fresh
    assert "满格行动" in gone
    assert any(text.endswith("焕新工程") for text in gone)
    assert not fresh & gone
    for item in answer.wordings:
        assert item.text in answer.citations[item.citation].quote


def test_what_many_reports_of_the_year_say_anew_comes_first(tmp_path: Path):
    """海绵花园 is new in both places, 银杏工程 in one; 康养小镇 another place said before, as often as now."""
    said = {
        ("鞍山市", 2023): "做好本职工作。",
        ("鞍山市", 2024): "建设银杏工程，银杏工程要加快。打造海绵花园，海绵花园要够多。扶持康养小镇，康养小镇要办好。",
        ("营口市", 2023): "扶持康养小镇，康养小镇要办好。",
        ("营口市", 2024): "打造海绵花园，海绵花园要够多。",
        ("辽阳市", 2023): "扶持康养小镇，康养小镇要办好。",
        ("辽阳市", 2024): "打造海绵花园，海绵花园要够多。",
    }
    reports = {
        f"{place}-{year}": written(place, year, results="粮食增产。", targets="粮食增产。", tasks=tasks)
        for (place, year), tasks in said.items()
    }
    engine = engine_over(tmp_path, reports)
    answer = changes(engine.library.load("鞍山市-2023"), engine.library.load("鞍山市-2024"), engine.library)
    fresh = [item.text for item in answer.wordings if item.after]
    assert "海绵花园" in fresh[0]
    assert any("银杏工程" in text for text in fresh)
    assert not any("康养小镇" in text for text in fresh)
    engine.close()


def test_a_checklist_names_what_is_missing_and_quotes_what_is_claimed(engine: Engine):
    answer = checklist(engine.library.load("鞍山市-2024"))
    _exact(engine, answer)
    have, missing = answer.notes
    assert "地区生产总值" in have
    assert "城镇调查失业率" in missing
    assert any("首次跻身" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("长春2022年的目标完成情况怎么样", Whole.SCORECARD),
        ("鞍山2023年年初的目标都完成了吗", Whole.SCORECARD),
        ("长春2023年报告和2024年报告的提法有什么变化", Whole.CHANGES),
        ("辽宁2024年有哪些新提法", Whole.CHANGES),
        ("全国2024年报告和2023年相比有什么新变化", Whole.CHANGES),
        ("湖南今年的报告比2023年多了哪些", Whole.CHANGES),
        ("辽宁2023年和2024年两份报告有什么不同", Whole.CHANGES),
        ("报告里说的营商环境有什么变化", None),
        ("长春2024年报告没有提到哪些指标", Whole.CHECKLIST),
        ("长春2022年GDP目标完成了吗", None),
        ("江西2025年GDP目标兑现了吗", None),
        ("泉州市2010年报告承认年度预期指标完成得怎么样", None),
        ("辽阳2023年粮食产量是多少", None),
        ("“新质生产力”最早出现在哪一年", None),
        ("完成了多少公里公路建设", None),
        ("新建了哪些学校", None),
    ],
)
def test_questions_about_a_whole_report(text: str, kind: Whole | None):
    assert whole(parse(text)) is kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("鞍山2023年的目标完成情况怎么样", "鞍山市2023年目标完成情况：完成一项"),
        ("鞍山的报告提法有什么变化", "鞍山市2023年和2024年报告的提法：新出现"),
        ("鞍山2024年报告没有提到哪些指标", "鞍山市2024年报告的指标清单"),
        ("鞍山2019年的目标完成情况怎么样", "年份未收录：没有鞍山市2019年政府工作报告。"),
    ],
)
def test_asked_as_questions(engine: Engine, text: str, said: str):
    answer, _ = engine.ask(text)
    assert answer.message.startswith(said)
    _exact(engine, answer)
