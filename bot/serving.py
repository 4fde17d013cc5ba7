"""`govreport serve`: settings, lock and store, then the bot."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot import settings
from bot.delivery import AlreadyRunning, hold
from bot.lines import complain
from bot.logs import set_up
from bot.responder import Access

__all__ = ["serve"]


def serve(data: Path | None) -> int:
    """Serve until stopped; the exit status. Raises BadSettings and StoreError."""
    chosen = settings.load()
    token = chosen.TELEGRAM_BOT_TOKEN.get_secret_value() if chosen.TELEGRAM_BOT_TOKEN else ""
    if not token:
        complain("缺少 TELEGRAM_BOT_TOKEN：请把 @BotFather 给的令牌写进 .env（可从 .env.example 复制）或环境变量")
        return 2
    proxy = chosen.PROXY_URL.get_secret_value() if chosen.PROXY_URL else None
    set_up(chosen.GOVREPORT_LOG_LEVEL, [token, proxy or ""])
    # The store of `data` holds only what was ingested; the bot's own files lie beside it.
    home = data or chosen.data_dir
    from bot.app import Plan, run  # noqa: PLC0415  loads python-telegram-bot: only once the settings are right

    plan = Plan(token, chosen.BASE_URL, proxy, data, home, Access(chosen.ALLOWED_USERS, chosen.ALLOWED_CHATS))
    try:
        with hold(home):
            return run(plan)
    except AlreadyRunning:
        complain(f"已有一个 govreport serve 在使用 {home}，请先停掉它")
        return 2
    except sqlite3.Error as problem:
        complain(f"机器人的数据库 {home / 'bot.db'} 无法使用：{problem}")
        return 2
