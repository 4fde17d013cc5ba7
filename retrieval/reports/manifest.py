"""`manifest.toml` beside report files: what is known of a file and not said in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from retrieval.errors import UnreadableReport

__all__ = ["KEYS", "NAME", "manifest"]

NAME = "manifest.toml"
# What an entry may state; `read` takes these over what the text says.
KEYS = frozenset({"place", "year", "title", "url", "sha256", "note"})


def manifest(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """File name → what is stated of it, from the folder's manifest or the one beside it; empty where there is none.

    Raises UnreadableReport where the manifest is not understood.
    """
    for path in (folder / NAME, folder.parent / NAME):
        if path.is_file():
            break
    else:
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise UnreadableReport(f"{path}：不是完好的 TOML（{problem}）") from problem
    found: dict[str, dict[str, str]] = {}
    entries = raw.get("report", [])
    if not isinstance(entries, list):
        raise UnreadableReport(f"{path}：report 应写成 [[report]]，每份报告一段")
    for entry in entries:
        if not isinstance(entry, dict) or "file" not in entry:
            raise UnreadableReport(f"{path}：每个 [[report]] 都要有 file")
        unknown = set(entry) - KEYS - {"file"}
        if unknown:
            raise UnreadableReport(f"{path}：{entry['file']} 有不认识的项 {'、'.join(sorted(unknown))}")
        found[str(entry["file"])] = {key: str(value) for key, value in entry.items() if key != "file"}
    return found
