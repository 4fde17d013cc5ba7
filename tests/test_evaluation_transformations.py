"""Other ways to ask the same: cases in tests/spec/transformations.jsonl."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bot.evaluation import gold
from bot.evaluation.gold import GoldFigure, Question
from bot.evaluation.transformations import TABLE
from tests.support.cases import ROOT, cases

WAYS = {way.name: way for way in TABLE}
CASES = cases("transformations")


def question(case: dict[str, Any]) -> Question:
    figures = tuple(GoldFigure("1", "", **figure) for figure in case.get("figures", ()))
    style = case.get("style", "formal")
    return Question(case["id"], "figure", style, tuple(case["turns"]), ("沈阳市-2022",), figures)


@pytest.mark.parametrize("case", CASES)
def test_what_is_asked(case: dict[str, Any]):
    made = WAYS[case["way"]].make(question(case), 0)
    assert [list(one.turns) for one in made] == case["asked"]


@pytest.mark.parametrize("case", CASES)
def test_nothing_but_the_words_changes(case: dict[str, Any]):
    asked = question(case)
    made = WAYS[case["way"]].make(asked, 0)
    assert all((one.id, one.reports, one.evidence) == (asked.id, asked.reports, asked.evidence) for one in made)
    # What is asked apart is answered apart.
    figures = tuple(figure for one in made for figure in one.figures)
    assert not made or figures == asked.figures


def test_each_way_has_a_name_of_its_own_and_cases_for_and_against():
    assert len(WAYS) == len(TABLE)
    applied = Counter((param.values[0]["way"], bool(param.values[0]["asked"])) for param in CASES)
    assert {way for way, applies in applied if applies} == set(WAYS)
    # The other two preambles are left out where the first is, but for questions without figures.
    assert {way for way, applies in applied if not applies} == set(WAYS) - {"boss", "favour"}


def test_the_seed_chooses_the_typo():
    asked = Question("1", "figure", "formal", ("沈阳2021年社会消费品零售总额增长多少",), ("沈阳市-2022",))
    made = [WAYS["typo"].make(asked, seed) for seed in range(8)]
    assert made == [WAYS["typo"].make(asked, seed) for seed in range(8)]
    assert len({one.turns for (one,) in made}) > 1
    for (one,) in made:
        assert sum(a != b for a, b in zip(one.turns[0], asked.turns[0], strict=True)) == 1


def test_every_way_applies_to_shipped_questions():
    shipped = gold.questions(ROOT / "data" / "evaluation" / "own.jsonl")[::8]
    applied = Counter(way.name for one in shipped for way in TABLE if way.make(one, 0))
    assert set(applied) == set(WAYS)
