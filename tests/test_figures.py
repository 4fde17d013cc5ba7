"""Figures of real sentences, of the whole sample, and what never counts as one."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Engine
from retrieval.figures import Context, as_json, extract
from retrieval.model import Figure, SectionKind, plain
from tests.support.cases import ROOT, cases

GOLDEN = ROOT / "tests" / "golden" / "sample_figures.tsv"
COLUMNS = ("value", "upper", "unit", "direction", "qualifier", "measure", "status", "period", "indicator")


def row(figure: Figure) -> dict[str, Any]:
    return {
        "surface": figure.surface,
        "value": plain(figure.value) if figure.value is not None else None,
        "upper": plain(figure.upper) if figure.upper is not None else None,
        "unit": figure.unit,
        "direction": figure.direction,
        "qualifier": figure.qualifier,
        "measure": figure.measure.value,
        "status": figure.status.value,
        "period": figure.period,
        "part": figure.part,
        "indicator": figure.indicator,
    }


@pytest.mark.parametrize(
    "case",
    [
        case
        for name in ("figures", "figures_numbers", "figures_parts", "figures_kinds", "figures_names")
        for case in cases(name)
    ],
)
def test_construction(case: dict[str, Any]):
    place, year = case["report"].rsplit("-", 1)
    kind = SectionKind(case["kind"]) if "kind" in case else None
    found = [row(figure) for figure in extract(case["text"], Context(int(year), place, kind))]
    assert len(found) == len(case["figures"]), found
    for got, expected in zip(found, case["figures"], strict=True):
        assert {key: got[key] for key in expected} == expected


@pytest.mark.parametrize("case", cases("not_figures"))
def test_no_figure(case: dict[str, Any]):
    place, year = case["report"].rsplit("-", 1)
    assert [figure.surface for figure in extract(case["text"], Context(int(year), place))] == []


def test_the_figures_of_the_sample(sample: Engine):
    lines = ["\t".join(("start", "surface", *COLUMNS))]
    for figure in sample.figures("辽阳市-2024"):
        values = row(figure)
        cells = (figure.span.start, values["surface"], *(values[column] for column in COLUMNS))
        lines.append("\t".join("" if cell is None else str(cell) for cell in cells))
    text = "\n".join(lines) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        Path(GOLDEN).write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


PIECES = [
    *"全市粮食产量增长下降达到分别和、，。；一二三十百万亿元%吨个位第年月约近以上左右（）“”",
    "2023年",
    "5.6",
    "12",
    "预计",
    "目标",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_figures_are_slices_in_order(pieces: list[str]):
    text = "".join(pieces)
    found = extract(text, Context(2024, "辽阳市"))
    assert all(text[f.span.start : f.span.end] == f.surface for f in found)
    assert [f.span.start for f in found] == sorted(f.span.start for f in found)
    for before, after in pairwise(found):
        # 均 and 各 give a figure to each subject on one span; others never overlap.
        assert before.span == after.span or before.span.end <= after.span.start


@given(st.text(max_size=120))
def test_any_text_is_read(text: str):
    for figure in extract(text, Context(2024, "辽阳市")):
        assert text[figure.span.start : figure.span.end] == figure.surface


def test_the_unit_of_what_is_paid_tells_for_whom_and_what_time():
    text = "对涉农专业学生按每生每年2000元给予生活补助，低保标准提至每人每月1010元，粮食补贴每亩60元，总投资12亿元。"
    units = [as_json(figure, per=True)["unit"] for figure in extract(text, Context(2017, "成都市"))]
    assert units == ["元/生·年", "元/人·月", "元/亩", "亿元"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("PM2.5平均浓度下降到每立方米30微克。", "微克"),
        ("PM2.5平均浓度下降到30微克/立方米。", "微克/立方米"),
        ("PM2.5、PM10平均浓度分别为30、56微克/立方米。", "微克/立方米"),
    ],
)
def test_a_unit_is_as_written(text: str, unit: str):
    found = extract(text, Context(2024, "辽阳市"))
    assert {as_json(figure)["unit"] for figure in found} == {unit}
