"""Text to Figures: quantities, what they measure, of what, where and when."""

from retrieval.figures.building import MADE_OTHER
from retrieval.figures.export import as_json
from retrieval.figures.extract import extract, extract_report, walk
from retrieval.figures.values import Context

__all__ = ["MADE_OTHER", "Context", "as_json", "extract", "extract_report", "walk"]
