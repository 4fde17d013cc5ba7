"""What the pages for people show is run, and where they lead is there."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import retrieval
from bot.settings import Settings
from tests.support.program import environment

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
_CONSOLE = re.compile(r"(?ms)^```console\n(.*?)^```")
_PYTHON = re.compile(r"(?ms)^```python\n(.*?)^```")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_GAP = "…"


def commands(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Each command of a page's console blocks, and the lines it is said to answer."""
    for block in _CONSOLE.findall(page.read_text(encoding="utf-8")):
        typed: list[str] = []
        told: list[str] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                if typed:
                    yield "\n".join(typed), told
                typed, told = [line[2:]], []
            elif not told and line.startswith(">"):
                typed.append(line[2:])
            else:
                told.append(line)
        yield "\n".join(typed), told


def as_told(shown: str, told: list[str]) -> bool:
    """Whether the output has the lines told, `…` standing for any others."""
    pattern = "".join(r"(?:.*\n)*?" if line == _GAP else re.escape(line.rstrip()) + r"[ ]*\n" for line in told)
    tail = "" if told and told[-1] == _GAP else r"\s*"
    return re.fullmatch(pattern + tail, shown.rstrip("\n") + "\n") is not None


@pytest.mark.parametrize(
    ("page", "least"), [("tutorial.md", 13), ("tutorial.zh.md", 13), ("shell.md", 4), ("verify.md", 1), ("web.md", 1)]
)
def test_the_pages_can_be_followed(tmp_path: Path, page: str, least: int):
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "govreport").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n', encoding="utf-8")
    (tools / "govreport").chmod(0o755)
    where = environment(tmp_path) | {"PATH": f"{tools}:{os.environ['PATH']}"}
    steps = list(commands(ROOT / "docs" / page))
    assert len(steps) >= least
    for typed, told in steps:
        done = subprocess.run(
            ["bash", "-c", typed], capture_output=True, text=True, cwd=tmp_path, env=where, check=False, timeout=100
        )
        assert done.returncode == 0, f"{typed}\n{done.stderr}"
        assert as_told(done.stdout, told), f"$ {typed}\n{done.stdout}"


def test_output_that_differs_is_told():
    assert as_told("一\n二\n三\n", ["一", _GAP])
    assert as_told("一\n二\n三\n", [_GAP, "二", _GAP])
    assert not as_told("一\n二\n三\n", ["一", "三"])
    assert not as_told("一\n二\n三\n", ["一"])


def test_the_settings_shown_are_settings():
    (shown,) = re.findall(
        r"(?ms)^ *```ini\n( *TELEGRAM.*?)```", (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    )
    given = dict(line.strip().split("=", 1) for line in shown.splitlines() if line.strip())
    assert Settings(**given, _env_file=None).TELEGRAM_BOT_TOKEN is not None


@pytest.mark.parametrize("name", ["docs/library.md", "README.md", "README.zh.md"])
def test_the_library_s_examples_run(tmp_path: Path, name: str):
    code = "\n".join(_PYTHON.findall((ROOT / name).read_text(encoding="utf-8")))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "111.6 万吨" in done.stdout or name == "docs/library.md"


def test_every_public_name_is_documented_and_typed():
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"(?ms)^## Names\n(.*)", page)
    named = set(re.findall(r"`(\w+)`", table))
    methods = {name for name, _ in inspect.getmembers(retrieval.Engine, callable) if not name.startswith("_")}
    assert set(retrieval.__all__) | methods <= named
    for name in methods:
        signature = inspect.signature(getattr(retrieval.Engine, name))
        assert signature.return_annotation is not inspect.Signature.empty, name
        assert inspect.getdoc(getattr(retrieval.Engine, name)), name


def anchors(page: Path) -> set[str]:
    """What GitHub makes of headings: lower case, blanks to hyphens, other signs gone."""
    heads = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path):
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_in_the_index():
    index = ROOT / "docs" / "README.md"
    listed = {
        (index.parent / link.partition("#")[0]).resolve() for link in _LINK.findall(index.read_text(encoding="utf-8"))
    }
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs") and page != index} <= listed


def skeleton(page: str) -> list[str]:
    """What two languages of one page share: levels of headings, kinds of blocks, pictures, links, rows of lists."""
    text = (ROOT / page).read_text(encoding="utf-8")
    text = re.sub(r"(?m)^\[(?:中文说明|中文|English)\].*$", "", text).replace(".zh.md", ".md")
    text = re.sub(r"(\]\([^)#\s]*)#[^)\s]*\)", r"\1)", text)
    pieces = re.findall(r"(?m)^#+ |^```\w+|<img src=\"[^\"]+\"|\]\([^)]+\)|^- |^\d\. |^(?:make|govreport) [\w-]+", text)
    return sorted(pieces)


TWICE = ["README", "docs/tutorial", "docs/reports", "docs/telegram", "docs/privacy"]


@pytest.mark.parametrize("page", TWICE)
def test_both_languages_say_the_same(page: str):
    assert skeleton(f"{page}.md") == skeleton(f"{page}.zh.md")


def test_each_page_in_chinese_is_held_beside_its_english():
    assert {f"{path.relative_to(ROOT)}" for path in PAGES if path.name.endswith(".zh.md")} == {
        f"{page}.zh.md" for page in TWICE
    }


def test_people_are_addressed_in_one_way():
    """您, in pages and in what the program says."""
    sources = [ROOT / f"{page}.zh.md" for page in TWICE] + [*(ROOT / "bot").rglob("*.py"), *(ROOT / "bot").glob("*.t*")]
    for path in sources:
        found = re.findall(r".{,8}你.{,8}", path.read_text(encoding="utf-8"))
        assert not [words for words in found if "你好" not in words], path


@pytest.mark.parametrize("name", ["exchange.png", "console.png", "chart.png", "web.png"])
def test_a_picture_is_small_and_shown(name: str):
    path = ROOT / "docs" / "images" / name
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size < 150_000
    for page in ("README.md", "README.zh.md"):
        assert f'<img src="docs/images/{name}"' in (ROOT / page).read_text(encoding="utf-8")
