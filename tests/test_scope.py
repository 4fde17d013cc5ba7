"""Which reports a question is about: cases over stores that hold no more than the names of reports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from retrieval.answer.scope import scope
from retrieval.index import ReportRow, Rows
from retrieval.lexicon import places
from retrieval.query import parse
from retrieval.query.periods import spelt_years
from retrieval.query.regions import spelt_out
from tests.support.cases import cases

_TODAY = date(2026, 11, 29)


def held(name: str) -> ReportRow:
    """A report by its name alone."""
    place, year = name.rsplit("-", 1)
    unit = places.by_name(place)[0]
    return ReportRow(  # type: ignore[call-arg]
        **_EMPTY | {"id": name, "place": place, "year": int(year), "level": unit.level.value, "parents": unit.parents}
    )


_EMPTY: dict[str, Any] = dict.fromkeys(ReportRow.__dataclass_fields__)


@pytest.mark.parametrize("case", cases("scope"))
def test_scope(case: dict[str, Any]):
    rows = Rows((name, held(name)) for name in case["held"])
    where = scope(parse(case["question"]), rows, "", _TODAY)
    found = [candidate.report for candidate in where.candidates]
    if case.get("some"):
        found = found[: len(case["reports"])]
    assert found == case.get("reports", [])
    assert (where.reason.value if where.reason else None) == case.get("reason")
    assert where.everywhere == case.get("everywhere", False)
    if "missing" in case:
        assert where.missing == case["missing"]
    if "options" in case:
        assert [option.label for option in where.options] == case["options"]
    if "periods" in case:
        assert [str(candidate.periods[-1]) for candidate in where.candidates] == case["periods"]


def test_a_wrong_and_between_places():
    assert parse("沈阳河大连2020年GDP谁高").text.startswith("沈阳和大连")


@pytest.mark.parametrize(
    ("said", "spelt"),
    [
        ("二零二三年GDP", "2023年GDP"),
        ("一九九八年", "1998年"),
        ("两千零九年", "2009年"),
        ("这二三年GDP", "这二三年GDP"),
        ("三千零二十年", "三千零二十年"),
    ],
)
def test_years_in_chinese_digits(said: str, spelt: str):
    assert spelt_years(said) == spelt


@pytest.mark.parametrize(
    ("said", "spelt"),
    [
        ("鲁2022年gdp", "山东省2022年gdp"),
        ("津京冀2023年GDP谁高", "天津市、北京市、河北省2023年GDP谁高"),
        ("苏和浙2022年GDP谁高", "江苏省、浙江省2022年GDP谁高"),
        ("辽宁11年城镇居民收入分别多少", "辽宁11年城镇居民收入分别多少"),
        ("2020年新就业人数多少", "2020年新就业人数多少"),
        ("京沪高铁2020年谁建的", "京沪高铁2020年谁建的"),
    ],
)
def test_provinces_of_one_character(said: str, spelt: str):
    assert spelt_out(said) == spelt


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("上海世博会宁波承办了论坛", ["宁波"]),
        ("沈阳新城区建设", ["沈阳"]),
        ("呼和浩特新城区GDP", ["呼和浩特", "新城区"]),
        ("新城区2020年", []),
        ("广州亚运会2010年", ["广州"]),
        ("the city of Suzhou in Anhui in 2020", ["Suzhou in Anhui"]),
    ],
)
def test_places_inside_words(text: str, named: list[str]):
    assert [mention.surface for mention in places.mentions(text)] == named
