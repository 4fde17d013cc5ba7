"""`govreport quarantine`: the updates that were set aside, and another try for one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from bot.delivery import Ledger
from bot.home import data_dir
from bot.lines import put_rows
from retrieval.errors import GovreportError

__all__ = ["listed", "put_back"]

_SHOWN = 60


def listed(data: Path | None, *, as_json: bool, jsonl: bool) -> None:
    """Print them, the oldest first."""
    with _ledger(data) as ledger:
        found = ledger.inbox.aside() if ledger else []
    dated = [(datetime.fromtimestamp(one.at).astimezone(), one) for one in found]
    if as_json or jsonl:
        rows = [
            {
                "update_id": one.update_id,
                "at": when.isoformat(timespec="seconds"),
                "problem": one.problem,
                "update": json.loads(one.raw),
            }
            for when, one in dated
        ]
        put_rows(rows, lines=jsonl)
        return
    for when, one in dated:
        said = json.dumps(json.loads(one.raw), ensure_ascii=False)[:_SHOWN]
        click.echo(f"{one.update_id}  {when:%Y-%m-%d %H:%M}  {one.problem}  {said}")
    if not found:
        click.echo("没有搁置的消息。")


def put_back(data: Path | None, update_id: int) -> None:
    """Let the bot work on it again. Raises GovreportError where it is not among them."""
    with _ledger(data) as ledger:
        if ledger is None or not ledger.inbox.retry(update_id):
            raise GovreportError(f"没有搁置编号为 {update_id} 的消息")
    click.echo(f"消息 {update_id} 会在机器人下次收到消息或启动时再处理一次。")


@contextmanager
def _ledger(data: Path | None) -> Iterator[Ledger | None]:
    """None where no bot has run: looking makes no database."""
    folder = data_dir(data)
    if not (folder / "bot.db").is_file():
        yield None
        return
    ledger = Ledger(folder)
    try:
        with ledger.change():
            yield ledger
    finally:
        ledger.close()
