"""Panel data: targets beside results, as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bot.holdings import Filter
from bot.panel import indicator_ids, panel_file
from retrieval import Engine
from retrieval.errors import GovreportError
from retrieval.model import Measure
from tests.support.written import engine_over, written

REPORTS = {
    "辽阳市-2022": written(
        "辽阳市",
        2022,
        results="地区生产总值增长4.1%。一般公共预算收入78.2亿元，增长3.3%。",
        targets="地区生产总值增长6%左右，一般公共预算收入增长5%以上，居民消费价格涨幅控制在3%以内。",
    ),
    "辽阳市-2023": written(
        "辽阳市",
        2023,
        results="预计地区生产总值增长2.5%。一般公共预算收入83.6亿元，下降1.2%。居民消费价格上涨1.9%。",
        targets="地区生产总值增长5.5%。",
    ),
    "鞍山市-2023": written("鞍山市", 2023, results="地区生产总值增长3.2%。", targets="地区生产总值增长6%—6.5%。"),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = engine_over(tmp_path_factory.mktemp("panel"), REPORTS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def data(engine: Engine) -> Path:
    return Path(engine.store.path).parent


def lines(data: Path, tmp_path: Path, *names: str, **chosen: str) -> list[dict[str, str]]:
    path = tmp_path / "panel.jsonl"
    panel_file(data, Filter(**chosen), None, names, path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_target_stands_beside_its_result(engine: Engine):
    found = {(o.place, o.year, o.indicator.id, o.measure): o for o in engine.panel(engine.reports())}
    gdp = found["辽阳市", 2022, "gdp", Measure.GROWTH]
    assert gdp.target is not None
    assert gdp.result is not None
    assert (gdp.target.figure.value, gdp.target.figure.qualifier) == (Decimal(6), "左右")
    assert gdp.result.figure.value == Decimal("2.5")
    assert gdp.target.citation.report == "辽阳市-2022"
    assert gdp.result.citation.report == "辽阳市-2023"


def test_amount_and_growth_are_rows_of_their_own(data: Path, tmp_path: Path):
    rows = [row for row in lines(data, tmp_path, "财政收入", place="辽阳") if row["year"] == 2022]
    assert {row["measure"]: row["result_value"] for row in rows} == {"总量": "83.6", "增减": "-1.2"}


def test_what_is_estimated_and_what_is_a_range_is_told(data: Path, tmp_path: Path):
    rows = {(row["place"], row["year"]): row for row in lines(data, tmp_path, "GDP")}
    assert rows["辽阳市", 2022]["result_status"] == "预计"
    assert (rows["鞍山市", 2023]["target_value"], rows["鞍山市", 2023]["target_upper"]) == ("6", "6.5")


def test_every_figure_stands_in_its_sentence(engine: Engine):
    for one in engine.panel(engine.reports()):
        for side in (one.target, one.result):
            if side is not None:
                text = engine.text(side.citation.report)
                assert side.citation.span.holds(side.figure.span)
                assert side.figure.surface == side.figure.span.of(text)


def test_a_csv_file_has_the_names_of_the_columns(data: Path, tmp_path: Path):
    path = tmp_path / "panel.csv"
    said = panel_file(data, Filter(), (2022, 2022), (), path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert {row["年份"] for row in rows} == {"2022"}
    assert f"{len(rows)} 行" in said
    assert rows[0]["目标原句"]


def test_a_workbook_brings_its_codebook(data: Path, tmp_path: Path):
    path = tmp_path / "panel.xlsx"
    panel_file(data, Filter(), None, (), path)
    assert path.read_bytes().startswith(b"PK")


def test_a_parquet_file_has_typed_columns(data: Path, tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="an extra")
    path = tmp_path / "panel.parquet"
    panel_file(data, Filter(), None, (), path)
    table = parquet.read_table(path)
    assert table.schema.field("target_value").type == "double"
    assert table.schema.field("year").type == "int32"


@pytest.mark.parametrize(
    ("name", "file", "place", "words"),
    [
        ("房价", "a.csv", "", "没有指标"),
        ("GDP", "a.docx", "", "能写的有"),
        ("GDP", "a.csv", "沈阳", "没有符合条件的报告"),
        ("粮食产量", "a.csv", "", "没有写明"),
    ],
)
def test_what_cannot_be_made_is_said(data: Path, tmp_path: Path, *, name: str, file: str, place: str, words: str):
    with pytest.raises(GovreportError, match=words):
        panel_file(data, Filter(place=place), None, (name,), tmp_path / file)
    assert not (tmp_path / file).exists()


def test_indicators_are_named_as_people_name_them():
    assert indicator_ids(["GDP", "社零"]) == ("gdp", "retail")
    assert len(indicator_ids([])) == 18
    assert len(indicator_ids(["全部"])) > 150
