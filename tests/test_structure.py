"""Place, year, meeting and sections of reports in the ways reports are written."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest

from retrieval import passages, reports
from tests.support.cases import SHARED, cases, needs_shared

# Words that make a head long enough to be a report.
_BODY = (
    "全市上下团结一心，经济运行总体平稳，民生持续改善，社会大局稳定，各项事业取得新的进步，为今后发展打下了坚实基础。\n"
    * 3
)
_FRONT = re.compile(rb"\A---\s*\n.*?\n---\s*\n", re.DOTALL)


@pytest.mark.parametrize("case", cases("heads"))
def test_heads(case: dict[str, Any]):
    report = reports.read(("\n\n".join(case["lines"]) + "\n\n" + _BODY).encode(), "报告.md")
    assert (report.place.name, report.place.level.value, report.year) == (case["place"], case["level"], case["year"])
    assert (str(report.meeting) if report.meeting else None) == case["meeting"]
    for key in ("speaker", "session"):
        if key in case:
            assert getattr(report, key) == case[key]
    for key in ("review", "plan"):
        if key in case:
            assert list(getattr(report, key)) == case[key]


@pytest.mark.parametrize("case", cases("trees"))
def test_trees(case: dict[str, Any]):
    # Paragraphs as long as real ones: where a heading stands counts.
    lines = [line * 12 if line.endswith("。") and not line[0].isdigit() else line for line in case["lines"]]
    report = reports.read(("\n\n".join(lines) + "\n").encode(), f"鞍山市-{case['year']}.md")
    found = passages.outline(report)
    depth: list[int] = []
    for section in found.sections:
        depth.append(0 if section.parent is None else depth[section.parent] + 1)
    tree = [[d, s.kind.value, s.title] for d, s in zip(depth, found.sections, strict=True)]
    assert tree == case["tree"]


def test_what_is_stated_goes_over_what_is_said():
    text = "各位代表：\n一、2021年工作回顾\n" + _BODY
    assert reports.read(text.encode(), "鞍山市-2022.txt").place.name == "鞍山市"
    fronted = f"---\nplace: 辽阳市\nyear: 2020\n---\n{text}".encode()
    assert (report := reports.read(fronted, "鞍山市-2022.txt")).place.name == "辽阳市"
    assert report.year == 2020
    stated = reports.read(fronted, "鞍山市-2022.txt", overrides={"place": "辽宁省朝阳市", "year": "2019"})
    assert (stated.place.name, stated.place.level.value, stated.year) == ("朝阳市", "city", 2019)
    assert stated.review == (2018, 2018)


def test_a_file_named_otherwise_than_its_text_is_told():
    text = "——2016年1月6日在池州市第三届人民代表大会第五次会议上\n各位代表：\n" + _BODY
    assert "文件名说是沧州市，正文像是池州市的报告" in reports.read(text.encode(), "沧州市-2016.md").warnings


@needs_shared
def test_places_and_years_of_real_reports_without_their_names():
    with (SHARED / "corpus" / "dev.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))[::15]
    wrong = []
    for row in rows:
        data = _FRONT.sub(b"", (SHARED / "corpus" / "dev" / row["file"]).read_bytes())
        report = reports.read(data, "报告.md")
        if (report.place.name, str(report.year)) != (row["place"], row["report_year"]):
            wrong.append((row["file"], report.place.name, report.year))
    # One in this hundred: the file called 太原市-2019 writes its date 19年2月24日.
    assert len(wrong) <= 1, wrong
