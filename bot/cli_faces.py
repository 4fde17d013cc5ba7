"""The commands of further faces: for assistants, and in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from bot.help_zh import ChineseCommand
from bot.lines import leave, wrong

__all__ = ["mcp", "web"]


@click.command(
    cls=ChineseCommand,
    short_help="让助手程序（MCP）来查报告",
    help="让支持 Model Context Protocol 的助手程序来查报告：提问、数据、历年、面板、核对、原文，只读，经标准输入输出。"
    "由助手程序启动，配置写法见 docs/mcp.md。",
    example="govreport mcp",
    options_metavar="[选项]",
)
@click.pass_obj
def mcp(data: Path | None) -> None:
    """The tools for assistants."""
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        wrong('要先安装 mcp：pip install "govreport[mcp]"')
    from bot.assistants.server import run

    run(data)


@click.command(
    cls=ChineseCommand,
    short_help="在浏览器里提问",
    help="在浏览器里提问：与 Telegram 机器人同样的回答和追问，旁边是报告原文，引用的句子在原处标出。只在本机可见；"
    "要让别的机器访问，须设口令。",
    example="govreport web\ngovreport web --port 8080",
    options_metavar="[选项]",
)
@click.option("--host", metavar="地址", default="127.0.0.1", help="在这个地址上监听，默认 127.0.0.1（只在本机）")
@click.option("--port", metavar="端口", type=click.IntRange(1, 65535), default=8000, help="端口，默认 8000")
@click.option("--token", metavar="口令", help="口令，至少 16 个字母、数字、下划线或连字符；不写则用设置 WEB_TOKEN")
@click.pass_obj
def web(data: Path | None, *, host: str, port: int, token: str | None) -> None:
    """The pages."""
    from bot import settings
    from bot.web.server import Plan, run

    chosen = settings.load()
    if token is not None and not settings.WEB_TOKEN.fullmatch(token):
        wrong("--token 应为 16 到 256 个字母、数字、下划线或连字符")
    kept = chosen.WEB_TOKEN.get_secret_value() if chosen.WEB_TOKEN else ""
    leave(run(Plan(data, host, port, token or kept, chosen.WEB_ADDRESS or "")))
