"""`ask --jsonl` and `figures --jsonl`: a line in, a line out, and a bad one never stops the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any, BinaryIO

from bot.contract import AnswerJson, answer_json, refusal_json
from bot.lines import BadLine, json_lines, put_json
from bot.render import plain_text
from bot.reply import reply
from retrieval.errors import BadQuestion

if TYPE_CHECKING:
    from retrieval.engine import Engine
    from retrieval.figures import Context as FigureContext

__all__ = ["answered", "ask_lines", "figure_lines"]

Complain = Callable[[str], None]
_ID = re.compile(r"(?P<place>.+?)-(?P<year>\d{4})(?:-\w+)?")


def ask_lines(
    engine: Engine,
    source: Iterable[bytes],
    target: BinaryIO,
    complain: Complain,
    *,
    today: date | None = None,
    why: bool = False,
) -> int:
    """Answer each line's last turn; the number of lines that could not be read."""
    bad = 0
    for line in json_lines(source, "id", "turns"):
        turns = line.get("turns") if isinstance(line, dict) else None
        if isinstance(line, BadLine) or not _is_turns(turns):
            complain(str(line) if isinstance(line, BadLine) else f"{line['id']}：turns 应是非空的文字列表")
            bad += 1
            continue
        out = answered(engine, str(line["id"]), turns or [], complain, today=today, why=why)
        put_json(target, out | {"id": line["id"]})
    return bad


def _is_turns(turns: Any) -> bool:  # noqa: ANN401  any JSON
    return isinstance(turns, list) and bool(turns) and all(isinstance(turn, str) for turn in turns)


def answered(
    engine: Engine,
    name: str,
    turns: Sequence[str],
    complain: Complain,
    *,
    today: date | None = None,
    why: bool = False,
) -> AnswerJson:
    """The answer to the last turn of a conversation, as JSON; trouble with it is one line to `complain`."""
    from retrieval.engine import Conversation  # noqa: PLC0415  loaded with the engine already

    start = perf_counter()
    conversation = Conversation()
    try:
        for turn in turns[:-1]:
            try:
                _, conversation = engine.ask(turn, conversation, today=today)
            except BadQuestion:
                continue
        answer, _ = engine.ask(turns[-1], conversation, today=today)
        text = plain_text(reply(answer, turns[-1]))
    except BadQuestion as problem:
        return refusal_json(str(problem), elapsed_ms=_since(start), id=name)
    except Exception as problem:  # one question must not take the others with it
        complain(f"{name}：程序出错（{type(problem).__name__}），这一行没有回答")
        return refusal_json("程序出错，这个问题没有回答。", elapsed_ms=_since(start), id=name)
    return answer_json(answer, text=text, elapsed_ms=_since(start), id=name, why=why)


def _since(start: float) -> float:
    return (perf_counter() - start) * 1000


def figure_lines(source: Iterable[bytes], target: BinaryIO, complain: Complain) -> int:
    """Every figure of each line's text; the number of lines that could not be read."""
    from retrieval.figures import as_json, extract  # noqa: PLC0415  `ask` does not need them here

    bad = 0
    for line in json_lines(source, "pid", "report", "text"):
        if isinstance(line, BadLine) or not isinstance(line["text"], str):
            complain(str(line) if isinstance(line, BadLine) else f"{line['pid']}：text 应是文字")
            bad += 1
            continue
        try:
            figures = [as_json(figure, per=True) for figure in extract(line["text"], _context(str(line["report"])))]
        except Exception as problem:  # one paragraph must not take the others with it
            complain(f"{line['pid']}：程序出错（{type(problem).__name__}），这一行没有提取")
            figures = []
        put_json(target, {"pid": line["pid"], "figures": figures})
    return bad


def _context(report_id: str) -> FigureContext:
    """What a report's id tells of its text; an id without a year is taken for this year's report."""
    from retrieval.figures import Context  # noqa: PLC0415  as above

    match = _ID.fullmatch(report_id)
    return Context(int(match["year"]), match["place"]) if match else Context(date.today().year, report_id)
