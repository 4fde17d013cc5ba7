"""click in Chinese: help pages and messages about how a command was called; in English and Traditional from a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from bot.table import aligned
from bot.tongue import DEFAULT, chosen, line

__all__ = ["LANG", "LOCALE", "ChineseCommand", "ChineseGroup", "asked_lang", "help_lang", "usage_problem"]

_TABLE = "help_en.tsv"
# The group's options: the language asked for, and the locale, which click reads from the environment.
LANG, LOCALE = "lang", "locale"


def asked_lang(ctx: click.Context) -> str:
    """The language of answers: what `--lang` says, else Chinese."""
    return ctx.find_root().params.get(LANG) or DEFAULT


def help_lang(ctx: click.Context) -> str:
    """The language of help: what `--lang` says, else the locale's."""
    root = ctx.find_root()
    # Help is asked for before the other options are read.
    read = (param.resolve_envvar_value(root) for param in root.command.params if param.name == LOCALE)
    return chosen(root.params.get(LANG) or "", next(read, None) or "")


class _Chinese(click.Command):
    """A command whose help page is Chinese and aligned by display width."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:  # noqa: ANN401  click's own
        super().__init__(*args, **kwargs)
        self.example = example

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole page."""
        lang = help_lang(ctx)

        def said(text: str) -> str:
            return line(text, lang, _TABLE)

        pieces = " ".join(said(piece) for piece in self.collect_usage_pieces(ctx))
        lines = [said(f"用法：{ctx.command_path} {pieces}"), ""]
        lines += [*map(said, (self.help or "").splitlines()), ""]
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        if isinstance(self, click.Group):
            commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            rows = [(name, said(command.short_help or "")) for name, command in commands if command]
            lines += [said("命令："), *_indented(rows), ""]
        lines += [said("选项："), *_indented([_row(option, said) for option in options if not option.hidden])]
        if self.example:
            lines += ["", said("例如："), *(f"  {row}" for row in self.example.splitlines())]
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


def _row(option: click.Option, said: Callable[[str], str]) -> tuple[str, str]:
    """How an option is written, and what it does."""
    names = ", ".join(sorted(option.opts, key=len))
    value = "" if option.is_flag or option.metavar is None else f" {said(option.metavar)}"
    return f"{names}{value}", said(option.help or "")


def _indented(rows: list[tuple[str, str]]) -> list[str]:
    return [f"  {line}" for line in aligned(rows)]


def usage_problem(problem: click.ClickException) -> str:
    """One Chinese line for a command that was called wrongly."""
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    command = context.command_path if context else "govreport"
    said = f"{_what(problem)}（用法见 {command} --help）"
    return line(said, help_lang(context), _TABLE) if context else said


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
