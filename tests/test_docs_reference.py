"""The reference pages are what the program says of itself, and answers keep to the published schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.cli import cli
from bot.contract import VERSION, answer_json, refusal_json
from retrieval import Engine, Kind
from tests.transcripts.holding import REPORTS
from tools.reference import FOLDER, pages, schema

_ASKED = [
    "辽阳2023年粮食产量是多少",
    "城乡居民收入各增长多少",
    "2024年GDP目标",
    "辽阳2023年粮食产量比蔬菜产量多多少",
    "总结一下辽阳市",
    "火星基地",
    "你好",
    "朝阳和辽阳2023年粮食产量分别是多少",
    "朝阳市历年的粮食产量",
    "2023年各市GDP增速排名",
    "朝阳市2023年的目标完成情况",
    "“高质量发展”出现在哪些年的报告里",
    "朝阳市报告里“粮食”提到几次",
    "朝阳市最早哪年提到“粮食”",
    "朝阳市最近一次提到“粮食”是哪年",
    "朝阳市2023年和2024年报告的提法有什么变化",
    "朝阳市2024年报告没有提到哪些指标",
    "三次产业结构",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = Engine.open_default(tmp_path_factory.mktemp("several"))
    made.ingest([REPORTS])
    yield made
    made.close()


def strict() -> Draft202012Validator:
    """The schema without room for keys it does not name: what is written is what is told."""
    told = schema()
    for shape in (told, *told["$defs"].values()):
        if "properties" in shape:
            shape["additionalProperties"] = False
    Draft202012Validator.check_schema(told)
    return Draft202012Validator(told)


@pytest.mark.parametrize("name", pages())
def test_a_reference_page_is_up_to_date(name: str):
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], "run `make reference`"


def test_no_page_is_left_over():
    assert {path.name for path in FOLDER.iterdir()} == set(pages())


def test_the_man_page_names_every_command_and_the_exit_statuses():
    page = pages()["govreport.1"].replace("\\-", "-")
    assert all(f"\n.SS {name} [OPTIONS]" in page for name in cli.commands)
    assert all(f"\\fB{status}\\fR" in page for status in ("0", "1", "2", "70"))
    assert all(f"--{name}" in page for name in ("lang", "json", "output"))


def written(answer: Any) -> Any:
    return json.loads(json.dumps(answer, ensure_ascii=False))


@pytest.mark.parametrize("question", _ASKED)
def test_an_answer_keeps_to_the_schema(engine: Engine, question: str):
    answer, _ = engine.ask(question)
    told = written(answer_json(answer, text="…", elapsed_ms=1.0, id="q1", why=True))
    assert [problem.message for problem in strict().iter_errors(told)] == []
    assert told["schema"] == VERSION


def test_a_refusal_keeps_to_the_schema():
    told = written(refusal_json("没有问题", elapsed_ms=0.0, id="q1"))
    assert [problem.message for problem in strict().iter_errors(told)] == []


def test_the_questions_reach_every_optional_key(engine: Engine):
    told = [answer_json(engine.ask(question)[0], text="…") for question in _ASKED]
    optional = set(schema()["properties"]) - set(schema()["required"])
    seen = {key for answer in told for key in answer}
    assert optional - seen <= {"id", "elapsed_ms", "trace", "breaks"}
    assert {answer["kind"] for answer in told} >= {Kind.FIGURES.value, Kind.PASSAGES.value, Kind.NONE.value}


@pytest.mark.parametrize("wrong", [{"kind": "maybe"}, {"figures": [{}]}, {"schema": VERSION + 1}, {"surprise": 1}])
def test_the_schema_refuses_what_is_no_answer(engine: Engine, wrong: dict[str, Any]):
    answer, _ = engine.ask("辽阳2023年粮食产量是多少")
    told = written(answer_json(answer, text="…"))
    assert not list(strict().iter_errors(told))
    assert list(strict().iter_errors(told | wrong))
