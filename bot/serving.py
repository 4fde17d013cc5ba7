"""`govreport serve` and what belongs to it: settings, lock and store, then the bot."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot import settings
from bot.delivery import AlreadyRunning, hold
from bot.lines import complain
from bot.logs import set_up
from bot.responder import Access

if TYPE_CHECKING:
    from bot.app import Plan

__all__ = ["plan", "serve", "set_up_bot"]

_NO_TOKEN = "缺少 TELEGRAM_BOT_TOKEN：请把 @BotFather 给的令牌写进 .env（可从 .env.example 复制）或环境变量"  # noqa: S105  no token


def plan(data: Path | None) -> Plan | None:
    """What the settings ask for; None without a token. Raises BadSettings."""
    chosen = settings.load()
    token = chosen.TELEGRAM_BOT_TOKEN.get_secret_value() if chosen.TELEGRAM_BOT_TOKEN else ""
    if not token:
        return None
    proxy = chosen.PROXY_URL.get_secret_value() if chosen.PROXY_URL else None
    from bot.app import Hook, Plan, secret_of  # noqa: PLC0415  loads python-telegram-bot: only with a token

    secret = chosen.WEBHOOK_SECRET.get_secret_value() if chosen.WEBHOOK_SECRET else secret_of(token)
    set_up(chosen.GOVREPORT_LOG_LEVEL, [token, proxy or "", secret], chosen.GOVREPORT_LOG_FORMAT)
    hook = None
    if chosen.WEBHOOK_URL:
        hook = Hook(chosen.WEBHOOK_URL, chosen.WEBHOOK_LISTEN, chosen.WEBHOOK_PORT, secret)
    access = Access(chosen.ALLOWED_USERS, chosen.ALLOWED_CHATS, chosen.ADMIN_USERS)
    # The store of `data` holds only what was ingested; the bot's own files lie beside it.
    return Plan(
        token,
        chosen.BASE_URL,
        proxy,
        data,
        data or chosen.data_dir,
        access,
        hook,
        chosen.QUESTIONS_PER_MINUTE,
        address=chosen.WEB_ADDRESS or "",
    )


def serve(data: Path | None, *, loopback: bool = False) -> int:
    """Serve until stopped; the exit status. With `loopback` keepers may have this machine's own addresses fetched, for
    tests. Raises BadSettings and StoreError."""
    made = plan(data)
    if made is None:
        complain(_NO_TOKEN)
        return 2
    from bot.app import run  # noqa: PLC0415  loaded by now

    try:
        with hold(made.home):
            return run(replace(made, loopback=loopback))
    except AlreadyRunning:
        complain(f"已有一个 govreport serve 在使用 {made.home}，请先停掉它")
        return 2
    except sqlite3.Error as problem:
        complain(
            f"机器人的数据库 {made.home / 'bot.db'} 无法使用（{problem}）。磁盘已满就先腾出空间；文件已损坏就用 "
            "govreport restore 恢复备份，或把 bot.db 移走：报告不受影响，只是忘掉会话"
        )
        return 2


def set_up_bot(data: Path | None) -> int:
    """Set name, texts and commands at Telegram; the exit status. Raises BadSettings."""
    made = plan(data)
    if made is None:
        complain(_NO_TOKEN)
        return 2
    from bot.app import furnished  # noqa: PLC0415  loaded by now
    from bot.doctor import report  # noqa: PLC0415  as above

    return report(furnished(made))
