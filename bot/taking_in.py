"""`govreport ingest`: what became of each file, and a table in sum."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.home import open_engine
from bot.lines import complain, put_rows
from bot.table import aligned, cut

if TYPE_CHECKING:
    from retrieval.engine import Engine
    from retrieval.ingest import IngestRow

__all__ = ["store_files", "take_in"]

_WORDS = {"read": "导入", "warned": "导入（有提醒）", "replaced": "更新", "unchanged": "未变", "refused": "未导入"}
_CLEAR = "\r\033[K"
# More files than this are not named one by one: a table tells what was the matter, with so many names.
_FEW = 20
_NAMES = 3
_CELLS = 60


def take_in(data: Path | None, paths: tuple[Path, ...], stated: Mapping[str, str], *, as_json: bool = False) -> int:
    """Ingest, tell, and the exit status: 2 where a path given by hand, or every file, was refused."""
    engine = open_engine(data, make=True)
    try:
        rows = store_files(engine, paths, stated, as_json=as_json)
    finally:
        engine.close()
    given = {name for path in paths if not path.is_dir() for name in (path.name, str(path))}
    refused = [row for row in rows if row.status == "refused"]
    return 2 if not rows or len(refused) == len(rows) or any(row.path in given for row in refused) else 0


def store_files(
    engine: Engine, paths: Sequence[Path], stated: Mapping[str, str], *, as_json: bool = False
) -> tuple[IngestRow, ...]:
    """Ingest into an open store and tell what became of each file; interrupted, tell that too and pass it on."""
    seen: Counter[str] = Counter()
    live = sys.stderr.isatty()

    def progress(row: IngestRow) -> None:
        seen[row.status] += 1
        if row.status == "refused":
            complain(f"{_CLEAR if live else ''}未导入 {row.path}：{_reason(row)}")
        if live:
            click.echo(f"{_CLEAR}已处理 {seen.total()} 份", err=True, nl=False)

    try:
        rows = engine.ingest(paths, stated=stated, progress=progress)
    except KeyboardInterrupt:
        complain(f"{_CLEAR if live else ''}已中断：{_counts(seen)}。再运行一次同样的命令就会接着做。")
        raise
    finally:
        if live:
            click.echo(_CLEAR, err=True, nl=False)
    if as_json:
        put_rows([asdict(row) for row in rows], lines=False)
        return rows
    if len(rows) <= _FEW:
        for row in rows:
            if row.status != "refused":
                click.echo(_told(row))
    else:
        for line in _table(rows):
            click.echo(line)
    click.echo(f"共 {seen.total()} 份文件：{_counts(seen)}。" if rows else "没有找到可以导入的文件。")
    return rows


def _counts(seen: Counter[str]) -> str:
    return "，".join(f"{word} {seen[status]} 份" for status, word in _WORDS.items() if seen[status]) or "没有导入"


def _table(rows: Sequence[IngestRow]) -> list[str]:
    """What was the matter, how often, and with which files first."""
    matters: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if detail := _reason(row, ""):
            matters.setdefault((row.status, detail), []).append(row.path)
    if not matters:
        return []
    cells = [("结果", "说明", "份数", "文件")]
    for (status, detail), names in sorted(matters.items(), key=lambda item: (item[0][0], -len(item[1]))):
        more = " 等" if len(names) > _NAMES else ""
        cells.append((_WORDS[status], cut(detail, _CELLS), str(len(names)), "、".join(names[:_NAMES]) + more))
    return [*aligned(cells, right=frozenset({2})), ""]


def _told(row: IngestRow) -> str:
    name = f" → {row.report_id}" if row.report_id else ""
    return f"{_WORDS[row.status]} {row.path}{name}{f'：{row.detail}' if row.detail else ''}"


def _reason(row: IngestRow, nothing: str = "原因不明") -> str:
    """Why, without the path the line has named already."""
    detail = " ".join(row.detail.split())
    for path in (row.path, Path(row.path).name):
        detail = detail.removeprefix(f"{path}:").removeprefix(f"{path}：")
    return detail.strip() or nothing
