"""Reports opened for the figures of a known indicator only: a ranking of all provinces needs no more of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.answer.library import Library, Loaded, Sentence, Skimmed, Stated
from retrieval.index import Forward, Meanings
from retrieval.model import Figure, SectionKind, Span, Status
from retrieval.text import plain_lower, visible

__all__ = ["lean", "lean_of", "leaner"]

_NOTHING = Forward.empty()


@dataclass(frozen=True)
class _Lean(Loaded):
    """A report without postings, with the sentences around its figures only."""

    skimmed: Skimmed

    @property
    def forward(self) -> Forward:
        """None: no sentences are ranked."""
        return _NOTHING

    @cached_property
    def meanings(self) -> Meanings:
        """None: no nearness in meaning is asked for."""
        return Meanings.empty(len(self.figures))

    def says(self, word: str) -> bool:
        """Whether a word stands anywhere in the report."""
        return word in self._lowered

    @cached_property
    def _lowered(self) -> str:
        return self.report.text.lower()

    def path(self, passage: int) -> tuple[str, ...]:
        """Headings over a passage, outermost first."""
        return self.skimmed.path(passage)

    def kind(self, passage: int) -> SectionKind:
        """Kind of the section of a passage."""
        return self.skimmed.kind(passage)


def lean(
    library: Library, report_id: str, year: int | None, status: Status | None, known: Collection[str] = ()
) -> Loaded:
    """The report with its figures of the `known` indicators that may tell of the year. Whole where it is open already,
    and where it states none of them. Raises UnknownReport."""
    return _opened(library, report_id, year, status, known, alone=False) or library.load(report_id)


def leaner(
    library: Library, report_id: str, year: int | None, status: Status | None, known: Collection[str]
) -> Loaded | None:
    """The same with the figures of these indicators alone; nothing where there are none. Raises UnknownReport."""
    return _opened(library, report_id, year, status, known, alone=True)


def _opened(
    library: Library, report_id: str, year: int | None, status: Status | None, known: Collection[str], *, alone: bool
) -> Loaded | None:
    """The report as it is open already, else with the figures that are asked for, `alone` or beside those of no known
    indicator; nothing where there are none of these indicators."""
    held = library.held(report_id)
    if held is not None or not known:
        return held
    target = None if status is None else status is Status.TARGET

    def read() -> Loaded | None:
        found = library.store.figures(report_id, year, target, known, alone=alone)
        stated = any(figure.indicator_id in known for _, figure in found)
        return lean_of(library, report_id, found) if stated else None

    return library.once((report_id, year, target, frozenset(known), alone), read)


def lean_of(library: Library, report_id: str, found: Sequence[tuple[int, Figure]]) -> Loaded:
    """The report with some of its figures (passage, figure) and the sentences around them. Raises UnknownReport."""
    skimmed = library.skim(report_id)
    at = [skimmed.at(figure.span.start) for _, figure in found]
    # A figure's subject may stand in the sentence before its own; a quote may go on to the one behind.
    near = sorted({n for own in at for n in (own - 1, own, own + 1) if 0 <= n < len(skimmed)})
    numbers = {own: number for number, own in enumerate(near)}
    sentences = tuple(_numbered(skimmed[own], number) for number, own in enumerate(near))
    figures = tuple(
        Stated(figure, passage, numbers[own], _clause(skimmed, figure.clause or figure.span), figure.indicator.lower())
        for own, (passage, figure) in zip(at, found, strict=True)
    )
    row, report = library.rows[report_id], skimmed.report
    return _Lean(row, report, skimmed.outline, sentences, figures, library.store, skimmed)


def _numbered(sentence: Sentence, number: int) -> Sentence:
    return Sentence(number, sentence.passage, sentence.span, sentence.text, sentence.kind)


def _clause(skimmed: Skimmed, span: Span) -> str:
    return plain_lower(visible(skimmed.report.text, span, skimmed.report.masks))
