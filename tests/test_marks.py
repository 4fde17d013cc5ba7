"""What is set off in a file is no part of a number: footnote marks, struck and hidden words, broken lines, contents."""

from __future__ import annotations

import pytest

from retrieval import formats, reports
from retrieval.errors import UnreadableReport
from retrieval.figures import extract_report
from retrieval.passages import outline
from tests.support.docx import docx, part
from tests.support.pages import REPORT
from tests.support.pdf import pdf

VERTICAL = '<w:vertAlign w:val="superscript"/>'
WORDS = ("2023年，全县地区生产总值", "2", "182.6亿元，增长6.1%；工业增加值", "[3]", "增长5.2%；粮食产量31.5万吨。")
STATED = ["182.6亿元", "6.1%", "5.2%", "31.5万吨"]
NAMED = ["地区生产总值", "地区生产总值", "工业增加值", "粮食产量"]


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def word(lines: list[str]) -> bytes:
    return docx({"word/document.xml": part("".join(f"<w:p>{line}</w:p>" for line in lines))})


def page(lines: list[str]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><meta charset='utf-8'></head><body><div>{body}</div></body></html>".encode()


def figures(data: bytes, name: str) -> list[tuple[str, str]]:
    report = reports.read(data, name)
    stated = [figure for passage in extract_report(report, outline(report)) for figure in passage]
    assert all(report.text[f.span.start : f.span.end] == f.surface for f in stated)
    return [(figure.surface, figure.indicator) for figure in stated][: len(STATED)]


def around(line: str) -> list[str]:
    return [*REPORT[:6], line, *REPORT[9:]]


def marked(shape: str) -> tuple[bytes, str]:
    raised = {
        "sup.html": "<sup>{}</sup>",
        "style.html": "<span style='vertical-align: super'>{}</span>",
        "a.md": "<sup>{}</sup>",
    }
    if shape == "a.docx":
        plain = [run(line) for line in REPORT]
        line = "".join(run(w, VERTICAL if n % 2 else "") for n, w in enumerate(WORDS))
        return word([*plain[:6], line, *plain[9:]]), shape
    line = "".join(raised[shape].format(w) if n % 2 else w for n, w in enumerate(WORDS))
    if shape == "a.md":
        return "\n\n".join(around(line)).encode(), shape
    return page(around(line)), shape


@pytest.mark.parametrize("shape", ["a.docx", "sup.html", "style.html", "a.md"])
def test_a_footnote_mark_is_no_part_of_the_number_behind_it(shape: str):
    assert figures(*marked(shape)) == list(zip(STATED, NAMED, strict=True))


def test_a_raised_number_of_a_pdf_is_no_part_of_the_number_behind_it():
    size, small, placed, at = 12, 7, [], 90.0
    for number, words in enumerate(WORDS):
        raised = number % 2
        placed.append((at, 700 + raised * 5, words, small if raised else size))
        at += len(words) * (small if raised else size)
    lines = [(90.0, 800.0 - 20 * number, line) for number, line in enumerate(REPORT[:4])]
    below = [(90.0, 660.0 - 20 * number, line) for number, line in enumerate(REPORT[9:])]
    data = pdf([[*lines, *placed, *below]])
    assert figures(data, "甲市-2024.pdf") == list(zip(STATED, NAMED, strict=True))


@pytest.mark.parametrize("marks", [("²", "③"), ("[^1]", "［2］"), ("①", "¹")])
def test_marks_in_plain_text(marks: tuple[str, str]):
    line = f"2023年，全县地区生产总值{marks[0]}182.6亿元，增长6.1%；工业增加值{marks[1]}增长5.2%；粮食产量31.5万吨。"
    assert figures("\n\n".join(around(line)).encode(), "a.txt") == list(zip(STATED, NAMED, strict=True))


def test_a_power_stays_with_its_unit():
    line = run("新建公园3.2万m") + run("2", VERTICAL) + run("。")
    decoded = formats.decode(word([line]), "a.docx")
    assert decoded.text == "新建公园3.2万m2。\n"
    assert decoded.outside == ()


def test_struck_words_and_readings_of_characters_are_not_read():
    line = "完成<del>168.4</del>182.6亿元，<ruby>粮<rt>liáng</rt></ruby>食31.5万吨，<s>2万人</s>3万人。"
    assert "完成182.6亿元，粮食31.5万吨，3万人。" in formats.decode(page(around(line)), "a.html").text


def test_hidden_words_readings_and_formulas_of_word():
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    line = (
        run("粮食31.5万吨") + run("（内部口径99.9万吨）", "<w:vanish/>") + run("，", '<w:vanish w:val="0"/>')
        + f'<m:oMath xmlns:m="{math}"><m:r><m:t>5.6%</m:t></m:r></m:oMath>'
        + f"<w:r><w:ruby><w:rt>{run('lín')}</w:rt><w:rubyBase>{run('林')}</w:rubyBase></w:ruby></w:r>"
    )  # fmt: skip
    assert formats.decode(word([line]), "a.docx").text == "粮食31.5万吨，5.6%林\n"


def test_word_files_of_the_strict_form_and_with_other_separators():
    strict = part(run("增长6.1%")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    strict = strict.replace("<w:r>", "<w:p><w:r>").replace("</w:document>", "</w:p></w:document>")
    assert formats.decode(docx({"word/document.xml": strict}), "a.docx").text == "增长6.1%\n"
    assert (
        formats.decode(docx({"word\\document.xml": part(f"<w:p>{run('增长6.1%')}</w:p>")}), "a.docx").text
        == "增长6.1%\n"
    )


def test_a_page_inside_a_word_file_stands_where_it_is_put_in():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r9" Type="aFChunk" Target="chunk.html"/></Relationships>'
    )
    chunk = (
        '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="r9"/>'
        '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="r10"/>'
    )
    parts = {
        "word/document.xml": part(f"<w:p>{run('前')}</w:p>{chunk}<w:p>{run('后')}</w:p>"),
        "word/_rels/document.xml.rels": relations,
        "word/chunk.html": "<html><body><p>增长6.1%。</p></body></html>",
    }
    assert formats.decode(docx(parts), "a.docx").text.split() == ["前", "增长6.1%。", "后"]


def test_the_level_of_a_heading_told_by_its_list():
    level = (
        '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="{}"/>'
        '<w:lvlText w:val="{}"/></w:lvl>'
    )
    levels = level.format(0, "a", "%1、") + level.format(1, "b", "（%2）")
    numbering = part(
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        "numbering",
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="{}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{run(words)}</w:p>'
        for words, name in (("回顾", "a"), ("产业", "b"), ("民生", "b"), ("安排", "a"))
    )
    parts = {
        "word/document.xml": part(body),
        "word/numbering.xml": numbering,
        "word/styles.xml": part(style.format("a") + style.format("b"), "styles"),
    }
    assert formats.decode(docx(parts), "a.docx").text.split() == ["一、回顾", "（一）产业", "（二）民生", "二、安排"]


@pytest.mark.parametrize("width", [20, 27, 36])
def test_lines_broken_at_a_margin_are_whole_again(width: int):
    """Whatever the width, a break inside a word or a number changes no figure."""
    whole = (
        "2023年，面对严峻复杂的外部环境，全县地区生产总值182.6亿元，增长6.1%；"
        "全县规模以上工业增加值增长5.2%；全县粮食产量31.5万吨。"
    )
    lines = []
    for line in around(whole):
        lines += [line[at : at + width] for at in range(0, len(line), width)]
    found = figures("\n".join(lines).encode(), "青禾县-2024.txt")
    assert [("".join(surface.split()), name) for surface, name in found] == [
        ("182.6亿元", "地区生产总值"),
        ("6.1%", "地区生产总值"),
        ("5.2%", "规模以上工业增加值"),
        ("31.5万吨", "粮食产量"),
    ]


def test_a_text_with_a_blank_behind_every_character():
    lines = around("2023年，全县地区生产总值182.6亿元，增长6.1%；工业增加值增长5.2%；粮食产量31.5万吨。")
    found = figures("\n".join(" ".join(line) for line in lines).encode(), "a.txt")
    assert [("".join(surface.split()), name) for surface, name in found] == list(zip(STATED, NAMED, strict=True))


def test_words_lost_in_a_conversion_are_refused():
    lost = "\n".join(REPORT).encode("gb18030").decode("utf-8", "replace").encode().decode("gb18030", "replace")
    with pytest.raises(UnreadableReport, match="损坏"):
        reports.read(lost.encode(), "青禾县-2024.txt")


def test_a_table_of_contents_heads_no_sections():
    contents = ["目  录", "一、2023年工作回顾\t1", "二、2024年重点工作……5"]
    report = reports.read("\n".join([REPORT[0], *contents, *REPORT[1:]]).encode(), "青禾县-2024.txt")
    titles = [section.title for section in outline(report).sections]
    assert titles.count("2023年工作回顾") == 1
    assert not any("\t" in title or "…" in title for title in titles)
