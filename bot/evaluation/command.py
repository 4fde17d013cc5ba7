"""The run behind `govreport eval`: a store to ask, the run, what is told of it, and the exit status."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.charts import drawn
from bot.evaluation import comparing, flips, folds, gold, outcome, reliability, running, telling
from bot.evaluation.outcome import Outcome
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
    """What was asked for on the command line; `by` is empty or `place`."""

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
    flips: bool = False
    seed: int = 0
    reliability: bool = False
    picture: Path | None = None
    by: str = ""
    as_json: bool = False


def evaluated(data: Path | None, task: Task) -> int:
    """Ask, tell, and the exit status: 1 where a score fell. Raises BadGold, StoreError, BadSettings and OSError."""
    expected = gold.expected(task.gold)
    asked = gold.questions(task.gold)
    before = comparing.load(task.against) if task.against else None
    if task.kind:
        asked = tuple(question for question in asked if question.kind == task.kind)
    if not asked:
        raise gold.BadGold(f"{task.gold.name} 里没有 {task.kind} 题")
    found = _found(data, task, asked, expected)
    if task.save:
        comparing.save(task.save, task.gold, found.judged)
        complain(f"已写入 {task.save}。")
    if task.picture:
        task.picture.write_bytes(drawn(reliability.chart(_certain(found))))
        complain(f"已写入 {task.picture}。")
    tolerance = expected.tolerance if task.tolerance is None else task.tolerance
    fallen: dict[str, list[comparing.Drop]] = {}
    scores = outcome.scores(found)
    if task.pin:
        complain(f"已写入 {gold.pin(task.gold, _with_flips(scores, expected, task))}。")
    elif expected.scores and not (task.whole or task.kind):
        fallen[f"预期（{task.gold.with_suffix('.toml').name}）"] = comparing.drops(expected.scores, scores, tolerance)
    if before is not None:
        fallen[str(task.against)] = comparing.since(before, found.judged, tolerance)
    if task.as_json:
        click.echo(json.dumps(outcome.as_json(found, fallen), ensure_ascii=False, indent=1))
    else:
        _tell(found, task)
        for than, drops in fallen.items():
            _put(["", f"与 {than} 相比", *telling.fallen(drops, tolerance, outcome.shares(found))])
        lost, won = comparing.moved(before, found.judged) if before is not None else ([], [])
        _put([f"{mark} {telling.one_line(one)}" for mark, some in (("－", lost), ("＋", won)) for one in some])
    return _WORSE if any(fallen.values()) else 0


def _found(data: Path | None, task: Task, asked: Sequence[gold.Question], expected: gold.Expected) -> Outcome:
    """Ask all questions, and again in other words where that is wanted."""
    today = task.today or expected.today
    again = None
    with _engine(data, task, asked, about=expected.about and not task.whole) as engine:
        texts = running.files_under(task.corpus) if task.corpus else running.kept(engine)
        judged = running.run(engine, asked, texts, today=today, complain=complain)
        if task.flips:
            again = flips.ask_again(engine, judged, texts, seed=task.seed, today=today, complain=complain)
    bins = reliability.bins(reliability.told(judged)) if task.reliability else None
    return Outcome(judged, again, bins, folds.folds(judged) if task.by else None)


def _certain(found: Outcome) -> tuple[reliability.Bin, ...]:
    """The bins to be drawn. Raises GovreportError where there are none."""
    if not found.bins:
        raise GovreportError("没有一个回答带着把握的大小，画不出图")
    return found.bins


def _with_flips(
    scores: dict[str, dict[str, float]], expected: gold.Expected, task: Task
) -> dict[str, Mapping[str, float]]:
    """The scores to be expected from now on: what was not asked again stays as it was expected."""
    old = {group: row for group, row in expected.scores.items() if group.startswith(flips.GROUP) and not task.flips}
    return {**scores, **old}


def _tell(found: Outcome, task: Task) -> None:
    _put(telling.table(running.tallies(found.judged), running.latency(found.judged)))
    _put([telling.bound(outcome.wrongly_answered(found.judged))])
    _put(["", *telling.errors(found.judged, task.errors)])
    if found.folds is not None:
        _put(["", *telling.folds(found.folds, len(found.judged))])
    if found.bins is not None:
        _put(["", *telling.reliability(found.bins)])
    if found.again is not None:
        _put(["", *telling.flips(found.again, task.errors)])


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
