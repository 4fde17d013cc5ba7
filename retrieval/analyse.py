"""One file to what is stored of it: read, outlined, figures extracted, terms counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from retrieval import figures, passages, reports, tokens
from retrieval.index import Analysed, Meanings, Terms
from retrieval.model import Figure, Outline, Report
from retrieval.text import plain_lower, visible

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
    found = figures.extract_report(report, outline)
    return Analysed(report, outline, found, terms, _meanings(report, outline, found))


def _meanings(report: Report, outline: Outline, found: Sequence[Sequence[Figure]]) -> Meanings:
    """The words around each figure, in the order of the text."""
    words = plain_lower(report.text)
    sentences = [span for passage in outline.passages for span in passage.sentences]
    starts = [span.start for span in sentences]
    around = []
    for figure in (figure for own in found for figure in own):
        at = max(0, bisect_right(starts, figure.span.start) - 1)
        clause = visible(words, figure.clause or figure.span, report.masks)
        around.append((figure.indicator.lower(), clause, visible(words, sentences[at], report.masks)))
    return Meanings.of(around)
