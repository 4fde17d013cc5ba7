"""Cases as data: one JSON object a line, each with an id."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the corpus of real reports is not beside the checkout")


def cases(name: str) -> list[Any]:
    """Parameters from tests/spec/<name>.jsonl, each marked with its id."""
    lines = (ROOT / "tests" / "spec" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [pytest.param(row, id=row["id"]) for row in rows]


def shared_scorer() -> ModuleType:
    """The scorer that came with the shared gold, as a module."""
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
