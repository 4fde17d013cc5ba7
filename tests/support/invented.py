"""Reports made of given sentences, for tests of the store: nothing in them is real."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from retrieval import tokens
from retrieval.index import Analysed, Terms
from retrieval.model import Level, Outline, Passage, Place, Report, Section, SectionKind, Span


def invented(report_id: str, passages: Sequence[str]) -> Analysed:
    """A report of one section whose passages hold one sentence each."""
    text = "\n".join(passages)
    spans, at = [], 0
    for passage in passages:
        spans.append(Span(at, at + len(passage)))
        at += len(passage) + 1
    place, year = report_id.rsplit("-", 1)
    report = Report(
        id=report_id,
        source=f"{report_id}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        place=Place(place, Level.CITY),
        year=int(year),
    )
    section = Section(Span(0, len(text)), "回顾", ("回顾",), SectionKind.REVIEW, 1)
    outline = Outline((section,), tuple(Passage(span, 0, (span,)) for span in spans if len(span)))
    terms = Terms.of((n, tokens.terms(p.span.of(text))) for n, p in enumerate(outline.passages))
    return Analysed(report, outline, tuple(() for _ in outline.passages), terms)
