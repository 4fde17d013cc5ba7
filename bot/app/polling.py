"""Fetches updates. An update is in the inbox before the next fetch acknowledges it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from bot.app.calls import seconds
from bot.app.handlers import KINDS

__all__ = ["poll"]

log = logging.getLogger(__name__)
Keep = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

# How long the server holds a fetch that finds nothing.
_HOLD = 25
_PAUSE = 30.0


async def poll(bot: Bot, client: HTTPXRequest, keep: Keep) -> None:
    """Until cancelled. Raises InvalidToken when the token is revoked.

    `Bot.get_updates` parses a whole batch at once: a single malformed update would be fetched for ever.
    """
    offset: int | None = None
    pause = 1.0
    while True:
        try:
            found = await _fetch(bot, client, offset)
        except InvalidToken:
            raise
        except RetryAfter as problem:
            await asyncio.sleep(seconds(problem.retry_after))
        except TimedOut:
            continue
        except Conflict:
            log.warning("另一个程序正在用同一个令牌收消息（Conflict），%.0f 秒后再试", pause)
            pause = await _rest(pause)
        except Exception as problem:  # whatever a server sends must not end the bot
            kind = "请求被拒绝" if isinstance(problem, BadRequest) else "收不到消息"
            log.warning("%s：%s，%.0f 秒后再试", kind, _short(problem), pause)
            pause = await _rest(pause)
        else:
            pause = 1.0
            good = [update for update in found if _numbered(update)]
            if len(good) < len(found):
                log.warning("收到 %d 条没有编号的消息，略过", len(found) - len(good))
            if good:
                await keep(good)
                offset = max(update["update_id"] for update in good) + 1
            elif found:
                await asyncio.sleep(1)


async def _fetch(bot: Bot, client: HTTPXRequest, offset: int | None) -> list[Any]:
    wanted: dict[str, Any] = {"timeout": _HOLD, "allowed_updates": json.dumps(KINDS)}
    if offset is not None:
        wanted["offset"] = offset
    found: object = await client.post(f"{bot.base_url}/getUpdates?{urlencode(wanted)}", read_timeout=_HOLD + 15)
    if not isinstance(found, list):
        raise ValueError("no list of updates")
    return found


async def _rest(pause: float) -> float:
    await asyncio.sleep(pause)
    return min(_PAUSE, pause * 2)


def _numbered(update: Any) -> bool:  # noqa: ANN401  whatever the server sent
    return isinstance(update, dict) and type(update.get("update_id")) is int and abs(update["update_id"]) < 1 << 62


def _short(problem: Exception) -> str:
    return json.dumps(str(problem)[:120], ensure_ascii=False)
