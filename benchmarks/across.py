"""Answers from several reports, set phrases over the whole store, and pictures, each beside the plain way to them.

    python benchmarks/across.py [--store FOLDER] [--questions FILE.jsonl]

Without a store a handful of written reports is used, with a question of each kind. The baselines, of the same run: for
an answer, one question for each figure in it; for a phrase, reading every report and looking through it; for a picture,
an empty one of its size. The first picture is drawn in a process of its own, since it loads matplotlib.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np

from bot import charts
from bot.drawing import dumps
from retrieval import Engine
from retrieval.model import Answer, Measure, Status
from tests.support.cases import ROOT
from tests.support.written import engine_over, written

TODAY = date(2026, 6, 1)
QUESTIONS = {
    "compare": "辽阳和鞍山2022年GDP增速各是多少",
    "trend": "鞍山从2020年到2023年历年的GDP增速分别是多少",
    "rank": "辽阳、鞍山、营口2023年GDP增速从高到低排列",
    "fulfilment": "鞍山2023年GDP增长目标完成了吗",
    "record": "鞍山历年GDP目标完成得怎么样",
    "scorecard": "鞍山2023年的目标完成情况",
    "phrase": "“数字经济”在鞍山市哪些年份的报告里出现过",
}
PHRASES = (
    "高质量发展",
    "乡村振兴",
    "新质生产力",
    "腾笼换鸟",
    "“双碳”",
    "元宇宙",
    "供给侧结构性改革",
    "一带一路",
    "雾霾",
)
WANTS = ("出现在哪些年的报告里", "最早出现在哪一年的报告", "最后一次出现在哪一年的报告", "在所有报告里一共出现多少次")
# Questions of each kind that are asked, and how often.
_EACH, _RUNS = 12, 3
_FIRST = (
    "import sys, time; start = time.perf_counter(); from bot import charts; from bot.drawing import loads; "
    "charts.drawn(loads(sys.stdin.read())); print(time.perf_counter() - start)"
)
_EMPTY = (
    "import io, time; start = time.perf_counter(); from matplotlib.figure import Figure; "
    "from matplotlib.backends.backend_agg import FigureCanvasAgg; f = Figure(figsize=(6, 4.6), dpi=180); "
    "FigureCanvasAgg(f); f.add_subplot(); f.savefig(io.BytesIO(), format='png'); print(time.perf_counter() - start)"
)


# Processor time does not depend on what else runs: printed beside the time that passed.
_PROCESSOR: list[float] = []


def timed(work: Callable[[], object]) -> float:
    """Milliseconds it took."""
    start, used = time.perf_counter(), time.process_time()
    work()
    _PROCESSOR.append((time.process_time() - used) * 1000)
    return (time.perf_counter() - start) * 1000


def told(name: str, times: Sequence[float], plain: Sequence[float], what: str) -> None:
    """Print median and 95th percentile, and how many times as long the plain way takes."""
    p50, p95 = float(np.median(times)), float(np.percentile(times, 95))
    peer = float(np.median(plain)) if len(plain) else 0.0
    ratio = f"; {what} {peer:.1f} ms: ratio {peer / p50:.1f}" if peer else ""
    print(f"{name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms over {len(times)}{ratio}", flush=True)


def singly(engine: Engine, answer: Answer) -> float:
    """Milliseconds for one question for each figure of an answer."""

    def ask() -> None:
        for item in answer.figures:
            figure = item.figure
            kind = "增速" if figure.measure is Measure.GROWTH else ""
            aim = "目标" if figure.status is Status.TARGET else ""
            engine.ask(f"{figure.place}{figure.period}年{figure.indicator or item.label}{kind}{aim}是多少", today=TODAY)

    return timed(ask) if answer.figures else 0.0


def answers(engine: Engine, kinds: dict[str, list[str]]) -> list[Answer]:
    """Time each kind of question; the answers."""
    kept: list[Answer] = []
    every: list[float] = []
    used: list[float] = []
    for kind, questions in kinds.items():
        times, plain = [], []
        for question in questions:
            answer, _ = engine.ask(question, today=TODAY)
            kept.append(answer)
            times += [timed(lambda q=question: engine.ask(q, today=TODAY)) for _ in range(_RUNS)]
            used += _PROCESSOR[-_RUNS:]
            plain.append(singly(engine, answer))
        every += times
        told(kind, times, [ms for ms in plain if ms], "a question a figure")
    told("all answers", every, (), "")
    told("all answers, processor", used, (), "")
    return kept


def phrases(engine: Engine) -> None:
    """Time phrases over the whole store."""
    times = []
    for phrase in PHRASES:
        quoted = phrase if phrase.startswith("“") else f"“{phrase}”"
        times += [
            min(timed(lambda q=f"{quoted}{wanted}": engine.ask(q, today=TODAY)) for _ in range(_RUNS))
            for wanted in WANTS
        ]
    plain = [timed(lambda p=phrase: _read(engine, p.strip("“”"))) for phrase in PHRASES[:3]]
    told("phrases over all reports", times, plain, "reading every report")


def _read(engine: Engine, phrase: str) -> int:
    return sum(len(re.findall(phrase, engine.store.report(name).text)) for name in engine.store.rows)


def pictures(given: Sequence[Answer]) -> None:
    """Time the first picture, and those after it by shape."""
    plans = [plan for answer in given if (plan := charts.plan(answer)) is not None]
    if not plans:
        return
    first = [_process(_FIRST, dumps(plans[0])) for _ in range(_RUNS)]
    told("first picture", first, [_process(_EMPTY, "") for _ in range(_RUNS)], "an empty one with its start")
    charts.drawn(plans[0])
    empty = [timed(_empty) for _ in range(5)]
    for shape in dict.fromkeys(plan.shape for plan in plans):
        own = [plan for plan in plans if plan.shape is shape][:_EACH]
        told(f"{shape} after it", [timed(lambda p=plan: charts.drawn(p)) for plan in own], empty, "an empty one")


def _process(code: str, given: str) -> float:
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, text=True, check=True)  # noqa: S603  our own code
    return float(done.stdout) * 1000


def _empty() -> None:
    import io  # noqa: PLC0415  as the picture's own process does

    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(6, 4.6), dpi=180, layout="constrained")
    FigureCanvasAgg(figure)
    figure.add_subplot()
    figure.savefig(io.BytesIO(), format="png")


def questions(path: Path) -> dict[str, list[str]]:
    """Questions of a file by kind, some of each, and records and scorecards of their places."""
    found: dict[str, list[str]] = {}
    places: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["type"], []).append(row["turns"][-1])
        if row["type"] == "fulfilment":
            places.setdefault(row["reports"][0].rsplit("-", 1)[0])
    found = {kind: asked[:_EACH] for kind, asked in found.items()}
    found["record"] = [f"{place}历年GDP目标完成得怎么样" for place in list(places)[:_EACH]]
    found["scorecard"] = [f"{place}2022年的目标完成情况" for place in list(places)[:_EACH]]
    return found


@contextmanager
def small() -> Iterator[Engine]:
    """A store of a handful of written reports."""
    with tempfile.TemporaryDirectory() as folder:
        grown = iter(range(3, 99))
        reports = {
            f"{place}-{year}": written(
                place,
                year,
                results=f"地区生产总值增长{next(grown)}%。粮食产量{next(grown)}亿斤。",
                targets=f"地区生产总值增长{next(grown)}%左右。",
                tasks="数字经济蓬勃发展，乡村振兴全面推进。",
            )
            for place in ("辽阳市", "鞍山市", "营口市")
            for year in range(2021, 2025)
        }
        engine = engine_over(Path(folder), reports)
        yield engine
        engine.close()


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--questions", type=Path, default=ROOT / "tests" / "spec" / "across_own.jsonl")
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}")
    if given.store is None:
        with small() as engine:
            pictures(answers(engine, {kind: [asked] for kind, asked in QUESTIONS.items()}))
            phrases(engine)
        return
    engine = Engine.open(given.store)
    engine.warm()
    kept = answers(engine, questions(given.questions))
    phrases(engine)
    pictures(kept)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
