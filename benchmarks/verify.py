"""Checking a page of 2,000 characters of a report against the store it is in, beside reading its figures alone.

    python benchmarks/verify.py [--store FOLDER]

The baseline is the extraction of the page's figures, the least that any check does. Each page is checked by an engine
that has no report open (first), and again (then).
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from retrieval import Engine
from retrieval.figures import Context, extract
from retrieval.verify import Verdict

PAGE = 2_000  # characters
PAGES = 12


def pages(engine: Engine) -> list[tuple[str, str, int]]:
    """Pages from the middle of reports of different places and years, with place and year of their figures."""
    rows = [row for row in engine.reports() if row.document == "work" and row.figures > 40]
    some = rows[:: max(1, len(rows) // PAGES)][:PAGES]
    found = []
    for row in some:
        text = engine.text(row.id)
        start = len(text) // 6
        found.append((text[start : start + PAGE], row.place, row.year - 1))
    return found


def timed(engine: Engine, text: str, place: str, year: int) -> tuple[float, Counter[Verdict]]:
    """Seconds of one check, and its verdicts."""
    began = time.perf_counter()
    check = engine.verify(text, place=place, year=year)
    return time.perf_counter() - began, Counter(f.verdict for f in check.findings)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--store", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = told.store or Path(made)
        engine = Engine.open_default(folder)
        engine.warm()
        chosen = pages(engine)
        first, then, read, verdicts = [], [], [], Counter[Verdict]()
        for text, place, year in chosen:
            engine.library.forget()
            seconds, counts = timed(engine, text, place, year)
            first.append(seconds)
            verdicts += counts
            then.append(timed(engine, text, place, year)[0])
            began = time.perf_counter()
            for line in text.splitlines():
                extract(line, Context(year + 1, place))
            read.append(time.perf_counter() - began)
        engine.close()
    least = median(read)
    print(f"pages                    {len(chosen)} of {PAGE} characters, {verdicts.total()} figures and phrases")
    print("verdicts                 " + ", ".join(f"{v.value} {verdicts[v]}" for v in Verdict))
    print(f"figures read alone       {least * 1000:.0f} ms a page (median)")
    for name, spent in (("checked, first", first), ("checked, then", then)):
        middle, most = median(spent), max(spent)
        print(f"{name:<25}{middle * 1000:.0f} ms ({middle / least:.0f} x), at most {most * 1000:.0f} ms")


if __name__ == "__main__":
    main()
