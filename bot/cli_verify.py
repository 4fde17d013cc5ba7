"""The command that holds a text against the reports."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_options import OutFile
from bot.help_zh import ChineseCommand
from bot.lines import NOTHING, argument, leave, wrong

__all__ = ["verify"]


@click.command(
    cls=ChineseCommand,
    short_help="核对一段文字里的数字",
    help="把一段文字（文本、Word、PDF、网页，“-”表示标准输入）里的数字与已收录的报告逐个核对："
    "一致、相近、不一致（写明报告是多少、可能错在哪里）、查不到（写明原因）。文中没有写地区和年份时用选项写明。"
    "有不一致的，退出状态是 1。",
    example="govreport verify 稿子.docx\ngovreport verify --place 澜山省 --year 2023 - < 稿子.txt\n"
    "govreport verify 稿子.docx --xlsx -o 核对结果.xlsx",
    options_metavar="[选项]",
)
@click.argument("path", metavar="文件", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--place", metavar="地区", default="", help="文中没有写地区时，按这个地区核对")
@click.option("--year", metavar="年份", type=click.IntRange(1949, 2100), help="文中没有写年份时，数据是这一年的")
@click.option("--json", "as_json", is_flag=True, help="用 JSON 写出结果")
@click.option("--xlsx", is_flag=True, help="另存为 Excel 工作簿，每行一个数字；不写 -o 时写到 核对结果.xlsx")
@click.option("-o", "--output", metavar="文件", type=OutFile(), help="写到这个 .xlsx 文件")
@click.pass_obj
def verify(
    data: Path | None,
    *,
    path: Path,
    place: str,
    year: int | None,
    as_json: bool,
    xlsx: bool,
    output: Path | None,
) -> None:
    """Check a text."""
    from bot.saving import free
    from bot.verifying import verify_text

    if output is not None and output.suffix.lower() != ".xlsx":
        wrong(f"{output.name}：核对结果只能存为 .xlsx")
    if xlsx and output is None:
        output = free("核对结果", ".xlsx")
    said, differs = verify_text(data, path, place=argument(place), year=year or 0, as_json=as_json, output=output)
    click.echo(said)
    if differs:
        leave(NOTHING)
