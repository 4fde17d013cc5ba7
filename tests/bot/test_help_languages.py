"""Help pages, what is said of wrong calls, and answers in English and Traditional."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.tongue import line
from tests.support.program import run

_HAN = re.compile(r"[\u4e00-\u9fff]")
# Names that stay in English help: places, the word that leaves the console, the name of reports.
_KEPT = re.compile(r"澜山省|临澜|望溪|辽阳市|辽宁省朝阳市|退出|核对结果|政府工作报告|国家\|省\|市\|县")


def told() -> Iterator[str]:
    """Every line that help pages say of commands and options."""
    for command in (cli, *cli.commands.values()):
        yield from (command.short_help or "", *(command.help or "").splitlines())
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                yield from (parameter.help or "", parameter.metavar or "")


@pytest.mark.parametrize("text", sorted({text for text in told() if _HAN.search(text)}))
def test_every_line_of_help_has_english(text: str):
    english = line(text, "en", "help_en.tsv")
    assert english != text, f"help_en.tsv does not know: {text}"
    assert not _HAN.search(_KEPT.sub("", english))


def test_no_line_of_the_table_is_left_over():
    rows = files("bot").joinpath("help_en.tsv").read_text(encoding="utf-8").splitlines()[1:]
    known = {row.split("\t")[0] for row in rows if "{}" not in row.split("\t")[0]}
    frame = {"[选项]", "命令 …", "命令：", "选项：", "例如：", "显示这页说明", "应为 2024-06-01 这样的日期"}
    arguments = {parameter.metavar for command in cli.commands.values() for parameter in command.params}
    assert known - frame - arguments <= set(told())


@pytest.mark.parametrize("words", [["--lang", "en", "--help"], ["--lang", "en", "trend", "-h"], ["--lang", "en"]])
def test_help_in_english(home: Path, words: list[str]):
    said = run(*words, home=home).stdout.decode()
    assert said.startswith("Usage: govreport")
    assert all(word in said for word in ("Options:", "Examples:", "Show this page"))
    head = said.partition("Examples:")[0]
    assert not _HAN.search(_KEPT.sub("", head)), head


@pytest.mark.parametrize(
    ("env", "start"),
    [
        ({"LANG": "en_US.UTF-8"}, "Usage: "),
        ({"LANG": "zh_CN.UTF-8"}, "用法："),
        ({"LANG": "zh_TW.UTF-8"}, "用法："),
        ({"LANG": "C.UTF-8"}, "用法："),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "用法："),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8", "LC_ALL": ""}, "Usage: "),
    ],
)
def test_the_locale_chooses_the_language_of_help(home: Path, env: dict[str, str], start: str):
    assert run("ask", "--help", home=home, env=env).stdout.decode().startswith(start)
    assert run("--lang", "zh", "ask", "--help", home=home, env=env).stdout.decode().startswith("用法：")


def test_help_in_traditional(home: Path):
    assert "選項：" in run("ask", "--help", home=home, env={"LANG": "zh_TW.UTF-8"}).stdout.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "--nothing"], "there is no option --nothing (see govreport ask --help)"),
        (["nothing"], "there is no command nothing"),
        (["export", "GDP", "-o", "none/x.csv"], "there is no folder none; make it first"),
    ],
)
def test_a_wrong_call_is_told_in_english(home: Path, words: list[str], said: str):
    done = run("--lang", "en", *words, home=home)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_answers_follow_the_option_and_not_the_locale(home: Path):
    question = "辽阳2023年粮食产量是多少"
    plain, english, traditional = (
        run(*words, "ask", question, home=home, env={"LANG": "en_US.UTF-8"}).stdout.decode()
        for words in ([], ["--lang", "en"], ["--lang", "trad"])
    )
    assert "注：2023年实绩取自2024年报告" in plain
    assert "Note: " in english
    assert "實績" in traditional
    quote = plain.splitlines()[2]
    assert quote in english
    assert quote in traditional
