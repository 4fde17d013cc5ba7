"""Answers as pictures and tables: what is drawn, that it can be drawn, and what spreadsheets find."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from bot.answer_table import COLUMNS as TABLE_COLUMNS
from bot.answer_table import as_csv, as_markdown, as_text, as_workbook
from bot.answer_table import rows as table_rows
from bot.charts import Chart, Shape, drawn, picture, plan
from bot.charts.inks import exact
from bot.wording import FORMS, Unworded, question
from retrieval.model import (
    Answer,
    AnswerFigure,
    Assessed,
    Break,
    Citation,
    Computed,
    Figure,
    Kind,
    Measure,
    Mentions,
    PhraseFacts,
    Span,
    Status,
    Wording,
)


def answer(*stated: tuple[str, str, str, str, Status, int], topic: str = "地区生产总值") -> Answer:
    """An answer of figures given as (place, period, value, unit, status, direction)."""
    figures, citations = [], []
    for place, period, value, unit, status, direction in stated:
        scale = {"亿元": 8, "万亿元": 12, "万元": 4}.get(unit)
        figure = Figure(
            Span(0, len(value + unit)),
            value + unit,
            Decimal(value),
            unit,
            base_unit="元" if scale else unit,
            scaled=Decimal(value) * Decimal(10) ** (scale or 0),
            measure=Measure.GROWTH if unit == "%" else Measure.LEVEL,
            direction=direction,
            status=status,
            period=period,
            place=place,
            indicator="地区生产总值",
        )
        figures.append(AnswerFigure(figure, len(citations), f"{place}地区生产总值"))
        citations.append(Citation(f"{place}-{period}", "a.txt", Span(0, 9), f"={value}{unit}", place, int(period) + 1))
    return Answer(Kind.FIGURES, figures=tuple(figures), citations=tuple(citations), topic=topic)


ACTUAL, ESTIMATED, TARGET = Status.ACTUAL, Status.ESTIMATED, Status.TARGET
LINE = answer(
    ("甲市", "2019", "7.1", "%", ACTUAL, 1),
    ("甲市", "2020", "2.5", "%", ACTUAL, -1),
    ("甲市", "2022", "5", "%", ESTIMATED, 1),
    ("甲市", "2023", "6", "%", TARGET, 1),
)
BARS = answer(("甲市", "2023", "9800", "亿元", ACTUAL, 0), ("乙市", "2023", "1.2", "万亿元", ACTUAL, 0))
DOTS = replace(answer(("甲市", "2023", "6", "%", TARGET, 1), ("甲市", "2023", "6.6", "%", ACTUAL, 1)), verdict="met")
COLUMNS = Answer(
    Kind.PASSAGES,
    citations=tuple(Citation(f"甲市-{y}", "a.txt", Span(0, 2), "双碳", "甲市", y) for y in (2021, 2022, 2022)),
    phrase=PhraseFacts(
        years=(2021, 2022),
        mentions=(
            Mentions("甲市-2020", "甲市", 2020, 0),
            Mentions("甲市-2021", "甲市", 2021, 1),
            Mentions("甲市-2022", "甲市", 2022, 2),
            Mentions("甲市-2024", "甲市", 2024, 11),
        ),
    ),
    topic="双碳",
)


DIFFERENCE = (Computed(Decimal(2200), "亿元", "相差", (0, 1)),)


def read(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def test_years_are_lines_with_falls_below_zero():
    chart = plan(LINE)
    assert chart is not None
    assert (chart.shape, chart.unit) == (Shape.LINES, "%")
    assert [(p.at, p.value, p.status) for p in chart.series[0].points] == [
        (2019, 7.1, ACTUAL),
        (2020, -2.5, ACTUAL),
        (2022, 5.0, ESTIMATED),
        (2023, 6.0, TARGET),
    ]
    assert chart.title == "地区生产总值增速"
    assert chart.source == "来源：甲市2020—2024年政府工作报告"


def test_places_are_bars_in_one_unit_the_largest_first():
    chart = plan(BARS)
    assert chart is not None
    assert (chart.shape, chart.unit, chart.title) == (Shape.BARS, "亿元", "2023年地区生产总值")
    assert [(p.at, p.value, p.text) for p in chart.series[0].points] == [
        ("乙市", 12000.0, "1.2万亿元"),
        ("甲市", 9800.0, "9800亿元"),
    ]


def test_targets_stand_beside_outcomes():
    chart = plan(DOTS)
    assert chart is not None
    assert chart.shape is Shape.DOTS
    assert {series.name: series.points[0].value for series in chart.series} == {"目标": 6.0, "结果": 6.6}


def test_a_phrase_is_counted_year_by_year():
    chart = plan(COLUMNS)
    assert chart is not None
    assert (chart.shape, chart.unit, chart.title) == (Shape.COLUMNS, "次", "甲市报告每年说“双碳”的次数")
    assert [(p.at, p.value) for p in chart.series[0].points] == [(2020, 0), (2021, 1), (2022, 2), (2024, 11)]
    assert chart.notes == ("没有收录报告的年份：2023",)
    assert chart.source == "来源：甲市2020—2024年政府工作报告，按字面计数"


def test_a_phrase_s_table_has_a_row_for_each_report():
    rows = list(csv.DictReader(io.StringIO(as_csv(COLUMNS).decode("utf-8-sig"))))
    assert [(r["报告编号"], r["数值"], r["单位"], r["性质"]) for r in rows] == [
        ("甲市-2020", "0", "次", "计算得出"),
        ("甲市-2021", "1", "次", "计算得出"),
        ("甲市-2022", "2", "次", "计算得出"),
        ("甲市-2024", "11", "次", "计算得出"),
    ]
    assert rows[1]["引文"] == "双碳"
    assert rows[3]["引文"] == ""


def test_wording_new_and_gone_is_a_table():
    changed = replace(
        COLUMNS, phrase=None, wordings=(Wording("腾笼换鸟", 3, 0, 0), Wording("新质生产力", 0, 4, 1)), topic=""
    )
    assert [(r["指标"], r["时期"], r["数值"], r["性质"]) for r in read(as_csv(changed))] == [
        ("“腾笼换鸟”出现次数", "2021", "3", "不再出现"),
        ("“新质生产力”出现次数", "2022", "4", "新出现"),
    ]
    assert {len(row) for row in table_rows(changed)} == {len(TABLE_COLUMNS)}


def test_a_phrase_that_was_not_counted_over_years_is_no_picture():
    assert plan(replace(COLUMNS, phrase=PhraseFacts(first_year=2021))) is None


def test_years_without_a_figure_are_named():
    chart = plan(answer(*[("甲市", str(y), "5", "%", ACTUAL, 1) for y in (2015, 2016, 2019, 2021)]))
    assert chart is not None
    assert chart.notes == ("没有数字的年份：2017、2018、2020年",)


def test_an_amount_and_its_growth_are_drawn_one_below_the_other():
    years = range(2019, 2023)
    both = [("甲市", str(y), "8", "亿元", ACTUAL, 0) for y in years] + [
        ("甲市", str(y), "5", "%", ACTUAL, 1) for y in years
    ]
    chart = plan(answer(*both))
    assert chart is not None
    (below,) = chart.below
    assert (chart.unit, below.unit, chart.notes) == ("亿元", "%", ())
    assert len(below.series[0].points) == len(years)


@pytest.mark.parametrize(
    ("qualifier", "hedge", "bound"),
    [("", "", False), ("左右", "约", False), ("以上", "≥", True), ("突破", ">", True), ("以内", "≤", True)],
)
def test_a_bound_is_shown_as_one_and_joined_to_nothing(qualifier: str, hedge: str, bound: bool):
    told = answer(*[("甲市", str(y), "900", "亿元", ACTUAL, 0) for y in range(2019, 2023)])
    first = told.figures[0]
    hedged = replace(first, figure=replace(first.figure, qualifier=qualifier))
    chart = plan(replace(told, figures=(hedged, *told.figures[1:])))
    assert chart is not None
    point = chart.series[0].points[0]
    assert (point.hedge, point.bound) == (hedge, bound)


def many_years(count: int) -> Answer:
    """A series of so many years that goes up and down."""
    values = [f"{6 + (number * 7) % 5}.{number % 10}" for number in range(count)]
    return answer(*(("甲市", str(1985 + number), value, "%", ACTUAL, 1) for number, value in enumerate(values)))


def axes_of(chart: Chart, monkeypatch: pytest.MonkeyPatch) -> Axes:
    """The axes of a chart as it was drawn."""
    kept: list[Drawing] = []
    save = Drawing.savefig

    def keeping(self: Drawing, *given: Any, **named: Any) -> None:
        kept.append(self)
        save(self, *given, **named)

    monkeypatch.setattr(Drawing, "savefig", keeping)
    assert drawn(chart).startswith(b"\x89PNG")
    return kept[0].axes[0]


@pytest.mark.parametrize("count", [3, 12, 40])
def test_no_number_of_a_line_stands_on_another_or_outside(count: int, monkeypatch: pytest.MonkeyPatch):
    chart = plan(many_years(count))
    assert chart is not None
    axes = axes_of(chart, monkeypatch)
    boxes = [words.get_window_extent() for words in axes.texts]
    assert boxes
    if count <= 12:
        assert len(boxes) == count
    # A box is told a little larger than its ink.
    assert not any(one.shrunk(0.8, 0.8).overlaps(other.shrunk(0.8, 0.8)) for one, other in combinations(boxes, 2))
    frame = axes.get_window_extent().padded(2)
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    assert any(words.get_text() == exact(chart.series[0].points[-1].value) for words in axes.texts)


def test_every_year_or_every_second_one_is_named(monkeypatch: pytest.MonkeyPatch):
    chart = plan(many_years(40))
    assert chart is not None
    named = [int(words.get_text()) for words in axes_of(chart, monkeypatch).get_xticklabels()]
    assert {abs(one - other) for one, other in pairwise(named)} <= {1, 2}
    assert max(named) == 2024


def test_two_indicators_are_two_panels_with_their_own_names():
    grain = [(f"{700 + number}", "亿斤", str(2019 + number)) for number in range(4)]
    shown = answer(*(("甲市", str(2019 + number), str(5 + number), "%", ACTUAL, 1) for number in range(4)))
    other = answer(*(("甲市", period, value, unit, ACTUAL, 0) for value, unit, period in grain))
    named = tuple(
        replace(item, figure=replace(item.figure, indicator="粮食产量"), label="粮食产量") for item in other.figures
    )
    both = replace(shown, figures=(*shown.figures, *named), topic="甲市地区生产总值 粮食产量")
    chart = plan(both)
    assert chart is not None
    assert {chart.title, chart.below[0].title} == {"甲市地区生产总值增速", "甲市粮食产量"}


def test_who_states_nothing_is_named_below_the_picture():
    chart = plan(replace(BARS, notes=("丙市报告没有写明", "未指明年份，取2024年政府工作报告")))
    assert chart is not None
    assert chart.notes == ("丙市报告没有写明",)


def test_decades_without_a_phrase_are_told_and_not_drawn():
    mentions = tuple(Mentions(f"甲市-{year}", "甲市", year, 3 if year > 2021 else 0) for year in range(1990, 2025))
    chart = plan(replace(COLUMNS, phrase=PhraseFacts(mentions=mentions)))
    assert chart is not None
    assert [point.at for point in chart.series[0].points] == list(range(2019, 2025))
    assert "此前收录的报告（最早1990年）都没有说" in chart.notes


def test_what_does_not_fit_is_left_out_and_told():
    mixed = answer(
        *[("甲市", str(y), "5", "%", ACTUAL, 1) for y in range(2019, 2023)], ("甲市", "2023", "8", "亿元", ACTUAL, 0)
    )
    chart = plan(mixed)
    assert chart is not None
    assert chart.notes == ("单位不同或没有数值，未画出：2023年“8亿元”",)


@pytest.mark.parametrize("one", [answer(("甲市", "2023", "5", "%", ACTUAL, 1)), Answer(Kind.NONE), answer()])
def test_one_figure_is_no_picture(one: Answer):
    assert plan(one) is None
    assert picture(one) is None


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("shown", [LINE, BARS, DOTS, COLUMNS], ids=["lines", "bars", "dots", "columns"])
def test_pictures_are_drawn_with_every_character(shown: Answer, dark: bool):
    # A character that the font lacks is a warning, and a warning fails the test.
    png = picture(shown, dark=dark)
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20]) == (1080,)


def test_a_csv_runs_nothing_and_keeps_numbers():
    rows = list(csv.DictReader(io.StringIO(as_csv(BARS).decode("utf-8-sig"))))
    assert [(r["地区"], r["数值"], r["单位"], r["时期"]) for r in rows] == [
        ("甲市", "9800", "亿元", "2023"),
        ("乙市", "1.2", "万亿元", "2023"),
    ]
    assert rows[0]["引文"] == "'=9800亿元"


def test_every_row_fills_every_column():
    for shown in (LINE, BARS, DOTS, COLUMNS, replace(BARS, computed=DIFFERENCE), replace(COLUMNS, phrase=None)):
        assert {len(row) for row in table_rows(shown)} == {len(TABLE_COLUMNS)}


def test_verdicts_qualifiers_and_breaks_have_columns():
    assert [(r["性质"], r["完成情况"]) for r in read(as_csv(DOTS))] == [("目标", ""), ("实绩", "完成")]
    broken = replace(LINE, breaks=(Break("2022", "一般预算收入", "一般公共预算收入"),))
    assert [r["口径"] for r in read(as_csv(broken))] == [
        "",
        "",
        "自本期起为“一般公共预算收入”，此前为“一般预算收入”",
        "",
    ]
    record = replace(DOTS, verdict=None, assessed=(Assessed("2023年", 0, 1, "missed"),))
    assert [r["完成情况"] for r in read(as_csv(record))] == ["", "未完成"]
    untold = replace(DOTS, verdict=None, figures=DOTS.figures[:1], assessed=(Assessed("2023年", 0, None, "unheld"),))
    assert [r["完成情况"] for r in read(as_csv(untold))] == ["未收录下一年报告"]


def test_a_table_to_be_read_leaves_empty_columns_out():
    assert as_text(BARS)[0].split() == ["地区", "指标", "时期", "原文", "性质", "来源"]
    assert as_text(COLUMNS)[0].split() == ["地区", "指标", "时期", "数值", "单位", "性质", "来源"]
    assert "完成情况" in as_text(DOTS)[0]


def test_a_workbook_has_typed_numbers_and_no_formula():
    with zipfile.ZipFile(io.BytesIO(as_workbook(BARS))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>9800</v>" in sheet


def test_a_markdown_table():
    lines = as_markdown(BARS).splitlines()
    assert lines[0].startswith("| 地区 | 指标 |")
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("name", "words", "asked"),
    [
        ("compare", "长春 成都 GDP增速 2023", "长春和成都2023年GDP增速分别是多少"),
        ("compare", "GDP增速 2023 长春、成都", "长春和成都2023年GDP增速分别是多少"),
        ("compare", "长春 GDP 2019 2023", "长春2019年和2023年GDP分别是多少"),
        ("trend", "郑州 一般公共预算收入 2014-2020", "郑州从2014年到2020年历年的一般公共预算收入"),
        ("rank", "各省 GDP增长目标 2024", "2024年各省GDP增长目标排名"),
        ("rank", "辽宁 粮食产量 2023", "2023年辽宁各市粮食产量排名"),
        ("rank", "各省 GDP增长目标 5.5%以上 2024", "2024年各省GDP增长目标5.5%以上的有哪些"),
        ("wc", "长春 2022 GDP", "长春2022年GDP目标完成了吗"),
        ("wc", "长春 2022", "长春2022年的目标完成情况"),
        ("wc", "长春 GDP", "长春历年GDP目标完成情况"),
        ("wc", "GDP 2018-2023 长春", "长春2018年到2023年每年的GDP目标完成情况"),
        ("diff", "长春 2023 2024", "长春2023年和2024年报告的提法有什么变化"),
        ("checklist", "长春 2024", "长春2024年报告没有提到哪些指标"),
        ("phrase", "新质生产力", "“新质生产力”出现在哪些年的报告里"),
        ("phrase", "“双碳” 辽宁", "辽宁“双碳”出现在哪些年的报告里"),
    ],
)
def test_words_become_a_question(name: str, words: str, asked: str):
    assert question(next(form for form in FORMS if form.name == name), words) == asked


@pytest.mark.parametrize(("name", "words"), [("compare", "长春"), ("trend", "GDP"), ("rank", "2024"), ("phrase", "")])
def test_what_is_missing_is_said(name: str, words: str):
    with pytest.raises(Unworded, match="请写明"):
        question(next(form for form in FORMS if form.name == name), words)
