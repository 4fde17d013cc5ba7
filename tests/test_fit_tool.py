"""The tool that fits the weights: its parts on cases with known answers, the whole of it on invented reports."""

from __future__ import annotations

import itertools
import json
import math
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Engine
from retrieval.answer.scoring.model import parsed
from tests.support.cases import ROOT

pytest.importorskip("scipy", reason="the group `fit` is not installed")
from tools.fitting import chains, logistic, unary
from tools.fitting.cases import FOLDS, fold_of
from tools.fitting.optimum import Rows, packed
from tools.fitting.scores import wilson

FIXTURES = ROOT / "tests" / "fixtures"
EXAMPLE = ROOT / "bot" / "example"
ASKED = FIXTURES / "questions.jsonl"
TOOL = ROOT / "tools" / "fit_answers.py"


def test_the_conditional_logit_finds_planted_weights():
    chance = np.random.default_rng(7)
    planted = np.array([1.5, -0.8, 0.0])
    slots, size = 4000, 6
    rows = chance.normal(size=(slots * size, 3))
    scores = (rows @ planted).reshape(slots, size)
    # The largest of scores with Gumbel noise is drawn with the shares of a logit.
    right = np.zeros((slots, size), dtype=bool)
    right[np.arange(slots), (scores + chance.gumbel(size=scores.shape)).argmax(axis=1)] = True
    half = slots // 2
    blocks = [
        unary.Block(
            packed(rows[at * size : (at + half) * size]),
            right[at : at + half].reshape(-1),
            np.arange(half) * size,
            np.ones(half),
        )
        for at in (0, half)
    ]
    found = unary.fit(blocks, 3)
    assert np.abs(found - planted).max() < 0.1


def _chain(chance: np.random.Generator, slots: int, figures: int) -> chains.Chain:
    """Slots whose figures all weigh the same; the right one of each stands together with the right one before it."""
    at = chance.integers(figures, size=slots)
    right = [np.arange(figures) == n for n in at]
    together = [np.zeros((figures, figures, 2), dtype=np.float32) for _ in range(slots - 1)]
    for n, table in enumerate(together):
        table[at[n], at[n + 1], 0] = 1.0
        table[:, :, 1] = chance.integers(2, size=(figures, figures))
    return chains.Chain(tuple(np.zeros(figures) for _ in right), tuple(right), tuple(together))


def test_the_chain_learns_that_neighbours_stand_together():
    chance = np.random.default_rng(3)
    made = [_chain(chance, int(chance.integers(1, 5)), int(chance.integers(2, 9))) for _ in range(80)]
    weights, scale = chains.fit([chains.batches(made[:40], 2), chains.batches(made[40:], 2)], 2)
    assert weights[0] > 2.0
    assert abs(weights[1]) < 0.7
    assert scale == pytest.approx(1.0)  # scores that are all the same say nothing of it


def test_sums_over_chains_are_those_over_all_paths():
    chance = np.random.default_rng(5)
    single, joint = chance.normal(size=(2, 3, 4)), chance.normal(size=(2, 2, 4, 4))
    sums, alone, paired = chains.sums_of(single, joint)
    for n in range(2):
        paths = {
            path: math.exp(
                sum(single[n, m, at] for m, at in enumerate(path))
                + sum(joint[n, m, path[m], path[m + 1]] for m in range(2))
            )
            for path in itertools.product(range(4), repeat=3)
        }
        total = sum(paths.values())
        assert sums[n] == pytest.approx(math.log(total))
        assert alone[n, 1, 2] == pytest.approx(sum(v for p, v in paths.items() if p[1] == 2) / total)
        assert paired[n, 0, 3, 1] == pytest.approx(sum(v for p, v in paths.items() if p[:2] == (3, 1)) / total)


def test_the_logistic_function_meets_a_closed_case():
    rows = Rows()
    for n in range(10):
        rows.add({"one": 1.0, "never": 0.0, "half": float(n % 2)})
    names, table = rows.table()
    assert names == ("half", "one")
    # A column that says nothing: what is left is the constant, the odds of the weighed shares.
    right, weights = np.arange(10) < 4, np.ones(10)
    found = dict(zip(names, logistic.fit(names, table, right, weights), strict=True))
    assert found == pytest.approx({"half": 0.0, "one": math.log(4 / 6)}, abs=1e-4)
    weights[:4] = 3.0
    found = dict(zip(names, logistic.fit(names, table, right, weights), strict=True))
    assert found["one"] + found["half"] / 2 == pytest.approx(math.log(12 / 6), abs=1e-3)
    # One column without a constant: the penalty is the slope of the loss, w = n · (1 - p).
    alone = Rows()
    for _ in range(5):
        alone.add({"said": 1.0})
    (weight,) = logistic.fit(*alone.table(), np.ones(5, dtype=bool), np.ones(5))
    assert weight == pytest.approx(5 / (1 + math.exp(weight)), abs=1e-3)


@pytest.mark.parametrize(
    ("right", "of", "interval"), [(0, 0, (0.0, 1.0)), (0, 10, (0.0, 0.2775)), (81, 263, (0.2553, 0.3662))]
)
def test_intervals_are_those_of_wilson(right: int, of: int, interval: tuple[float, float]):
    assert wilson(right, of) == pytest.approx(interval, abs=1e-4)


@given(st.text())
def test_a_place_is_always_in_the_same_fold(place: str):
    assert fold_of(place) == fold_of(place)
    assert 0 <= fold_of(place) < FOLDS


def test_folds_are_those_of_earlier_fits():
    assert [fold_of(place) for place in ("辽阳市", "广东省", "全国", "")] == [1, 0, 0, 1]


def _run(arguments: Sequence[str], seed: str = "1") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, str(TOOL), *arguments], capture_output=True, text=True, check=False, env=environment
    )


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fitted")
    engine = Engine.open(folder)
    engine.ingest([EXAMPLE])
    engine.close()
    return folder


def _fit(store: Path, out: Path, seed: str) -> subprocess.CompletedProcess[str]:
    where = f"{ASKED}:{store}:{EXAMPLE}"
    scores = out.with_suffix(".json")
    return _run(
        ["--set", f"own={where}:0.5", "--hold", f"test={where}", "--out", str(out), "--scores", str(scores)], seed
    )


def test_a_fit_is_the_same_again_and_tells_no_question(invented: Path, tmp_path: Path):
    runs = [_fit(invented, tmp_path / f"{seed}.tsv", seed) for seed in ("1", "2")]
    assert [(run.returncode, run.stderr if run.returncode else "") for run in runs] == [(0, ""), (0, "")]
    for ending in ("tsv", "json"):
        assert (tmp_path / f"1.{ending}").read_bytes() == (tmp_path / f"2.{ending}").read_bytes()
    model = parsed((tmp_path / "1.tsv").read_text(encoding="utf-8"))
    assert set(model.answers) == {"alone", "figures", "passages", "refuse"}
    scores = json.loads((tmp_path / "1.json").read_text(encoding="utf-8"))
    assert scores["sets"]["test"]["held"]
    assert scores["sizes"]["failed"] == 0
    assert scores["folds"]["all"]["n"] == scores["held"]["all"]["n"] == scores["sets"]["own"]["questions"]
    assert 0.0 < scores["held"]["all"]["right"][0] <= scores["held"]["all"]["possible"]
    told = "".join(run.stdout + run.stderr for run in runs) + json.dumps(scores, ensure_ascii=False)
    turns = [turn for line in ASKED.read_text(encoding="utf-8").splitlines() for turn in json.loads(line)["turns"]]
    assert not [turn for turn in turns if turn in told]


def test_what_cannot_be_used_is_told_in_one_line(invented: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    with sqlite3.connect(other / "govreport.db") as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    reports = EXAMPLE
    out = ["--out", str(tmp_path / "w.tsv"), "--scores", str(tmp_path / "w.json")]
    for given_, said in (
        ([f"own={tmp_path / 'none.jsonl'}:{invented}:{reports}"], "none.jsonl"),
        ([f"own={ASKED}:{tmp_path / 'nowhere'}:{reports}"], "nowhere"),
        ([f"own={ASKED}:{other}:{reports}"], "999"),
        ([f"own={ASKED}:{invented}:{reports}:much"], "much"),
        ([f"own={ASKED}:{invented}"], "NAME="),
        ([f"own={ASKED}:{invented}:{reports}"] * 2, "own"),
        ([], "--set"),
    ):
        run = _run([*itertools.chain(*(("--set", one) for one in given_)), *out])
        assert run.returncode == 2
        assert run.stderr.count("\n") == 1
        assert said in run.stderr
        assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "w.tsv").exists()
