"""The commands of the Telegram bot: serve, setup-bot, doctor, feedback."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import JSON, JSONL
from bot.help_zh import ChineseCommand
from bot.lines import leave

__all__ = ["bot_commands"]


@click.command(
    cls=ChineseCommand,
    short_help="启动 Telegram 机器人",
    help="启动 Telegram 机器人：长轮询，写了 WEBHOOK_URL 则由 Telegram 推送。"
    "令牌写在环境变量或 .env 的 TELEGRAM_BOT_TOKEN 里，其余设置见 .env.example。",
    example="govreport serve",
    options_metavar="[选项]",
)
@click.option("--allow-loopback", "loopback", is_flag=True, hidden=True)
@click.pass_obj
def serve(data: Path | None, /, *, loopback: bool) -> None:
    """The bot."""
    from bot.serving import serve as start

    leave(start(data, loopback=loopback))


@click.command(
    "setup-bot",
    cls=ChineseCommand,
    short_help="设置机器人的名称、说明和命令菜单",
    help="在 Telegram 上设置机器人的名称、说明、简介（中文、英文），以及私聊、群组、管理员各自的命令菜单。"
    "可以反复运行。",
    example="govreport setup-bot",
    options_metavar="[选项]",
)
@click.pass_obj
def setup_bot(data: Path | None) -> None:
    """Name, texts, commands."""
    from bot.serving import set_up_bot

    leave(set_up_bot(data))


@click.command(
    cls=ChineseCommand,
    short_help="检查令牌、网络、资料库、字体、推送",
    help="逐项检查机器人需要的东西：令牌、网络、推送、资料库、图表字体、收发记录，并说明哪里不对。",
    example="govreport doctor",
    options_metavar="[选项]",
)
@JSON
@click.pass_obj
def doctor(data: Path | None, *, as_json: bool) -> None:
    """What is wrong."""
    from bot.doctor import run
    from bot.serving import plan

    leave(run(plan(data), data, as_json=as_json))


@click.command(
    cls=ChineseCommand,
    short_help="列出用户对回答的评价",
    help="列出用户点过的“对”“不对”：问题、回答的第一行、范围和规则；--json、--jsonl 写出全部，包括得出的经过。",
    example="govreport feedback --wrong\ngovreport feedback --jsonl > feedback.jsonl",
    options_metavar="[选项]",
)
@click.option("--wrong", is_flag=True, help="只要“不对”的")
@JSON
@JSONL
@click.pass_obj
def feedback(data: Path | None, *, wrong: bool, as_json: bool, jsonl: bool) -> None:
    """Judgements."""
    from bot.judged import listed

    listed(data, wrong_only=wrong, as_json=as_json, jsonl=jsonl)


bot_commands = (serve, setup_bot, doctor, feedback)
