"""`govreport feedback`: what people think of answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from bot.delivery import Judged, Ledger
from bot.home import data_dir
from bot.lines import put_rows

__all__ = ["listed"]


def listed(data: Path | None, *, wrong_only: bool, as_json: bool, jsonl: bool) -> None:
    """Print the judgements, oldest first. Raises BadSettings and sqlite3.Error."""
    home = data_dir(data)
    found = Ledger(home).feedback.all() if (home / "bot.db").exists() else ()
    chosen = [one for one in found if not (wrong_only and one.good)]
    if as_json or jsonl:
        put_rows([asdict(one) | {"trace": json.loads(one.trace)} for one in chosen], lines=jsonl)
        return
    for one in chosen:
        click.echo("\n".join(_lines(one)) + "\n")
    good = sum(one.good for one in chosen)
    click.echo(f"共 {len(chosen)} 条：对 {good} 条，不对 {len(chosen) - good} 条。")


def _lines(one: Judged) -> list[str]:
    when = datetime.fromtimestamp(one.at).astimezone().strftime("%Y-%m-%d %H:%M")
    trace = json.loads(one.trace)
    first = one.answer.strip().splitlines()[:1]
    return [
        f"{'对　' if one.good else '不对'} {when}　{one.question}",
        *(f"  答：{line}" for line in first),
        f"  范围：{trace['scope'] or '无'}；规则：{trace['rule'] or '无'}",
    ]
