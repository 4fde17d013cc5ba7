"""The commands that fill the store and look at it: ingest, reports, fetch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.cli_options import JSON
from bot.help_zh import ChineseCommand
from bot.lines import argument, leave, put_bytes, put_rows, wrong

__all__ = ["fetch", "ingest", "reports"]


@click.command(
    cls=ChineseCommand,
    short_help="导入报告文件或文件夹",
    help="把报告导入资料库：文本（.txt、.md）、网页（.html）、Word（.docx）、PDF，编码自动识别；文件夹逐层读取，"
    "“-”表示标准输入。地区和年份从正文认出，认错时用选项写明。",
    example="govreport ingest 报告.docx 文件夹/ '*.html'\n"
    "govreport ingest --place 辽阳市 --year 2024 报告.txt\ngovreport --data 目录 ingest - < 报告.txt",
    options_metavar="[选项]",
)
@click.argument("paths", metavar="路径…", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--place", metavar="地区", help="这是哪里的报告，例如 辽阳市 或 辽宁省朝阳市")
@click.option("--year", metavar="年份", help="这是哪一年的报告（它部署哪一年的工作）")
@click.option("--title", metavar="标题", help="报告的标题")
@click.option("--url", metavar="网址", help="报告的出处")
@JSON
@click.pass_obj
def ingest(data: Path | None, /, *, paths: tuple[Path, ...], as_json: bool, **stated: str | None) -> None:
    """Put files into the store."""
    from bot.taking_in import take_in

    if not paths:
        wrong("缺少路径，例如：govreport ingest 报告.txt 文件夹/")
    leave(take_in(data, paths, {key: argument(value) for key, value in stated.items() if value}, as_json=as_json))


@click.command(
    cls=ChineseCommand,
    short_help="列出、查看、导出或移除已收录的报告",
    help="列出已收录的报告，可按地区、年份、层级筛选；写明编号则显示这一份，--text 原样输出它的文字"
    "（引文的位置按这份文字计算），--outline 列出它的结构。",
    example="govreport reports --place 辽宁 --year 2022-2024\ngovreport reports 辽阳市-2024 --outline\n"
    "govreport reports --export 文件夹\ngovreport reports 辽阳市-2024 --remove",
    options_metavar="[选项]",
)
@click.argument("report_ids", metavar="报告编号…", nargs=-1)
@click.option("--text", is_flag=True, help="输出报告的原文")
@click.option("--outline", is_flag=True, help="列出报告的结构")
@click.option("--place", default="", metavar="地区", help="只要这个地区和它下面的")
@click.option("--year", metavar="年份", help="只要这些年的，例如 2024 或 2019-2024")
@click.option("--level", type=click.Choice(["国家", "省", "市", "县"]), help="只要这一级的")
@click.option("--warned", is_flag=True, help="只要有提醒的")
@JSON
@click.option("--export", "folder", type=click.Path(path_type=Path), metavar="文件夹", help="把报告原样写到空文件夹里")
@click.option("--remove", is_flag=True, help="从资料库移除写明编号的报告")
@click.pass_obj
def reports(
    data: Path | None,
    *,
    report_ids: tuple[str, ...],
    text: bool,
    outline: bool,
    place: str,
    year: str | None,
    level: str | None,
    warned: bool,
    as_json: bool,
    folder: Path | None,
    remove: bool,
) -> None:
    """What is loaded."""
    from bot import holdings

    ids = [argument(word) for word in report_ids]
    try:
        span = holdings.years(argument(year)) if year else (0, 9999)
    except ValueError:
        wrong(f"--year 应写成 2024 或 2019-2024，写的是 {argument(year or '')}")
    chosen = holdings.Filter(argument(place), span, holdings.LEVELS.get(level or "", ""), warned)
    if (text or outline) and len(ids) != 1:
        wrong("--text 和 --outline 要写明一个报告编号，例如：govreport reports 辽阳市-2024 --text")
    if remove and not ids:
        wrong("--remove 要写明报告编号，例如：govreport reports 辽阳市-2024 --remove")
    if folder is not None:
        click.echo(holdings.export_reports(data, ids, chosen, folder))
    if remove:
        click.echo(holdings.remove_reports(data, ids))
    if folder is not None or remove:
        return
    if text:
        put_bytes(holdings.report_text(data, ids[0]).encode("utf-8", "surrogatepass"))
    elif as_json:
        put_rows(holdings.report_json(data, ids, chosen), lines=False)
    elif ids:
        click.echo("\n\n".join(holdings.report_card(data, report_id, outline=outline) for report_id in ids))
    else:
        click.echo(holdings.report_table(data, chosen))


@click.command(
    cls=ChineseCommand,
    short_help="从官方网站下载报告并导入",
    help="下载报告并导入：写地区和年份（按自带的官方网址目录），或直接写网址。遵守 robots.txt，同一网站逐个、"
    "有间隔地访问；下载过的不再下载，中断后再运行会接着做。",
    example="govreport fetch 辽宁省 2019-2024\ngovreport fetch --level 省 2024\ngovreport fetch --list 长春 成都\n"
    "govreport fetch https://www.example.gov.cn/report.html",
    options_metavar="[选项]",
)
@click.argument("words", metavar="地区、年份或网址…", nargs=-1)
@click.option("--level", type=click.Choice(["省", "市", "province", "city"]), help="只要这一级的")
@click.option("--below", is_flag=True, help="连同所写地区下面的")
@click.option("--list", "listing", is_flag=True, help="只列出网址，不下载")
@click.option("--refresh", is_flag=True, help="下载过的也核对有没有更新")
@click.option("--delay", type=click.FloatRange(0, 60), default=3.0, metavar="秒", help="同一网站两次访问的间隔，默认 3")
@click.option("--allow-loopback", "loopback", is_flag=True, hidden=True)
@click.pass_obj
def fetch(data: Path | None, /, *, words: tuple[str, ...], level: str | None, **how: Any) -> None:  # noqa: ANN401  click's
    """Official reports."""
    from bot.fetching import Wish
    from bot.fetching import fetch as run

    if not words and not level:
        wrong("缺少地区、年份或网址，例如：govreport fetch 辽宁省 2019-2024")
    leave(run(data, Wish(tuple(argument(word) for word in words), level or "", **how)))
