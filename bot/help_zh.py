"""click in Chinese: help pages and messages about how a command was called."""

from __future__ import annotations

from typing import Any

import click

from bot.table import aligned

__all__ = ["ChineseCommand", "ChineseGroup", "usage_problem"]


class _Chinese(click.Command):
    """A command whose help page is Chinese and aligned by display width."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:  # noqa: ANN401  click's own
        super().__init__(*args, **kwargs)
        self.example = example

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole page."""
        lines = [f"用法：{ctx.command_path} {' '.join(self.collect_usage_pieces(ctx))}", ""]
        lines += [*(self.help or "").splitlines(), ""]
        rows = [_row(parameter, ctx) for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        if isinstance(self, click.Group):
            commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            lines += ["命令：", *_indented([(name, command.short_help or "") for name, command in commands if command])]
            lines += [""]
        lines += ["选项：", *_indented([row for row in rows if row])]
        if self.example:
            lines += ["", "例如：", *(f"  {line}" for line in self.example.splitlines())]
        formatter.write("\n".join(lines))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, said in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这页说明"
        return option


class ChineseCommand(_Chinese):
    """A single command."""


class ChineseGroup(_Chinese, click.Group):
    """The command that holds the others, in the order they were defined."""

    command_class = ChineseCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order a newcomer needs them."""
        del ctx
        return list(self.commands)


def _row(parameter: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    record = parameter.get_help_record(ctx)
    return (record[0], record[1].strip()) if record else None


def _indented(rows: list[tuple[str, str]]) -> list[str]:
    return [f"  {line}" for line in aligned(rows)]


def usage_problem(problem: click.ClickException) -> str:
    """One Chinese line for a command that was called wrongly."""
    command = problem.ctx.command_path if isinstance(problem, click.UsageError) and problem.ctx else "govreport"
    return f"{_what(problem)}（用法见 {command} --help）"


def _what(problem: click.ClickException) -> str:
    match problem:
        case click.NoSuchOption():
            near = f"，是否想写 {problem.possibilities[0]}？" if problem.possibilities else ""
            return f"没有 {problem.option_name} 这个选项{near}"
        case click.MissingParameter():
            name = problem.param.human_readable_name if problem.param else ""
            return f"缺少{name}"
        case click.BadParameter():
            name = problem.param.opts[0] if problem.param else ""
            return f"{name} 的值不对：{problem.message}"
        case click.BadOptionUsage():
            return f"{problem.option_name} 后面要有一个值"
        case click.UsageError() if problem.message.startswith("No such command"):
            return f"没有这个命令：{problem.message.split(chr(39))[1]}"
        case click.UsageError() if problem.message.startswith("Got unexpected extra argument"):
            return f"多出了 {problem.message.partition('(')[2].rstrip(').')}"
        case _:
            return problem.format_message()
