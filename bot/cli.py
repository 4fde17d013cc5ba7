"""The command `govreport`. Commands load what they need when they run: a question should not wait for Telegram."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from bot.cli_across import across
from bot.cli_bot import bot_commands
from bot.cli_eval import evaluate
from bot.cli_faces import mcp, web
from bot.cli_library import fetch, ingest, reports
from bot.cli_options import OUTPUT, output
from bot.cli_start import console, demo
from bot.cli_upkeep import backup, quarantine, rebuild, restore
from bot.cli_verify import verify
from bot.help_zh import LANG, LOCALE, ChineseGroup, asked_lang, usage_problem
from bot.lines import FAULT, NOTHING, WRONG, argument, leave, wrong

__all__ = ["main"]


class _Shown:
    """What is shown when something breaks; asked when no command's context is left."""

    traceback = False


_shown = _Shown()


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
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--data",
    metavar="目录",
    type=click.Path(path_type=Path),
    help="资料库所在的文件夹；不写则用设置 GOVREPORT_DATA 或用户数据目录",
)
@click.option(
    f"--{LANG}",
    metavar="语言",
    type=click.Choice(["zh", "en", "trad"]),
    is_eager=True,
    help="说明和回答的语言：zh、en、trad；不写则说明按系统语言",
)
@click.option(f"--{LOCALE}", hidden=True, envvar=["LC_ALL", "LC_MESSAGES", "LANG"], expose_value=False)
@click.option("--version", is_flag=True, help="显示版本号")
@click.option("--traceback", "details", is_flag=True, help="程序出错时显示技术细节")
@click.pass_context
def cli(ctx: click.Context, *, data: Path | None, lang: str | None, version: bool, details: bool) -> None:
    """Options for every command."""
    del lang  # read from the context by what speaks
    ctx.obj = data
    _shown.traceback = details
    if version:
        from importlib.metadata import version as installed

        click.echo(f"govreport {installed('govreport')}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command(
    short_help="问一个问题，或逐行回答一批问题",
    help="问一个问题；“-”表示从标准输入读取问题。--jsonl 从标准输入逐行读取 {id, turns}，逐行写出答案。",
    example='govreport ask "辽阳2023年粮食产量是多少"\n'
    'govreport ask --why "辽阳GDP增速"\n'
    "govreport ask --jsonl < questions.jsonl > answers.jsonl",
    options_metavar="[选项]",
)
@click.argument("question", metavar="问题", required=False)
@click.option("--json", "as_json", is_flag=True, help="用 JSON 写出答案")
@click.option("--jsonl", is_flag=True, help="从标准输入读取一批问题，每行一个 JSON")
@click.option("--why", is_flag=True, help="说明范围、检索词、得分和规则")
@click.option("--today", type=_Day(), metavar="日期", help="把这一天当作今天，例如 2024-06-01")
@OUTPUT
@click.pass_obj
def ask(
    data: Path | None,
    *,
    question: str | None,
    as_json: bool,
    jsonl: bool,
    why: bool,
    today: date | None,
    output: Path | None,
) -> None:
    """Answer one question, or a stream of them."""
    from bot.asking import ask_many, ask_one, typed

    if jsonl:
        if question is not None:
            wrong("--jsonl 从标准输入读取问题，不要再写问题")
        leave(ask_many(data, today=today, why=why))
    if question is None:
        wrong('缺少问题，例如：govreport ask "辽阳2023年粮食产量是多少"')
    asked = typed() if question == "-" else argument(question)
    lang = asked_lang(click.get_current_context())
    told = ask_one(data, asked, as_json=as_json, why=why, today=today, output=output, lang=lang)
    click.echo(told.text)
    leave(told.status)


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
@click.option("--json", "as_json", is_flag=True, help="用 JSON 写出")
@click.option("--jsonl", is_flag=True, help="每项数据一行 JSON；不写编号时读取一批段落")
@output("写到文件里，- 为标准输出")
@click.pass_obj
def figures(
    data: Path | None, *, report_id: str | None, csv: bool, xlsx: bool, as_json: bool, jsonl: bool, output: Path | None
) -> None:
    """The figures of a report, or of paragraphs."""
    from bot.listing import figure_file, figure_table, figures_many

    asked = {"csv": csv, "xlsx": xlsx, "json": as_json, "jsonl": jsonl}
    forms = [form for form, wanted in asked.items() if wanted]
    if len(forms) > 1:
        wrong("--csv、--xlsx、--json、--jsonl 只能选一个")
    if report_id is None and jsonl and output is None:
        leave(figures_many())
    if report_id is None:
        wrong("缺少报告编号，例如：govreport figures 辽阳市-2024（编号见 govreport reports）")
    if forms:
        figure_file(data, argument(report_id), forms[0], output)
    elif output is not None:
        wrong("-o 要与 --csv、--xlsx、--json 或 --jsonl 一起用")
    else:
        click.echo(figure_table(data, argument(report_id)))


for command in (
    *across,
    *(verify, demo, ingest, reports, fetch, backup, restore, rebuild, quarantine, evaluate, console, web, mcp),
    *bot_commands,
):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command; whatever goes wrong is one line, never a traceback."""
    # Whoever starts us may have closed any of the three.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  for as long as we live
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  as above
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  as above
    for stream in (sys.stdout, sys.stderr):
        # A terminal in GBK lacks some characters of the reports; a missing one is no reason to stop.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    signal.signal(signal.SIGTERM, _stop)
    # The arrays of a question are small: sharing one out among threads costs more than it saves.
    os.putenv("OPENBLAS_NUM_THREADS", "1")
    sys.exit(_run())


class _Stopped(KeyboardInterrupt):
    """Told to stop by the system: as orderly an end as Ctrl-C's."""


def _stop(*_: object) -> NoReturn:
    raise _Stopped


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
    except (click.Abort, KeyboardInterrupt) as end:
        return 143 if _Stopped in {type(end), type(end.__cause__)} else 130
    except BrokenPipeError:
        # Whoever read us has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except Exception as problem:  # the last line of defence
        return _explain(problem)
    return status if isinstance(status, int) else 0


def _explain(problem: Exception) -> int:
    """A person's mistake is said as it is; the program's own goes without a traceback too, but says what to do."""
    from retrieval.errors import GovreportError, NothingFound, why_not

    settings = sys.modules.get("bot.settings")
    if isinstance(problem, NothingFound):
        click.echo(" ".join(str(problem).split()), err=True)
        return NOTHING
    if isinstance(problem, GovreportError) or (settings and isinstance(problem, settings.BadSettings)):
        click.echo(" ".join(str(problem).split()), err=True)
        return WRONG
    if isinstance(problem, OSError):
        click.echo(f"{problem.filename or '文件'}：{why_not(problem)}", err=True)
        return WRONG
    if _shown.traceback:
        traceback.print_exception(problem)
    click.echo(f"程序出错：{type(problem).__name__}。请加上 --traceback 再运行一次，把输出报告给维护者。", err=True)
    return FAULT
