"""What Telegram says of a bot: for `govreport doctor`, and setting it up."""

from __future__ import annotations

import asyncio
import warnings
from contextlib import suppress
from dataclasses import dataclass

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.warnings import PTBDeprecationWarning

from bot.app.run import Plan, connect
from bot.app.setup import furnish

__all__ = ["Found", "examine", "furnished"]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: `good` is None for advice."""

    good: bool | None
    line: str


def examine(plan: Plan) -> list[Found]:
    """Token, network, inline mode, groups and webhook."""
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
    return asyncio.run(_examine(plan))


def furnished(plan: Plan) -> list[Found]:
    """Set the bot's texts and commands, and tell what was done."""
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
    return asyncio.run(_furnished(plan))


def _trouble(problem: TelegramError, plan: Plan) -> Found:
    if isinstance(problem, InvalidToken):
        return Found(False, "令牌：Telegram 不认识 TELEGRAM_BOT_TOKEN，请向 @BotFather 核对")
    hint = "请检查 PROXY_URL" if plan.proxy else "在中国大陆需要设置 PROXY_URL"
    return Found(False, f"网络：连接不上 {plan.base_url}（{type(problem).__name__}），{hint}")


async def _furnished(plan: Plan) -> list[Found]:
    _, bot = connect(plan)
    try:
        await bot.initialize()
        return [Found(True, line) for line in await furnish(bot, plan.access.admins)]
    except TelegramError as problem:
        return [_trouble(problem, plan)]
    finally:
        with suppress(TelegramError, RuntimeError):
            await bot.shutdown()


async def _examine(plan: Plan) -> list[Found]:
    _, bot = connect(plan)
    try:
        await bot.initialize()
        out = [
            Found(True, f"网络：{plan.base_url} 可以连接"),
            Found(True, f"令牌：属于 @{bot.username}"),
        ]
        if not bot.supports_inline_queries:
            out.append(Found(None, "内联模式没有打开；向 @BotFather 发送 /setinline 打开后，可以在任何会话里提问"))
        if bot.can_read_all_group_messages:
            out.append(Found(None, "群组隐私模式已关闭：Telegram 会把群里所有消息发来；机器人只回答叫它的"))
        info = await bot.get_webhook_info()
        return [*out, *_webhook(info, plan)]
    except TelegramError as problem:
        return [_trouble(problem, plan)]
    finally:
        with suppress(TelegramError, RuntimeError):
            await bot.shutdown()


def _webhook(info: WebhookInfo, plan: Plan) -> list[Found]:
    url, wanted = info.url, plan.hook.url if plan.hook else ""
    waiting = f"，积压 {info.pending_update_count} 条" if info.pending_update_count else ""
    if url and not wanted:
        return [Found(None, f"推送：Telegram 还登记着 {url}{waiting}；govreport serve 启动时会改为长轮询")]
    if not wanted:
        return [Found(True, f"接收：长轮询{waiting}")]
    if url != wanted:
        return [Found(None, f"推送：还没有登记 {wanted}{waiting}；govreport serve 启动时会登记")]
    when, problem = info.last_error_date, info.last_error_message
    if problem:
        day = when.astimezone().strftime("%Y-%m-%d %H:%M") if when else "时间不详"
        return [Found(False, f"推送：Telegram 上次没有送到（{day}，{problem}）{waiting}")]
    return [Found(True, f"推送：已登记 {url}{waiting}")]
