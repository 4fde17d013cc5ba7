"""The command `govreport`. Commands load what they need when they run: a question should not wait for Telegram."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from bot.help_zh import ChineseGroup, usage_problem
from bot.lines import argument

__all__ = ["main"]

# What a wrong call, a wrong setting or an unreadable file ends with.
WRONG = 2


class _Day(click.ParamType[date]):
    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail("应为 2024-06-01 这样的日期", param, ctx)


@click.group(
    cls=ChineseGroup,
    help="向政府工作报告提问，得到确切的数字、原句和出处；报告没有写的，直接说没有。",
    example='govreport ask "辽阳2023年粮食产量是多少"\ngovreport console',
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
)
@click.option(
    "--data",
    metavar="目录",
    type=click.Path(path_type=Path),
    help="资料库所在的文件夹；不写则用设置 GOVREPORT_DATA 或用户数据目录",
)
@click.option("--version", is_flag=True, help="显示版本号")
@click.pass_context
def cli(ctx: click.Context, data: Path | None, version: bool) -> None:
    """Options for every command."""
    ctx.obj = data
    if version:
        from importlib.metadata import version as installed

        click.echo(f"govreport {installed('govreport')}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command(
    short_help="问一个问题，或逐行回答一批问题",
    help="问一个问题。--jsonl 从标准输入逐行读取 {id, turns}，逐行写出答案。",
    example='govreport ask "辽阳2023年粮食产量是多少"\n'
    'govreport ask --why "GDP增速"\n'
    "govreport ask --jsonl < questions.jsonl > answers.jsonl",
    options_metavar="[选项]",
)
@click.argument("question", metavar="问题", required=False)
@click.option("--json", "as_json", is_flag=True, help="用 JSON 写出答案")
@click.option("--jsonl", is_flag=True, help="从标准输入读取一批问题，每行一个 JSON")
@click.option("--why", is_flag=True, help="说明范围、检索词、得分和规则")
@click.option("--today", type=_Day(), metavar="日期", help="把这一天当作今天，例如 2024-06-01")
@click.pass_obj
def ask(data: Path | None, *, question: str | None, as_json: bool, jsonl: bool, why: bool, today: date | None) -> None:
    """Answer one question, or a stream of them."""
    from bot.asking import ask_many, ask_one

    if jsonl:
        if question is not None:
            _wrong("--jsonl 从标准输入读取问题，不要再写问题")
        _leave(ask_many(data, today=today, why=why))
    if question is None:
        _wrong('缺少问题，例如：govreport ask "辽阳2023年粮食产量是多少"')
    click.echo(ask_one(data, argument(question), as_json=as_json, why=why, today=today))


@cli.command(
    short_help="列出一份报告的全部数据，或逐行提取",
    help="列出一份报告的全部数据，或存为 CSV、Excel 表格、JSON。"
    "不写编号时，--jsonl 从标准输入逐行读取 {pid, report, text}，逐行写出其中的数据。",
    example="govreport figures 辽阳市-2024\n"
    "govreport figures 辽阳市-2024 --xlsx -o 辽阳市-2024.xlsx\n"
    "govreport figures --jsonl < passages.jsonl > figures.jsonl",
    options_metavar="[选项]",
)
@click.argument("report_id", metavar="报告编号", required=False)
@click.option("--csv", is_flag=True, help="写出 CSV（UTF-8，Excel 可直接打开）")
@click.option("--xlsx", is_flag=True, help="写出 Excel 工作簿")
@click.option("--jsonl", is_flag=True, help="每项数据一行 JSON；不写编号时读取一批段落")
@click.option("-o", "--output", metavar="文件", type=click.Path(dir_okay=False, path_type=Path), help="写到文件里")
@click.pass_obj
def figures(
    data: Path | None, *, report_id: str | None, csv: bool, xlsx: bool, jsonl: bool, output: Path | None
) -> None:
    """The figures of a report, or of paragraphs."""
    from bot.listing import figure_file, figure_table, figures_many

    forms = [form for form, asked in (("csv", csv), ("xlsx", xlsx), ("jsonl", jsonl)) if asked]
    if len(forms) > 1:
        _wrong("--csv、--xlsx、--jsonl 只能选一个")
    if report_id is None and jsonl and output is None:
        _leave(figures_many())
    if report_id is None:
        _wrong("缺少报告编号，例如：govreport figures 辽阳市-2024（编号见 govreport reports）")
    if forms:
        figure_file(data, argument(report_id), forms[0], output)
    elif output is not None:
        _wrong("-o 要与 --csv、--xlsx 或 --jsonl 一起用")
    else:
        click.echo(figure_table(data, argument(report_id)))


@cli.command(
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
@click.pass_obj
def ingest(data: Path | None, /, *, paths: tuple[Path, ...], **stated: str | None) -> None:
    """Put files into the store."""
    from bot.taking_in import take_in

    if not paths:
        _wrong("缺少路径，例如：govreport ingest 报告.txt 文件夹/")
    _leave(take_in(data, paths, {key: argument(value) for key, value in stated.items() if value}))


@cli.command(
    short_help="列出、查看、导出或移除已收录的报告",
    help="列出已收录的报告，可按地区、年份、层级筛选；写明编号则显示这一份，--text 原样输出它的文字"
    "（引文的位置按这份文字计算），--outline 列出它的结构。",
    example="govreport reports --place 辽宁 --year 2019-2024\ngovreport reports 辽阳市-2024 --outline\n"
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
    folder: Path | None,
    remove: bool,
) -> None:
    """What is loaded."""
    from bot import holdings

    ids = [argument(word) for word in report_ids]
    try:
        span = holdings.years(argument(year)) if year else (0, 9999)
    except ValueError:
        _wrong(f"--year 应写成 2024 或 2019-2024，写的是 {argument(year or '')}")
    chosen = holdings.Filter(argument(place), span, holdings.LEVELS.get(level or "", ""), warned)
    if (text or outline) and len(ids) != 1:
        _wrong("--text 和 --outline 要写明一个报告编号，例如：govreport reports 辽阳市-2024 --text")
    if remove and not ids:
        _wrong("--remove 要写明报告编号，例如：govreport reports 辽阳市-2024 --remove")
    if remove:
        click.echo(holdings.remove_reports(data, ids))
    elif folder is not None:
        click.echo(holdings.export_reports(data, ids, chosen, folder))
    elif text:
        raw = holdings.report_text(data, ids[0]).encode("utf-8", "surrogatepass")
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    elif ids:
        click.echo("\n\n".join(holdings.report_card(data, report_id, outline=outline) for report_id in ids))
    else:
        click.echo(holdings.report_table(data, chosen))


@cli.command(
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
        _wrong("缺少地区、年份或网址，例如：govreport fetch 辽宁省 2019-2024")
    _leave(run(data, Wish(tuple(argument(word) for word in words), level or "", **how)))


@cli.command(
    short_help="在终端里连续提问",
    help="在终端里连续提问：与 Telegram 机器人同样的回答、追问和斜杠命令。/help 查看命令，Ctrl-D 退出。",
    example="govreport console\ngovreport console < 问题.txt",
    options_metavar="[选项]",
)
@click.pass_obj
def console(data: Path | None) -> None:
    """The test mode."""
    from bot.console import run

    _leave(run(data))


@cli.command(
    short_help="启动 Telegram 机器人",
    help="启动 Telegram 机器人（长轮询）。令牌写在环境变量或 .env 的 TELEGRAM_BOT_TOKEN 里，其余设置见 .env.example。",
    example="govreport serve",
    options_metavar="[选项]",
)
@click.pass_obj
def serve(data: Path | None) -> None:
    """The bot."""
    from bot.serving import serve as start

    _leave(start(data))


def _wrong(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(WRONG)


def _leave(status: int) -> NoReturn:
    sys.exit(status)


def main() -> NoReturn:
    """Run the command; whatever goes wrong is one line, never a traceback."""
    # Whoever starts us may have closed any of the three.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  for as long as we live
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  as above
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  as above
    for stream in (sys.stdout, sys.stderr):
        # A terminal in GBK lacks some characters of the reports; a missing one is no reason to stop.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    sys.exit(_run())


def _run() -> int:
    try:
        try:
            status = cli.main(prog_name="govreport", standalone_mode=False)
        except SystemExit as end:
            status = end.code
        sys.stdout.flush()
    except click.ClickException as problem:
        click.echo(usage_problem(problem), err=True)
        return WRONG
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # Whoever read us has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except Exception as problem:  # the last line of defence
        return _explain(problem)
    return status if isinstance(status, int) else 0


def _explain(problem: Exception) -> int:
    """A person's mistake is said as it is; the program's own goes without a traceback too, but says what to do."""
    from retrieval.errors import GovreportError

    settings = sys.modules.get("bot.settings")
    if isinstance(problem, GovreportError) or (settings and isinstance(problem, settings.BadSettings)):
        click.echo(" ".join(str(problem).split()), err=True)
        return WRONG
    if isinstance(problem, OSError):
        click.echo(f"{problem.filename or '文件'}：{problem.strerror or '读写失败'}", err=True)
        return WRONG
    click.echo(f"程序出错：{type(problem).__name__}。请连同所用的命令报告给维护者。", err=True)
    return 1
