"""Refusals of an invented report: each names the reason that is true of it; what the report bears out is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from retrieval import Engine
from retrieval.lexicon.ways import supposed
from retrieval.model import Kind, Reason
from tests.support.cases import cases

REPORT = """和县2023年政府工作报告

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2022年工作回顾

2022年，全县地区生产总值186.4亿元，增长6.2%；一般公共预算收入12.5亿元，增长5.1%；固定资产投资增长9.3%，居全市第3位；社会消费品零售总额60亿元，增长4.5%；出口总额8.2亿元，下降7.5%；实际利用外资与上年持平。城镇居民人均可支配收入36000元，增长4%；农村居民人均可支配收入18000元，增长6%。三次产业结构由12.1:47.6:40.3调整为11.8:45.2:43.0。

粮食生产实现“十连增”。新增市场主体2100户。进出口总额10亿元，增长3%。环城公路动工建设，完成路基12公里；民用机场前期工作进展顺利。刘村、张村、王村3个贫困村全部摘帽。商标注册数量有所下降。

五年来，旅游总收入年均增长10.5%。

我们也看到，规模以上工业增加值没有达到预期目标。

二、2023年工作安排

今年的主要预期目标是：地区生产总值增长7%左右，一般公共预算收入增长6%，城镇新增就业5200人。

各位代表，让我们团结奋斗，开创美好未来！
"""

BEFORE = """和县2022年政府工作报告

各位代表：

现在，我代表县人民政府向大会报告工作，请予审议。

一、2021年工作回顾

2021年，全县地区生产总值170亿元，增长7.1%。

二、2022年工作安排

今年的主要预期目标是：地区生产总值增长8%，一般公共预算收入增长6%。

各位代表，让我们团结奋斗，开创美好未来！
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("refusals")
    (folder / "和县-2023.txt").write_text(REPORT, encoding="utf-8")
    engine = Engine.open(folder / "store")
    (folder / "和县-2022.txt").write_text(BEFORE, encoding="utf-8")
    engine.ingest([folder / "和县-2022.txt", folder / "和县-2023.txt"])
    yield engine
    engine.close()


@pytest.mark.parametrize("case", cases("refusals"))
def test_refusal(engine: Engine, case: dict[str, Any]):
    answer, _ = engine.ask(case["question"], today=date(2024, 6, 1))
    if case["reason"]:
        assert (answer.kind, answer.reason) == (Kind.NONE, case["reason"]), answer
        assert answer.citations or answer.reason is Reason.NOT_MENTIONED, answer
    else:
        assert answer.kind is not Kind.NONE, answer


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("下滑了百分之几", {-1}),
        ("是涨了还是跌了", {0}),
        ("刑案少了几成，游客多了几成", {1, -1}),
        ("低保提到多少了", set()),
        ("实现了百分之几的增长", {1}),
        ("百分之几的增长目标", set()),
        ("增速是多少", set()),
    ],
)
def test_ways_a_question_says(text: str, ways: set[int]):
    assert supposed(text) == ways
