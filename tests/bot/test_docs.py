"""What the documents say is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.program import run

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh.md"]


@pytest.mark.parametrize("name", READMES)
def test_the_exchange_is_a_real_one(home: Path, name: str):
    block = re.search(r"(?s)<!-- exchange -->\n```text\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"))
    assert block is not None
    said = re.findall(r"(?m)^问> (.*)$", block[1])
    assert run("demo", home=home).returncode == 0
    now = run("console", home=home, given="\n".join(said).encode()).stdout.decode()
    assert "111.6 万吨" in block[1]
    # Wording may have moved since; the figures may not.
    shown = re.compile(r"(?m)^(\S+)：.*?([\d.]+ ?\S+?)（")
    assert set(shown.findall(block[1])) == set(shown.findall(now))


@pytest.mark.parametrize("name", READMES)
def test_every_command_shown_exists(home: Path, name: str):
    shown = set(re.findall(r"(?m)^govreport (?:--data \S+ )?(\w+)", (ROOT / name).read_text(encoding="utf-8")))
    listed = run("--help", home=home).stdout.decode()
    assert shown
    assert all(f"  {command} " in listed for command in shown)
