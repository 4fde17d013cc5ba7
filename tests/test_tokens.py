"""Words are jieba's, however they are cut."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from retrieval import tokens
from tests.support.cases import ROOT, SHARED, needs_shared

HAN = re.compile(r"[一-鿿]+")
COMMON = "的一年工作和在发展经济政府全市建设大会国人民代表增长产业企业城乡居民收入粮食产量千万亿"


def differing(text: str) -> list[str]:
    return [run for run in HAN.findall(text) if tokens.words(run) != tokens.definition(run)]


def test_the_sample_is_cut_as_jieba_cuts_it():
    text = next((ROOT / "data" / "reports").glob("*.txt")).read_text(encoding="utf-8")
    assert differing(text) == []


@needs_shared
def test_real_reports_are_cut_as_jieba_cuts_them():
    files: list[Path] = sorted((SHARED / "corpus" / "dev").glob("*.md"))[::150]
    assert files
    assert [run for file in files for run in differing(file.read_text(encoding="utf-8"))] == []


@given(st.text(alphabet=COMMON, min_size=1, max_size=60))
def test_any_run_is_cut_as_jieba_cuts_it(run: str):
    assert tokens.words(run) == tokens.definition(run)


@given(st.text(max_size=80))
def test_cut_gives_places_in_the_text(text: str):
    spans = tokens.cut(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
