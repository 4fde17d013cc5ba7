"""Commands as processes of their own: what they print, what they end with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.program import environment, run

REPORT = Path(__file__).parents[2] / "data" / "reports" / "000_e097eca750060dbf.txt"
COMMANDS = ["ask", "figures", "ingest", "reports", "console", "serve"]


def one_line(*words: str | bytes, home: Path, env: dict[str, str] | None = None) -> str:
    """What a command that was called wrongly says."""
    done = run(*words, home=home, env=env)
    assert done.returncode == 2, done
    assert done.stdout == b""
    said = done.stderr.decode()
    assert said.count("\n") == 1, said
    return said


def lines(raw: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in raw.splitlines()]


def jsonl(*values: Any) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def test_a_question(home: Path):
    done = run("ask", "辽阳2023年粮食产量是多少", home=home)
    assert done.returncode == 0
    assert "111.6 万吨" in done.stdout.decode()
    assert done.stderr == b""


def test_the_default_store_starts_with_the_sample(tmp_path: Path):
    assert "111.6 万吨" in run("ask", "辽阳2023年粮食产量是多少", home=tmp_path).stdout.decode()
    assert (tmp_path / "share" / "govreport" / "govreport.db").is_file()


def test_the_setting_names_the_store(home: Path):
    run("reports", home=home, env={"GOVREPORT_DATA": str(home / "elsewhere")})
    assert (home / "elsewhere" / "govreport.db").is_file()


def test_json_is_the_contract(home: Path):
    out = json.loads(run("ask", "--json", "辽阳2023年粮食产量是多少", home=home).stdout)
    assert out["kind"] == "figures"
    (figure,) = out["figures"]
    assert (figure["value"], figure["unit"], figure["status"]) == ("111.6", "万吨", "actual")
    citation = out["citations"][figure["citation"]]
    text = REPORT.read_text(encoding="utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["source"] == REPORT.name


def test_why_tells_scope_terms_scores_and_rule(home: Path):
    said = run("ask", "--why", "辽阳2023年粮食产量是多少", home=home).stdout.decode()
    assert all(word in said for word in ("范围：", "检索词：", "规则："))
    assert "trace" in json.loads(run("ask", "--why", "--json", "粮食产量", home=home).stdout)


def test_a_batch_is_answered_line_by_line(home: Path):
    given = jsonl(
        {"id": "a", "turns": ["辽阳2023年粮食产量是多少"], "more": 1},
        {"id": "b", "turns": ["辽阳2023年粮食产量是多少", "蔬菜呢"]},
        {"id": "c", "turns": [""]},
        {"id": "d", "turns": ["长" * 10_000]},
        {"id": "e", "turns": ["", "😀", "辽阳2023年粮食产量是多少"]},
        {"id": "f", "turns": ["\ud800粮食产量"]},
    )
    done = run("ask", "--jsonl", home=home, given=given)
    assert done.returncode == 0
    assert done.stderr == b""
    out = lines(done.stdout)
    assert [line["id"] for line in out] == list("abcdef")
    assert out[0]["figures"][0]["value"] == out[4]["figures"][0]["value"] == "111.6"
    assert out[1]["figures"][0]["value"] == "85.9"
    assert all(line["kind"] == "none" and line["text"] for line in out[2:4])
    assert all(line["elapsed_ms"] >= 0 for line in out)


def test_bad_lines_are_named_and_do_not_stop_the_rest(home: Path):
    good = jsonl({"id": "z", "turns": ["辽阳2023年粮食产量是多少"]})
    bad = [
        b"{",
        b"[1]",
        b'{"id": 1}',
        b"\xff\xfe\x00",
        b'{"id": "t", "turns": []}',
        b'{"id": "u", "turns": "x"}',
        b"[" * 99_999,
    ]
    done = run("ask", "--jsonl", home=home, given=b"\n".join([*bad, b"", good]))
    assert done.returncode == 2
    assert [line["id"] for line in lines(done.stdout)] == ["z"]
    assert len(done.stderr.decode().splitlines()) == len(bad)


def test_a_batch_in_another_encoding_and_with_a_mark(home: Path):
    line = '{"id": "1", "turns": ["辽阳2023年粮食产量是多少"]}\n'
    for raw in (line.encode("gb18030"), line.encode("utf-8-sig")):
        (out,) = lines(run("ask", "--jsonl", home=home, given=raw).stdout)
        assert out["figures"][0]["value"] == "111.6"


def test_figures_of_paragraphs(home: Path):
    given = jsonl({"pid": "p", "report": "辽阳市-2024", "text": "全年粮食产量111.6万吨。"}, {"pid": "q"})
    done = run("figures", "--jsonl", home=home, given=given)
    assert done.returncode == 2
    (out,) = lines(done.stdout)
    assert out["pid"] == "p"
    (figure,) = out["figures"]
    assert (figure["surface"], figure["start"], figure["end"]) == ("111.6万吨", 6, 13)
    assert "report" in done.stderr.decode()


def test_figures_of_a_report(home: Path):
    table = run("figures", "辽阳市-2024", home=home).stdout.decode()
    assert "111.6 万吨" in table
    assert "没有" in one_line("figures", "无此-2024", home=home)


def test_a_report_s_text_is_printed_exactly(home: Path):
    assert run("reports", "辽阳市-2024", "--text", home=home).stdout == REPORT.read_bytes()


def test_reports(home: Path):
    assert "辽阳市-2024" in run("reports", home=home).stdout.decode()
    assert "辽宁省" in run("reports", "辽阳市-2024", home=home).stdout.decode()
    assert "没有" in one_line("reports", "无此-2024", home=home)
    assert "--text" in one_line("reports", "--text", home=home)


def test_a_store_of_one_s_own_holds_only_what_was_put_in(home: Path):
    (home / "in").mkdir()
    (home / "in" / "抚顺市-2024.txt").write_bytes(REPORT.read_bytes().replace("辽阳".encode(), "抚顺".encode()))
    (home / "in" / "empty.txt").write_bytes(b"")
    done = run("--data", "mine", "ingest", "in", home=home)
    assert done.returncode == 0, done
    assert "empty.txt" in done.stderr.decode()
    assert "抚顺市-2024" in done.stdout.decode()
    listed = run("--data", "mine", "reports", home=home).stdout.decode()
    assert "抚顺市-2024" in listed
    assert "辽阳" not in listed


def test_ingest_joins_the_default_store(tmp_path: Path):
    (tmp_path / "抚顺市-2024.txt").write_bytes(REPORT.read_bytes().replace("辽阳".encode(), "抚顺".encode()))
    assert run("ingest", "抚顺市-2024.txt", home=tmp_path).returncode == 0
    listed = run("reports", home=tmp_path).stdout.decode()
    assert "抚顺市-2024" in listed
    assert "辽阳市-2024" in listed


def test_what_cannot_be_ingested_is_said_and_why(home: Path):
    (home / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (home / "空.txt").write_bytes(b"")
    for name in ("图.png", "空.txt", "没有.txt"):
        done = run("--data", "mine", "ingest", name, home=home)
        assert done.returncode == 2
        (said,) = done.stderr.decode().splitlines()
        assert said.startswith(f"未导入 {name}：")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(home: Path):
    path = home / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert run("--data", "mine", "ingest", "a.txt", home=home).returncode == 2


@pytest.mark.parametrize("question", ["", "   ", "\x01\x02", "😀😀😀", "？！", "长" * 10_000, "\u200b", b"\xff\xfe"])
def test_what_is_no_question(home: Path, question: str | bytes):
    one_line("ask", question, home=home)


def test_a_question_in_the_bytes_of_another_encoding(home: Path):
    said = run("ask", "辽阳2023年粮食产量是多少".encode("gb18030"), home=home).stdout.decode()
    assert "111.6 万吨" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["nothing"], "没有这个命令：nothing"),
        (["ask"], "缺少问题"),
        (["ask", "--nothing"], "没有 --nothing 这个选项"),
        (["ask", "a", "b"], "多出了 b"),
        (["ask", "--today", "x", "a"], "2024-06-01"),
        (["ask", "--jsonl", "a"], "--jsonl"),
        (["--data"], "--data 后面要有一个值"),
        (["--data", "none", "ask", "粮食产量"], "none 里没有资料库"),
        (["ingest"], "缺少路径"),
        (["figures"], "缺少报告编号"),
        (["--data", "file", "ingest", "file"], "file 不是文件夹"),
        (["serve"], "TELEGRAM_BOT_TOKEN"),
    ],
)
def test_wrong_calls(home: Path, words: list[str], expected: str):
    (home / "file").write_text("x")
    assert expected in one_line(*words, home=home)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"TELEGRAM_BOT_TOKEN\n", "第 1 行"),
        ("# 说明\nTELEGRAM_BOT_TOKEN=abc\n".encode(), "TELEGRAM_BOT_TOKEN 不对"),
        (b"TELEGRAM_BOT_TOKN=1\n", "是否想写 TELEGRAM_BOT_TOKEN"),
        ("# 说明".encode("gbk"), "不是 UTF-8"),
        (b"BASE_URL='http://x\n", "引号"),
        (b"ALLOWED_USERS=me\n", "ALLOWED_USERS"),
        (b"PROXY_URL=ftp://x\n", "PROXY_URL"),
        (b"BASE_URL=x\n", "BASE_URL"),
    ],
)
def test_a_broken_env_file(home: Path, content: bytes, expected: str):
    (home / ".env").write_bytes(content)
    for words in (["serve"], ["ask", "粮食产量"]):
        said = one_line(*words, home=home)
        assert expected in said
        assert "abc" not in said


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_every_command_has_help_in_chinese(home: Path, command: str | None):
    done = run(*([command] if command else []), "--help", home=home)
    said = done.stdout.decode()
    assert done.returncode == 0
    assert said.startswith("用法：govreport")
    assert "例如：" in said
    assert not any(word in said for word in ("Usage", "Options", "Show this"))


def test_help_stands_for_no_command_and_version_is_told(home: Path):
    assert "命令：" in run(home=home).stdout.decode()
    assert run("--version", home=home).stdout.decode().startswith("govreport ")


def test_a_reader_that_goes_away_is_not_an_error(home: Path):
    given = jsonl(*({"id": str(n), "turns": ["粮食产量"]} for n in range(200)))
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=home,
        env=environment(home),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(given)
        process.stdin.close()
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(60)


def test_closed_streams_are_no_error(home: Path):
    for command in ('"$0" -m bot console <&-', '"$0" -m bot reports >&-', '"$0" -m bot ask "" 2>&-'):
        done = subprocess.run(
            ["sh", "-c", command, sys.executable], capture_output=True, cwd=home, env=environment(home), check=False
        )
        assert done.returncode == (2 if "ask" in command else 0)
        assert done.stderr == b""


def test_a_batch_loads_nothing_of_the_other_faces(home: Path):
    script = (
        "import atexit, sys; from bot.cli import main; sys.stdout.reconfigure(line_buffering=True)\n"
        "atexit.register(lambda: print(sorted(sys.modules))); main()"
    )
    command = [sys.executable, "-c", script, "--data", str(home / "share" / "govreport"), "ask", "--jsonl"]
    given = jsonl({"id": "1", "turns": ["粮食产量"]})
    done = subprocess.run(command, input=given, capture_output=True, cwd=home, env=environment(home), check=True)
    loaded = done.stdout.decode().splitlines()[-1]
    for name in ("telegram", "httpx", "rich", "prompt_toolkit", "pydantic"):
        assert f"'{name}'" not in loaded
