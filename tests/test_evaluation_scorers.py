"""Our scorer and the one outside runs are judged by say the same of the same answers, spoilt ones among them."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.batch import answered
from bot.evaluation import gold, running
from bot.evaluation.scoring import score
from retrieval import Engine
from tests.support.cases import SHARED, needs_shared, shared_scorer

pytestmark = needs_shared

CORPUS = SHARED / "corpus" / "dev"
SETS = [SHARED / "eval" / name for name in ("qa_dev.jsonl", "qa_dev_cross.jsonl")]
# So many questions of each kind: those about the fewest reports, which have to be read first.
EACH = {"figure": 60, "followup": 20, "list": 20, "passage": 30, "unanswerable": 30}
OTHERS = 3

Json = dict[str, Any]
Spoil = Callable[[Json, random.Random], None]


def _chosen(path: Path) -> Iterator[tuple[Json, gold.Question]]:
    """Questions of a set as they are written and as we read them."""
    raw = {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    paths = sorted(CORPUS.glob("*.md"))
    taken: Counter[str] = Counter()
    for one in sorted(gold.questions(path), key=lambda one: len(gold.needed([one], paths))):
        taken[one.kind] += 1
        if taken[one.kind] <= EACH.get(one.kind, OTHERS):
            yield raw[one.id], one


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Json, gold.Question, Json]]]:
    """(the question as it is written, as we read it, our answer)."""
    found = [pair for path in SETS for pair in _chosen(path)]
    engine = Engine.open(tmp_path_factory.mktemp("scorers"))
    engine.ingest(gold.needed([one for _, one in found], sorted(CORPUS.glob("*.md"))))
    yield [(raw, one, answered(engine, one.id, one.turns, pytest.fail)) for raw, one in found]
    engine.close()


def _value(answer: Json, chance: random.Random) -> None:
    for figure in answer["figures"][:1]:
        figure["value"] = chance.choice(["1", "0.333", "1/3", str(figure["value"]) + "0", None])


def _unit(answer: Json, chance: random.Random) -> None:
    for figure in answer["figures"]:
        figure["unit"] = chance.choice(["万" + figure["unit"], "家", "个", "百分点", "%", ""])


def _field(answer: Json, chance: random.Random) -> None:
    for figure in answer["figures"]:
        figure.update(chance.choice([{"direction": -1}, {"period": "1999"}, {"status": "target"}, {"place": "吉林市"}]))


def _moved(answer: Json, chance: random.Random) -> None:
    for figure in answer["figures"]:
        if not figure["computed"]:
            figure["start"] += chance.choice([-3, 1, 500])


def _quote(answer: Json, chance: random.Random) -> None:
    for citation in answer["citations"][:1]:
        citation.update(chance.choice([{"quote": citation["quote"][1:]}, {"source": "无.md"}, {"end": 3}]))


def _shorter(answer: Json, chance: random.Random) -> None:
    for citation in answer["citations"]:
        size = chance.randrange(1, len(citation["quote"]) + 1)
        citation.update(quote=citation["quote"][:size], end=citation["start"] + size)


def _fewer(answer: Json, chance: random.Random) -> None:
    name = chance.choice(["figures", "citations"])
    answer[name] = answer[name][1:]


def _more(answer: Json, chance: random.Random) -> None:
    answer["figures"] = [*answer["figures"], *answer["figures"][:1] * chance.choice([1, 2])]
    answer["citations"] = [*answer["citations"][1:], *answer["citations"]]


def _kind(answer: Json, chance: random.Random) -> None:
    answer["kind"] = chance.choice(["figures", "passages", "none", "clarify"])
    answer["verdict"] = chance.choice(["met", "missed", None])


def _text(answer: Json, chance: random.Random) -> None:
    answer["text"] += chance.choice(["另有 7.31% 的增长", "共3,210万元", "第7311号"])


SPOILS: list[Spoil] = [_value, _unit, _field, _moved, _quote, _shorter, _fewer, _more, _kind, _text]


def test_both_scorers_agree(asked: list[tuple[Json, gold.Question, Json]]):
    assert len(asked) >= 160
    theirs, texts, chance = shared_scorer().Scorer(CORPUS), running.files_under(CORPUS), random.Random(11)  # noqa: S311
    told: dict[str, set[float]] = {}
    for raw, question, answer in asked:
        for spoil in (None, *SPOILS):
            given = copy.deepcopy(answer)
            if spoil is not None:
                spoil(given, chance)
            ours = score(question, given, texts)
            assert ours == theirs.score(raw, given), (question.id, spoil)
            for name, value in ours.items():
                told.setdefault(name, set()).add(value)
    # What never came out both ways was not compared.
    assert {name for name, values in told.items() if values == {0.0, 1.0}} == set(told) - {"answered"}
