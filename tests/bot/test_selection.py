"""/table with places, years and indicators: what is selected, and what comes of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from bot.dialogue import Dialogue
from bot.home import Shelf
from bot.selection import selection
from bot.state import State
from retrieval import Engine
from tests.support.written import engine_over, written

_PLACES = ("辽阳市", "鞍山市", "大连市")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    reports = {
        f"{place}-{year}": written(
            place, year, results="地区生产总值增长3.1%。一般公共预算收入78.2亿元。", targets="地区生产总值增长6%左右。"
        )
        for place in _PLACES
        for year in (2021, 2022, 2023)
    }
    made = engine_over(tmp_path_factory.mktemp("selection"), reports)
    yield made
    made.close()


@pytest.fixture
def dialogue(engine: Engine) -> Dialogue:
    return Dialogue(Shelf(engine.store.path.parent))


@pytest.mark.parametrize(
    ("text", "places", "years", "asked"),
    [
        ("辽阳 鞍山 GDP 2021-2022", {"辽阳市", "鞍山市"}, (2021, 2022), ("gdp",)),
        ("2022 一般公共预算收入 GDP 辽阳", {"辽阳市"}, (2022, 2022), ("gen_budget_rev", "gdp")),
        ("辽宁各市 GDP 2022年", set(_PLACES), (2022, 2022), ("gdp",)),
        ("副省级城市 GDP 2022", {"大连市"}, (2022, 2022), ("gdp",)),
        ("辽阳 GDP", {"辽阳市"}, (2018, 2023), ("gdp",)),
    ],
)
def test_places_years_and_indicators(
    engine: Engine, text: str, places: set[str], years: tuple[int, int], asked: tuple[str, ...]
):
    found = selection(text, engine)
    assert found is not None
    assert {row.place for row in found.rows} == places
    assert (found.years[0], found.years[-1]) == years
    assert found.asked == asked
    assert all(row.year in found.years or row.year - 1 in found.years for row in found.rows)


@pytest.mark.parametrize(
    "text", ["辽阳2022年GDP是多少", "GDP 2022", "辽阳", "辽阳 GDP最高 2022", "各市 GDP 5%以上 2022"]
)
def test_a_question_selects_nothing(engine: Engine, text: str):
    assert selection(text, engine) is None


def test_the_table_holds_targets_beside_results(dialogue: Dialogue):
    said = dialogue.turn("/table 辽阳 鞍山 GDP 2021-2022", State())
    assert said.file is not None
    assert said.file.name == "辽阳_鞍山GDP.xlsx"
    with zipfile.ZipFile(io.BytesIO(said.file.content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert {"辽阳市", "鞍山市"} <= {name for name in _PLACES if name in strings}
    assert "大连市" not in strings


def test_too_much_is_refused_in_words(dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.acts.files.MOST", 2)
    said = dialogue.turn("/table 辽宁各市 GDP", State())
    assert said.file is None
