"""`govreport ask`: one question, or a stream of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from bot.batch import ask_lines
from bot.contract import answer_json
from bot.home import open_engine
from bot.lines import complain
from bot.render import plain_text
from bot.reply import reply
from bot.why import explain
from retrieval.errors import GovreportError
from retrieval.model import Place
from retrieval.query.display import completed, display

__all__ = ["Wording", "ask_many", "ask_one", "hand_over"]

# Makes a question of a command's words, given the places that only the store knows.
Wording = Callable[[Sequence[Place]], str]


def ask_one(
    data: Path | None,
    question: str | Wording,
    *,
    as_json: bool = False,
    why: bool = False,
    today: date | None = None,
    output: Path | None = None,
    table: bool = False,
) -> str:
    """What to print for a question, or for the question that `Wording` makes; the answer also into `output`, and as a
    `table` where it has figures.

    Raises BadQuestion, StoreError and BadSettings, and what `save` and the wording raise.
    """
    engine = open_engine(data)
    if not isinstance(question, str):
        question = question(engine.unlisted)
    start = perf_counter()
    answer, _ = engine.ask(question, today=today)
    elapsed = (perf_counter() - start) * 1000
    text = plain_text(reply(answer, question))
    counted = {item.place for item in answer.phrase.mentions} if answer.phrase else set()
    if table and (len(answer.figures) > 1 or len(counted) == 1 or answer.wordings):
        from bot.answer_table import as_text  # noqa: PLC0415  most answers are text

        text = "\n".join([text, "", *as_text(answer)])
    if output is not None:
        from bot.saving import save  # noqa: PLC0415  as above

        save(answer, question, output)
        complain(f"已写入 {output}。")
    if as_json:
        out = answer_json(answer, text=text, elapsed_ms=elapsed, why=why)
        return json.dumps(out, ensure_ascii=False, indent=1)
    return f"{text}\n\n{explain(answer.trace)}" if why else text


def hand_over(data: Path | None, question: str, output: Path | None, suffix: str, *, dark: bool = False) -> str:
    """The answer to a question as a file, in the current folder unless `output` says where; what to print.

    Raises BadQuestion, StoreError and BadSettings, and what `save` raises; GovreportError with the answer's own words
    where there is nothing to put into a file.
    """
    from bot.saving import free, save, titled  # noqa: PLC0415  as above

    engine = open_engine(data)
    held = engine.unlisted
    wanted = display(question, held)
    asked = (
        completed(wanted.question, held=held) if wanted.question and not wanted.form else wanted.question or question
    )
    answer, _ = engine.ask(asked)
    if not answer.citations:
        raise GovreportError(plain_text(reply(answer, asked)))
    path = output or free(titled(answer, asked), suffix)
    save(answer, asked, path, dark=dark)
    return f"已写入 {path}。"


def ask_many(data: Path | None, *, today: date | None, why: bool) -> int:
    """Standard input to standard output; the exit status."""
    engine = open_engine(data)
    engine.warm()
    bad = ask_lines(engine, sys.stdin.buffer, sys.stdout.buffer, complain, today=today, why=why)
    return 2 if bad else 0
