"""The open evaluation set: questions written from reports that no other set of questions is about.

What is expected of it lies beside it; a change that lowers a score has to say why, and pins the new one
(`govreport eval data/evaluation/own.jsonl --corpus FOLDER --pin`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.evaluation import comparing, gold, running
from retrieval import Engine
from tests.support.cases import ROOT, SHARED, needs_shared

GOLD = ROOT / "data" / "evaluation" / "own.jsonl"
CORPUS = SHARED / "corpus" / "dev"
# All sets about real reports that ship with the project.
SETS = ["own.jsonl", "voices.jsonl", "fresh.jsonl", "held.jsonl", "bare.jsonl", "several.jsonl"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine.open(tmp_path_factory.mktemp("own"))
    engine.ingest(gold.needed(gold.questions(GOLD), sorted(CORPUS.glob("*.md"))))
    yield engine
    engine.close()


@needs_shared
@pytest.mark.timeout(500)
def test_scores_are_those_expected(reports: Engine):
    expected, wrong = gold.expected(GOLD), list[str]()
    judged = running.run(
        reports, gold.questions(GOLD), running.files_under(CORPUS), today=expected.today, complain=wrong.append
    )
    assert not wrong
    scores = running.summary(judged)
    assert comparing.drops(expected.scores, scores, expected.tolerance) == []
    assert scores[running.ALL]["faithful"] == 1.0


def test_enough_questions_on_enough_reports():
    questions = gold.questions(GOLD)
    assert len(questions) >= 1700
    assert len({name for question in questions for name in question.reports}) >= 90
    assert len({question.id for question in questions}) == len(questions)


@pytest.mark.parametrize("name", SETS)
def test_quotes_are_short(name: str):
    for question in gold.questions(GOLD.with_name(name)):
        assert all(len(one.quote) <= 400 for one in question.evidence), question.id


@needs_shared
@pytest.mark.parametrize("name", SETS)
def test_quotes_stand_in_the_reports_they_name(name: str):
    texts: dict[str, str] = {}
    for question in gold.questions(GOLD.with_name(name)):
        for one in question.evidence:
            text = texts.setdefault(one.report, _bare((CORPUS / f"{one.report}.md").read_text(encoding="utf-8")))
            assert _bare(one.quote) in text, (question.id, one.quote)


def _bare(text: str) -> str:
    return "".join(text.split()).replace("*", "")


def test_expected_scores_lie_beside_the_questions():
    expected = gold.expected(Path(GOLD))
    assert expected.about
    assert expected.today is not None
    assert {question.kind for question in gold.questions(GOLD)} <= set(expected.scores)
