"""Right answers asked for otherwise: counted, told, expected, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation import flips, gold, running
from bot.evaluation.gold import Question
from bot.evaluation.intervals import Share
from bot.evaluation.running import ALL, Judged
from bot.evaluation.transformations import TABLE
from retrieval import Engine
from tests.support.cases import ROOT
from tests.support.program import run

SAMPLE = ROOT / "data" / "evaluation" / "sample.jsonl"
REPORTS = ROOT / "data" / "reports"


def again(way: int, *rights: float) -> flips.Again:
    question = Question("1", "figure", "formal", ("?",))
    return flips.Again(TABLE[way], question, tuple(Judged(question, {}, {"right": right}, None) for right in rights))


def test_flips_are_counted_by_transformation_and_in_all():
    found = [again(1, 1.0), again(0, 0.0), again(0, 1.0), again(-1, 1.0, 0.0), again(-1, 1.0, 1.0)]
    names = TABLE[0].name, TABLE[1].name, TABLE[-1].name
    assert flips.counted(found) == dict(zip(names, (Share(1, 2), Share(0, 1), Share(1, 2)), strict=True)) | {
        ALL: Share(2, 5)
    }
    assert next(iter(flips.counted(found))) == TABLE[0].name
    assert flips.kept(found)[f"flip:{ALL}"] == {"n": 5, "kept": 0.6}
    assert flips.kept([]) == {}


def test_only_what_was_right_is_asked_again(sample: Engine):
    asked = gold.questions(SAMPLE)[:6]
    judged = running.run(sample, asked, running.kept(sample), complain=pytest.fail)
    judged = (Judged(asked[0], {}, {"right": 0.0}, None), *judged[1:])
    right = {one.question.id for one in judged if one.scores["right"]}
    found = flips.ask_again(sample, judged, running.kept(sample), complain=pytest.fail)
    assert found
    # To some none of the transformations apply.
    assert {one.question.id for one in found} <= right
    assert len(found) == len(flips.variants([one for one in asked if one.id in right], 0))


def few(tmp_path: Path) -> Path:
    """Questions of the sample that are answered right."""
    path = tmp_path / "few.jsonl"
    wanted = ("sample-grain-traditional-keyword", "sample-revenue-decline")
    lines = [line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if json.loads(line)["id"] in wanted]
    assert len(lines) == len(wanted)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_all_of_it_for_people_and_for_programs(tmp_path: Path):
    path, picture = few(tmp_path), tmp_path / "reliability.png"
    command = ["eval", str(path), "--corpus", str(REPORTS), "--today", "2024-06-01", "--flips", "--by", "place"]
    done = run(*command, "--picture", str(picture), home=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    for words in ("95% 置信区间", "Clopper–Pearson", "换个说法再问", "期望校准误差", "平均 ± 标准差"):
        assert words in shown
    assert picture.read_bytes().startswith(b"\x89PNG")
    done = run(*command, "--reliability", "--json", home=tmp_path)
    told = json.loads(done.stdout)
    assert set(told) >= {"scores", "latency_ms", "wrongly_answered", "causes", "fallen"}
    assert set(told["scores"]["ALL"]["right"]) == {"n", "value", "low", "high"}
    counts = told["flips"]["counts"]
    assert counts["ALL"]["n"] == sum(row["n"] for name, row in counts.items() if name != "ALL")
    assert len(told["flips"]["flipped"]) == round(counts["ALL"]["n"] * counts["ALL"]["value"])
    assert sum(row["right"]["n"] for row in told["reliability"]["bins"]) <= 2
    assert [row["fold"] for row in told["folds"]["folds"]] == [1]


def test_what_flips_more_than_expected_ends_the_command_with_1(tmp_path: Path):
    path = few(tmp_path)
    command = ["eval", str(path), "--corpus", str(REPORTS), "--today", "2024-06-01"]
    assert run(*command, "--flips", "--pin", home=tmp_path).returncode == 0
    kept = gold.expected(path).scores["flip:ALL"]
    assert set(kept) == {"n", "kept"}
    assert run(*command, "--flips", home=tmp_path).returncode == 0
    # Without asking again, nothing is known of flips, and pinning leaves them as they were.
    assert run(*command, "--pin", home=tmp_path).returncode == 0
    assert gold.expected(path).scores["flip:ALL"] == kept
    scores = {group: dict(row) for group, row in gold.expected(path).scores.items()}
    gold.pin(path, scores | {"flip:boss": {"kept": 2.0}})
    assert run(*command, home=tmp_path).returncode == 0
    worse = run(*command, "--flips", home=tmp_path)
    assert worse.returncode == 1
    assert "换说法：前言：领导要" in worse.stdout.decode()


def test_no_picture_without_chances(tmp_path: Path):
    path = tmp_path / "chat.jsonl"
    row = {"id": "1", "type": "unanswerable", "style": "colloquial", "turns": ["你好"], "reason": "off_topic"}
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    done = run("eval", str(path), "--corpus", str(REPORTS), "--picture", str(tmp_path / "none.png"), home=tmp_path)
    assert done.returncode == 2
    assert "画不出图" in done.stderr.decode()
