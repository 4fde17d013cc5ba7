"""The man page, made of the commands' own help in English and of what docs/shell.md says of exit statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli import cli
from bot.tongue import line

__all__ = ["manual"]

_SHELL = Path(__file__).parents[1] / "docs" / "shell.md"
_STATUS = re.compile(r"(?m)^\| ([\d, ]+) \| (.+) \|$")


def _said(text: str | None) -> str:
    return line(text or "", "en", "help_en.tsv")


def _roff(text: str) -> str:
    """Text as roff reads it back: no escapes, no requests."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def _options(command: click.Command) -> Iterator[str]:
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            value = "" if option.is_flag or not option.metavar else f" \\fI{_roff(_said(option.metavar))}\\fR"
            yield from (".TP", f"\\fB{_roff(', '.join(option.opts))}\\fR{value}", _roff(_said(option.help)))


def _command(name: str, command: click.Command) -> Iterator[str]:
    words = [_said(one.metavar) for one in command.params if isinstance(one, click.Argument)]
    yield f".SS {_roff(' '.join([name, _said('[选项]'), *words]))}"
    yield _roff(_said(command.help))
    yield from _options(command)
    example: str = getattr(command, "example", "")
    if example:
        yield from (".PP", ".nf", *(_roff(row) for row in example.splitlines()), ".fi")


def manual() -> Iterator[str]:
    """The lines of govreport.1."""
    yield from ('.\\" Written by `make reference`: change the program, not this page.', ".TH GOVREPORT 1")
    yield from (".SH NAME", "govreport \\- ask Chinese government work reports")
    yield from (".SH SYNOPSIS", "\\fBgovreport\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...")
    yield from (".SH DESCRIPTION", _roff(_said(cli.help)), ".SH OPTIONS", *_options(cli), ".SH COMMANDS")
    for name, command in cli.commands.items():
        yield from _command(name, command)
    yield ".SH EXIT STATUS"
    for status, told in _STATUS.findall(_SHELL.read_text(encoding="utf-8")):
        yield from (".TP", f"\\fB{status}\\fR", _roff(told))
    yield from (".SH ENVIRONMENT", ".TP", "\\fBNO_COLOR\\fR", "No colours in the console.")
    yield from (".TP", "\\fBLC_ALL\\fR, \\fBLC_MESSAGES\\fR, \\fBLANG\\fR", "The language of help.")
    yield from (".TP", "\\fBGOVREPORT_DATA\\fR", "Folder of the store. .env.example tells of the other settings.")
