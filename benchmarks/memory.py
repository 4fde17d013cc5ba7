"""Resident memory of what answers, beside engines that hold the same passages in memory.

    python benchmarks/memory.py [--store FOLDER]

Each is measured in a process of its own that has nothing else loaded; ours once opened and once after questions, with
dictionaries, figures and texts, which the others do not have. Without a store one of the sample report is made.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import multiprocessing
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.shuffled import rss

QUESTIONS = ("粮食产量", "一般公共预算收入增长多少", "今年GDP目标", "建设了多少高标准农田", "有哪些困难和问题")
# Beyond so many passages an engine in memory is not built.
MOST = 150_000


def ours(folder: Path) -> str:
    """This program with the store open, asked about every hundredth report."""
    from retrieval import Engine  # noqa: PLC0415  each process loads only what it measures

    engine = Engine.open(folder)
    engine.warm()
    opened = rss()
    rows = engine.reports()
    for row in rows[:: max(1, len(rows) // 100)]:
        for question in QUESTIONS:
            engine.ask(f"{row.place}{row.year}年{question}")
    return f"{opened} {rss()}"


def peer(folder: Path, name: str) -> str:
    """A peer over the terms of the store's passages; empty where it is not installed."""
    from benchmarks.peers import PEERS  # noqa: PLC0415  as above
    from benchmarks.ranking import passages  # noqa: PLC0415  as above
    from retrieval.index import Store  # noqa: PLC0415  as above
    from retrieval.index.bm25 import K1, B  # noqa: PLC0415  as above

    store = Store(folder / "govreport.db")
    documents = passages(store)
    rank = PEERS[name](documents, K1, B)
    if rank is None:
        return ""
    rank(documents[0][:3])
    del documents
    store.close()
    gc.collect()
    # What was only needed to build it goes back to the system.
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return str(rss())


def _child(work: Callable[..., str], given: tuple[object, ...], out: Connection) -> None:
    out.send(work(*given))


def alone(work: Callable[..., str], *given: object) -> str:
    """What `work` tells from a new process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(work, given, there))
    process.start()
    there.close()
    try:
        return str(here.recv())
    finally:
        process.join()


def main() -> None:
    """Print megabytes and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        from retrieval import Engine  # noqa: PLC0415  as above

        engine = Engine.open(given.store) if given.store else Engine.open_default(Path(made))
        rows = engine.reports()
        engine.close()
        folder = given.store or Path(made)
        held = sum(row.passages for row in rows)
        opened, asked = map(int, alone(ours, folder).split())
        print(f"{len(rows)} reports, {held} passages: {opened} MB when opened, {asked} MB after questions", flush=True)
        for name in ("rank_bm25", "bm25s", "tantivy") if held <= MOST else ():
            told = alone(peer, folder, name)
            print(f"{name}: {told} MB, ratio to ours after questions {int(told) / asked:.1f}" if told
                  else f"{name}: not installed (dependency group bench)", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
