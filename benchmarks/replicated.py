"""A store of any size: the reports of a real one, and copies of its cities' under the names of counties.

    python -m benchmarks.replicated STORE FOLDER [--reports 30000]

Of each year every county gets the report of some city of that year: its figures and headings as they are, under the
county's name. So a ranking of all counties has as much to choose from as it would among real reports. The texts go on
naming the city; quotes are those of the city's report.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from retrieval.index import Analysed, Store, Terms
from retrieval.index.postings import Forward
from retrieval.lexicon import places
from retrieval.model import Figure, Level, Place, Report

# Years that a county has a report of, the newest first, and reports stored at once.
YEARS, _BATCH = range(2025, 2010, -1), 160


def replicate(real: Path, path: Path, reports: int) -> None:
    """Make a store at `path` of so many reports from the one at `real`."""
    shutil.copyfile(real, path)
    source, store = Store(real), Store(path)
    names = _names(source)
    batch: list[Analysed] = []
    start, made = time.monotonic(), 0
    for item in _copies(source, names, reports - len(source.rows)):
        batch.append(item)
        if len(batch) == _BATCH:
            store.add(batch)
            made += len(batch)
            batch = []
            if not made // _BATCH % 10:
                print(f"{made} copies, {made / (time.monotonic() - start):.0f} a second", flush=True)
    store.add(batch)
    store.close()
    source.close()


def _names(source: Store) -> np.ndarray:
    rows = dict(source.database.execute("SELECT number, term FROM terms").fetchall())
    return np.array([rows.get(number, "") for number in range(max(rows) + 1)], dtype=object)


def _copies(source: Store, names: np.ndarray, most: int) -> Iterator[Analysed]:
    """One county's report after the other, year by year."""
    chance = random.Random(5)  # noqa: S311  a sample, not a secret
    held: dict[int, list[str]] = {}
    for row in source.rows.values():
        if row.level == Level.CITY.value:
            held.setdefault(row.year, []).append(row.id)
    counties = list({unit.name: unit for unit in places.load() if unit.level is Level.COUNTY}.values())
    for year in YEARS:
        # Copies of one report follow each other, so that it is read once.
        pairs = sorted((chance.choice(held[year]), number) for number in range(len(counties)))
        last, opened = "", None
        for report, number in pairs:
            if not most:
                return
            if opened is None or report != last:
                last, opened = report, _opened(source, report, names)
            most -= 1
            yield _named(opened, counties[number])


def _opened(source: Store, report: str, names: np.ndarray) -> Analysed:
    outline = source.outline(report)
    figures: list[list[Figure]] = [[] for _ in outline.passages]
    for passage, figure in source.figures(report):
        figures[passage].append(figure)
    terms = _terms(source.forward(report), names)
    return Analysed(source.report(report), outline, tuple(map(tuple, figures)), terms, source.meanings(report))


def _terms(forward: Forward, names: np.ndarray) -> Terms:
    """The terms of a report before the store numbered them."""
    own, line = np.unique(forward.term, return_inverse=True)
    return Terms("\n".join(names[own]), forward.passages, line.astype(np.uint32), forward.sentence, forward.frequency)


def _named(item: Analysed, place: Place) -> Analysed:
    """The report as that of another place."""
    old = item.report.place.name
    name = f"{place.name}-{item.report.year}"
    digest = hashlib.sha256(f"{place.code}-{name}".encode()).hexdigest()
    report: Report = replace(item.report, id=name, source=f"{name}.md", place=place, sha256=digest, url="")
    figures = tuple(tuple(_of(figure, old, place.name) for figure in own) for own in item.figures)
    return replace(item, report=report, figures=figures)


def _of(figure: Figure, old: str, new: str) -> Figure:
    named = figure.indicator.replace(old, new).replace(old[:-1], new)
    if figure.place != old and named == figure.indicator:
        return figure
    return replace(figure, place=new if figure.place == old else figure.place, indicator=named)


def main() -> None:
    """Make a store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, help="the folder of a real store")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=30_000)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    replicate(given.store / "govreport.db", given.folder / "govreport.db", given.reports)


if __name__ == "__main__":
    main()
