"""An answer into a file, in the form its name asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from bot import answer_table
from bot.contract import answer_json
from bot.render import plain_text
from bot.reply import reply
from retrieval.errors import GovreportError
from retrieval.model import Answer

__all__ = ["FORMS", "save"]


def _picture(answer: Answer, _: str) -> bytes:
    from bot.charts import picture  # noqa: PLC0415  only a picture needs it

    drawn = picture(answer)
    if drawn is None:
        raise GovreportError("这个回答没有可以画成图的一组数据")
    return drawn


def _json(answer: Answer, question: str) -> bytes:
    told = answer_json(answer, text=plain_text(reply(answer, question)), elapsed_ms=0.0)
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


FORMS: dict[str, Callable[[Answer, str], bytes]] = {
    ".csv": lambda answer, _: answer_table.as_csv(answer),
    ".json": _json,
    ".md": lambda answer, _: answer_table.as_markdown(answer).encode(),
    ".png": _picture,
    ".txt": lambda answer, question: (plain_text(reply(answer, question)) + "\n").encode(),
    ".xlsx": lambda answer, _: answer_table.as_workbook(answer),
}


def save(answer: Answer, question: str, path: Path) -> None:
    """Raises GovreportError for a form that is not written, or a picture that would show nothing; OSError."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise GovreportError(f"{path.name}：能写的有 {' '.join(sorted(FORMS))}")
    path.write_bytes(form(answer, question))
