"""The library's face: open a store, put reports in, ask."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval import tokens
from retrieval.answer import Library, respond
from retrieval.answer.across.panel import HEADLINE, Observation, observations
from retrieval.answer.citing import quote
from retrieval.errors import StoreError
from retrieval.index import ReportRow, Store
from retrieval.lexicon import sounds, words
from retrieval.model import Answer, Citation, Figure, Kind, Outline, Place, Reason
from retrieval.query import Conversation, Form, Query, parse, slots
from retrieval.query.across import Shape, across
from retrieval.verify import Check, check

if TYPE_CHECKING:
    from retrieval.ingest import IngestRow

__all__ = ["Conversation", "Engine", "ReportRow"]

_FILE = "govreport.db"
NEW = Conversation()
# A conversation remembers what so many figures of an answer were of.
_NAMED = 4
_SEVERAL = 2


class Engine:
    """Answers questions over one store. Not for use from several threads at once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.library = Library(store)
        self._generation = store.generation

    @classmethod
    def open(cls, path: Path) -> Engine:
        """The store in folder `path`, made where there is none. Raises StoreError."""
        if path.exists() and not path.is_dir():
            raise StoreError(f"{path} 不是文件夹")
        return cls(Store(path / _FILE))

    @classmethod
    def open_default(cls, path: Path) -> Engine:
        """The store in folder `path`; a new one is built from the report that ships with the program."""
        engine = cls.open(path)
        if not engine.store.rows:
            with as_file(files("govreport_data").joinpath("reports")) as shipped:
                engine.ingest([shipped])
        return engine

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def warm(self) -> None:
        """Load the dictionaries now rather than at the first question."""
        tokens.warm()
        parse("辽阳2023年粮食产量是多少")
        across(parse("How fast did the economy of 辽阳 and 鞍山 grow in 2023?"))
        len(self.store.rows)
        len(self.store.word_rows)
        sounds.homophones("粮食")
        words.load().fill()
        # The dictionaries stay: searching them for garbage would halt a question for a third of a second.
        gc.collect()
        gc.freeze()

    def ask(
        self, question: str, conversation: Conversation = NEW, *, today: date | None = None
    ) -> tuple[Answer, Conversation]:
        """The answer, and the conversation with it. Raises BadQuestion where there is no question in the text."""
        with self._now():
            query = parse(question, conversation, self.library.unlisted)
            answer, report = respond(query, self.library, conversation.report, today or date.today())
            return answer, self._remember(query, answer, report, conversation)

    def verify(
        self, text: str, *, place: str = "", year: int = 0, progress: Callable[[int, int], None] | None = None
    ) -> Check:
        """Hold a text against the reports: each of its figures and quoted phrases with a verdict and its evidence.

        `place` and `year` (of the data told of) hold where the text names none; `progress` is told how many figures
        are done, and of how many. Raises BadQuestion where there is no text, or too much of it.
        """
        with self._now():
            return check(text, self.library, place=place, year=year, progress=progress)

    @contextmanager
    def _now(self) -> Iterator[None]:
        """One state of the store for all that is read, whoever else writes; what was kept of an older one goes."""
        with self.store.reading():
            if self._generation != self.store.generation:
                self._generation = self.store.generation
                self.library.forget()
            yield

    def _remember(self, query: Query, answer: Answer, report: str, last: Conversation) -> Conversation:
        # 江苏2022年GDP, 无锡呢: what was asked is asked of the next place, whether or not the first has reports.
        elsewhere = answer.reason is Reason.PLACE_MISSING and bool(query.places) and not report
        if query.form is Form.CHAT or not (report or elsewhere):
            return last
        refused = answer.kind is Kind.NONE and not elsewhere
        missing = answer.reason is Reason.YEAR_MISSING
        return Conversation(
            place=self.store.rows[report].place if report else last.place or query.places[0][0].name,
            report=report or last.report,
            report_year=last.report_year if refused else query.report_year,
            # A year or a plan that was asked for in vain is not what the next question is about.
            periods=last.periods if refused and (last.periods or missing) else query.periods,
            status=None if refused else query.status,
            form=query.form,
            asks=tuple(dict.fromkeys(slot.ask for slot in slots(query))) if query.asks else (),
            several=query.several,
            content=query.content,
            context=query.context,
            places=() if elsewhere else _compared(query),
            unit=answer.figures[0].figure.unit if answer.figures else last.unit if refused else "",
            named=tuple(dict.fromkeys(found.figure.indicator for found in answer.figures[:_NAMED])),
            stated=tuple(found.figure.surface for found in answer.figures[:_NAMED]),
        )

    def reports(self) -> tuple[ReportRow, ...]:
        """All reports, by place and year."""
        with self._now():
            return tuple(self.store.rows.values())

    @property
    def unlisted(self) -> tuple[Place, ...]:
        """Places that reports are of and the table of places does not have."""
        with self._now():
            return self.library.unlisted

    def text(self, report_id: str) -> str:
        """A report's text as read. Raises UnknownReport."""
        return self.store.report(report_id).text

    def outline(self, report_id: str) -> Outline:
        """A report's structure. Raises UnknownReport."""
        return self.store.outline(report_id)

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        """A report's figures in the order of the text. Raises UnknownReport."""
        return tuple(figure for _, figure in self.store.figures(report_id))

    def panel(
        self, rows: Sequence[ReportRow], asked: Sequence[str] = HEADLINE, years: range | None = None
    ) -> Iterator[Observation]:
        """Targets beside results of the indicators with the ids `asked`, by place, indicator, measure and year."""
        with self._now():
            yield from observations(self.library, rows, asked, years)

    def context(self, citation: Citation) -> tuple[Citation, ...]:
        """The passage before, the cited one and the one after. Raises UnknownReport."""
        loaded = self.library.load(citation.report)
        near = range(max(0, citation.passage - 1), min(len(loaded.outline.passages), citation.passage + 2))
        return tuple(quote(loaded, loaded.outline.passages[n].span, n) for n in near)

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        stated: Mapping[str, str] | None = None,
        progress: Callable[[IngestRow], None] | None = None,
    ) -> tuple[IngestRow, ...]:
        """Read files, folders and patterns into the store; a row for each file tells what became of it.

        `stated` (place, year, title, url) goes over what the files say of themselves.
        """
        from retrieval.ingest import ingest  # noqa: PLC0415  who asks does not wait for what reads files

        try:
            return ingest(self.store, paths, stated=stated, progress=progress)
        finally:
            self.library.forget()

    def remove(self, report_id: str) -> None:
        """Forget a report. Raises UnknownReport."""
        self.store.remove(report_id)
        self.library.forget()


def _compared(query: Query) -> tuple[str, ...]:
    """All places of a comparison, which the next question may go on with."""
    asked = across(query)
    if asked is None or asked.shape is not Shape.COMPARE or len(asked.places) < _SEVERAL:
        return ()
    return tuple(query.places[number][0].name for number in asked.places)
