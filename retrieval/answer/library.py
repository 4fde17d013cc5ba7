"""Stored reports as answering needs them: loaded whole, once, with their sentences and figures side by side."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from retrieval.index import Forward, Ranking, ReportRow, Statistics, Store, StoredBM25
from retrieval.index.ranking import passage_scores, sentence_scores
from retrieval.model import Figure, Outline, Report, SectionKind, Span
from retrieval.text import plain_lower, visible

__all__ = ["Library", "Loaded", "Sentence", "Stated"]

# Reports kept open: a conversation stays with a few, a comparison of all provinces needs about thirty.
KEPT = 48


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in the report. `text` is folded and in lower case, masks left out."""

    number: int
    passage: int
    span: Span
    text: str
    kind: SectionKind


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure where it is stated: `sentence` holds it, `clause` is its folded clause."""

    figure: Figure
    passage: int
    sentence: int
    clause: str
    indicator: str


@dataclass(frozen=True)
class Loaded:
    """A report in memory."""

    row: ReportRow
    report: Report
    outline: Outline
    sentences: tuple[Sentence, ...]
    figures: tuple[Stated, ...]
    forward: Forward = field(repr=False)
    lengths: tuple[int, ...] = field(repr=False)

    @cached_property
    def text(self) -> str:
        """All sentences, folded and lower-case: to see whether a word stands in the report at all."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @cached_property
    def _by_passage(self) -> Mapping[int, tuple[Sentence, ...]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.passage, []).append(sentence)
        return {passage: tuple(own) for passage, own in found.items()}

    def of(self, passage: int) -> tuple[Sentence, ...]:
        """The sentences of a passage."""
        return self._by_passage.get(passage, ())

    def title(self, passage: int) -> str:
        """Headings over a passage, outermost first, as one string."""
        return " ".join(self.path(passage))

    def path(self, passage: int) -> tuple[str, ...]:
        """Headings over a passage, outermost first."""
        return self.outline.sections[self.outline.passages[passage].section].path if self.outline.sections else ()

    def kind(self, passage: int) -> SectionKind:
        """Kind of the section of a passage."""
        section = self.outline.passages[passage].section
        return self.outline.sections[section].kind if self.outline.sections else SectionKind.OTHER


class Library:
    """Loads reports from the store and keeps the last used."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ranking = Ranking(store)
        self._kept: OrderedDict[str, Loaded] = OrderedDict()

    @property
    def rows(self) -> dict[str, ReportRow]:
        """All reports by id."""
        return self.store.rows

    def forget(self) -> None:
        """Drop what was loaded: the store has changed."""
        self._kept.clear()

    def held(self, report_id: str) -> Loaded | None:
        """A report that is open already."""
        return self._kept.get(report_id)

    def load(self, report_id: str) -> Loaded:
        """Raises UnknownReport."""
        if report_id in self._kept:
            self._kept.move_to_end(report_id)
            return self._kept[report_id]
        loaded = self._read(report_id)
        self._kept[report_id] = loaded
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return loaded

    def _read(self, report_id: str) -> Loaded:
        report, outline = self.store.report(report_id), self.store.outline(report_id)
        words = plain_lower(report.text)
        kinds = [section.kind for section in outline.sections]
        sentences: list[Sentence] = []
        for number, passage in enumerate(outline.passages):
            kind = kinds[passage.section] if kinds else SectionKind.OTHER
            for span in passage.sentences:
                sentences.append(Sentence(len(sentences), number, span, visible(words, span, report.masks), kind))
        starts = [sentence.span.start for sentence in sentences]
        figures: list[Stated] = []
        for number, figure in self.store.figures(report_id):
            sentence = max(0, bisect_right(starts, figure.span.start) - 1)
            clause = visible(words, figure.clause or figure.span, report.masks)
            figures.append(Stated(figure, number, sentence, clause, figure.indicator.lower()))
        forward = self.store.forward(report_id)
        return Loaded(
            self.rows[report_id],
            report,
            outline,
            tuple(sentences),
            tuple(figures),
            forward,
            tuple(forward.lengths().tolist()),
        )

    def rank(
        self, loaded: Loaded, terms: Sequence[str], statistics: Statistics, numbers: dict[str, int]
    ) -> list[float]:
        """BM25 of each sentence of a report, a third of its passage's score added."""
        scorer = StoredBM25(statistics)
        lengths = np.array(loaded.lengths, dtype=np.int64)
        own = sentence_scores(scorer, terms, numbers, loaded.forward, lengths)
        sizes = loaded.forward.passage_lengths(loaded.row.passages)
        whole = passage_scores(scorer, terms, numbers, loaded.forward, sizes)
        found: list[float] = (own + whole[loaded.forward.passages] / 3).tolist()
        return found
