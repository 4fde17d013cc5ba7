"""`govreport ask`: one question, or a stream of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from bot.batch import ask_lines
from bot.contract import answer_json
from bot.home import open_engine
from bot.lines import NOTHING, STDOUT, complain, decoded, put_bytes
from bot.render import plain_text
from bot.render.plain import ASKS, READS
from bot.reply import reply
from bot.tongue import DEFAULT, line, spoken
from bot.why import explain
from retrieval.errors import BadQuestion, GovreportError, NothingFound
from retrieval.model import Kind, Place
from retrieval.query.display import completed, display

__all__ = ["Told", "Wording", "ask_many", "ask_one", "hand_over", "typed"]

# Makes a question of a command's words, given the places that only the store knows.
Wording = Callable[[Sequence[Place]], str]


@dataclass(frozen=True, slots=True)
class Told:
    """What to print, and the exit status: 1 where the reports do not say."""

    text: str
    status: int = 0


def typed() -> str:
    """A question from standard input, in whatever encoding. Raises BadQuestion where it is no text."""
    text = decoded(sys.stdin.buffer.read())
    if text is None:
        raise BadQuestion("标准输入不是 UTF-8 编码的文字")
    return " ".join(text.split())


def ask_one(
    data: Path | None,
    question: str | Wording,
    *,
    as_json: bool = False,
    why: bool = False,
    today: date | None = None,
    output: Path | None = None,
    table: bool = False,
    lang: str = DEFAULT,
) -> Told:
    """What to print for a question, or for the question that `Wording` makes; the answer also into `output`, and as a
    `table` where it has figures. The program's own lines are said in `lang`, but for those of JSON.

    Raises BadQuestion, StoreError and BadSettings, and what `written` and the wording raise.
    """
    engine = open_engine(data)
    if not isinstance(question, str):
        question = question(engine.unlisted)
    start = perf_counter()
    answer, _ = engine.ask(question, today=today)
    elapsed = (perf_counter() - start) * 1000
    lang = DEFAULT if as_json else lang
    text = plain_text(spoken(reply(answer, question), lang), asks=line(ASKS, lang), reads=line(READS, lang))
    counted = {item.place for item in answer.phrase.mentions} if answer.phrase else set()
    if table and (len(answer.figures) > 1 or len(counted) == 1 or answer.wordings):
        from bot.answer_table import as_text  # noqa: PLC0415  most answers are text

        text = "\n".join([text, "", *as_text(answer)])
    if output is not None and output != STDOUT:
        from bot.saving import written  # noqa: PLC0415  as above

        output.write_bytes(written(answer, question, output.suffix))
        complain(f"已写入 {output}。")
    status = NOTHING if answer.kind in {Kind.NONE, Kind.CLARIFY} else 0
    if as_json:
        out = answer_json(answer, text=text, elapsed_ms=elapsed, why=why)
        return Told(json.dumps(out, ensure_ascii=False, indent=1), status)
    return Told(f"{text}\n\n{explain(answer.trace)}" if why else text, status)


def hand_over(data: Path | None, question: str, output: Path | None, suffix: str, *, dark: bool = False) -> str:
    """The answer to a question as a file, in the current folder unless `output` says where; what to print.

    Raises BadQuestion, StoreError and BadSettings, and what `written` raises; NothingFound with the answer's own words
    where there is nothing to put into a file.
    """
    from bot.saving import BINARY, free, titled, written  # noqa: PLC0415  as above

    engine = open_engine(data)
    held = engine.unlisted
    wanted = display(question, held)
    asked = (
        completed(wanted.question, held=held) if wanted.question and not wanted.form else wanted.question or question
    )
    answer, _ = engine.ask(asked)
    if not answer.citations:
        raise NothingFound(plain_text(reply(answer, asked)))
    if output == STDOUT:
        if suffix in BINARY and sys.stdout.isatty():
            raise GovreportError(f"{suffix} 文件不能写到终端，请用 > 转到文件，或写明文件名")
        put_bytes(written(answer, asked, suffix, dark=dark))
        return ""
    path = output or free(titled(answer, asked), suffix)
    path.write_bytes(written(answer, asked, path.suffix, dark=dark))
    return f"已写入 {path}。"


def ask_many(data: Path | None, *, today: date | None, why: bool) -> int:
    """Standard input to standard output; the exit status."""
    engine = open_engine(data)
    engine.warm()
    bad = ask_lines(engine, sys.stdin.buffer, sys.stdout.buffer, complain, today=today, why=why)
    return 2 if bad else 0
