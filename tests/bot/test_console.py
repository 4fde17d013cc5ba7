"""The console, piped and at a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.render import Line, Mark, Message, Part, Quote, Run
from bot.render.terminal import terminal_text
from bot.table import aligned, cut, width
from tests.support.program import environment, run


def talk(home: Path, *said: str | bytes) -> str:
    given = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in said)
    done = run("console", home=home, given=given)
    assert done.returncode == 0
    assert done.stderr == b""
    return done.stdout.decode()


def test_a_conversation_in_a_pipe(home: Path):
    said = talk(home, "辽阳2023年粮食产量是多少", "蔬菜呢", "/context", "/zb 粮食产量", "/new", "/quit", "不再回答")
    assert "\033" not in said
    turns = said.split("问> ")
    assert "111.6 万吨" in turns[1]
    assert "85.9 万吨" in turns[2].split("\n")[1]
    assert "建设高标准农田" in turns[3]
    assert "111.6 万吨" in turns[4]
    assert "从头开始" in turns[5]
    assert "再见" in turns[6]
    assert "不再回答" not in said


@pytest.mark.parametrize("word", ["退出", "exit", "Quit", "q", "/quit"])
def test_a_word_leaves(home: Path, word: str):
    said = talk(home, word, "辽阳2023年粮食产量是多少")
    assert "再见" in said
    assert "111.6" not in said


def test_options_are_picked_by_their_number(home: Path):
    assert "111.6 万吨" in talk(home, "/start", "1")


def test_a_wrong_line_does_not_end_it(home: Path):
    said = talk(home, b"\xff\xfe", "", "长" * 10_000, "😀", "/nothing", "辽阳2023年粮食产量是多少")
    assert "111.6 万吨" in said
    assert "没有这个命令" in said


def test_help_names_every_command_of_the_bot(home: Path):
    said = talk(home, "/help")
    assert all(f"/{name}" in said for name in ("start", "help", "zb", "new", "context", "reports"))


def at_terminal(home: Path, *typed: str, env: dict[str, str] | None = None) -> str:
    """What a terminal shows; each line is typed once the prompt stands."""
    main, other = pty.openpty()
    environ = environment(home, {"TERM": "xterm", **(env or {})})
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "console"],
        stdin=other,
        stdout=other,
        stderr=other,
        cwd=home,
        env=environ,
        close_fds=True,
    )
    os.close(other)
    shown = b""
    end = time.monotonic() + 90
    waiting = [line.encode() + b"\r" for line in typed]
    seen = 0
    while time.monotonic() < end:
        ready, _, _ = select.select([main], [], [], 0.3)
        if ready:
            try:
                piece = os.read(main, 65536)
            except OSError:
                break
            shown += piece
            if b"\x1b[6n" in piece:  # where is the cursor?
                os.write(main, b"\x1b[1;1R")
        elif waiting and "问>".encode() in shown[seen:]:
            seen = len(shown)
            os.write(main, waiting.pop(0))
    process.kill()
    process.wait(30)
    os.close(main)
    return shown.decode(errors="replace")


def test_a_conversation_at_a_terminal(home: Path):
    shown = at_terminal(home, "辽阳2023年粮食产量是多少", "/quit")
    assert "\033[1;32m111.6 万吨\033[0m" in shown
    assert "再见" in shown
    assert "辽阳2023年粮食产量是多少" in (home / "share" / "govreport" / "history").read_text(encoding="utf-8")


def test_help_says_how_to_leave(home: Path):
    shown = at_terminal(home, "/help", "/lang en", "/help", "\x04")
    assert "离开：exit、quit、q、退出，或按 Ctrl-D。" in shown
    assert "To leave: exit, quit, q, 退出 or Ctrl-D." in shown


def test_no_colour_where_none_is_wanted(home: Path):
    shown = at_terminal(home, "辽阳2023年粮食产量是多少", "/quit", env={"NO_COLOR": "1"})
    assert "111.6 万吨" in shown
    assert "\033[1;32m" not in shown


@pytest.mark.parametrize("columns", [20, 41, 80])
def test_lines_fit_the_terminal(columns: int):
    words = "扛牢维护粮食安全重任,粮食、蔬菜产量分别达到 111.6 万吨、 85.9 万吨,实现“九连丰”和“七连增”。" * 3
    message = Message((Part((Line((Run(words),)), Quote((Run(words[:30]), Run(words[30:], Mark.STRONG))))),))
    for colour in (False, True):
        text = re.sub(r"\033\[[\d;]*m", "", terminal_text(message, columns=columns, colour=colour))
        # A closing mark may hang over the edge rather than begin a line.
        assert all(width(line) <= columns + 4 for line in text.splitlines())
        assert "".join(text.replace("│ ", "").split()).count("111.6万吨") == 6


def test_control_characters_of_a_report_do_not_reach_the_terminal():
    message = Message((Part((Line((Run("a\033[2Jb\x07\u202e"),)),)),))
    assert terminal_text(message, columns=80, colour=False) == "a [2Jb  "


def test_columns_are_aligned_by_display_width():
    lines = aligned([("粮食", "1"), ("abc", "2"), ("é", "3")])
    assert {width(line[: line.index(digit)]) for line, digit in zip(lines, "123", strict=True)} == {6}
    assert cut("粮食产量", 5) == "粮食…"
