"""`govreport backup`, `restore` and `rebuild`: the store and the bot's own database, kept and brought back."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

import click

from bot.delivery import AlreadyRunning, hold
from bot.home import data_dir
from retrieval.errors import GovreportError, StoreError
from retrieval.rebuild import rebuild, set_aside

__all__ = ["back_up", "make_anew", "restore"]

# The databases of a data folder; the second is there where a bot has run.
_FILES = ("govreport.db", "bot.db")


def back_up(data: Path | None, target: Path | None) -> str:
    """Write both databases, each as of one moment, into one file; whoever asks or serves meanwhile is not disturbed.

    Raises StoreError where there is no store or it is damaged, GovreportError where the file exists.
    """
    folder = data_dir(data)
    target = target or Path(f"govreport-{datetime.now():%Y%m%d-%H%M%S}.zip")
    if target.exists():
        raise GovreportError(f"{target} 已经存在，请换一个文件名")
    if not (folder / _FILES[0]).is_file():
        raise StoreError(f"{folder} 里没有资料库")
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # conversations are in it
    try:
        with tempfile.TemporaryDirectory(dir=folder) as scratch, zipfile.ZipFile(part, "w") as archive:
            for name in _FILES:
                if (folder / name).is_file():
                    archive.write(_copied(folder / name, Path(scratch) / name), name)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return f"已备份到 {target}（{target.stat().st_size >> 20} MB）。"


def _copied(source: Path, copy: Path) -> Path:
    """A consistent copy through SQLite's own backup."""
    try:
        old, new = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(copy)
        try:
            old.backup(new)
        finally:
            old.close()
            new.close()
    except sqlite3.Error as problem:
        raise StoreError(f"{source} 已损坏，备份不了：{problem}") from problem
    _check(copy, source.name)
    return copy


def _check(path: Path, name: str) -> None:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as problem:
        raise StoreError(f"{name} 已损坏：{problem}") from problem
    finally:
        connection.close()
    if said != "ok":
        raise StoreError(f"{name} 已损坏：{said}")


def restore(data: Path | None, archive: Path) -> str:
    """Put the databases of a backup in place; what was there is kept beside them.

    Raises StoreError for a file that is no whole backup, or while the bot runs; nothing is changed then.
    """
    folder = data_dir(data)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with hold(folder), tempfile.TemporaryDirectory(dir=folder) as scratch:
            found = _unpacked(archive, Path(scratch))
            kept = [set_aside(folder / path.name) for path in found if (folder / path.name).exists()]
            for path in found:
                path.replace(folder / path.name)
    except AlreadyRunning:
        raise StoreError("机器人正在运行，请先停止它再恢复") from None
    told = f"原来的文件改名为 {'、'.join(path.name for path in kept)}。" if kept else ""
    return f"已从 {archive} 恢复 {'、'.join(path.name for path in found)}。{told}"


def _unpacked(archive: Path, scratch: Path) -> list[Path]:
    try:
        with zipfile.ZipFile(archive) as parts:
            names = parts.namelist()
            if _FILES[0] not in names or not set(names) <= set(_FILES):
                raise StoreError(f"{archive} 不是 govreport backup 写的备份")
            found = [Path(parts.extract(name, scratch)) for name in names]
            for path in found:
                path.chmod(0o600)
    except (zipfile.BadZipFile, EOFError, zlib.error):
        raise StoreError(f"{archive} 不是完好的备份文件") from None
    for path in found:
        _check(path, path.name)
    return found


def make_anew(data: Path | None) -> str:
    """Make a store of another version anew from its own texts. Raises StoreError."""
    live = sys.stderr.isatty()

    def progress(done: int) -> None:
        if live:
            click.echo(f"\r\033[K已重建 {done} 份", err=True, nl=False)

    folder = data_dir(data)
    try:
        with hold(folder):
            count, kept = rebuild(folder / _FILES[0], progress)
    except AlreadyRunning:
        raise StoreError("机器人正在运行，请先停止它再重建") from None
    finally:
        if live:
            click.echo("\r\033[K", err=True, nl=False)
    return f"已重建 {count} 份报告；原来的资料库改名为 {kept.name}，确认无误后可以删除。"
