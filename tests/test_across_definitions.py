"""Breaks in a series, and figures that are not counted alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retrieval.answer.across.definitions import break_notes, breaks, counted_notes
from retrieval.lexicon import definitions
from retrieval.model import Break, Figure, Span


def figure(name: str, period: str = "2020", place: str = "辽阳市", basis: str = "") -> Figure:
    return Figure(Span(0, 2), "5%", Decimal(5), "%", indicator=name, period=period, place=place, basis=basis)


@pytest.mark.parametrize(
    ("name", "definition"),
    [
        ("地方财政一般预算收入", "一般预算收入"),
        ("地方公共财政预算收入", "公共财政预算收入"),
        ("一般公共财政预算收入", "一般公共预算收入"),
        ("农民人均纯收入", "人均纯收入"),
        ("农村常住居民人均可支配收入", "人均可支配收入"),
        ("城镇登记失业率", "城镇登记失业率"),
    ],
)
def test_a_name_tells_its_definition(name: str, definition: str):
    found = definitions.of(name)
    assert found is not None
    assert found.name == definition


def test_a_name_of_no_definition():
    assert definitions.of("粮食产量") is None


def test_a_series_breaks_where_its_definition_changes():
    names = {
        "2010": "一般预算收入",
        "2011": "地方财政一般预算收入",
        "2012": "公共财政预算收入",
        "2014": "一般公共预算收入",
    }
    found = breaks([figure(name, year) for year, name in names.items()])
    assert found == (
        Break("2012", "一般预算收入", "公共财政预算收入"),
        Break("2014", "公共财政预算收入", "一般公共预算收入"),
    )
    assert "口径有变：2012年起为“公共财政预算收入”" in break_notes(found)[0]


def test_other_words_for_one_thing_are_no_break():
    assert breaks([figure("GDP", "2010"), figure("地区生产总值", "2011"), figure("国内生产总值", "2012")]) == ()
    assert breaks([figure("农民人均纯收入", "2012"), figure("城镇登记失业率", "2013")]) == ()


def test_many_breaks_are_one_note():
    names = ["一般预算收入", "公共财政预算收入"] * 4
    found = breaks([figure(name, str(2010 + n)) for n, name in enumerate(names)])
    assert len(found) == 7
    assert len(break_notes(found)) == 1


def test_places_that_count_otherwise_are_told():
    told = counted_notes([figure("一般预算收入"), figure("一般公共预算收入", place="鞍山市")], by_year=False)
    assert told == ["口径不同：辽阳市为“一般预算收入”；鞍山市为“一般公共预算收入”"]


def test_a_basis_beside_none_is_told_and_what_is_compared_with_is_none():
    told = counted_notes([figure("出口额", basis="同口径"), figure("出口额", place="鞍山市")], by_year=False)
    assert told == ["口径不同：辽阳市为“同口径”，其余没有注明口径"]
    assert counted_notes([figure("出口额", basis="比上年"), figure("出口额", place="鞍山市")], by_year=False) == []
    assert counted_notes([figure("出口额", basis="同口径")] * 2, by_year=False) == []
