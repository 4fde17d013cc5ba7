"""The map names every room, and the house is built as the map says."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MODULES = sorted(
    path
    for folder in ("bot", "retrieval", "tools", "benchmarks", "fuzz", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
_LINES = 400
_BODY = 60
# What is longer, and why it is not taken apart.
LONG = {
    "retrieval/model.py": "all values on one page: nothing in it but fields and what they mean",
    "retrieval/figures/naming.py:_name": "one pass over the state of a sentence; each step sees what the last one left",
}


def rooms(package: str) -> set[str]:
    """Packages below a package, and the modules beside them, as dotted names without the package's own."""
    top = ROOT / package
    packages = {p.parent for p in top.rglob("__init__.py")} - {top}
    below = {".".join(p.relative_to(top).parts) for p in packages}
    return below | {path.stem for path in top.glob("*.py") if path.stem != "__init__"}


def on_the_map(package: str) -> dict[str, str]:
    """Names of the first column and what holds there."""
    (section,) = re.findall(rf"(?ms)^## {package}\n(.*?)(?=^## )", MAP)
    named = {}
    for row in re.findall(r"(?m)^\| (`.*) \|$", section):
        first, _, holds = row.split(" | ")
        named |= dict.fromkeys(re.findall(r"`([\w.]+)`", first), holds)
    return named


@pytest.mark.parametrize("package", ["bot", "retrieval"])
def test_the_map_names_every_room_with_what_holds(package: str):
    named = on_the_map(package)
    assert set(named) == rooms(package)
    assert all(len(holds) > 10 for holds in named.values())


def test_the_map_names_every_folder():
    folders = {path.parent.name for path in ROOT.glob("*/*.py")} | {"data", "docs"}
    assert {name for name in folders if f"| `{name}` |" not in MAP} <= {"bot", "retrieval"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_and_functions_are_short_or_say_why_not(path: Path):
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= _LINES or name in LONG
    for node in functions(text):
        assert (node.end_lineno or 0) - node.lineno < _BODY or f"{name}:{node.name}" in LONG, node.name


def test_what_is_excused_is_still_long():
    for name in LONG:
        file, _, function = name.partition(":")
        text = (ROOT / file).read_text(encoding="utf-8")
        if not function:
            assert len(text.splitlines()) > _LINES, name
        else:
            assert any(n.name == function and (n.end_lineno or 0) - n.lineno >= _BODY for n in functions(text)), name


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_no_module_imports_itself_by_way_of_others():
    graph = grimp.build_graph("bot", "retrieval", exclude_type_checking_imports=True, cache_dir=None)
    order = TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules})
    order.prepare()  # raises CycleError, with the cycle
    assert len(graph.modules) > 200


def test_who_may_know_a_library_is_said_of_each():
    """A contract names the rooms that may import it; numpy's arrays are values, like the standard library's."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    said = {name for contract in contracts for name in contract.get("protected_modules", ())}
    graph = grimp.build_graph("bot", "retrieval", include_external_packages=True, cache_dir=None)
    imported = {name for name in graph.modules if name.partition(".")[0] not in {"bot", "retrieval"}}
    known = {name for name in imported if name not in sys.stdlib_module_names}
    assert known - said == {"numpy"}


def test_a_face_knows_nothing_of_ranking_and_the_engine_nothing_of_faces():
    """What no import shows: words of the other room in code."""
    for package, foreign in (("bot", r"bm25|posting|idf|jieba"), ("retrieval", r"telegram|stdout|environ\b|click\b")):
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            names = {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)}
            names |= {n.attr for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Attribute)}
            found = {name for name in names if re.fullmatch(foreign, name, re.IGNORECASE)}
            assert not found or path.name in {"child.py"}, (path, found)
