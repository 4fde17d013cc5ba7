"""Questions across reports, written from reports that no other set is about: answered and scored as the shared gold is.

What was measured when each part was first asked, each written after the faults of the one before had been mended: .82
of 68 (ownc), .86 of 37 (ownd), .92 of 26 (owne).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from bot.contract import answer_json
from retrieval import Engine
from tests.support.cases import ROOT, SHARED, needs_shared, shared_scorer

pytestmark = needs_shared

TODAY = date(2026, 6, 1)
CORPUS = SHARED / "corpus" / "dev"
# Share answered right with the reports loaded that the questions are about. Three are not: a report names 全年 after
# 下半年 without its subject; one given in December says 今年 of the year it reviews; both places of one are misspelt.
LEAST = {"compare": 0.93, "trend": 0.95, "rank": 0.92, "fulfilment": 1.0, "phrase": 1.0, "unanswerable": 1.0}
# Questions of these kinds are about all reports of their places.
WHOLE = frozenset(("trend", "phrase"))


def _questions() -> list[dict[str, Any]]:
    lines = (ROOT / "tests" / "spec" / "across_own.jsonl").read_text(encoding="utf-8").splitlines()
    # Every second one: the reports of all places over all years take long to read.
    return [json.loads(line) for line in lines[::2]]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    questions = _questions()
    names = {name for q in questions for name in (*q["reports"], *q.get("also", ()))}
    whole = {name.rsplit("-", 1)[0] for q in questions if q["type"] in WHOLE for name in q["reports"]}
    paths = [p for p in sorted(CORPUS.glob("*.md")) if p.stem in names or p.stem.split("-")[0] in whole]
    engine = Engine.open(tmp_path_factory.mktemp("across"))
    engine.ingest(paths)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def scores(reports: Engine) -> Mapping[str, Mapping[str, list[float]]]:
    """Scores by kind of question and measure."""
    scorer = shared_scorer().Scorer(Path(CORPUS))
    table: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for question in _questions():
        answer, _ = reports.ask(question["turns"][-1], today=TODAY)
        given = answer_json(answer, text="", elapsed_ms=0.0, id=question["id"])
        for name, value in scorer.score(question, given).items():
            table[question["type"]][name].append(value)
    return table


@pytest.mark.parametrize("kind", LEAST)
def test_questions_are_answered_right(scores: Mapping[str, Mapping[str, list[float]]], kind: str):
    assert fmean(scores[kind]["right"]) >= LEAST[kind]


def test_what_is_told_is_quoted(scores: Mapping[str, Mapping[str, list[float]]]):
    assert {value for kind in LEAST for value in scores[kind]["faithful"]} == {1.0}


def test_refusals_name_their_reason(scores: Mapping[str, Mapping[str, list[float]]]):
    assert fmean(scores["unanswerable"]["reason"]) == 1.0
