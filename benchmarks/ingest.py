"""A folder of reports into a new store, then one report more and out again.

    python benchmarks/ingest.py [FOLDER]

Without a folder the sample report is stored. The baselines are reading and analysing the same files in one process, and
the plain way to an index: jieba's words of every line into rank_bm25; both estimated from some of the files.
"""

from __future__ import annotations

import hashlib
import logging
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import jieba
from rank_bm25 import BM25Okapi

from benchmarks.shuffled import rss
from retrieval import Engine, tokens
from retrieval.analyse import analyse
from tests.support.cases import ROOT
from tests.support.invented import invented

# Reports analysed alone for the baseline.
_ALONE = 40


def statistics(engine: Engine) -> str:
    """A digest of everything that counts terms."""
    digest = hashlib.sha256()
    for table in ("terms", "postings", "segments", "layout"):
        for row in engine.store.database.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608  our own tables
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def processor() -> float:
    """Seconds of processor time of this process and those it has ended: they do not depend on what else runs."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def plain(files: Sequence[Path]) -> float:
    """Seconds of the plain way to an index in memory: no figures, no structure, no file."""
    start = time.perf_counter()
    lines = [line for path in files for line in path.read_bytes().decode(errors="replace").splitlines() if line.strip()]
    BM25Okapi([jieba.lcut(line) for line in lines])
    return time.perf_counter() - start


def main() -> None:
    """Print the times."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "reports"
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    some = files[:: max(1, len(files) // _ALONE)]
    tokens.warm()
    start = time.perf_counter()
    for path in some:
        analyse(path.read_bytes(), path.name)
    alone = (time.perf_counter() - start) / len(some) * len(files)
    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("预热")
    bare = plain(some) / len(some) * len(files)
    with tempfile.TemporaryDirectory() as made:
        engine = Engine.open(Path(made))
        start, used = time.perf_counter(), processor()
        rows = engine.ingest([folder])
        whole = time.perf_counter() - start
        print(f"{len(rows)} files in {whole:.1f} s with {os.cpu_count()} processes ({processor() - used:.1f} s used): "
              f"analysed in one process {alone:.1f} s, ratio {alone / whole:.2f}; {rss()} MB")  # fmt: skip
        print(f"the plain way to an index without figures or structure {bare:.1f} s, ratio {bare / whole:.2f}")
        before = statistics(engine)
        report = next(iter(engine.store.rows))
        text = engine.text(report)
        more = invented("乙市-1900", [line for line in text.splitlines() if line.strip()])
        start = time.perf_counter()
        engine.store.add([more])
        added = time.perf_counter()
        engine.store.remove("乙市-1900")
        removed = time.perf_counter()
        assert statistics(engine) == before
        print(
            f"one more report stored in {added - start:.3f} s, taken out in {removed - added:.3f} s: statistics equal"
        )
        start = time.perf_counter()
        engine.remove(report)
        print(f"a report among the others taken out in {time.perf_counter() - start:.3f} s")
        engine.close()


if __name__ == "__main__":
    main()
