"""An answer into a file, in the form its name asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

from bot import answer_table
from bot.contract import answer_json
from bot.render import plain_text
from bot.reply import reply
from retrieval.errors import GovreportError, NothingFound
from retrieval.model import Answer

__all__ = ["BINARY", "FORMS", "free", "titled", "written"]

# Forms that are not for a terminal.
BINARY = frozenset({".png", ".xlsx"})


_NAME = 40


def _picture(answer: Answer, _: str, *, dark: bool = False) -> bytes:
    from bot.charts import picture  # noqa: PLC0415  only a picture needs it

    drawn = picture(answer, dark=dark)
    if drawn is None:
        raise NothingFound("这个回答没有可以画成图的一组数据")
    return drawn


def _json(answer: Answer, question: str) -> bytes:
    told = answer_json(answer, text=plain_text(reply(answer, question)), elapsed_ms=0.0)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _night(answer: Answer, question: str) -> bytes:
    return _picture(answer, question, dark=True)


FORMS: dict[str, Callable[[Answer, str], bytes]] = {
    ".csv": lambda answer, _: answer_table.as_csv(answer),
    ".json": _json,
    ".md": lambda answer, _: answer_table.as_markdown(answer).encode(),
    ".png": _picture,
    ".txt": lambda answer, question: (plain_text(reply(answer, question)) + "\n").encode(),
    ".xlsx": lambda answer, _: answer_table.as_workbook(answer),
}


def written(answer: Answer, question: str, suffix: str, *, dark: bool = False) -> bytes:
    """The answer in the form that the end of a file's name asks for.

    Raises GovreportError for a form that is not written, NothingFound for a picture that would show nothing.
    """
    suffix = suffix.lower()
    form = _night if dark and suffix == ".png" else FORMS.get(suffix)
    if form is None:
        raise GovreportError(f"不能写 {suffix or '没有后缀的'} 文件：能写的有 {' '.join(sorted(FORMS))}")
    return form(answer, question)


def titled(answer: Answer, question: str) -> str:
    """A file's name, without its ending, for an answer."""
    return re.sub(r"[^\w·—-]+", "_", answer.topic or question).strip("_")[:_NAME] or "回答"


def free(stem: str, suffix: str) -> Path:
    """A path in the current folder under which nothing is kept yet."""
    names = (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}" for number in count(1))
    return next(path for path in map(Path, names) if not path.exists())
