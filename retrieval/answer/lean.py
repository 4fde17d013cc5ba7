"""Reports opened for the figures of one year only: a ranking of all provinces needs no more of each of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import cast, overload

from retrieval.answer.library import Library, Loaded, Sentence, Stated
from retrieval.index import Forward
from retrieval.model import Outline, Report, SectionKind, Span, Status
from retrieval.text import plain_lower, visible

__all__ = ["FEW", "lean"]

# So few reports are loaded whole: a conversation may go on with them.
FEW = 4
_NOTHING = Forward.empty()


class _Lean(Loaded):
    """A report without postings, its sentences read as they are asked for."""

    @cached_property
    def text(self) -> str:
        return plain_lower(self.report.text)


class _Sentences(Sequence[Sentence]):
    """The sentences of a report; the words of each are read when it is looked at."""

    def __init__(self, report: Report, outline: Outline) -> None:
        self._report = report
        self._where = [(n, span) for n, passage in enumerate(outline.passages) for span in passage.sentences]
        kinds = [section.kind for section in outline.sections]
        self._kinds = [kinds[p.section] if kinds else SectionKind.OTHER for p in outline.passages]
        self._made: dict[int, Sentence] = {}
        self.starts = [span.start for _, span in self._where]

    def __len__(self) -> int:
        return len(self._where)

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | Sequence[Sentence]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        if index not in self._made:
            passage, span = self._where[index]
            words = plain_lower(visible(self._report.text, span, self._report.masks))
            self._made[index] = Sentence(index, passage, span, words, self._kinds[passage])
        return self._made[index]

    def __iter__(self) -> Iterator[Sentence]:
        return (self[n] for n in range(len(self)))


def lean(library: Library, report_id: str, year: int | None, status: Status | None) -> Loaded:
    """The report with its figures of the year: whole where it is open already. Raises UnknownReport."""
    held = library.held(report_id)
    if held is not None:
        return held
    report, outline = library.store.report(report_id), library.store.outline(report_id)
    sentences = _Sentences(report, outline)
    figures: list[Stated] = []
    for passage, figure in library.store.figures(report_id, year, None if status is None else status is Status.TARGET):
        clause = figure.clause or figure.span
        words = plain_lower(visible(report.text, Span(clause.start, clause.end), report.masks))
        sentence = max(0, bisect_right(sentences.starts, figure.span.start) - 1)
        figures.append(Stated(figure, passage, sentence, words, figure.indicator.lower()))
    told = cast("tuple[Sentence, ...]", sentences)
    return _Lean(library.rows[report_id], report, outline, told, tuple(figures), _NOTHING, ())
