"""What is read of files of each kind, and how files that cannot be read are refused."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import formats, passages, reports
from retrieval.errors import UnreadableReport, UnsupportedFormat
from retrieval.formats import html as html_reader
from retrieval.text import view
from tests.support.docx import docx, paragraph, part
from tests.support.pages import FURNITURE, REPORT, SHAPES
from tests.support.pdf import pdf, report_pages


def _passages(data: bytes, name: str) -> list[str]:
    report = reports.read(data, name)
    found = passages.outline(report)
    headings = [section.title for section in found.sections]
    return headings + [view(report.text, p.span, report.masks, folded=False).text.strip() for p in found.passages]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_is_read_without_its_furniture(shape: str, encoding: str):
    data = SHAPES[shape](REPORT).encode(encoding)
    report = reports.read(data, "页面.html")
    words = "\n".join(_passages(data, "页面.html"))
    assert (report.year, str(report.meeting), report.speaker) == (2024, "2024-01-16", "林远")
    assert report.format == "html"
    for line in REPORT[4:]:
        # A heading stands apart from its paragraph.
        assert line.split("。")[-2 if line.endswith("。") else -1].removeprefix("一、").removeprefix("二、") in words
    for line in FURNITURE:
        assert line not in words


def test_a_page_called_txt_is_a_page():
    assert reports.read(SHAPES["breaks"](REPORT).encode(), "保存.txt").format == "html"


def test_the_whole_page_stays_in_the_text():
    decoded = formats.decode(SHAPES["paragraphs"](REPORT).encode(), "a.html")
    assert "设为首页" in decoded.text
    assert decoded.title.startswith("2024年政府工作报告")


def test_a_page_without_words_says_so():
    with pytest.raises(UnreadableReport, match="脚本"):
        formats.decode(b"<html><body><div id=app></div><script>load()</script></body></html>", "a.html")


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_of_a_pdf_go_on_over_lines_columns_and_pages(columns: int):
    long = ["全县经济运行总体平稳，重点产业加快发展，项目建设取得新成效，民生保障水平不断提高。" * 7] * 12
    data = pdf(report_pages([*REPORT, *long], columns=columns, rows=24))
    decoded = formats.decode(data, "报告.pdf")
    lines = decoded.text.splitlines()
    for line in (*REPORT[4:], *long):
        assert line.replace(" ", "") in [found.replace(" ", "") for found in lines]
    outside = [decoded.text[start:end] for start, end in decoded.outside]
    assert "— 1 —" in outside
    assert "甲市政府工作报告" in outside


def test_a_scanned_pdf_needs_ocr():
    with pytest.raises(UnreadableReport, match="OCR"):
        formats.decode(pdf([[]]), "扫描.pdf")


_NUMBERING = part(
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>',
    "numbering",
)
_STYLES = part(
    '<w:style w:styleId="Base"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Sub"><w:basedOn w:val="Base"/></w:style>',
    "styles",
)


def _numbered(words: str, level: int) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')


def test_word_numbers_are_written_out():
    body = [
        _numbered("回顾", 0),
        paragraph("经济", '<w:pStyle w:val="Sub"/>'),
        paragraph("民生", '<w:pStyle w:val="Base"/>'),
        _numbered("教育", 2),
        _numbered("安排", 0),
        paragraph("产业", '<w:pStyle w:val="Sub"/>'),
    ]
    data = docx(
        {"word/document.xml": part("".join(body)), "word/numbering.xml": _NUMBERING, "word/styles.xml": _STYLES}
    )
    assert formats.decode(data, "a.docx").text.splitlines() == [
        "一、回顾",
        "（一）经济",
        "（二）民生",
        "1.教育",
        "二、安排",
        "（一）产业",
    ]


def test_word_insertions_are_read_and_deletions_are_not():
    body = (
        "<w:p><w:r><w:t>增长</w:t></w:r><w:ins><w:r><w:t>6.1%</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>5%</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t>左右</w:t></w:r></w:sdtContent></w:sdt>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>。</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>重复</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert formats.decode(docx({"word/document.xml": part(body)}), "a.docx").text == "增长6.1%左右。\n"


def test_endnotes_follow_with_their_numbers():
    notes = part(
        '<w:endnote w:type="separator"><w:p/></w:endnote>'
        + "".join(
            f"<w:endnote>{paragraph(words)}</w:endnote>"
            for words in ("高标准农田：指旱涝保收的农田。", "双创：指创新创业。")
        ),
        "endnotes",
    )
    data = docx({"word/document.xml": part(paragraph("建成农田。")), "word/endnotes.xml": notes})
    assert formats.decode(data, "a.docx").text.splitlines() == [
        "建成农田。",
        "[1] 高标准农田：指旱涝保收的农田。",
        "[2] 双创：指创新创业。",
    ]


def _bomb() -> bytes:
    plain = pdf([[(10, 10, "甲")]])
    body = zlib.compress(b"BT /F1 12 Tf 10 10 Td (a) Tj ET\n" * 10_000_000, 9)
    start = plain.index(b"7 0 obj")
    end = plain.index(b"endobj", start)
    stream = b"7 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(body) + body + b"\nendstream\n"
    return plain[:start] + stream + plain[end:]


_WORD = part("")
HOSTILE = {
    "大.txt": ("政府工作报告" * 3_000_000).encode(),
    "大.html": b"<html>" + b"a" * 9_000_000,
    "空.txt": b" \n ",
    "炸弹.docx": docx({"word/document.xml": _WORD, "word/media/a": b"\0" * 300_000_000}),
    "正文炸弹.docx": docx({"word/document.xml": _WORD.encode() + b" " * 40_000_000}),
    "实体.docx": docx({"word/document.xml": f'<!DOCTYPE a [<!ENTITY a "a">]>{_WORD.split("?>", 1)[1]}'}),
    "嵌套.docx": docx({"word/document.xml": _WORD.replace("</w:document>", "<w:p>" * 500_000)}),
    "截断.docx": docx({"word/document.xml": _WORD})[:80],
    "假的.docx": b"not a package" * 9,
    "炸弹.pdf": _bomb(),
    "循环.pdf": pdf([[(10, 10, "甲" * 60)]]).replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"),
    "截断.pdf": pdf([[(10, 10, "甲" * 60)]])[:400],
    "乱.pdf": b"%PDF-1.4\n" + b"\x00\xff" * 5000,
    "嵌套.html": b"<html><body>" + b"<table><a><b>" * 40_000 + "字".encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_by_name(name: str):
    with pytest.raises(UnreadableReport) as refusal:
        formats.decode(HOSTILE[name], name)
    assert str(refusal.value).startswith(f"{name}：")
    assert "Traceback" not in str(refusal.value)


def test_comments_before_a_page_cost_no_time():
    began = time.perf_counter()
    with pytest.raises(UnreadableReport):
        formats.decode(b"<!---->" * 500 + b"x", "a.xyz")
    assert time.perf_counter() - began < 1


def test_a_folder_s_modules_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "resource.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert formats.decode(SHAPES["paragraphs"](REPORT).encode(), "a.html").format == "html"


def test_what_breaks_a_reader_is_told():
    spoilt = bytearray(docx({"word/document.xml": part(paragraph("增长" * 4000))}))
    spoilt[60:90] = b"\x00" * 30
    with pytest.raises(UnreadableReport) as refusal:
        formats.decode(bytes(spoilt), "a.docx")
    assert "嵌套过深" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "data", "hint"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"a" * 99, "docx"),
        ("旧.doc", "政府工作报告".encode() * 20, "docx"),
        ("包.zip", docx({"a.txt": "a"}), "解压"),
        ("包.rar", b"Rar!" + b"1" * 50, "解压"),
        ("照片.jpg", b"\xff\xd8\xff" + b"1" * 50, "OCR"),
        ("表.xlsx", docx({"xl/a.xml": "a"}), "表格"),
        ("数据.xyz", "政府工作报告".encode() * 20, ".xyz"),
    ],
)
def test_other_kinds_are_refused_by_name(name: str, data: bytes, hint: str):
    with pytest.raises(UnsupportedFormat, match=hint):
        formats.decode(data, name)


@settings(deadline=None)  # what begins like a PDF is read in a process of its own
@given(st.binary(max_size=600), st.sampled_from(["a.txt", "a.md", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str):
    try:
        decoded = formats.decode(data, name)
    except UnreadableReport:
        return
    assert decoded.text


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("<>/=\"' &;#abdiptrx政府，。\n"), max_size=400))
def test_any_markup_is_read_or_refused(markup: str):
    page = f"<html><body>{markup}<p>{'政府工作报告，经济平稳增长。' * 8}</p>".encode()
    try:
        decoded = html_reader.decode(page)
    except UnreadableReport:
        return
    assert all(0 <= start < end <= len(decoded.text) for start, end in decoded.outside)


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("size", [40, 400])
def test_encodings_are_told_without_a_mark(encoding: str, size: int):
    text = (
        "政府工作報告：一年來，全市經濟發展，人民生活改善。" if encoding == "big5hkscs" else "".join(REPORT[4:])
    ) * 20
    decoded = formats.decode(text[:size].encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == (text[:size], encoding)


def test_stray_bytes_cost_only_themselves():
    text = "".join(REPORT) * 5
    data = text.encode("gb18030")
    broken = data[:500] + b"\xff" + data[500:1500] + b"\xff\xff" + data[1500:]
    decoded = formats.decode(broken, "a.txt")
    assert decoded.encoding == "gb18030"
    assert 1 <= decoded.lost <= 6
