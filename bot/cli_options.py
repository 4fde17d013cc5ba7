"""What several commands share: the option for a file to write, and one for JSON."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["JSON", "JSONL", "OUTPUT", "OutFile", "output"]

F = TypeVar("F", bound=Callable[..., Any])


class OutFile(click.Path):
    """A file to be written, with `dash` also `-` for standard output; its folder must be there already."""

    def __init__(self, *, dash: bool = False) -> None:
        super().__init__(allow_dash=dash, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401  click's
        """The path. Fails where its folder does not exist, or where it is a folder itself."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            self.fail(f"没有 {path.parent} 这个文件夹，请先建好", param, ctx)
        if path.is_dir():
            self.fail(f"{path} 是文件夹，请写明文件名", param, ctx)
        return path


def output(told: str) -> Callable[[F], F]:
    """The option `-o`; `told` is its line of help."""
    return click.option("-o", "--output", metavar="文件", type=OutFile(dash=True), help=told)


OUTPUT = output("另存为 .csv .xlsx .md .json .txt，或画成 .png")
JSON = click.option("--json", "as_json", is_flag=True, help="用 JSON 写出")
JSONL = click.option("--jsonl", is_flag=True, help="每条一行 JSON")
