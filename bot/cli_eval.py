"""`govreport eval`: how good the answers are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.cli_options import OutFile
from bot.help_zh import ChineseCommand
from bot.lines import leave, wrong

__all__ = ["evaluate"]

_FILE = click.Path(path_type=Path, dir_okay=False)


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter("应为 2024-06-01 这样的日期", ctx, param) from None


@click.command(
    "eval",
    cls=ChineseCommand,
    short_help="用知道答案的题目给回答打分",
    help="用知道答案的题目给回答打分：按题型和语体列出得分与用时，按原因列出答错的题。"
    "--corpus 的报告导入一个临时的资料库；同时写了 --data 就导入那里，下次不必再导入；只写 --data 则用那里已有的。"
    "题目旁有同名的 .toml 时与其中的预期比较；"
    "得分下降超过允许的幅度，程序以 1 结束。"
    "每个得分都带 95% 置信区间；作了回答却答错的比例带它的上限。",
    example="govreport eval data/evaluation/own.jsonl --corpus 报告文件夹\n"
    "govreport eval 题目.jsonl --corpus 报告文件夹 --save 以前.json\n"
    "govreport eval 题目.jsonl --corpus 报告文件夹 --against 以前.json\n"
    "govreport eval 题目.jsonl --corpus 报告文件夹 --flips --by place\n"
    "govreport eval 题目.jsonl --corpus 报告文件夹 --reliability --picture 把握.png",
    options_metavar="[选项]",
)
@click.argument("gold", metavar="题目.jsonl", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--corpus", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False), help="报告")
@click.option("--whole", is_flag=True, help="导入文件夹里的全部报告，不只是题目涉及的；不与预期比较")
@click.option("--kind", metavar="题型", help="只问这一种题，例如 figure；不与预期比较")
@click.option("--today", metavar="日期", callback=_day, help="把这一天当作今天，例如 2024-06-01")
@click.option("--errors", metavar="个数", type=click.IntRange(min=0), default=5, help="每种原因列出几题，默认 5")
@click.option("--save", metavar="文件", type=OutFile(), help="把结果存为 JSON")
@click.option("--against", metavar="文件", type=_FILE, help="与以前用 --save 存下的结果比较")
@click.option("--tolerance", metavar="幅度", type=click.FloatRange(0, 1), help="下降多少以内不算，默认 0.005")
@click.option("--pin", is_flag=True, help="把这次的得分写成题目旁 .toml 里的预期")
@click.option("--flips", is_flag=True, help="把答对的题换种说法再问，数一数有多少变成答错")
@click.option("--seed", metavar="数", type=int, default=0, help="换说法时选错字和别名的种子，默认 0")
@click.option("--reliability", is_flag=True, help="把回答的把握与答对的比例并列")
@click.option("--picture", metavar="文件", type=OutFile(), help="把 --reliability 的结果画成 PNG")
@click.option("--by", metavar="place", type=click.Choice(["place"]), help="按地区分成五组，列出各组的得分")
@click.option("--json", "as_json", is_flag=True, help="用 JSON 写出结果")
@click.pass_obj
def evaluate(
    data: Path | None,
    *,
    gold: Path,
    corpus: Path | None,
    whole: bool,
    kind: str | None,
    today: date | None,
    errors: int,
    save: Path | None,
    against: Path | None,
    tolerance: float | None,
    pin: bool,
    flips: bool,
    seed: int,
    reliability: bool,
    picture: Path | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Score the answers to a set of questions."""
    from bot.evaluation.command import Task, evaluated

    if pin and (whole or kind):
        wrong("--pin 要问全部题目，不能与 --whole、--kind 一起用")
    task = Task(gold, corpus, whole=whole, kind=kind or "", today=today, errors=errors, save=save, against=against,
                tolerance=tolerance, pin=pin, flips=flips, seed=seed, reliability=reliability or picture is not None,
                picture=picture, by=by or "", as_json=as_json)  # fmt: skip
    leave(evaluated(data, task))
