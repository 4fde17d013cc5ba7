"""Files become reports: encodings, what is masked, place and year, structure."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import reports
from retrieval.errors import UnreadableReport
from retrieval.model import Completeness, SectionKind
from retrieval.passages import outline
from retrieval.text import view
from tests.support.cases import ROOT

SAMPLE = next((ROOT / "data" / "reports").glob("*.txt"))
BODY = (
    "政府工作报告\n——2021年1月20日在甲市第三届人民代表大会第五次会议上\n市长 张三\n各位代表:\n"
    "一、2020年工作回顾\n过去一年,全市地区生产总值增长5%,粮食产量20万吨。\n"
    "二、2021年工作安排\n今年地区生产总值增长6%左右。让我们团结起来,为建设美好家园而努力奋斗!\n"
)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_encodings_are_recognised(encoding: str, mark: bytes):
    report = reports.read(mark + BODY.encode(encoding), "甲市-2021.txt")
    assert report.text.removeprefix("\ufeff") == BODY
    assert report.year == 2021


def test_traditional_text_in_big5_is_recognised():
    text = "政府工作報告\n各位代表:\n全市經濟發展,人民生活改善,工業和農業都有進步。\n" * 3
    assert reports.read(text.encode("big5"), "甲市-2021.txt").text == text


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 50, b"\xff\xd8\xff\xe0" * 40, b"   \n \n"])
def test_what_is_no_text_is_refused(data: bytes):
    with pytest.raises(UnreadableReport):
        reports.read(data, "甲市-2021.txt")


def test_the_text_is_kept_as_read():
    report = reports.read(SAMPLE.read_bytes(), SAMPLE.name, overrides={"place": "辽阳市", "year": "2024"})
    assert report.text.encode("utf-8") == SAMPLE.read_bytes()
    assert report.completeness is Completeness.CUT_OFF
    assert report.place.name == "辽阳市"


@pytest.mark.parametrize("words", ["ag旗舰厅", "留言与评论", "验证码", "网站地图", "本文仅代表作者观点", "博县网"])
def test_the_page_s_words_are_masked(words: str):
    report = reports.read(SAMPLE.read_bytes(), SAMPLE.name, overrides={"place": "辽阳市", "year": "2024"})
    at = report.text.index(words)
    assert any(mask.start <= at and at + len(words) <= mask.end for mask in report.masks)
    assert not any(passage.span.start <= at < passage.span.end for passage in outline(report).passages)


def test_sections_by_their_headings():
    report = reports.read(BODY.encode(), "甲市-2021.txt")
    found = outline(report)
    kinds = {section.title: section.kind for section in found.sections}
    assert kinds["2020年工作回顾"] is SectionKind.REVIEW
    assert kinds["2021年工作安排"] in (SectionKind.TASKS, SectionKind.TARGETS)


@given(
    st.lists(
        st.sampled_from([*"一二、。;,!:（）甲市增长", "\n", "2020年", "各位代表:", "**", "[1]", "&nbsp;"]), max_size=80
    )
)
def test_sentences_tile_what_is_visible(pieces: list[str]):
    text = BODY + "".join(pieces)
    report = reports.read(text.encode(), "甲市-2021.txt")
    for passage in outline(report).passages:
        assert all(a.end <= b.start for a, b in pairwise(passage.sentences))
        whole = view(text, passage.span, report.masks).text
        tiles = "".join(view(text, sentence, report.masks).text for sentence in passage.sentences)
        assert "".join(tiles.split()) == "".join(whole.split())


@pytest.mark.parametrize("piece", ["<!--", "![", "版" + " " * 2000, "[" + " " * 2000, "（下转", "马 克 ", "&#", "<p "])
def test_masks_cost_what_the_text_is_long(piece: str):
    def cost(times: int) -> float:
        text = BODY + piece * (times * 4000 // len(piece))
        began = time.perf_counter()
        reports.read(text.encode(), "鞍山市-2021.txt")
        return time.perf_counter() - began

    cost(1)
    # Eight times the text; a quadratic pattern takes sixty times as long.
    assert min(cost(16) for _ in range(2)) < 20 * max(min(cost(2) for _ in range(2)), 0.05)
