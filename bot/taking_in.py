"""`govreport ingest`: what became of each file, and a line in sum."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.home import open_engine
from bot.lines import complain

if TYPE_CHECKING:
    from retrieval.engine import IngestRow

__all__ = ["take_in"]

_WORDS = {"read": "导入", "warned": "导入（有提醒）", "replaced": "更新", "unchanged": "未变", "refused": "未导入"}
_CLEAR = "\r\033[K"
# More files than this are not named one by one.
_FEW = 20


def take_in(data: Path | None, paths: tuple[Path, ...]) -> int:
    """Ingest, tell, and the exit status: 2 where a path given by hand, or every file, was refused."""
    engine = open_engine(data, make=True)
    seen: Counter[str] = Counter()
    live = sys.stderr.isatty()

    def progress(row: IngestRow) -> None:
        seen[row.status] += 1
        if row.status == "refused":
            complain(f"{_CLEAR if live else ''}未导入 {row.path}：{_reason(row)}")
        if live:
            click.echo(f"{_CLEAR}已处理 {seen.total()} 份", err=True, nl=False)

    try:
        rows = engine.ingest(paths, progress=progress)
    finally:
        engine.close()
        if live:
            click.echo(_CLEAR, err=True, nl=False)
    for row in rows if len(rows) <= _FEW else ():
        if row.status != "refused":
            click.echo(_told(row))
    counts = "，".join(f"{word} {seen[status]} 份" for status, word in _WORDS.items() if seen[status])
    click.echo(f"共 {seen.total()} 份文件：{counts}。" if rows else "没有找到可以导入的文件。")
    given = {name for path in paths if not path.is_dir() for name in (path.name, str(path))}
    failed = not rows or seen["refused"] == len(rows) or any(r.status == "refused" and r.path in given for r in rows)
    return 2 if failed else 0


def _told(row: IngestRow) -> str:
    name = f" → {row.report_id}" if row.report_id else ""
    detail = f"：{row.detail.replace(';', '；')}" if row.detail else ""
    return f"{_WORDS[row.status]} {row.path}{name}{detail}"


def _reason(row: IngestRow) -> str:
    """Why, without the path the line has named already."""
    detail = " ".join(row.detail.split())
    for path in (row.path, Path(row.path).name):
        detail = detail.removeprefix(f"{path}:").removeprefix(f"{path}：")
    return detail.strip() or "原因不明"
