"""Fetches updates. An update is in the inbox before the next fetch acknowledges it."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest

from bot.app.calls import seconds
from bot.app.handlers import KINDS
from bot.delivery import Outage

__all__ = ["poll"]

log = logging.getLogger(__name__)
Keep = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

# How long the server holds a fetch that finds nothing, and how long it may be silent after that.
_HOLD = 10
_SILENT = 4
# The longest pause between two tries: a network that is back should be noticed at once.
_PAUSE = 1.0
_DISK = 2.0


async def poll(bot: Bot, client: HTTPXRequest, keep: Keep) -> None:
    """Until cancelled. Raises InvalidToken when the token is revoked.

    `Bot.get_updates` parses a whole batch at once: a single malformed update would be fetched for ever.
    """
    offset: int | None = None
    outage = Outage()
    tries = 0
    while True:
        try:
            found = await _fetch(bot, client, offset)
        except InvalidToken:
            raise
        except RetryAfter as problem:
            await asyncio.sleep(seconds(problem.retry_after))
        except Exception as problem:  # whatever a server sends must not end the bot
            if outage.begun(time.monotonic()):
                log.warning("%s，稍后再试，直到恢复", _why(problem))
            await asyncio.sleep(min(_PAUSE, 0.1 * 2.0 ** min(tries, 6)))
            tries += 1
        else:
            tries = 0
            lasted = outage.over(time.monotonic())
            if lasted is not None:
                log.warning("又能收到消息了，中断了 %.1f 秒", lasted)
            good = [update for update in found if _numbered(update)]
            if len(good) < len(found):
                log.warning("收到 %d 条没有编号的消息，略过", len(found) - len(good))
            if good:
                await _kept(keep, good)
                offset = max(update["update_id"] for update in good) + 1
            elif found:
                await asyncio.sleep(1)


async def _kept(keep: Keep, updates: Sequence[dict[str, Any]]) -> None:
    """Only what is on the disk may be acknowledged: where there is no room, wait for some."""
    while True:
        try:
            return await keep(updates)
        except sqlite3.OperationalError as problem:
            log.error("inbox: %s, tried again", problem)
            await asyncio.sleep(_DISK)


def _why(problem: Exception) -> str:
    match problem:
        case Conflict():
            return "另一个程序正在用同一个令牌收消息（Conflict）"
        case BadRequest():
            return f"请求被拒绝：{_short(problem)}"
        case _:
            return f"收不到消息：{_short(problem)}"


async def _fetch(bot: Bot, client: HTTPXRequest, offset: int | None) -> list[Any]:
    wanted: dict[str, Any] = {"timeout": _HOLD, "allowed_updates": json.dumps(KINDS)}
    if offset is not None:
        wanted["offset"] = offset
    found: object = await client.post(f"{bot.base_url}/getUpdates?{urlencode(wanted)}", read_timeout=_HOLD + _SILENT)
    if not isinstance(found, list):
        raise ValueError("no list of updates")
    return found


def _numbered(update: Any) -> bool:  # noqa: ANN401  whatever the server sent
    return isinstance(update, dict) and type(update.get("update_id")) is int and abs(update["update_id"]) < 1 << 62


def _short(problem: Exception) -> str:
    return json.dumps(str(problem)[:120], ensure_ascii=False)
