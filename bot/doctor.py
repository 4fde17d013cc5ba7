"""`govreport doctor`: what serving needs, looked at one by one, and what is wrong in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from bot import charts
from bot.app import Found, Plan, examine
from bot.delivery import AlreadyRunning, Ledger, hold
from bot.home import open_engine
from bot.lines import put_rows
from retrieval.errors import GovreportError
from retrieval.model import Status

__all__ = ["report", "run"]

_SIGNS = {True: "✓", False: "✗", None: "·"}


def run(plan: Plan | None, data: Path | None, *, as_json: bool = False) -> int:
    """Look at everything and tell; 1 where something is wrong. Without a plan there is no token."""
    found = [Found(False, "令牌：没有设置 TELEGRAM_BOT_TOKEN；向 @BotFather 发送 /newbot 得到，写进 .env")]
    found = found if plan is None else examine(plan)
    found += [_store(data), _fonts()]
    if plan is not None:
        found += _ledger(plan.home)
    return report(found, as_json=as_json)


def report(found: list[Found], *, as_json: bool = False) -> int:
    """Print a line for each thing; 1 where something is wrong."""
    wrong = sum(one.good is False for one in found)
    if as_json:
        put_rows([{"good": one.good, "line": one.line} for one in found], lines=False)
        return 1 if wrong else 0
    for one in found:
        click.echo(f"{_SIGNS[one.good]} {one.line}")
    click.echo(f"\n{f'有 {wrong} 处要处理。' if wrong else '一切正常。'}")
    return 1 if wrong else 0


def _store(data: Path | None) -> Found:
    try:
        engine = open_engine(data)
        rows = engine.reports()
        engine.close()
    except (GovreportError, sqlite3.Error) as problem:
        return Found(False, f"资料库：{problem}")
    if not rows:
        return Found(False, "资料库：还是空的，请先用 govreport ingest 导入报告")
    return Found(True, f"资料库：{len(rows)} 份报告")


def _fonts() -> Found:
    """Draw something: only that shows that the font is there and can be read."""
    points = (charts.Point("甲", 1.0, Status.ACTUAL, "1"), charts.Point("乙", 2.0, Status.ACTUAL, "2"))
    chart = charts.Chart(charts.Shape.BARS, "试画", "", (charts.Series("试画", points),), "")
    try:
        from bot.charts.draw import draw  # noqa: PLC0415  matplotlib takes a second to load

        size = len(draw(chart))
    except (OSError, ImportError, RuntimeError, ValueError) as problem:
        return Found(False, f"图表：画不出来（{type(problem).__name__}），请重新安装依赖")
    return Found(True, f"图表：中文字体可用（试画 {size // 1024} KB）")


def _ledger(home: Path) -> list[Found]:
    try:
        with hold(home):
            running = Found(None, "机器人：没有在运行")
    except AlreadyRunning:
        running = Found(True, "机器人：正在运行")
    except OSError as problem:
        return [Found(False, f"文件夹：{home} 不能写（{problem.strerror}）")]
    try:
        ledger = Ledger(home)
    except (sqlite3.Error, OSError) as problem:
        return [running, Found(False, f"收发记录：bot.db 无法使用（{problem}）")]
    bad, failed = ledger.inbox.count("bad"), ledger.outbox.count("failed")
    waiting = ledger.inbox.count("new") + ledger.outbox.count("ready")
    ledger.close()
    told = f"收发记录：积压 {waiting} 条，搁置 {bad} 条，发送失败 {failed} 条"
    return [running, Found(None if bad or failed else True, told)]
