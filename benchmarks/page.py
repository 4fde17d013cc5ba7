"""Runs the benchmarks one after the other and writes docs/benchmarks.md, with the machine described.

    python benchmarks/page.py [--store FOLDER] [--corpus FOLDER] [--gold FILE.jsonl]
                              [--figures PASSAGES.jsonl FIGURES.jsonl] [--only NAME …]

Without store and corpus everything runs on what ships with the source. With `--only` the others' parts of the page are
kept as they are.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
PACKAGES = ("numpy", "jieba", "rjieba", "rank-bm25", "bm25s", "tantivy", "recognizers-text-suite",
            "pyduckling-native-phihos")  # fmt: skip
# A run that takes longer is stopped, and the page says so.
_LONGEST = 600
HEAD = """# Benchmarks

Written by `make bench`; each part is the output of one script of `benchmarks/`, whose docstring says what is
measured and beside what. A ratio above 1 favours the program unless its line says otherwise. Peers are optional
and never needed by the tests: `.venv/bin/pip install --group bench`.

    make bench                                     # on what ships with the source
    make bench STORE=folder CORPUS=folder          # with a store, and reports as <place>-<year>.md

Absolute times depend on what else runs: the load (processes waiting for a core) stands beside each part.
"""


@dataclass(frozen=True)
class Part:
    """A script, its heading, and its arguments."""

    name: str
    title: str
    words: tuple[str, ...] = ()


def parts(store: str, corpus: str, gold: str, figures: Sequence[str]) -> list[Part]:
    """What is run, given a store, a corpus and figures known by others, or not."""
    known = ("--passages", figures[0], "--gold", figures[1]) if figures else ()
    stored = ("--store", store) if store else ()
    asked = ("--gold", gold, "--corpus", corpus) if corpus else ()
    return [
        Part("answers", "Whole answers", asked),
        Part("ranking", "Ranking", (*stored, *(("--questions", gold, "--check", "40") if store else ()))),
        Part("extraction", "Figures found in sentences", known),
        Part("figures", "Extraction grows with the text"),
        Part("ingest", "Ingest", (corpus,) if corpus and not store else ()),
        Part("memory", "Memory", stored),
        Part("across", "Answers across reports, set phrases, pictures", stored),
        Part("places", "Rankings of all places of a level", stored),
        Part("verify", "Checking a text", stored),
        Part("throughput", "The Telegram bot over loopback", ("--only", "latency", "load", "--seconds", "15")),
    ]


def machine() -> Iterator[str]:
    """What it runs on, in general terms."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    yield f"| processor | {model or platform.machine()} |"
    yield f"| cores usable | {len(os.sched_getaffinity(0))} |"
    yield f"| memory | {memory} GB |"
    yield f"| system | {platform.system()}, {platform.machine()} |"
    yield f"| Python | {platform.python_implementation()} {platform.python_version()} |"
    for name in PACKAGES:
        try:
            yield f"| {name} | {version(name)} |"
        except PackageNotFoundError:
            yield f"| {name} | not installed |"


def run(part: Part) -> list[str]:
    """A part of the page."""
    before, start = os.getloadavg()[0], time.perf_counter()
    path = f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep)
    command = [sys.executable, "-W", "ignore", str(ROOT / "benchmarks" / f"{part.name}.py"), *part.words]
    try:
        done = subprocess.run(  # noqa: S603  our own scripts
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
            env=os.environ | {"PYTHONPATH": path},
        )
        out = done.stdout.strip()
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            out += f"\n(ended with status {done.returncode})"
    except subprocess.TimeoutExpired as late:
        told = late.stdout or b""
        out = (told if isinstance(told, str) else told.decode(errors="replace")).strip()
        out += f"\n(stopped after {_LONGEST} s)"
    spent = time.perf_counter() - start
    said = f"Load {before:.1f} before, {os.getloadavg()[0]:.1f} after; {spent:.0f} s."
    # A long line of output is folded by whoever shows the page.
    return [f"## {part.title}", "", f"`benchmarks/{part.name}.py`. {said}", "", "```text", out, "```", ""]


def kept() -> dict[str, list[str]]:
    """The parts of the page as it is, by script."""
    if not PAGE.is_file():
        return {}
    found = {}
    for block in re.split(r"(?m)^(?=## )", PAGE.read_text(encoding="utf-8"))[1:]:
        if name := re.search(r"`benchmarks/(\w+)\.py`", block):
            found[name[1]] = [*block.rstrip().splitlines(), ""]
    return found


def main(words: Sequence[str] | None = None) -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", default="")
    parser.add_argument("--corpus", default="")
    parser.add_argument("--gold", default=str(ROOT / "data" / "evaluation" / "own.jsonl"))
    parser.add_argument("--figures", nargs=2, default=())
    parser.add_argument("--only", nargs="*", default=())
    given = parser.parse_args(words)
    before = kept()
    lines = [HEAD, "## Machine", "", "| | |", "|---|---|", f"| date | {date.today().isoformat()} |", *machine(), ""]
    for part in parts(given.store, given.corpus, given.gold, given.figures):
        if given.only and part.name not in given.only:
            lines += before.get(part.name, [])
            continue
        print(f"== {part.name}", flush=True)
        told = run(part)
        print("\n".join(told), flush=True)
        lines += told
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
