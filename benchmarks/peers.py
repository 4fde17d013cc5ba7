"""Other engines on the same tokens and passages, each where it is installed (dependency group `bench`)."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence

__all__ = ["PEERS", "Rank", "bm25s", "rank_bm25", "tantivy"]

# A question's terms to the numbers of the best passages, best first.
Rank = Callable[[Sequence[str]], list[int]]
_BEST = 10


def rank_bm25(documents: Sequence[Sequence[str]], k1: float, b: float) -> Rank | None:
    """rank_bm25's Plus class with δ = 0, and the sort it leaves to its user."""
    import numpy as np  # noqa: PLC0415  each peer is loaded only where it is measured
    from rank_bm25 import BM25Plus  # noqa: PLC0415  as above

    package = BM25Plus(documents, k1=k1, b=b, delta=0)
    return lambda query: np.argsort(-package.get_scores(query), kind="stable")[:_BEST].tolist()


def bm25s(documents: Sequence[Sequence[str]], k1: float, b: float) -> Rank | None:
    """bm25s: scores computed when the index is built, in a sparse matrix held in memory."""
    if importlib.util.find_spec("bm25s") is None:
        return None
    from bm25s import BM25  # noqa: PLC0415  as above

    package = BM25(method="lucene", k1=k1, b=b)
    package.index([list(document) for document in documents], show_progress=False)
    best = min(_BEST, len(documents))

    def top(query: Sequence[str]) -> list[int]:
        found = package.retrieve([list(query)], k=best, show_progress=False)
        return [int(number) for number in found.documents[0]]

    return top


def tantivy(documents: Sequence[Sequence[str]], k1: float, b: float) -> Rank | None:
    """Tantivy, in memory; its constants are its own (k1 1.2, b 0.75)."""
    del k1, b
    if importlib.util.find_spec("tantivy") is None:
        return None
    import tantivy as package  # noqa: PLC0415  as above

    builder = package.SchemaBuilder()
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("number", stored=True)
    schema = builder.build()
    index = package.Index(schema)
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for number, document in enumerate(documents):
        writer.add_document(package.Document(body=" ".join(document), number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def top(query: Sequence[str]) -> list[int]:
        terms = [(package.Occur.Should, package.Query.term_query(schema, "body", term, "freq")) for term in query]
        hits = searcher.search(package.Query.boolean_query(terms), _BEST).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return top


PEERS: dict[str, Callable[[Sequence[Sequence[str]], float, float], Rank | None]] = {
    "rank_bm25": rank_bm25,
    "bm25s": bm25s,
    "tantivy": tantivy,
}
