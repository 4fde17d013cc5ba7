"""One file to what is stored of it: read, outlined, figures extracted, terms counted."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval import figures, passages, reports, tokens
from retrieval.index import Analysed, Terms
from retrieval.model import Report
from retrieval.text import visible

__all__ = ["analyse", "analyse_report"]


def analyse(data: bytes, name: str, overrides: Mapping[str, str] | None = None) -> Analysed:
    """Raises UnreadableReport."""
    return analyse_report(reports.read(data, name, overrides=overrides))


def analyse_report(report: Report) -> Analysed:
    """A read report with its structure, figures and terms."""
    outline = passages.outline(report)
    terms = Terms.of(
        (number, tokens.terms(visible(report.text, span, report.masks)))
        for number, passage in enumerate(outline.passages)
        for span in passage.sentences
    )
    return Analysed(report, outline, figures.extract_report(report, outline), terms)
