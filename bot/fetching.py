"""`govreport fetch`: official reports into the store, by place and year from the catalogue or by address."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from bot.holdings import LEVELS, years
from bot.home import data_dir, open_engine
from bot.lines import complain
from bot.sources import Downloader, Entry, NotFetched, Shelf, choose
from bot.sources.shelf import Kept
from bot.table import aligned
from bot.taking_in import store_files
from retrieval import formats, reports
from retrieval.errors import UnreadableReport
from retrieval.model import Level

if TYPE_CHECKING:
    from retrieval.model import Report

__all__ = ["Wish", "fetch"]

_FOLDER = "downloads"
_CLEAR = "\r\033[K"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be fetched and how. `words` are addresses, places and years as typed."""

    words: tuple[str, ...]
    level: str = ""
    below: bool = False
    listing: bool = False
    refresh: bool = False
    delay: float = 3.0
    loopback: bool = False


@dataclass(frozen=True, slots=True)
class _Target:
    """An address, and the name its file gets where the catalogue knows it."""

    url: str
    name: str = ""


def fetch(data: Path | None, wish: Wish) -> int:
    """Download what is not there yet, ingest it, tell; the exit status: 2 where nothing came of it.

    Raises NotFetched for words that are not understood.
    """
    targets = _targets(wish)
    if wish.listing:
        rows = [(target.name or "—", target.url) for target in targets]
        click.echo("\n".join([*aligned(rows), "", f"{len(targets)} 个地址。"]))
        return 0
    folder = data_dir(data) / _FOLDER
    shelf = Shelf(folder)
    files: list[Path] = []
    refused = 0
    try:
        with Downloader(delay=wish.delay, loopback=wish.loopback) as downloader:
            for number, target in enumerate(targets, 1):
                _progress(f"下载 {number}/{len(targets)}：{target.name or target.url}")
                try:
                    files.append(_one(downloader, shelf, target, refresh=wish.refresh))
                except (NotFetched, UnreadableReport) as problem:
                    refused += 1
                    _progress("")
                    complain(f"未下载 {target.name or target.url}：{problem}")
    finally:
        _progress("")
    if not files:
        click.echo(f"{len(targets)} 个地址，没有下载到报告。")
        return 2
    engine = open_engine(data, make=True)
    try:
        store_files(engine, files, {})
    finally:
        engine.close()
    if refused:
        click.echo(f"另有 {refused} 个地址没有下载，原因见上。")
    return 0


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        click.echo(_CLEAR + line, err=True, nl=False)


def _targets(wish: Wish) -> tuple[_Target, ...]:
    """Raises NotFetched where there is none."""
    addresses = [word for word in wish.words if "://" in word]
    spans: list[tuple[int, int]] = []
    wanted: list[str] = []
    for word in wish.words:
        if word in addresses:
            continue
        try:
            spans.append(years(word))
        except ValueError:
            wanted.append(word)
    found = [_Target(address) for address in addresses]
    if wanted or wish.level or not addresses:
        level = Level(LEVELS.get(wish.level, wish.level)) if wish.level else None
        entries: Sequence[Entry] = choose(wanted, spans, level=level, below=wish.below)
        if not entries:
            raise NotFetched("目录里没有符合条件的报告（用 --list 看有哪些）")
        found += [_Target(entry.url, entry.name) for entry in entries]
    return tuple(dict.fromkeys(found))


def _one(downloader: Downloader, shelf: Shelf, target: _Target, *, refresh: bool) -> Path:
    """The file of an address: the one that is there, or a new one. Raises NotFetched and UnreadableReport."""
    kept = shelf.kept(target.url)
    if kept and not refresh:
        return shelf.path(kept)
    page = downloader.fetch(target.url, etag=kept.etag if kept else "", modified=kept.modified if kept else "")
    if page.data is None:
        if kept is None:
            raise NotFetched("网站说网页没有变过，可是没有下载过它")
        return shelf.path(kept)
    name = _checked(page.data, page.url, target.name)
    return shelf.keep(target.url, Kept(name, page.url, page.etag, page.modified), page.data)


def _checked(data: bytes, url: str, known: str) -> str:
    """The name a downloaded report gets. Raises NotFetched for what is no report, UnreadableReport for what cannot be
    read."""
    last = PurePosixPath(url.split("?", 1)[0]).name
    ending = formats.ending(formats.kind_of(data, f"网页{formats.known_ending(last) or '.html'}"))
    report = reports.read(data, f"{known or '网页'}{ending}")
    if why := reports.no_report(report):
        raise NotFetched(why)
    return "".join(_safe(known or _named(report))) + ending


def _named(report: Report) -> str:
    return f"{report.place.name}-{report.year}"


def _safe(name: str) -> Iterator[str]:
    """Letters, digits and hyphens: a name made of a page's words must lead nowhere else."""
    return (c if c.isalnum() or c == "-" else "_" for c in name)
