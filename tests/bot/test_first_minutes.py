"""What a new user types: every command shown in help pages and READMEs, on a store that holds the examples."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.charts import plan
from bot.cli import cli
from bot.lines import NOTHING
from bot.wording import FORMS, Form
from retrieval import Engine
from tests.support.program import run

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh.md"]
# They need a network, a token, questions with reports of one's own, a person, or would end what the others ask.
_APART = {"serve", "web", "setup-bot", "doctor", "fetch", "eval", "restore", "quarantine --retry"}
# Files the examples read.
_GIVEN = {
    "questions.jsonl": '{"id": "1", "turns": ["澜山省2023年GDP目标完成了吗"]}\n',
    "passages.jsonl": '{"pid": "1", "report": "澜山省-2024", "text": "粮食总产量2447万吨。"}\n',
    "稿子.txt": "2023年全省粮食总产量2447万吨，地区生产总值增长6%。\n",
    "问题.txt": "澜山省2023年GDP目标完成了吗\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after `govreport demo`, with a report to put in."""
    folder = tmp_path_factory.mktemp("new")
    done = run("demo", home=folder)
    assert done.returncode == 0, done.stderr
    for name, content in _GIVEN.items():
        (folder / name).write_text(content, encoding="utf-8")
    report = (ROOT / "data" / "reports" / "000_e097eca750060dbf.txt").read_bytes()
    (folder / "报告.txt").write_bytes(report.replace("辽阳".encode(), "抚顺".encode()))
    (folder / "文件夹").mkdir()
    return folder


def of_help() -> Iterator[str]:
    for command in (cli, *cli.commands.values()):
        assert isinstance(command, click.Command)
        yield from command.example.splitlines()  # type: ignore[attr-defined]  # ours


def of_readme(name: str) -> Iterator[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in re.findall(r"(?ms)^```sh\n(.*?)^```", text):
        yield from (line.partition("  #")[0].strip() for line in block.splitlines() if line.startswith("govreport "))


def answerable(line: str) -> bool:
    """Whether an example can be tried here: it is not one of those apart, and its files are given."""
    words = " ".join(line.split()[1:])
    names_no_file = not re.search(r"(?:报告|稿子)\.docx|--export|--remove|目录|备份\.zip", line)
    return names_no_file and not any(re.match(rf"{apart}\b", words) for apart in _APART)


SHOWN = sorted({line for line in [*of_help(), *of_readme(READMES[0]), *of_readme(READMES[1])] if answerable(line)})


def test_there_is_an_example_of_every_command_that_asks():
    asked = {line.split()[1] for line in SHOWN}
    assert asked >= {"ask", "figures", "compare", "trend", "rank", "fulfil", "phrase", "diff", "checklist", "chart"}
    assert asked >= {"export", "panel", "reports", "console", "demo"}


@pytest.mark.parametrize("line", [line for line in SHOWN if line != "govreport demo --remove"])
def test_an_example_finds_what_it_asks_for(home: Path, line: str):
    words, _, source = line.partition(" < ")
    source = source.partition(" > ")[0]
    given = (home / source).read_bytes() if source else b""
    done = run(*shlex.split(words.partition(" > ")[0])[1:], home=home, given=given)
    # The draft holds a mistake, which the check finds.
    status = NOTHING if "verify" in line else 0
    assert done.returncode == status, done.stdout.decode() + done.stderr.decode()
    refused = ("未收录", "没有看懂", "请写明", "报告未提及", "没有符合条件")
    assert not any(word in done.stdout.decode() for word in refused), done.stdout.decode()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_example_of_a_slash_command_is_answered(home: Path, form: Form):
    said = run("console", home=home, given=f"/{form.name} {form.example}\n".encode()).stdout.decode()
    assert "虚构的示例" in said
    assert "例如：" not in said


def test_answers_pictures_and_files_from_the_examples_say_that_they_are_invented(home: Path):
    out = json.loads(run("ask", "--json", "澜山省2023年GDP目标完成了吗", home=home).stdout)
    assert "澜山省是虚构的示例，数字都不是真的" in out["notes"]
    real = json.loads(run("ask", "--json", "辽阳2023年粮食产量是多少", home=home).stdout)
    assert not any("虚构" in note for note in real["notes"])
    engine = Engine.open(home / "share" / "govreport")
    chart = plan(engine.ask("临澜历年GDP增速")[0])
    engine.close()
    assert chart is not None
    assert "临澜市是虚构的示例，数字都不是真的" in chart.notes


def test_the_examples_are_put_in_and_taken_out(tmp_path: Path):
    first, second = (run("--data", "mine", "demo", home=tmp_path).stdout.decode() for _ in range(2))
    assert first == second
    assert "12 份虚构的示例报告" in first
    listed = run("--data", "mine", "reports", "--warned", home=tmp_path).stdout.decode()
    assert "12 份报告，3 个地区" in listed
    assert "12 份" in run("--data", "mine", "demo", "--remove", home=tmp_path).stdout.decode()
    assert "资料库是空的" in run("--data", "mine", "reports", home=tmp_path).stderr.decode()
    assert run("--data", "mine", "demo", "--remove", home=tmp_path).returncode == 2
