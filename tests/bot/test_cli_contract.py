"""What scripts rely on: exit statuses, standard input and output, JSON, help by its short name, completion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import cli
from tests.support.program import run

QUESTION = "辽阳2023年粮食产量是多少"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["ask", QUESTION], 0),
        (["ask", "--json", QUESTION], 0),
        (["ask", "辽阳2024年GDP目标"], 1),
        (["ask", "--json", "辽阳2024年GDP目标"], 1),
        (["ask", "辽阳火星基地"], 1),
        (["ask", ""], 2),
        (["trend", "大连", "GDP增速"], 1),
        (["trend"], 2),
        (["chart", QUESTION], 1),
        (["export", "辽阳火星基地"], 1),
        (["export", QUESTION, "-o", "a.doc"], 2),
        (["panel", "--place", "大连"], 1),
        (["reports"], 0),
        (["reports", "--place", "大连"], 1),
        (["reports", "无此-2024"], 2),
        (["figures", "无此-2024"], 2),
    ],
)
def test_the_exit_status_tells_found_from_not_found_from_a_wrong_call(home: Path, words: list[str], status: int):
    done = run(*words, home=home)
    assert done.returncode == status, done
    assert done.stdout + done.stderr


def test_a_place_that_is_not_loaded_is_named(home: Path):
    for words in (["trend", "大连", "GDP增速"], ["chart", "大连", "GDP增速"], ["compare", "大连", "沈阳", "GDP"]):
        done = run(*words, home=home)
        assert "没有大连市" in (done.stdout + done.stderr).decode()


def test_a_fault_of_the_program_has_a_status_of_its_own(home: Path):
    (home / "bot.db").write_bytes(b"no database" * 100)
    assert run("--data", str(home), "feedback", home=home).returncode == 70


@pytest.mark.parametrize("words", [[], *([name] for name in cli.commands)], ids=lambda words: words[0] if words else "")
def test_help_has_a_short_name(home: Path, words: list[str]):
    short, long = (run(*words, name, home=home) for name in ("-h", "--help"))
    assert short.returncode == long.returncode == 0
    assert short.stdout == long.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_question_from_standard_input(home: Path, encoding: str):
    given = f"{QUESTION}\n".encode(encoding)
    assert run("ask", "-", home=home, given=given).stdout == run("ask", QUESTION, home=home).stdout


def test_standard_input_without_a_question(home: Path):
    for given in (b"", b"\n", b"\xff\xfe\x00"):
        assert run("ask", "-", home=home, given=given).returncode == 2


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (["export", QUESTION, "--csv"], b"\xef\xbb\xbf"),
        (["export", QUESTION], b"PK"),
        (["export", QUESTION, "--json"], b"{"),
        (["chart", "辽阳2023年城乡居民收入各增长多少"], b"\x89PNG"),
        (["figures", "辽阳市-2024", "--csv"], b"\xef\xbb\xbf"),
        (["figures", "辽阳市-2024", "--json"], b"["),
        (["panel"], b"\xef\xbb\xbf"),
        (["ask", QUESTION], "粮食产量".encode()),
    ],
)
def test_a_dash_is_standard_output(home: Path, words: list[str], start: bytes):
    before = {path for path in home.iterdir() if path.is_file()}
    done = run(*words, "-o", "-", home=home)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(start)
    assert done.stderr == b""
    assert {path for path in home.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "words",
    [["ask", QUESTION], ["trend", "辽阳", "粮食产量"], ["chart", QUESTION], ["export", QUESTION], ["panel"],
     ["figures", "辽阳市-2024", "--csv"]],
)  # fmt: skip
def test_a_missing_folder_is_named_before_any_work(home: Path, words: list[str]):
    done = run(*words, "-o", "nowhere/a.csv", home=home)
    assert done.returncode == 2
    assert "没有 nowhere 这个文件夹" in done.stderr.decode()
    assert "是文件夹" in run(*words, "-o", str(home), home=home).stderr.decode()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["ask", QUESTION], dict),
        (["trend", "辽阳", "粮食产量"], dict),
        (["export", QUESTION], dict),
        (["figures", "辽阳市-2024"], list),
        (["reports"], list),
        (["reports", "辽阳市-2024"], list),
        (["feedback"], list),
        (["quarantine"], list),
        (["doctor"], list),
        (["ingest", "报告.txt"], list),
    ],
)
def test_json_is_one_document(home: Path, words: list[str], kind: type):
    (home / "报告.txt").write_bytes((Path(__file__).parents[2] / "data/reports/000_e097eca750060dbf.txt").read_bytes())
    assert isinstance(json.loads(run(*words, "--json", home=home).stdout), kind)


@pytest.mark.parametrize(("shell", "said"), [("bash", "complete"), ("zsh", "#compdef"), ("fish", "complete")])
def test_completion_for_shells(home: Path, shell: str, said: str):
    done = run(home=home, env={"_GOVREPORT_COMPLETE": f"{shell}_source", "COMP_WORDS": "", "COMP_CWORD": ""})
    assert done.returncode == 0
    assert said in done.stdout.decode()


def test_completion_names_commands_options_and_values(home: Path):
    def offered(typed: str) -> set[str]:
        words = typed.split(" ")
        env = {"_GOVREPORT_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
        return {line.partition(",")[2] for line in run(home=home, env=env).stdout.decode().splitlines()}

    assert offered("govreport re") == {"reports", "restore", "rebuild"}
    assert "--json" in offered("govreport ask --")
    assert offered("govreport panel --level ") == {"国家", "省", "市", "县"}
