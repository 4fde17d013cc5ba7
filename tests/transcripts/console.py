"""Holds a transcript's conversation in the console, through a pipe."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.program import run
from tests.transcripts.script import Script

__all__ = ["held"]

_PROMPT = "问> "
_WRITTEN = re.compile(r"(已写入 |Written to ).*/")


def held(script: Script, home: Path) -> list[list[str]]:
    """The lines of each turn."""
    asked = [turn.text for turn in script.turns]
    done = run("console", home=home, given="\n".join(asked).encode())
    assert done.returncode == 0, done.stderr.decode()
    out: list[list[str]] = []
    left = done.stdout.decode()
    for text in asked:
        begin = f"{_PROMPT}{text}\n"
        assert left.startswith(begin), left[:200]
        said, _, left = left.removeprefix(begin).partition(f"\n\n{_PROMPT}")
        left = f"{_PROMPT}{left}"
        out.append([_WRITTEN.sub(r"\1…/", line) for line in said.rstrip().splitlines()])
    return out
