"""Where a question's own paragraph ranks (MRR@10) with other k1 and b, and with the package's Okapi class.

    python benchmarks/ranking_quality.py FILE

FILE has the form of CMRC 2018: articles, paragraphs, questions. Without one nothing is measured.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval import tokens
from retrieval.index import Statistics, StoredBM25
from retrieval.index.bm25 import K1, B

GRID = [(K1, B), (0.3, B), (0.4, B), (0.6, B), (0.9, B), (1.2, B), (1.5, B), (K1, 0.4), (K1, 0.6), (K1, 0.9)]


def reciprocal(scores: np.ndarray, right: int) -> float:
    """1 / rank of the right document, 0 beyond the tenth."""
    better = int((scores > scores[right]).sum() + (scores[:right] == scores[right]).sum())
    return 1 / (better + 1) if better < 10 else 0.0


def scored(documents: Sequence[Sequence[str]], asked: Sequence[tuple[list[str], int]], k1: float, b: float) -> float:
    """MRR@10 of our formula with other constants."""
    lengths = np.array([len(document) for document in documents])
    held: dict[str, list[tuple[int, int]]] = {}
    for n, document in enumerate(documents):
        for term, often in Counter(document).items():
            held.setdefault(term, []).append((n, often))
    postings = {t: (np.array([n for n, _ in ps]), np.array([f for _, f in ps])) for t, ps in held.items()}
    known = Statistics(len(documents), float(lengths.mean()), {term: len(own) for term, own in held.items()})
    ranking = StoredBM25(known, k1=k1, b=b)
    return float(np.mean([reciprocal(ranking.scores(query, postings, lengths), right) for query, right in asked]))


def main() -> None:
    """Print the table."""
    if len(sys.argv) < 2:
        print("no file of questions given: nothing measured")
        return
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    paragraphs = [paragraph for article in told["data"] for paragraph in article["paragraphs"]]
    documents = [tokens.terms(paragraph["context"]) for paragraph in paragraphs]
    asked = [(tokens.terms(q["question"]), n) for n, paragraph in enumerate(paragraphs) for q in paragraph["qas"]]
    print(f"{len(documents)} paragraphs, {len(asked)} questions")
    base = BM25Okapi([tokens.words(paragraph["context"]) for paragraph in paragraphs])
    words = [(tokens.words(q["question"]), n) for n, paragraph in enumerate(paragraphs) for q in paragraph["qas"]]
    first = float(np.mean([reciprocal(base.get_scores(query), right) for query, right in words]))
    print(f"rank_bm25 Okapi, words, its defaults: {first:.4f}")
    for k1, b in GRID:
        mrr = scored(documents, asked, k1, b)
        print(f"k1 {k1} b {b}: {mrr:.4f}, ratio {mrr / first:.4f}")


if __name__ == "__main__":
    main()
