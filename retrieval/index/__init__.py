"""The store on SQLite and the ranking over it."""

from retrieval.index.bm25 import ForwardBM25, InvertedBM25, Statistics
from retrieval.index.store import Analysed, ReportRow, Store

__all__ = ["Analysed", "ForwardBM25", "InvertedBM25", "ReportRow", "Statistics", "Store"]
