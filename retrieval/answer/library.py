"""Stored reports as answering needs them: loaded whole, once, with their sentences and figures side by side."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar, cast, overload

import numpy as np
import numpy.typing as npt

from retrieval.answer.stated import Fields, Figures, Sentence, Sentences, Stated
from retrieval.index import (
    Forward,
    Meanings,
    Passages,
    Ranking,
    ReportRow,
    Rows,
    Said,
    Sections,
    Statistics,
    Store,
    StoredBM25,
)
from retrieval.index.ranking import passage_scores, sentence_scores
from retrieval.lexicon import places
from retrieval.model import Level, Outline, Passage, Place, Report, Section, SectionKind, Span
from retrieval.text import plain_lower, visible, visible_between

_Made = TypeVar("_Made")
Floats = npt.NDArray[np.float64]

__all__ = ["Library", "Loaded", "Sentence", "Skimmed", "Stated"]

# Reports kept open: a conversation stays with a few, a comparison of all provinces needs about thirty.
KEPT = 48
# Words looked for in a report that are remembered.
_REMEMBERED = 512


@dataclass(frozen=True)
class Loaded:
    """A report in memory."""

    row: ReportRow
    report: Report
    outline: Outline
    sentences: Sequence[Sentence]
    figures: Sequence[Stated]
    store: Store = field(repr=False)

    @cached_property
    def forward(self) -> Forward:
        """The terms of its sentences."""
        return self.store.forward(self.row.id)

    @cached_property
    def meanings(self) -> Meanings:
        """The words around its figures."""
        return self.store.meanings(self.row.id)

    @cached_property
    def fields(self) -> Fields:
        """What is compared of its figures."""
        return self.figures.fields if isinstance(self.figures, Figures) else Fields.of(self.figures)

    @cached_property
    def text(self) -> str:
        """All sentences, folded and lower-case: to see whether a word stands in the report at all."""
        return "\n".join(self.texts)

    @cached_property
    def texts(self) -> Sequence[str]:
        """The words of each sentence."""
        own = self.sentences
        return own.texts if isinstance(own, Sentences) else [sentence.text for sentence in own]

    @cached_property
    def passages(self) -> Sequence[int]:
        """The passage of each sentence."""
        own = self.sentences
        return own.passages if isinstance(own, Sentences) else [sentence.passage for sentence in own]

    @cached_property
    def kinds(self) -> Sequence[SectionKind]:
        """The kind of section of each sentence."""
        kinds = {passage: self.kind(passage) for passage in dict.fromkeys(self.passages)}
        return [kinds[passage] for passage in self.passages]

    def says(self, word: str) -> bool:
        """Whether a word stands anywhere in the report."""
        found = self._said.get(word)
        if found is None:
            if len(self._said) >= _REMEMBERED:
                self._said.clear()
            found = self._said[word] = word in self.text
        return found

    @cached_property
    def _said(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _by_passage(self) -> Mapping[int, tuple[Sentence, ...]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.passage, []).append(sentence)
        return {passage: tuple(own) for passage, own in found.items()}

    def of(self, passage: int) -> tuple[Sentence, ...]:
        """The sentences of a passage."""
        return self._by_passage.get(passage, ())

    def figures_in(self, sentence: int) -> list[Stated]:
        """The figures of a sentence."""
        return [self.figures[n] for n, own in enumerate(self.fields.sentences) if own == sentence]

    def title(self, passage: int) -> str:
        """Headings over a passage, outermost first, as one string."""
        return " ".join(self.path(passage))

    def path(self, passage: int) -> tuple[str, ...]:
        """Headings over a passage, outermost first."""
        return self.outline.sections[self._sections[passage]].path if self.outline.sections else ()

    def kind(self, passage: int) -> SectionKind:
        """Kind of the section of a passage."""
        return self.outline.sections[self._sections[passage]].kind if self.outline.sections else SectionKind.OTHER

    @cached_property
    def _sections(self) -> list[int]:
        return cast("Passages", self.outline.passages).sections


class Skimmed(Sequence[Sentence]):
    """A report whose sentences are read as they are looked at."""

    def __init__(self, report: Report, sections: Sections, passages: Passages) -> None:
        self.report = report
        self.outline = _outline(sections, passages)
        self._sections, self._passages = sections, passages
        self._made: dict[int, Sentence] = {}

    def at(self, offset: int) -> int:
        """The number of the sentence an offset lies in."""
        return self._passages.sentence_at(offset)

    def path(self, passage: int) -> tuple[str, ...]:
        """Headings over a passage, outermost first."""
        return self._sections[self._passages.sections[passage]].path if self._sections else ()

    def kind(self, passage: int) -> SectionKind:
        """Kind of the section of a passage."""
        return self._sections.kinds[self._passages.sections[passage]] if self._sections else SectionKind.OTHER

    def __len__(self) -> int:
        return self._passages.size

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | Sequence[Sentence]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        if index not in self._made:
            passage, start, end = self._passages.sentence(index)
            words = plain_lower(visible(self.report.text, Span(start, end), self.report.masks))
            self._made[index] = Sentence(index, passage, Span(start, end), words, self.kind(passage))
        return self._made[index]

    def __iter__(self) -> Iterator[Sentence]:
        return (self[n] for n in range(len(self)))


def _outline(sections: Sections, passages: Passages) -> Outline:
    """An outline of sequences that make their sections and passages when they are looked at."""
    return Outline(cast("tuple[Section, ...]", sections), cast("tuple[Passage, ...]", passages))


class Library:
    """Loads reports from the store and keeps the last used."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ranking = Ranking(store)
        self._kept: OrderedDict[str, Loaded] = OrderedDict()
        self._skimmed: OrderedDict[str, Skimmed] = OrderedDict()
        self._said: OrderedDict[str, Said] = OrderedDict()
        self._lean: OrderedDict[tuple[object, ...], Loaded | None] = OrderedDict()
        self._derived: dict[Hashable, Any] = {}

    @property
    def rows(self) -> Rows:
        """All reports by id."""
        return self.store.rows

    @cached_property
    def unlisted(self) -> tuple[Place, ...]:
        """Places that reports are of and the table of places does not have."""
        units = {row.place: Place(row.place, Level(row.level), parents=row.parents) for row in self.rows.values()}
        return tuple(unit for name, unit in units.items() if not places.by_name(name))

    def forget(self) -> None:
        """Drop what was loaded: the store has changed."""
        self.__dict__.pop("unlisted", None)
        self._kept.clear()
        self._skimmed.clear()
        self._said.clear()
        self._lean.clear()
        self._derived.clear()

    def derived(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What `make` makes of the rows of the store, kept under a key until the store changes."""
        found: _Made | None = self._derived.get(key)
        if found is None:
            found = self._derived[key] = make()
        return found

    def held(self, report_id: str) -> Loaded | None:
        """A report that is open already."""
        return self._kept.get(report_id)

    def once(self, key: tuple[object, ...], make: Callable[[], Loaded | None]) -> Loaded | None:
        """A report opened in part, as `make` opens it the first time: the words of a question are tried in turn on the
        same few reports."""
        if key not in self._lean:
            self._lean[key] = make()
            if len(self._lean) > KEPT:
                self._lean.popitem(last=False)
        return self._lean[key]

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

    def skim(self, report_id: str) -> Skimmed:
        """A report without figures and postings. Raises UnknownReport."""
        if report_id in self._skimmed:
            self._skimmed.move_to_end(report_id)
            return self._skimmed[report_id]
        sections, passages = self.store.sections(report_id)
        skimmed = Skimmed(self.store.report(report_id), sections, passages)
        self._skimmed[report_id] = skimmed
        if len(self._skimmed) > KEPT:
            self._skimmed.popitem(last=False)
        return skimmed

    def _read(self, report_id: str) -> Loaded:
        report = self.store.report(report_id)
        sections, passages = self.store.sections(report_id)
        kinds = [sections.kinds[number] if sections else SectionKind.OTHER for number in passages.sections]
        between = visible_between(plain_lower(report.text), report.masks)
        sentences = Sentences(passages.sentences, kinds, between)
        figures = Figures(partial(self.store.stated, report_id), between, sentences.starts)
        outline = _outline(sections, passages)
        return Loaded(self.rows[report_id], report, outline, sentences, figures, self.store)

    def scores(
        self, loaded: Loaded, terms: Sequence[str], statistics: Statistics, numbers: dict[str, int]
    ) -> tuple[Floats, Floats]:
        """BM25 of each sentence of a report, and of the passage it stands in."""
        scorer = StoredBM25(statistics)
        own = sentence_scores(scorer, terms, numbers, loaded.forward, loaded.forward.lengths())
        sizes = loaded.forward.passage_lengths(loaded.row.passages)
        whole = passage_scores(scorer, terms, numbers, loaded.forward, sizes)
        return own, whole[loaded.forward.passages]

    def alike(self, loaded: Loaded, words: Sequence[str]) -> Floats:
        """How near each sentence of a report comes to some words in meaning."""
        if loaded.row.id not in self._said:
            self._said[loaded.row.id] = Said.of(loaded.forward, self.store.word_rows)
            if len(self._said) > KEPT:
                self._said.popitem(last=False)
        self._said.move_to_end(loaded.row.id)
        return self._said[loaded.row.id].alike(words)
