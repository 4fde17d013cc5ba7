"""The run behind `govreport eval`: a store to ask, the run, what is told of it, and the exit status."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.evaluation import comparing, gold, running, telling
from bot.home import open_engine
from bot.lines import complain
from retrieval.errors import GovreportError

if TYPE_CHECKING:
    from retrieval.engine import Engine

__all__ = ["Task", "evaluated"]

_WORSE = 1
_CLEAR = "\r\033[K"


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked for on the command line."""

    gold: Path
    corpus: Path | None
    whole: bool
    kind: str
    today: date | None
    errors: int
    save: Path | None
    against: Path | None
    tolerance: float | None
    pin: bool


def evaluated(data: Path | None, task: Task) -> int:
    """Ask, tell, and the exit status: 1 where a score fell. Raises BadGold, StoreError, BadSettings and OSError."""
    expected = gold.expected(task.gold)
    asked = gold.questions(task.gold)
    before = comparing.load(task.against) if task.against else None
    if task.kind:
        asked = tuple(question for question in asked if question.kind == task.kind)
    if not asked:
        raise gold.BadGold(f"{task.gold.name} 里没有 {task.kind} 题")
    with _engine(data, task, asked, about=expected.about and not task.whole) as engine:
        texts = running.files_under(task.corpus) if task.corpus else running.kept(engine)
        judged = running.run(engine, asked, texts, today=task.today or expected.today, complain=complain)
    scores = running.summary(judged)
    _put(telling.table(scores, running.latency(judged)))
    _put(["", *telling.errors(judged, task.errors)])
    if task.save:
        comparing.save(task.save, task.gold, judged)
        complain(f"已写入 {task.save}。")
    tolerance = expected.tolerance if task.tolerance is None else task.tolerance
    worse = []
    if task.pin:
        complain(f"已写入 {gold.pin(task.gold, scores)}。")
    elif expected.scores and not (task.whole or task.kind):
        worse = comparing.drops(expected.scores, scores, tolerance)
        _put(["", f"与预期（{task.gold.with_suffix('.toml').name}）相比", *telling.fallen(worse, tolerance)])
    if before is not None:
        since = comparing.since(before, judged, tolerance)
        lost, won = comparing.moved(before, judged)
        _put(["", f"与 {task.against} 相比", *telling.fallen(since, tolerance)])
        _put([f"{mark} {telling.one_line(one)}" for mark, some in (("－", lost), ("＋", won)) for one in some])
        worse += since
    return _WORSE if worse else 0


def _put(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line)


@contextmanager
def _engine(data: Path | None, task: Task, asked: Sequence[gold.Question], *, about: bool) -> Iterator[Engine]:
    """The store to ask: of the folder given, of the reports given, or both."""
    with tempfile.TemporaryDirectory() as folder:
        if task.corpus is None:
            engine = open_engine(data)
        else:
            engine = open_engine(data or Path(folder), make=True)
            paths = [task.corpus]
            if about:
                paths = gold.needed(asked, sorted(path for path in task.corpus.rglob("*") if path.is_file()))
            _fill(engine, paths, task.corpus)
        try:
            yield engine
        finally:
            engine.close()


def _fill(engine: Engine, paths: Sequence[Path], corpus: Path) -> None:
    """Take the reports in. Raises GovreportError where there are none."""
    live = sys.stderr.isatty()
    seen = 0

    def progress(_: object) -> None:
        nonlocal seen
        seen += 1
        if live:
            click.echo(f"{_CLEAR}已导入 {seen} 份", err=True, nl=False)

    rows = engine.ingest(list(paths), progress=progress) if paths else ()
    if live:
        click.echo(_CLEAR, err=True, nl=False)
    if all(row.status == "refused" for row in rows):
        raise GovreportError(f"{corpus} 里没有题目涉及的报告")
