"""What the documents say is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import COMMANDS, For
from tests.support.program import environment, run

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh.md"]


@pytest.mark.parametrize("name", READMES)
def test_the_exchange_is_a_real_one(home: Path, name: str):
    block = re.search(r"(?s)<!-- exchange -->\n```text\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"))
    assert block is not None
    said = re.findall(r"(?m)^问> (.*)$", block[1])
    now = run("console", home=home, given="\n".join(said).encode()).stdout.decode()
    assert "111.6 万吨" in block[1]
    # Wording may have moved since; the figures may not.
    shown = re.compile(r"(?m)^(\S+)：.*?([\d.]+ ?\S+?)（")
    assert set(shown.findall(block[1])) == set(shown.findall(now))


@pytest.mark.parametrize("name", READMES)
def test_the_library_example_runs(tmp_path: Path, name: str):
    (code,) = re.findall(r"(?s)```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=tmp_path, env=environment(tmp_path), check=True
    )
    assert "111.6 万吨" in done.stdout.decode()


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_exists(home: Path, name: str):
    shown = set(re.findall(r"(?m)^govreport (?:--data \S+ )?(\w+)", (ROOT / name).read_text(encoding="utf-8")))
    listed = run("--help", home=home).stdout.decode()
    assert shown
    assert all(f"  {command} " in listed for command in shown)


def test_the_bot_s_page_knows_its_commands():
    page = (ROOT / "docs" / "telegram.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)^\| /(\w+)", page))
    assert named == {command.name for command in COMMANDS if command.scope is not For.CONSOLE}
    for command in COMMANDS:
        assert command.scope is For.CONSOLE or f"| {command.english} | {command.summary} |" in page, command.name
