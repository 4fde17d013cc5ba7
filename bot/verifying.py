"""`govreport verify`: a file, or what is piped in, held against the reports."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bot.check_contract import check_json
from bot.check_table import as_workbook
from bot.documents import text_of
from bot.home import open_engine
from bot.lines import complain
from bot.render import plain_text
from bot.reply import check_reply
from retrieval.errors import GovreportError, why_not
from retrieval.formats import LARGEST
from retrieval.verify import Missing, Verdict

__all__ = ["verify_text"]

_ASKS = {
    Missing.UNPLACED: "文中没有写是哪里的，请加上 --place，例如：--place 长春市",
    Missing.UNDATED: "文中没有写是哪一年的，请加上 --year，例如：--year 2023",
}
_PIPED = "标准输入"


def verify_text(
    data: Path | None,
    path: Path,
    *,
    place: str = "",
    year: int = 0,
    as_json: bool = False,
    output: Path | None = None,
) -> tuple[str, bool]:
    """What to print for the check of a file, `-` being standard input, and whether anything differs; the sheet also
    into `output`.

    Raises GovreportError for a file that is not read and where place or year have to be told.
    """
    text = _read(path)
    engine = open_engine(data)
    live = sys.stderr.isatty()

    def progress(done: int, whole: int) -> None:
        if live:
            click.echo(f"\r{done}/{whole}\033[K", nl=False, err=True)

    check = engine.verify(text, place=place, year=year, progress=progress)
    if live:
        click.echo("\r\033[K", nl=False, err=True)
    if check.asks is not None and not as_json:
        raise GovreportError(_ASKS[check.asks])
    if output is not None:
        output.write_bytes(as_workbook(check))
        complain(f"已写入 {output}。")
    said = plain_text(check_reply(check, most=len(check.findings))) if check.findings else "没有认出可以核对的数字。"
    if as_json:
        said = json.dumps(check_json(check, text=said), ensure_ascii=False, indent=1)
    return said, check.count(Verdict.DIFFERENT) > 0


def _read(path: Path) -> str:
    """The text of a file of any format that reports are read from. Raises GovreportError."""
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if str(path) == "-" else path.read_bytes()
    except OSError as problem:
        raise GovreportError(f"{path}：{why_not(problem)}") from problem
    return text_of(data, _PIPED if str(path) == "-" else path.name)
