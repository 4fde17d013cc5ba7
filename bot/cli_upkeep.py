"""The commands that keep a data folder in order: backup, restore, rebuild, quarantine."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import JSONL
from bot.help_zh import ChineseCommand

__all__ = ["backup", "quarantine", "rebuild", "restore"]


@click.command(
    cls=ChineseCommand,
    short_help="备份资料库和机器人的记录",
    help="把资料库和机器人的记录写进一个文件。机器人可以照常运行，备份的是同一时刻的内容。",
    example="govreport backup\ngovreport backup 备份.zip",
    options_metavar="[选项]",
)
@click.argument("target", metavar="[文件]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def backup(data: Path | None, target: Path | None) -> None:
    """Keep."""
    from bot.upkeep import back_up

    click.echo(back_up(data, target))


@click.command(
    cls=ChineseCommand,
    short_help="从备份恢复",
    help="从 govreport backup 写的文件恢复。先要停止机器人；原来的文件改名保留。",
    example="govreport restore 备份.zip",
    options_metavar="[选项]",
)
@click.argument("archive", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def restore(data: Path | None, archive: Path) -> None:
    """Bring back."""
    from bot.upkeep import restore as bring_back

    click.echo(bring_back(data, archive))


@click.command(
    cls=ChineseCommand,
    short_help="升级后重建资料库",
    help="程序升级后资料库版本不同时，用它里面的报告重建；不用重新导入。原来的资料库改名保留。",
    example="govreport rebuild",
    options_metavar="[选项]",
)
@click.pass_obj
def rebuild(data: Path | None) -> None:
    """Make anew."""
    from bot.upkeep import make_anew

    click.echo(make_anew(data))


@click.command(
    cls=ChineseCommand,
    short_help="列出机器人无法处理而搁置的消息",
    help="列出机器人无法处理而搁置的消息（格式不对，或处理时出错）：编号、时间、原因、内容。"
    "--retry 让机器人再处理一次，例如升级之后。搁置的消息保留七天。",
    example="govreport quarantine\ngovreport quarantine --json\ngovreport quarantine --retry 123456789",
    options_metavar="[选项]",
)
@click.option("--json", "as_json", is_flag=True, help="用 JSON 写出，连同原来的内容")
@JSONL
@click.option("--retry", type=int, metavar="编号", help="再处理一次这一条")
@click.pass_obj
def quarantine(data: Path | None, *, as_json: bool, jsonl: bool, retry: int | None) -> None:
    """What could not be worked on."""
    from bot.quarantine import listed, put_back

    if retry is None:
        listed(data, as_json=as_json, jsonl=jsonl)
    else:
        put_back(data, retry)
