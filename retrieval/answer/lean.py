"""Reports opened for the figures of one year only: a ranking of all provinces needs no more of each of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import cast

from retrieval.answer.library import Library, Loaded, Sentence, Skimmed, Stated
from retrieval.index import Forward, Meanings
from retrieval.model import SectionKind, Span, Status
from retrieval.text import plain_lower, visible

__all__ = ["FEW", "lean"]

# So few reports are loaded whole: a conversation may go on with them.
FEW = 4
_NOTHING = Forward.empty()
_NO_WORDS = Meanings.empty()


class _Lean(Loaded):
    """A report without postings, its sentences read as they are asked for."""

    @cached_property
    def text(self) -> str:
        return plain_lower(self.report.text)

    @property
    def _skimmed(self) -> Skimmed:
        return cast("Skimmed", self.sentences)

    def path(self, passage: int) -> tuple[str, ...]:
        return self._skimmed.path(passage)

    def kind(self, passage: int) -> SectionKind:
        return self._skimmed.kind(passage)


def lean(
    library: Library, report_id: str, year: int | None, status: Status | None, known: Iterable[str] = ()
) -> Loaded:
    """The report with its figures of the year: whole where it is open already. Where one of them is of a `known`
    indicator, those of others are left out. Raises UnknownReport."""
    held = library.held(report_id)
    if held is not None:
        return held
    skimmed = library.skim(report_id)
    report = skimmed.report
    figures: list[Stated] = []
    target = None if status is None else status is Status.TARGET
    for passage, figure in library.store.figures(report_id, year, target, known):
        clause = figure.clause or figure.span
        words = plain_lower(visible(report.text, Span(clause.start, clause.end), report.masks))
        sentence = max(0, bisect_right(skimmed.starts, figure.span.start) - 1)
        figures.append(Stated(figure, passage, sentence, words, figure.indicator.lower()))
    told = cast("tuple[Sentence, ...]", skimmed)
    return _Lean(library.rows[report_id], report, skimmed.outline, told, tuple(figures), _NOTHING, (), _NO_WORDS)
