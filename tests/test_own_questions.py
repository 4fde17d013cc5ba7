"""The open evaluation set: questions written from reports that no other set of questions is about.

What is expected of it lies beside it; a change that lowers a score has to say why, and pins the new one
(`govreport eval data/evaluation/own.jsonl --corpus FOLDER --pin`). Here the questions about a third of its places are
asked: all of them take two minutes.
"""

from __future__ import annotations

from hashlib import md5
from pathlib import Path

import pytest

from bot.evaluation import gold, running
from retrieval import Engine
from tests.support.cases import ROOT, SHARED, needs_shared

GOLD = ROOT / "data" / "evaluation" / "own.jsonl"
CORPUS = SHARED / "corpus" / "dev"
# All sets about real reports that ship with the project.
SETS = ["own.jsonl", "voices.jsonl", "fresh.jsonl", "held.jsonl", "bare.jsonl", "several.jsonl", "worked_out.jsonl"]


# Of how many parts of the places one is asked about here, and the least share answered right there.
PARTS = 3
LEAST = {"figure": 0.954, "followup": 0.98, "list": 0.98, "passage": 0.99, "unanswerable": 0.98, running.ALL: 0.974}


def _part() -> list[gold.Question]:
    """The questions about a third of the places, told by the MD5 of their names."""

    def number(question: gold.Question) -> int:
        place = question.reports[0].split("-")[0] if question.reports else question.id
        return int(md5(place.encode(), usedforsecurity=False).hexdigest(), 16)

    return [question for question in gold.questions(GOLD) if number(question) % PARTS == 0]


@needs_shared
@pytest.mark.timeout(500)
def test_a_third_is_answered_as_well_as_expected(tmp_path: Path):
    questions, wrong = _part(), list[str]()
    engine = Engine.open(tmp_path)
    engine.ingest(gold.needed(questions, sorted(CORPUS.glob("*.md"))))
    today = gold.expected(GOLD).today
    judged = running.run(engine, questions, running.files_under(CORPUS), today=today, complain=wrong.append)
    engine.close()
    scores = running.summary(judged)
    assert not wrong
    assert {kind: scores[kind]["right"] for kind, least in LEAST.items() if scores[kind]["right"] < least} == {}
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
