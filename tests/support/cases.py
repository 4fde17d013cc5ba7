"""Cases as data: one JSON object a line, each with an id."""

from __future__ import annotations

import json
from pathlib import Path
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
