"""Top ten over the whole store and in a scope, beside rank_bm25's own scoring of the same tokens where that finishes.

    python benchmarks/ranking.py [--store FOLDER] [--questions FILE.jsonl] [--passages N]

Without a store a small one is made of the sample report; with `--passages` one of that many passages of about 225
characters, from the store's sentences shuffled, in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Plus

from benchmarks.peers import PEERS
from benchmarks.shuffled import fill, rss
from retrieval import tokens
from retrieval.index import Ranking, Store, StoredBM25, Within
from retrieval.index.bm25 import K1, B
from retrieval.query import parse
from tests.support.cases import ROOT
from tests.support.invented import invented

QUESTIONS = ("粮食产量", "一般公共预算收入增长", "高标准农田建设", "接待游客旅游收入")
# Up to so many passages rank_bm25 is run beside ours; so many of its questions are enough for a median.
PEER_PASSAGES, PEER_QUESTIONS = 150_000, 8


def timed(work: Callable[[], object]) -> float:
    """Milliseconds it took."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def told(name: str, times: Sequence[float], peer: float | None = None) -> float:
    """Print median and 99th percentile, and how many times as long the peer takes; return the median."""
    p50, p99 = statistics.median(times), float(np.percentile(times, 99))
    ratio = f", rank_bm25 {peer:.1f} ms: ratio {peer / p50:.0f}" if peer else ""
    print(f"{name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms over {len(times)} questions{ratio}", flush=True)
    return p50


def exhaustive(store: Store, query: Sequence[str], k: int = 10) -> list[tuple[str, int, float]]:
    """The best of every passage's score."""
    known, numbers = store.statistics(query)
    lists = {term: store.postings(number) for term, number in numbers.items()}
    held = {term: (found.passage, found.frequency) for term, found in lists.items()}
    scores = StoredBM25(known).scores(query, held, store.layout.lengths)
    order = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return [(*store.layout.where(int(n)), float(scores[n])) for n in order if scores[n] > 0]


def passages(store: Store) -> list[list[str]]:
    """The terms of every passage, in the order of the store."""
    documents: list[list[str]] = []
    names = {row[1]: row[0] for row in store.database.execute("SELECT term, number FROM terms")}
    for report in store.layout.reports:
        forward, own = store.forward(report), [[] for _ in range(store.rows[report].passages)]
        at = forward.passages[forward.sentence].tolist()
        for passage, term, often in zip(at, forward.term.tolist(), forward.frequency.tolist(), strict=True):
            own[passage].extend([names[term]] * often)
        documents += own
    return documents


def peer(store: Store, documents: Sequence[Sequence[str]], asked: Sequence[Sequence[str]]) -> float:
    """Median milliseconds of rank_bm25's scores on the same tokens, checked against ours to the last bit."""
    package = BM25Plus(documents, k1=K1, b=B, delta=0)
    for query in asked[:2]:
        known, numbers = store.statistics(query)
        held = {t: (p.passage, p.frequency) for t, p in ((t, store.postings(n)) for t, n in numbers.items())}
        ours = StoredBM25(known).scores(query, held, store.layout.lengths)
        np.testing.assert_array_equal(ours, package.get_scores(query))
    return statistics.median(timed(lambda q=query: package.get_scores(q)) for query in asked[:PEER_QUESTIONS])


def others(documents: Sequence[Sequence[str]], asked: Sequence[Sequence[str]], ours: float) -> None:
    """Print each peer's median over the whole store, and its ratio to ours."""
    for name, make in PEERS.items():
        start = time.perf_counter()
        rank = make(documents, K1, B)
        if rank is None:
            print(f"{name}: not installed (dependency group bench)")
            continue
        built = time.perf_counter() - start
        some = asked[:PEER_QUESTIONS] if name == "rank_bm25" else asked
        times = [timed(lambda q=query, r=rank: r(q)) for query in some]
        half = statistics.median(times)
        print(f"{name}: top ten p50 {half:.2f} ms over {len(some)} questions, ratio {half / ours:.1f}; "
              f"its index, in memory, made in {built:.1f} s", flush=True)  # fmt: skip


def questions(path: Path | None) -> list[list[str]]:
    """The terms of each question, as answering takes them."""
    if path is None:
        return [tokens.terms(question) for question in QUESTIONS]
    turns = [json.loads(line)["turns"][-1] for line in path.read_text(encoding="utf-8").splitlines()]
    found = [list(dict.fromkeys(tokens.terms(parse(turn).content))) for turn in turns]
    return [query for query in found if query]


def measure(store: Store, asked: Sequence[Sequence[str]], *, check: int) -> None:
    """All figures of one store."""
    ranking = Ranking(store)
    print(f"first question, nothing loaded: {timed(lambda: ranking.top(asked[0])):.1f} ms")
    once = [timed(lambda q=query: ranking.top(q)) for query in asked]
    again = [timed(lambda q=query: ranking.top(q)) for query in asked]
    chance = random.Random(5)  # noqa: S311  a sample, not a secret
    rows = chance.choices(list(store.rows.values()), k=len(asked))
    scopes = [Within(frozenset({row.place}), frozenset({row.year})) for row in rows]
    scoped = [timed(lambda q=q, s=s: ranking.top(q, 10, s)) for q, s in zip(asked, scopes, strict=True)]
    held = rss()
    # Beyond this rank_bm25 would not finish in reasonable time or memory.
    documents = passages(store) if sum(row.passages for row in store.rows.values()) <= PEER_PASSAGES else []
    other = peer(store, documents, asked) if documents else None
    ours = told("whole store, each question once", once, other)
    told("whole store, again", again, other)
    told("one place and year, its report not yet loaded", scoped, other)
    if documents:
        others(documents, asked, ours)
    print(f"resident memory {held} MB")
    differing = sum(
        [(r.report, r.passage, r.score) for r in ranking.top(query)] != exhaustive(store, query)
        for query in asked[:check]
    )
    print(f"top tens other than the exhaustive ones: {differing} of {min(check, len(asked))}")
    assert not differing


def main() -> None:
    """Measure one store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--passages", type=int)
    parser.add_argument("--check", type=int, default=10_000, help="questions checked against exhaustive scoring")
    given = parser.parse_args()
    asked = questions(given.questions)
    with tempfile.TemporaryDirectory() as folder:
        path = given.store / "govreport.db" if given.store else Path(folder) / "sample.db"
        if not given.store:
            sample = next((ROOT / "data" / "reports").glob("*.txt")).read_text(encoding="utf-8")
            passages = [line.strip() for line in sample.splitlines() if len(line.strip()) > 20]
            made = Store(path)
            made.add([invented(f"甲市-{1900 + n}", passages) for n in range(40)])
            made.close()
        if given.passages:
            source, path = path, Path(folder) / "shuffled.db"
            # In a process of its own: what making it held is no part of the memory measured.
            maker = multiprocessing.Process(target=fill, args=(source, path, given.passages))
            maker.start()
            maker.join()
            assert maker.exitcode == 0
        start = time.perf_counter()
        store = Store(path)
        held = len(store.rows), len(store.layout.lengths)
        print(f"{held[0]} reports, {held[1]} passages, opened in {time.perf_counter() - start:.2f} s", flush=True)
        sizes = store.database.execute(
            "SELECT count(*), sum(length(gaps)) + sum(coalesce(length(repeats), 0)), "
            "(SELECT sum(length(forward)) FROM texts) FROM postings"
        ).fetchone()
        print(f"file {path.stat().st_size >> 20} MB: postings {sizes[1] >> 20} MB in {sizes[0]} rows, ", end="")
        print(f"reports' own blocks {sizes[2] >> 20} MB", flush=True)
        measure(store, asked, check=given.check)
        store.close()


if __name__ == "__main__":
    main()
