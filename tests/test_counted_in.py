"""What amounts are counted in, by the end of their name."""

from __future__ import annotations

import pytest

from retrieval.lexicon import counted_in, units
from retrieval.lexicon.table import rows


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("市列重点项目 投资", "money"),
        ("规模以上工业增加值", "money"),
        ("林果面积", "area"),
        ("高铁营业里程", "length"),
        ("粮食总产量", "mass"),
        ("投资项目", ""),
        ("高新技术企业", ""),
        ("", ""),
    ],
)
def test_the_longest_end_tells(name: str, kind: str):
    assert counted_in.kind(name) == kind


def test_kinds_are_those_of_units():
    known = {units.kind(unit).value for unit in units.known()}
    assert {kind for _, (_, kind) in rows("counted_in.tsv", ("end", "kind"))} <= known
