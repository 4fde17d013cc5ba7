"""The commands for questions across reports, one for each form of `wording`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.cli_options import OUTPUT, output
from bot.help_zh import ChineseCommand, asked_lang
from bot.lines import argument, leave, wrong

__all__ = ["across"]

# Names, and what they are called on the command line beside the chat's.
_NAMES = (
    ("compare", "比较几个地区或几年的一个指标"),
    ("trend", "列出一个指标的历年数据"),
    ("rank", "在一组地区里排名或筛选"),
    ("fulfil", "核对目标完成了没有"),
    ("phrase", "查一个提法出现在哪些年"),
    ("diff", "比较两份报告的提法：新出现的和不再出现的"),
    ("checklist", "列出报告没有提到的常用指标，以及首次、位次等说法"),
)


def _command(name: str, summary: str) -> click.Command:
    form = "wc" if name == "fulfil" else name

    @click.command(
        name,
        cls=ChineseCommand,
        short_help=summary,
        help=f"{summary}。地区、年份、指标的先后不限。",
        example=_EXAMPLES[name],
        options_metavar="[选项]",
    )
    @click.argument("words", metavar="地区、指标、年份…", nargs=-1)
    @click.option("--json", "as_json", is_flag=True, help="用 JSON 写出答案")
    @click.option("--why", is_flag=True, help="说明范围、检索词、得分和规则")
    @OUTPUT
    @click.pass_obj
    def run(data: Path | None, /, *, words: tuple[str, ...], **how: Any) -> None:  # noqa: ANN401  click's
        from bot.asking import ask_one
        from bot.wording import FORMS, Unworded, question

        found = next(item for item in FORMS if item.name == form)
        said = " ".join(argument(word) for word in words)
        lang = asked_lang(click.get_current_context())
        try:
            told = ask_one(data, lambda held: question(found, said, held=held), table=True, lang=lang, **how)
        except Unworded as problem:
            wrong(f"{problem}，例如：{_EXAMPLES[name].splitlines()[0]}")
        click.echo(told.text)
        leave(told.status)

    return run


_EXAMPLES = {
    "compare": "govreport compare 临澜 望溪 GDP增速 2023\ngovreport compare 临澜 望溪 GDP增速 2023 -o 比较.xlsx",
    "trend": "govreport trend 临澜 一般公共预算收入 2020-2023 -o 走势.png",
    "rank": "govreport rank 各市 GDP增速 2023\ngovreport rank 各市 GDP增速 6%以上 2023",
    "fulfil": "govreport fulfil 澜山省 2023\ngovreport fulfil 澜山省 2023 GDP",
    "phrase": "govreport phrase 数字经济",
    "diff": "govreport diff 澜山省 2023 2024",
    "checklist": "govreport checklist 澜山省 2024",
}


@click.command(
    cls=ChineseCommand,
    short_help="把一个问题的答案画成图（PNG）",
    help="把一个问题的答案画成图：历年的数据是折线，几个地区是条形，目标与结果并列，提法按年计数。"
    "没有写年份的取历年；不写 -o 就写在当前文件夹里。",
    example='govreport chart 临澜 GDP增速 2020-2023\ngovreport chart "2023年各市GDP增速" -o 各市.png --dark',
    options_metavar="[选项]",
)
@click.argument("words", metavar="问题…", nargs=-1, required=True)
@output("写到这个 .png 文件，- 为标准输出")
@click.option("--dark", is_flag=True, help="深色底")
@click.pass_obj
def chart(data: Path | None, *, words: tuple[str, ...], output: Path | None, dark: bool) -> None:
    """The answer as a picture."""
    from bot.asking import hand_over

    if output is not None and output.name != "-" and output.suffix.lower() != ".png":
        wrong(f"图只能存为 .png：{output.name}")
    click.echo(hand_over(data, _question(words), output, ".png", dark=dark), nl=output is None or output.name != "-")


@click.command(
    cls=ChineseCommand,
    short_help="把一个问题的答案存为表格",
    help="把一个问题的答案存为 Excel 工作簿、CSV、Markdown 或 JSON，每行附原文和出处。"
    "没有写年份的取历年；不写 -o 就写在当前文件夹里。",
    example="govreport export 临澜 一般公共预算收入 2020-2023\n"
    'govreport export "2023年各市GDP增速" --csv\n'
    "govreport export 澜山省 GDP目标完成情况 -o 澜山省.md",
    options_metavar="[选项]",
)
@click.argument("words", metavar="问题…", nargs=-1, required=True)
@output("写到这个 .xlsx .csv .md .json 文件，- 为标准输出")
@click.option("--csv", is_flag=True, help="存为 CSV（UTF-8，Excel 可直接打开）")
@click.option("--json", "as_json", is_flag=True, help="用 JSON 写出，不写 -o 则写到标准输出")
@click.pass_obj
def export(data: Path | None, *, words: tuple[str, ...], output: Path | None, csv: bool, as_json: bool) -> None:
    """The answer as a table."""
    from bot.asking import hand_over

    if csv and as_json:
        wrong("--csv、--json 只能选一个")
    if as_json and output is None:
        output = Path("-")
    form = ".csv" if csv else ".json" if as_json else ".xlsx"
    click.echo(hand_over(data, _question(words), output, form), nl=output is None or output.name != "-")


@click.command(
    cls=ChineseCommand,
    short_help="导出面板数据：地区 × 年份 × 指标，目标与结果并列",
    help="把已收录的报告整理成面板数据：每行一个地区一年的一个指标，目标取自当年的报告，结果取自次年的报告，"
    "各附原句和出处。不写指标就取常用的十八项；一千五百份报告约两分钟。",
    example="govreport panel --level 市 --year 2021-2023 -o 各市.xlsx\n"
    "govreport panel GDP 固定资产投资 --place 澜山省 -o 澜山省.csv\ngovreport panel 全部 -o 面板.jsonl",
    options_metavar="[选项]",
)
@click.argument("names", metavar="指标…", nargs=-1)
@click.option("--place", metavar="地区", default="", help="只取这个地区和它下面的")
@click.option("--level", metavar="层级", type=click.Choice(["国家", "省", "市", "县"]), help="只取国家、省、市或县")
@click.option("--year", metavar="年份", help="数据的年份，例如 2023 或 2015-2024")
@output("写到这个 .csv .xlsx .jsonl .parquet 文件，- 为标准输出（CSV）")
@click.pass_obj
def panel(
    data: Path | None, *, names: tuple[str, ...], place: str, level: str | None, year: str | None, output: Path | None
) -> None:
    """The panel as a file."""
    from bot.holdings import LEVELS, Filter, years
    from bot.panel import panel_file
    from bot.saving import free

    try:
        told = years(argument(year)) if year else None
    except ValueError:
        wrong(f"年份写成 2023 或 2015-2024：{year}")
    chosen = Filter(place=argument(place), level=LEVELS[level] if level else "")
    words = [word for name in names for word in argument(name).replace("、", ",").replace("，", ",").split(",") if word]
    path = output or free("面板数据", ".csv")
    click.echo(panel_file(data, chosen, told, words, path), nl=path.name != "-")


def _question(words: tuple[str, ...]) -> str:
    return " ".join(argument(word) for word in words)


across = (*(_command(name, summary) for name, summary in _NAMES), chart, export, panel)
