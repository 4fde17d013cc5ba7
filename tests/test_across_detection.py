"""Which questions are about several reports, and what of them is understood."""

from __future__ import annotations

from typing import Any

import pytest

from retrieval.query import parse
from retrieval.query.across import Across, across
from retrieval.query.bounds import bounds, order
from retrieval.query.regions import spelt_out
from tests.support.cases import cases


def understood(question: str) -> dict[str, Any]:
    """What detection made of a question, as the cases write it."""
    query = parse(question)
    asked = across(query)
    if asked is None:
        return {"shape": None}
    few = len(asked.years) < 4
    found: dict[str, Any] = {
        "shape": asked.shape.value,
        "places": [query.places[n][0].name for n in asked.places],
        "years": list(asked.years) if few else [asked.years[0], asked.years[-1]],
        "words": [slot.words for slot in asked.slots],
        "measures": [slot.ask.measure.value if slot.ask.measure else None for slot in asked.slots],
        "bounds": [f"{bound.relation}{bound.value}{bound.unit}" for bound in asked.bounds],
        "difference": asked.difference,
    }
    return {key: value for key, value in (found | _more(asked)).items() if value}


def _more(asked: Across) -> dict[str, Any]:
    return {
        "group": [asked.group.level.value, asked.group.within, bool(asked.group.places)] if asked.group else None,
        "operation": asked.operation.value if asked.operation else None,
        "order": [asked.order.falling, asked.order.most] if asked.order else None,
        "phrase": [asked.phrase.text, asked.phrase.wants, asked.phrase.since] if asked.phrase else None,
    }


@pytest.mark.parametrize("case", cases("across_detection"))
def test_detection(case: dict[str, Any]):
    expected = {key: value for key, value in case.items() if key not in ("id", "question")}
    assert understood(case["question"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增速超过6%的", ">6%"),
        ("目标不低于5.5%的", ">=5.5%"),
        ("增速低于3%的", "<3%"),
        ("没超过5%的", "<=5%"),
        ("没定到7.5%的", "<7.5%"),
        ("定在5%以上的", ">=5%"),
        ("控制在3%以内的", "<=3%"),
        ("只定了4.5%左右的", "=4.5%"),
        ("突破1万亿元的", ">1万亿元"),
        ("定在5%的,其他省多是5.5%", "=5%"),
        ("增速为负增长的", "<0%"),
        ("2024年18个省级地区", ""),
    ],
)
def test_bounds(text: str, expected: str):
    assert "".join(f"{bound.relation}{bound.value}{bound.unit}" for bound in bounds(text)) == expected


def test_a_range_is_two_bounds():
    assert [(bound.relation, str(bound.value)) for bound in bounds("定在4.5%到5%之间的")] == [
        (">=", "4.5"),
        ("<=", "5"),
    ]


@pytest.mark.parametrize(
    ("text", "falling", "most"),
    [
        ("从高到低排列", True, None),
        ("由低到高", False, None),
        ("倒数前三", False, 3),
        ("倒数第一", False, 1),
        ("前五名", True, 5),
        ("最高的三个省", True, 3),
        ("哪个市最低", False, 1),
        ("增速最快的是谁", True, 1),
        ("the top 3 provinces", True, 3),
    ],
)
def test_order(text: str, falling: bool, most: int | None):
    found = order(text)
    assert found is not None
    assert (found.falling, found.most) == (falling, most)


def test_no_order():
    assert order("2024年GDP增速各是多少") is None


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("东北三省2023年GDP增速对比", "辽宁省、吉林省、黑龙江省2023年GDP增速对比"),
        ("2023年京津冀各省市GDP目标分别是多少", "2023年北京市、天津市、河北省GDP目标分别是多少"),
        ("长三角2023年GDP增速排名", "上海市、江苏省、浙江省、安徽省2023年GDP增速排名"),
        ("京津冀协同发展2023年有哪些进展", None),
        ("承德在京津冀里排第几", None),
        ("2023年无锡融入长三角一体化有哪些举措", None),
        ("东北三省的粮食", None),
    ],
)
def test_a_region_is_compared_as_its_parts(text: str, spelt: str | None):
    assert spelt_out(text) == (spelt or text)
