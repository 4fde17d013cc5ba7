"""The bot's name, texts and commands at Telegram, by language and by who sees them."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from importlib.resources import files

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, RetryAfter

from bot.app.calls import seconds
from bot.commands import COMMANDS, For

__all__ = ["furnish"]

# What people see whose language has no texts of its own is Chinese.
_LANGUAGES = {"": "zh", "zh": "zh", "en": "en"}


async def furnish(bot: Bot, admins: Collection[int]) -> list[str]:
    """Set everything; a Chinese line for each thing done or refused. Raises TelegramError."""
    texts = tomllib.loads(files("bot").joinpath("botfather.toml").read_text(encoding="utf-8"))
    lines: list[str] = []
    for code, lang in _LANGUAGES.items():
        lines.append(f"{_called(code)}：{await _describe(bot, code, texts[lang])}")
    count = 0
    for code, lang in _LANGUAGES.items():
        for scope, kinds in _scopes():
            await bot.set_my_commands(_commands(kinds, lang), scope, code or None)
            count += 1
    lines.append(f"命令菜单：{count} 份（语言 × 范围）")
    for admin in sorted(admins):
        try:
            await bot.set_my_commands(_commands(frozenset({For.ALL, For.PRIVATE, For.ADMIN}), "zh"), _own(admin))
        except BadRequest:
            lines.append(f"管理员 {admin}：还没有和机器人说过话，先发送 /start 再运行一次")
        else:
            lines.append(f"管理员 {admin}：菜单里有管理命令")
    return lines


def _own(admin: int) -> BotCommandScopeChat:
    return BotCommandScopeChat(admin)


def _scopes() -> tuple[tuple[BotCommandScope, frozenset[For]], ...]:
    everyone = frozenset({For.ALL})
    return (
        (BotCommandScopeDefault(), everyone),
        (BotCommandScopeAllPrivateChats(), everyone | {For.PRIVATE}),
        (BotCommandScopeAllGroupChats(), everyone),
    )


def _commands(kinds: frozenset[For], lang: str) -> list[BotCommand]:
    return [BotCommand(c.name, c.english if lang == "en" else c.summary) for c in COMMANDS if c.scope in kinds]


def _called(code: str) -> str:
    return {"": "默认", "zh": "中文", "en": "英文"}[code]


async def _describe(bot: Bot, code: str, texts: dict[str, str]) -> str:
    """Name, description and about text; only what differs is set, for Telegram lets a name be set rarely."""
    language = code or None
    done = []
    if (await bot.get_my_name(language)).name != texts["name"]:
        try:
            await bot.set_my_name(texts["name"], language)
            done.append("名称")
        except RetryAfter as problem:
            done.append(f"名称（Telegram 要求 {seconds(problem.retry_after):.0f} 秒后再改）")
    if (await bot.get_my_description(language)).description != texts["description"]:
        await bot.set_my_description(texts["description"], language)
        done.append("说明")
    if (await bot.get_my_short_description(language)).short_description != texts["about"]:
        await bot.set_my_short_description(texts["about"], language)
        done.append("简介")
    return f"已设置{'、'.join(done)}" if done else "名称、说明、简介都已是最新"
