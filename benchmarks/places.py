"""Rankings of all places of a level, beside the same cells filled from the reports one by one.

    python -m benchmarks.places [--store FOLDER] [--questions "各县2023年GDP增速前十名" …]

Without a store the invented reports of `govreport demo` are used. Each question is asked five times; the median and the
time of the processor are told. The baseline, of the same run: the cells of a sample of the places, filled as a question
about one place is, and reckoned up to all of them. Told as well: in how many of the sampled cells both give one value.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from retrieval import Engine
from retrieval.answer.across import headlines
from retrieval.answer.across.cells import Cell, Wanted, agreed, cells, main_reports
from retrieval.answer.across.groups import members
from retrieval.answer.library import Library
from retrieval.query import parse
from retrieval.query.across import Across, across
from tests.support.cases import ROOT

TODAY = date(2026, 6, 1)
QUESTIONS = (
    "各县2023年GDP增速前十名",
    "各县2022年一般公共预算收入最高的五个",
    "哪些县2023年GDP增速超过12%",
    "各市2021年GDP增速前十名",
    "各市2022年GDP目标最高的五个",
    "各省2022年GDP增速排名",
)
_RUNS, _SAMPLED = 5, 60


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that passed, and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000


def singly(library: Library, asked: Across, question: str) -> tuple[float, int, int, int]:
    """Processor milliseconds for all places, each read; places; sampled cells with a value; those the index
    gives as well."""
    assert asked.group is not None
    query = parse(question)
    places = members(asked.group, library)
    year = asked.years[0] if asked.years else None
    wanted = [Wanted(place, year, query.status) for place in places]
    held = [want for want in wanted if main_reports(want)]
    sample = held[:: max(1, len(held) // _SAMPLED)][:_SAMPLED]
    slot = asked.slots[0]
    row: list[Cell] = []
    _, used = timed(lambda: row.extend(agreed(cells(sample, slot, library), strict=True)))
    indexed = {cell.site.name: cell.figure for cell in headlines.side_by_side(wanted, slot, library)}
    told = [(cell.figure, indexed[cell.site.name]) for cell in row if cell.figure]
    same = sum(other is not None and one.value == other.value for one, other in told)
    return used * len(held) / max(1, len(sample)), len(held), len(told), same


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--questions", nargs="*", default=QUESTIONS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(given.store or Path(folder))
        if given.store is None:
            list(engine.ingest([ROOT / "bot" / "example"]))
        engine.warm()
        print(f"{len(engine.store.rows)} reports")
        for question in given.questions:
            measure(engine, question)
        engine.close()


def measure(engine: Engine, question: str) -> None:
    """Ask a question, and fill its cells singly."""
    asked = across(parse(question))
    if asked is None or asked.group is None:
        print(f"{question}: no ranking of a group")
        return
    engine.ask(question, today=TODAY)
    times = [timed(lambda: engine.ask(question, today=TODAY)) for _ in range(_RUNS)]
    passed, used = (statistics.median(time[n] for time in times) for n in (0, 1))
    read, places, told, same = singly(engine.library, asked, question)
    print(
        f"{question}: p50 {passed:.0f} ms, processor {used:.0f} ms; {places} places read one by one {read:.0f} ms: "
        f"ratio {read / used:.1f}; {same} of {told} sampled values equal",
        flush=True,
    )


if __name__ == "__main__":
    main()
