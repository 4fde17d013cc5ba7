"""The commands of further faces, each an extra of its own: mcp."""

from __future__ import annotations

from pathlib import Path

import click

from bot.help_zh import ChineseCommand
from bot.lines import wrong

__all__ = ["mcp"]


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
