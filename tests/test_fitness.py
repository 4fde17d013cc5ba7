"""Sentences ranked for what a question asks: by meaning, by the year and section they stand in, by what they list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from retrieval import Engine
from retrieval.answer.fitness import FEATURES, fitted
from retrieval.answer.scope import scope
from retrieval.answer.searching import search
from retrieval.answer.sentences import cite
from retrieval.query import parse, slots

REPORT = """和县{year}年政府工作报告

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、{last}年工作回顾

{last}年，我们扩大农业生产，办好教育。成功创建省级园林县城。{done}

二、{year}年工作安排

今年要抓好以下工作。推进城乡建设。推行“三即承诺制”，企业办事更方便。{plan}

各位代表，让我们团结奋斗，开创美好未来！

名词解释

1.“三即承诺制”：面向企业的一项改革。拿地即开工、开户即开业、交房即交证。

2.“河长制”：由各级负责人担任河长，管好河湖。
"""
DONE = {
    2022: "建成白渡桥、龙潭桥。",
    2023: "打通和州路、历阳路、香泉路、乌江路等四条城区道路。城区道路管理得到加强。城区公园由园林部门管理。",
}
PLAN = {
    2022: "打通一批城区道路。对经营困难的企业缓缴社会保险费。",
    2023: "开展农贸市场改造。建设城区道路。",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("fitness")
    for year in (2022, 2023):
        text = REPORT.format(year=year, last=year - 1, done=DONE[year], plan=PLAN[year])
        (folder / f"和县-{year}.txt").write_text(text, encoding="utf-8")
    engine = Engine.open(folder / "store")
    engine.ingest(sorted(folder.glob("*.txt")))
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # What a year's plan says stands in its own report, what was done in the next one's.
        ("2022年和县打算怎么帮经营暂时周转不开的公司？", "缓缴社会保险费"),
        ("和县2022年打通了哪四条城区道路？", "和州路、历阳路、香泉路、乌江路"),
        # 菜场 is no word of the report.
        ("2023年和县要改造菜场吗？", "农贸市场改造"),
        # A note tells what its term means, whether or not its sentence says the term.
        ("和县2023年的三即承诺制指哪三项承诺？", "拿地即开工"),
    ],
)
def test_the_first_sentence_answers(engine: Engine, question: str, said: str):
    today = date(2024, 1, 1)
    query = parse(question)
    where = scope(query, engine.library.rows, "", today)
    hits = search(query, slots(query), where, engine.library, last_report="", today=today).hits
    assert said in cite(query, hits)[0].quote


def test_every_feature_has_a_weight():
    assert len(fitted()) == len(FEATURES)
    assert np.count_nonzero(fitted()) == len(FEATURES)
