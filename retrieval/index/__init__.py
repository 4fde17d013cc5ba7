"""The store on SQLite and the ranking over it."""

from retrieval.index.bm25 import Contribution, Statistics, StoredBM25
from retrieval.index.codec import Passages, Sections
from retrieval.index.meanings import Meanings, Said
from retrieval.index.postings import Forward, Terms
from retrieval.index.ranking import Ranked, Ranking, Within
from retrieval.index.records import Analysed, ReportRow, Rows
from retrieval.index.stated import StoredFigures
from retrieval.index.store import Store

__all__ = [
    "Analysed",
    "Contribution",
    "Forward",
    "Meanings",
    "Passages",
    "Ranked",
    "Ranking",
    "ReportRow",
    "Rows",
    "Said",
    "Sections",
    "Statistics",
    "Store",
    "StoredBM25",
    "StoredFigures",
    "Terms",
    "Within",
]
