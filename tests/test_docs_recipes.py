"""The recipes of docs/extending.md: each is followed to the letter on a copy of the program."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.program import environment

ROOT = Path(__file__).parents[1]
_SECTION = re.compile(r"(?m)^## (.+)\n")
_CHANGE = re.compile(
    r"(?ms)^(?P<what>Add to|New file) `(?P<path>[^`]+)`(?:, before `(?P<before>[^`]+)` behind `(?P<behind>[^`]+)`)?:"
    r"\n\n```\w+\n(?P<text>.*?)^```"
)
_TRY = re.compile(r"(?ms)^Try it:\n\n```python\n(.*?)^```")


@dataclass(frozen=True, slots=True)
class Recipe:
    title: str
    changes: tuple[re.Match[str], ...]
    check: str


def recipes() -> list[Recipe]:
    _, *parts = _SECTION.split((ROOT / "docs" / "extending.md").read_text(encoding="utf-8"))
    found = []
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        (check,) = _TRY.findall(body)
        found.append(Recipe(title, tuple(_CHANGE.finditer(body)), check))
        assert body.count("\n```") == 2 * (len(found[-1].changes) + 1), f"{title}: a block that nothing executes"
    return found


def follow(change: re.Match[str], copy: Path) -> None:
    path = copy / change["path"]
    if change["what"] == "New file":
        assert not path.exists()
        path.write_text(change["text"], encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if change["behind"] is None:
        gap = "\n" if path.suffix == ".tsv" else "\n\n\n"
        path.write_text(text.rstrip("\n") + gap + change["text"], encoding="utf-8")
        return
    at = text.index(f"\n{change['before']}\n", text.index(f"\n{change['behind']}\n")) + 1
    path.write_text(text[:at] + change["text"] + text[at:], encoding="utf-8")


def tried(recipe: Recipe, copy: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    (folder / "try.py").write_text(recipe.check, encoding="utf-8")
    where = {**environment(folder), "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "try.py"], capture_output=True, text=True, cwd=folder, env=where, check=False
    )


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.title.replace(" ", "_"))
def test_a_recipe_does_what_it_says_and_nothing_else_does(tmp_path: Path, recipe: Recipe):
    copy = tmp_path / "copy"
    for package in ("bot", "retrieval"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    before = tried(recipe, copy, tmp_path / "before")
    assert before.returncode != 0, "the check passes without the change"
    for change in recipe.changes:
        follow(change, copy)
    after = tried(recipe, copy, tmp_path / "after")
    assert after.returncode == 0, after.stderr
