"""Where a question's own text ranks (MRR@10): other k1 and b, the package's Okapi class, a domain dictionary.

    python benchmarks/ranking_quality.py [--cmrc FILE] [--gold FILE.jsonl --corpus FOLDER]

`--cmrc` has the form of CMRC 2018: articles, paragraphs, questions; each question's paragraph is looked for among all.
`--gold` has questions with their evidence in reports of the folder; its sentence is looked for in its own report, with
jieba's dictionary as it is and with the lexicon's indicators, places and set phrases added. Without either nothing
is measured.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import jieba
import numpy as np
from rank_bm25 import BM25Okapi

from retrieval import tokens
from retrieval.index import Statistics, StoredBM25
from retrieval.index.bm25 import K1, B
from retrieval.query import parse
from retrieval.text import fold

GRID = [(K1, B), (0.3, B), (0.4, B), (0.6, B), (0.9, B), (1.2, B), (1.5, B), (K1, 0.4), (K1, 0.6), (K1, 0.9)]


def reciprocal(scores: np.ndarray, right: int) -> float:
    """1 / rank of the right document, 0 beyond the tenth."""
    better = int((scores > scores[right]).sum() + (scores[:right] == scores[right]).sum())
    return 1 / (better + 1) if better < 10 else 0.0


def each(
    documents: Sequence[Sequence[str]], asked: Sequence[tuple[list[str], Sequence[int]]], k1: float = K1, b: float = B
) -> list[list[float]]:
    """The reciprocal rank of each right document of each question, by our formula."""
    lengths = np.array([len(document) for document in documents])
    held: dict[str, list[tuple[int, int]]] = {}
    for n, document in enumerate(documents):
        for term, often in Counter(document).items():
            held.setdefault(term, []).append((n, often))
    postings = {t: (np.array([n for n, _ in ps]), np.array([f for _, f in ps])) for t, ps in held.items()}
    known = Statistics(len(documents), float(lengths.mean()), {term: len(own) for term, own in held.items()})
    ranking = StoredBM25(known, k1=k1, b=b)
    scores = [ranking.scores(query, postings, lengths) for query, _ in asked]
    return [[reciprocal(own, n) for n in right] for own, (_, right) in zip(scores, asked, strict=True)]


def scored(documents: Sequence[Sequence[str]], asked: Sequence[tuple[list[str], int]], k1: float, b: float) -> float:
    """MRR@10 of our formula with other constants."""
    return float(np.mean(each(documents, [(query, [right]) for query, right in asked], k1, b)))


def constants(path: Path) -> None:
    """The table of k1 and b on questions with a paragraph of their own."""
    told = json.loads(path.read_text(encoding="utf-8"))
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


def column(name: str, *columns: str) -> set[str]:
    """The Han words of some columns of a lexicon table."""
    lines = files("retrieval.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    table = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    words = (word for row in table for c in columns for word in re.split("[|/]", row[c]))
    return {word for word in words if re.fullmatch("[一-鿿]{2,8}", word)}


def with_dictionary(added: Iterable[str]) -> Callable[[str], list[str]]:
    """Index terms as jieba cuts with some words added to its dictionary, each more frequent than its parts."""
    cutter = jieba.Tokenizer()
    for word in added:
        cutter.add_word(word, 2000, "n")

    def terms(text: str) -> list[str]:
        runs = re.findall("[㐀-鿿]+|[a-z0-9.%+#-]+", fold(text).lower())
        return [w for run in runs for w in cutter.cut(run, HMM=False)] + tokens.bigrams(text)

    return terms


def dictionaries(gold: Path, corpus: Path) -> None:
    """The table of dictionaries: sentences of the evidence, looked for in their own report."""
    cases = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    held = {path.stem: path for path in corpus.rglob("*") if path.suffix in {".md", ".txt"}}
    asked: dict[str, list[tuple[str, list[int]]]] = {}
    sentences: dict[str, list[str]] = {}
    for case in cases:
        for evidence in case.get("evidence", ())[:1]:
            report = evidence["report"]
            if report not in held:
                continue
            text = held[report].read_text(encoding="utf-8")
            own = sentences.setdefault(report, [s for s in re.split(r"[。\n]", text) if len(s) > 8])
            right = [n for n, sentence in enumerate(own) if evidence["quote"][:12] in sentence]
            if right:
                asked.setdefault(report, []).append((parse(case["turns"][-1]).content, right))
    print(f"{sum(map(len, asked.values()))} questions on {len(asked)} reports")
    indicators, places = column("indicators.tsv", "name", "aliases"), column("places.tsv", "path", "short")
    phrases = column("sayings.tsv", "written") | column("synonyms.tsv", "said", "written")
    base = 0.0
    for name, added in (
        ("as it is", set()),
        ("indicators", indicators),
        ("places", places),
        ("set phrases", phrases),
        ("all three", indicators | places | phrases),
    ):
        terms = with_dictionary(added)
        ranks: list[float] = []
        for report, questions in asked.items():
            documents = [terms(sentence) for sentence in sentences[report]]
            ranks += [max(found) for found in each(documents, [(terms(q), right) for q, right in questions])]
        mrr = float(np.mean(ranks))
        base = base or mrr
        print(f"dictionary {name}, {len(added)} words: {mrr:.4f}, ratio {mrr / base:.4f}", flush=True)


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cmrc", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    if given.cmrc:
        constants(given.cmrc)
    if given.gold and given.corpus:
        dictionaries(given.gold, given.corpus)
    if not (given.cmrc or given.gold):
        print("no questions given: nothing measured")


if __name__ == "__main__":
    main()
