"""The commands of the first minutes: demo, console."""

from __future__ import annotations

from pathlib import Path

import click

from bot.help_zh import ChineseCommand
from bot.lines import leave

__all__ = ["console", "demo"]


@click.command(
    cls=ChineseCommand,
    short_help="载入虚构的示例报告，供试用",
    help="载入一套虚构的示例报告：澜山省和临澜、望溪两市，2021—2024年。这里各个命令的例子都可以用它们试。"
    "地区和数字都不是真的，用到它们的回答会注明；--remove 移除它们。",
    example="govreport demo\ngovreport demo --remove",
    options_metavar="[选项]",
)
@click.option("--remove", is_flag=True, help="移除示例报告")
@click.pass_obj
def demo(data: Path | None, *, remove: bool) -> None:
    """The invented province."""
    from bot.demo import put_in, take_out

    click.echo(take_out(data) if remove else put_in(data))


@click.command(
    cls=ChineseCommand,
    short_help="在终端里连续提问",
    help="在终端里连续提问：与 Telegram 机器人同样的回答、追问和斜杠命令。/help 查看命令；"
    "exit、quit、q、退出或 Ctrl-D 离开。",
    example="govreport console\ngovreport console < 问题.txt",
    options_metavar="[选项]",
)
@click.pass_obj
def console(data: Path | None) -> None:
    """The test mode."""
    from bot.console import run

    leave(run(data))
