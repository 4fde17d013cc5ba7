"""Text to Figures: quantities, what they measure, of what, where and when."""

from retrieval.figures.export import as_json
from retrieval.figures.extract import extract, extract_report
from retrieval.figures.values import Context

__all__ = ["Context", "as_json", "extract", "extract_report"]
