"""Ranking over stored postings beside rank_bm25's own scoring of the same tokens: time a question, as a ratio."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Plus

from retrieval import tokens
from retrieval.index import InvertedBM25, Store
from retrieval.index.bm25 import K1, B
from tests.support.cases import ROOT
from tests.support.invented import invented

QUESTIONS = ("粮食产量", "一般公共预算收入增长", "高标准农田建设", "接待游客旅游收入")
COPIES, ROUNDS = 40, 5


def median(work: Callable[[], object]) -> float:
    """Median milliseconds of several rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print both times and their ratio, and check that the scores agree."""
    sample = next((ROOT / "data" / "reports").glob("*.txt")).read_text(encoding="utf-8")
    passages = [line.strip() for line in sample.splitlines() if len(line.strip()) > 20]
    documents = [tokens.terms(passage) for passage in passages] * COPIES
    peer = BM25Plus(documents, k1=K1, b=B, delta=0)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "bench.db")
        store.add([invented(f"甲市-{1900 + n}", passages) for n in range(COPIES)])
        asked = [tokens.terms(question) for question in QUESTIONS]
        store.lengths()

        def ours(query: list[str]) -> np.ndarray:
            known, numbers = store.statistics(query)
            postings = {term: store.postings(number) for term, number in numbers.items()}
            return InvertedBM25(known).scores(query, postings, store.lengths())

        for query in asked:
            np.testing.assert_allclose(ours(query), peer.get_scores(query), rtol=1e-9)
        own = median(lambda: [ours(query) for query in asked]) / len(asked)
        other = median(lambda: [peer.get_scores(query) for query in asked]) / len(asked)
        store.close()
    print(f"{len(documents)} passages: stored postings {own:.2f} ms, rank_bm25 {other:.2f} ms, ratio {other / own:.1f}")


if __name__ == "__main__":
    main()
