"""A report's figures as files: what a spreadsheet and a program find in them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.export import as_csv, as_lines, as_workbook
from retrieval.model import Figure, Measure, Span
from tests.support.program import run

NAME = "辽阳市-2024"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def figure(surface: str, **more: object) -> Figure:
    return Figure(Span(0, len(surface)), surface, more.pop("value", Decimal(5)), str(more.pop("unit", "%")), **more)  # type: ignore[arg-type]


def rows(raw: bytes) -> list[dict[str, str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def cells(raw: bytes) -> tuple[list[str], list[tuple[str, str | None]]]:
    """The shared strings of a workbook, and type and content of each cell."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314  our own file
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314  our own file
    assert not list(sheet.iter(f"{SHEET}f"))
    return strings, [(cell.get("t", "n"), cell.findtext(f"{SHEET}v")) for cell in sheet.iter(f"{SHEET}c")]


def test_csv_of_a_report(home: Path):
    found = rows(run("figures", NAME, "--csv", home=home).stdout)
    grain = next(row for row in found if row["原文"] == "111.6 万吨")
    assert (grain["指标"], grain["数值"], grain["单位"], grain["换算值"], grain["换算单位"]) == (
        "粮食产量", "111.6", "万吨", "1116000", "吨",
    )  # fmt: skip
    assert grain["性质"] == "实绩"
    assert grain["时期"] == "2023"
    assert "111.6 万吨" in grain["语境"]


def test_lines_of_a_report_are_figures_of_its_text(home: Path):
    text = run("reports", NAME, "--text", home=home).stdout.decode()
    found = [json.loads(line) for line in run("figures", NAME, "--jsonl", home=home).stdout.splitlines()]
    assert len(found) == len(rows(run("figures", NAME, "--csv", home=home).stdout)) > 50
    for line in found:
        assert text[line["start"] : line["end"]] == line["surface"]
        assert line["parent"] is None or found[line["parent"]]["start"] < line["start"]


def test_a_workbook_has_numbers_and_no_formulas(home: Path, tmp_path: Path):
    path = tmp_path / "数据.xlsx"
    done = run("figures", NAME, "--xlsx", "-o", str(path), home=home)
    assert done.returncode == 0
    assert done.stdout == b""
    strings, found = cells(path.read_bytes())
    assert "粮食产量" in strings
    assert ("n", "111.6") in found
    assert run("figures", NAME, "--xlsx", home=home).stdout.startswith(b"PK")


def test_batch_mode_is_as_it_was(home: Path):
    given = json.dumps({"pid": "a", "report": NAME, "text": "粮食产量增长5%"}).encode() + b"\n"
    assert json.loads(run("figures", "--jsonl", home=home, given=given).stdout)["figures"][0]["value"] == "5"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--csv", "--xlsx", NAME], "只能选一个"),
        (["-o", "x.csv", NAME], "-o 要与"),
        (["--csv"], "缺少报告编号"),
        (["--csv", "无此-2024"], "没有"),
    ],
)
def test_wrong_calls(words: list[str], said: str, home: Path):
    done = run("figures", *words, home=home)
    assert done.returncode == 2
    assert said in done.stderr.decode()


@pytest.mark.parametrize("name", ["=1+1", "+86", "-5%以内", "@SUM(A1)", "＝1+1", "＋1"])
def test_text_is_never_run_as_a_formula(name: str):
    stated = [(0, figure("5%", indicator=name))]
    assert rows(as_csv(stated, "5%"))[0]["指标"] == f"'{name}"
    assert name in cells(as_workbook(stated, "5%"))[0]


def test_values_a_spreadsheet_would_mistake():
    third = figure("三分之一", value=Fraction(1, 3), unit="", scaled=Fraction(1, 3), measure=Measure.SHARE)
    long = figure("12345678901234567元", value=Decimal("12345678901234567"), unit="元")
    told = figure("持平", value=None, unit="", wording="持平")
    text = "12345678901234567元"
    table = rows(as_csv([(0, third), (0, long), (0, told)], text))
    assert [row["数值"] for row in table] == ["0.333333", "12345678901234567", ""]
    strings, found = cells(as_workbook([(0, third), (0, long)], text))
    assert ("n", "0.333333") in found
    assert "12345678901234567" in strings


def test_a_part_names_the_figure_it_is_of():
    whole, part = figure("5%"), figure("2%", parent=0)
    assert [line["parent"] for line in as_lines([(0, whole), (1, whole), (1, part)])] == [None, None, 1]
    assert [row["所属序号"] for row in rows(as_csv([(0, whole), (1, whole), (1, part)], "5%"))] == ["", "", "2"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the program runs, empty."""
    path = tmp_path / "out"
    path.mkdir()
    return path


def test_an_answer_is_handed_over_as_a_table(home: Path, folder: Path):
    done = run("export", "辽阳", "2023年粮食产量", "-o", str(folder / "粮食.csv"), home=home)
    assert "已写入" in done.stdout.decode()
    found = rows((folder / "粮食.csv").read_bytes())
    assert [(row["地区"], row["数值"], row["单位"]) for row in found] == [("辽阳市", "111.6", "万吨")]


def test_words_for_a_table_may_be_part_of_the_question(home: Path, folder: Path):
    assert run("export", "导出辽阳2023年粮食产量的表格", "--csv", home=home, cwd=folder).returncode == 0
    assert [path.suffix for path in folder.iterdir()] == [".csv"]
    assert run("export", "导出辽阳2023年粮食产量的表格", "--csv", home=home, cwd=folder).returncode == 0
    assert len(list(folder.iterdir())) == 2


def test_an_answer_is_handed_over_as_a_picture(home: Path, folder: Path):
    path = folder / "收入.png"
    done = run("chart", "辽阳2023年城镇和农村居民人均可支配收入各增长多少", "-o", str(path), "--dark", home=home)
    assert done.returncode == 0, done.stderr.decode()
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "said", "status"),
    [
        (["chart", "辽阳2023年粮食产量"], "没有可以画成图", 1),
        (["chart", "辽阳2023年粮食产量", "-o", "x.jpg"], "只能存为 .png", 2),
        (["export", "辽阳2023年粮食产量", "-o", "x.doc"], "能写的有", 2),
        (["export", "辽阳2023年航天发射次数"], "未提及", 1),
        (["export"], "缺少", 2),
    ],
)
def test_what_cannot_be_handed_over_is_said(home: Path, folder: Path, words: list[str], said: str, status: int):
    done = run(*words, home=home, cwd=folder)
    assert done.returncode == status
    assert said in done.stderr.decode()
    assert not list(folder.iterdir())


def test_a_question_in_the_console_is_answered_with_a_file(home: Path, folder: Path):
    done = run("console", home=home, cwd=folder, given="导出辽阳2023年粮食产量的表格\n导出表格\n".encode())
    assert done.stdout.decode().count("已写入") == 2
    assert len(list(folder.glob("*.xlsx"))) == 2
