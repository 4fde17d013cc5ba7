"""Scores on reports that ship with the source, and what is said of wrong answers and of scores that fell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation import comparing, gold, running
from bot.evaluation.causes import Cause, blame, stored_in
from bot.evaluation.gold import Question
from bot.evaluation.quantities import same_quantity
from bot.evaluation.scoring import score
from retrieval import Engine
from retrieval.lexicon import places
from tests.support.cases import ROOT
from tests.support.program import run

FIXTURES = ROOT / "tests" / "fixtures"
EXAMPLE = ROOT / "bot" / "example"
INVENTED = FIXTURES / "questions.jsonl"
SAMPLE = ROOT / "data" / "evaluation" / "sample.jsonl"
KINDS = ["figure", "passage", "list", "followup", "unanswerable", "compare", "trend", "rank", "fulfilment", "phrase"]


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine.open(tmp_path_factory.mktemp("invented"))
    engine.ingest([EXAMPLE])
    yield engine
    engine.close()


def judged(engine: Engine, path: Path, corpus: Path) -> tuple[running.Judged, ...]:
    expected = gold.expected(path)
    asked = gold.questions(path)
    return running.run(engine, asked, running.files_under(corpus), today=expected.today, complain=pytest.fail)


def worse(path: Path, found: tuple[running.Judged, ...]) -> list[comparing.Drop]:
    expected = gold.expected(path)
    assert expected.scores
    return comparing.drops(expected.scores, running.summary(found), expected.tolerance)


def test_the_invented_province_scores_as_expected(invented: Engine):
    found = judged(invented, INVENTED, EXAMPLE)
    assert worse(INVENTED, found) == []
    assert all(one.scores["faithful"] for one in found)


def test_the_sample_scores_as_expected(sample: Engine):
    assert worse(SAMPLE, judged(sample, SAMPLE, ROOT / "data" / "reports")) == []


def test_the_invented_reports_are_invented_and_say_so():
    files = sorted(EXAMPLE.glob("*.md"))
    assert len(files) == 12
    for path in files:
        front = path.read_text(encoding="utf-8").split("---")[1]
        assert "note: 本文是虚构的示例" in front
        assert "\ninvented: true\n" in front
        assert places.by_name(path.stem.split("-")[0]) == ()


def test_the_invented_questions_are_about_every_kind():
    asked = gold.questions(INVENTED)
    assert len(asked) >= 60
    assert {question.kind for question in asked} == set(KINDS)
    reasons = {question.reason for question in asked if question.kind == "unanswerable"}
    assert reasons >= {"not_mentioned", "only_target", "year_missing", "place_missing", "cut_off", "off_topic"}
    for question in asked:
        for one in question.evidence:
            text = (EXAMPLE / f"{one.report}.md").read_text(encoding="utf-8")
            assert one.quote in text, (question.id, one.quote)


def told(engine: Engine, question: Question) -> Cause | None:
    """Why the engine's answer to a question is wrong."""
    (one,) = running.run(engine, [question], running.kept(engine), complain=pytest.fail)
    return one.blame.cause if one.blame else None


def by_id(name: str) -> Question:
    return next(question for question in gold.questions(INVENTED) if question.id == name)


def test_causes(invented: Engine):
    right = by_id("lanshan-figure-04")  # 临澜's copper industry of 2023: 867亿元, 增长22.5%
    (figure,) = right.figures
    assert told(invented, right) is None
    assert told(invented, replace(right, kind="unanswerable", reason="not_mentioned")) is Cause.ABSTENTION
    assert told(invented, replace(right, turns=("今天晚上吃什么好？",))) is Cause.ABSTENTION
    assert told(invented, replace(right, figures=(replace(figure, value="868"),))) is Cause.EXTRACTION
    assert told(invented, replace(right, figures=(replace(figure, period="2021"),))) is Cause.EXTRACTION
    growth = replace(figure, value="22.5", unit="%", direction=1)
    assert told(invented, replace(right, figures=(growth,))) is Cause.MATCHING
    earlier = by_id("lanshan-trend-05").evidence[:1]
    assert told(invented, replace(right, figures=(), kind="passage", evidence=earlier)) is Cause.SCOPE
    other = by_id("lanshan-passage-09").evidence
    assert told(invented, replace(right, figures=(), kind="passage", evidence=other)) is Cause.RANKING
    met = by_id("lanshan-fulfilment-05")
    assert told(invented, met) is None
    assert told(invented, replace(met, verdict="missed")) is Cause.JUDGING


def test_what_is_told_and_in_no_quote(invented: Engine):
    question = by_id("lanshan-figure-04")
    (one,) = running.run(invented, [question], running.kept(invented), complain=pytest.fail)
    answer = dict(one.answer) | {"text": "产值 9999 亿元"}
    scores = score(question, answer, running.kept(invented))
    found = blame(question, answer, scores, stored_in(invented))
    assert scores["right"]
    assert found is not None
    assert found.cause is Cause.FAITH


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1.2 万亿元", "12000 亿元", True),
        ("1.2 万亿元", "12000 万元", False),
        ("1/3 ", "0.333 ", True),
        ("0.34 ", "0.333 ", False),
        ("12 个", "12 家", True),
        ("12 个", "12 元", False),
        ("5 百分点", "5 个百分点", True),
        ("5 %", "5 个百分点", False),
        ("3 千瓦", "3000 瓦", False),
        ("-8.7 %", "8.7 %", True),
        ("5.7:47:47.3 ", "5.7:47:47.3 ", True),
        ("5.7:47:47.3 ", "5.7 ", False),
    ],
)
def test_same_quantity(one: str, other: str, same: bool):
    assert same_quantity(*one.split(" "), *other.split(" ")) is same


def test_what_fell_is_found_and_what_rose_is_not():
    before = {"figure": {"n": 10, "right": 0.9, "abstained": 0.1}, "list": {"n": 3, "right": 0.5}, "gone": {"right": 1}}
    now = {"figure": {"n": 9, "right": 0.89, "abstained": 0.5}, "list": {"n": 3, "right": 1.0}}
    assert comparing.drops(before, now, 0.02) == []
    assert comparing.drops(before, now, 0.005) == [comparing.Drop("figure", "right", 0.9, 0.89)]


def test_a_kept_run_and_one_that_is_worse(tmp_path: Path):
    corpus, kept = EXAMPLE, tmp_path / "kept.json"
    command = ["eval", str(INVENTED), "--corpus", str(corpus), "--kind", "rank"]
    first = run(*command, "--save", str(kept), home=tmp_path)
    assert first.returncode == 0, first.stderr.decode()
    assert run(*command, "--against", str(kept), home=tmp_path).returncode == 0
    raw = json.loads(kept.read_text(encoding="utf-8"))
    raw["questions"]["lanshan-rank-01"]["scores"]["right"] = 0.0
    raw["questions"]["lanshan-rank-02"]["scores"]["exact"] = 9.0
    raw["questions"]["gone"] = raw["questions"]["lanshan-rank-01"] | {"scores": {"right": 9.0}}
    kept.write_text(json.dumps(raw), encoding="utf-8")
    again = run(*command, "--against", str(kept), home=tmp_path)
    assert again.returncode == 1
    assert "得分下降超过" in again.stdout.decode()
    assert "＋ lanshan-rank-01" in again.stdout.decode()


def test_expected_scores_that_are_missed_end_the_command_with_1(tmp_path: Path):
    asked = tmp_path / "few.jsonl"
    line = next(line for line in INVENTED.read_text(encoding="utf-8").splitlines() if "lanshan-rank-01" in line)
    asked.write_text(line + "\n", encoding="utf-8")
    command = ["eval", str(asked), "--corpus", str(EXAMPLE)]
    assert run(*command, "--pin", home=tmp_path).returncode == 0
    beside = tmp_path / "few.toml"
    assert gold.expected(asked).scores["rank"]["right"] == 1.0
    assert run(*command, home=tmp_path).returncode == 0
    asked.write_text(line.replace('"4.1"', '"4.2"') + "\n", encoding="utf-8")
    worse = run(*command, home=tmp_path)
    assert worse.returncode == 1
    assert "提取" in worse.stdout.decode()
    beside.write_text("[expected\n", encoding="utf-8")
    wrong = run(*command, home=tmp_path)
    assert wrong.returncode == 2
    assert "few.toml" in wrong.stderr.decode()


@pytest.mark.parametrize(
    ("line", "said"), [("", "没有题目"), ("{", "第 1 行"), ('{"id": 1, "type": "figure", "turns": []}', "第 1 行")]
)
def test_a_file_of_no_questions(tmp_path: Path, line: str, said: str):
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    done = run("eval", str(path), "--corpus", str(tmp_path), home=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_pinning_keeps_what_is_said_above(tmp_path: Path):
    path = tmp_path / "set.jsonl"
    (tmp_path / "set.toml").write_text("# Why.\nabout = true\n\n[expected.figure]\nright = 0.1\n", encoding="utf-8")
    gold.pin(path, {"figure": {"n": 2, "right": 0.5}, "style:formal": {"right": 1.0}})
    text = (tmp_path / "set.toml").read_text(encoding="utf-8")
    assert text.startswith("# Why.\nabout = true\n")
    found = gold.expected(path)
    assert found.about
    assert found.scores == {"figure": {"n": 2.0, "right": 0.5}, "style:formal": {"right": 1.0}}
