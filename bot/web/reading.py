"""A report's text for a page: every character that is the report's own, in its order, a cited stretch marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.errors import UnknownReport
from retrieval.model import Section, Span

if TYPE_CHECKING:
    from retrieval.engine import Engine, ReportRow

__all__ = ["Heading", "Listed", "Reading", "listed", "reading", "stretch"]

# A paragraph this much longer than its heading is no heading: 一、工作回顾 alone is one.
_NUMBERED = 8
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents; `depth` counts from 0."""

    title: str
    anchor: str
    depth: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A report to be read: `html` is its text. `marked` tells that the stretch asked for stands in it."""

    row: ReportRow
    contents: tuple[Heading, ...]
    html: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A place with its reports, and how many places there are in all."""

    place: str
    rows: tuple[ReportRow, ...]


def stretch(text: str) -> Span | None:
    """`120-145` as a span; None for anything else."""
    start, dash, end = text.partition("-")
    if not dash or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in (start, end)):
        return None
    return Span(int(start), int(end)) if int(start) < int(end) else None


def listed(engine: Engine, wanted: str) -> tuple[list[Listed], int]:
    """The places that every word of `wanted` speaks of, so many as a page shows, and how many there are."""
    words = wanted.split()
    by_place: dict[str, list[ReportRow]] = {}
    for row in engine.reports():
        if all(word in f"{row.id} {row.year}年 {row.place} {' '.join(row.parents)}" for word in words):
            by_place.setdefault(row.place, []).append(row)
    found = [Listed(place, tuple(rows)) for place, rows in by_place.items()]
    return found[:_SHOWN], len(found)


def reading(engine: Engine, report_id: str, at: Span | None) -> Reading:
    """A report with the stretch `at` marked. Raises UnknownReport."""
    report = engine.store.report(report_id)
    row = next((row for row in engine.reports() if row.id == report_id), None)
    if row is None:
        raise UnknownReport(f"资料库中没有报告 {report_id}")
    sections = [section for section in engine.outline(report_id).sections if section.title]
    levels = sorted({section.level for section in sections})
    contents = tuple(
        Heading(section.title, f"s{number}", levels.index(section.level)) for number, section in enumerate(sections)
    )
    within = at is not None and at.end <= len(report.text)
    text = _Text(report.text, report.masks, at if within else None, sections, contents)
    return Reading(row, contents, "\n".join(text.paragraphs()), within)


@dataclass(slots=True)
class _Text:
    text: str
    masks: Sequence[Span]
    at: Span | None
    sections: Sequence[Section]
    contents: Sequence[Heading]
    marked: bool = False

    def paragraphs(self) -> Iterator[str]:
        for span in self._spans():
            inner = self._inner(span)
            if not inner.strip():
                continue
            here = [n for n, s in enumerate(self.sections) if span.start <= s.span.start < span.end]
            anchors = "".join(f'<a id="{self.contents[n].anchor}"></a>' for n in here[1:])
            name = f' id="{self.contents[here[0]].anchor}"' if here else ""
            if here and len(span.of(self.text).strip()) <= len(self.sections[here[0]].title) + _NUMBERED:
                tag = f"h{min(3 + self.contents[here[0]].depth, 6)}"
                yield f"<{tag}{name}>{anchors}{inner}</{tag}>"
            else:
                yield f"<p{name}>{anchors}{inner}</p>"

    def _spans(self) -> Iterator[Span]:
        """Paragraphs: what stands between line ends, but for those inside a sentence, which are masked."""
        start = 0
        for end, character in enumerate(self.text):
            if character == "\n" and not self._masked(end, blank=True):
                yield Span(start, end)
                start = end + 1
        yield Span(start, len(self.text))

    def _masked(self, offset: int, *, blank: bool = False) -> bool:
        """Whether an offset is masked; with `blank` only by a mask that holds nothing but blanks."""
        return any(
            mask.start <= offset < mask.end and not (blank and mask.of(self.text).strip()) for mask in self.masks
        )

    def _inner(self, span: Span) -> str:
        """The words of a paragraph: masked ones set back, the marked stretch marked."""
        cuts = {span.start, span.end}
        for edge in (*self.masks, *((self.at,) if self.at else ())):
            cuts |= {cut for cut in (edge.start, edge.end) if span.start < cut < span.end}
        points = sorted(cuts)
        return "".join(self._piece(Span(a, b)) for a, b in pairwise(points))

    def _piece(self, span: Span) -> str:
        words = span.of(self.text)
        shown = escape("".join(c if c.isprintable() else " " for c in words))
        if self._masked(span.start):
            # Signs of the file's own form (** and ---) say nothing to a reader.
            return f'<span class="outside">{shown}</span>' if any(c.isalnum() for c in words) else ""
        if self.at is None or not (self.at.start <= span.start < self.at.end) or not words.strip():
            return shown
        first, self.marked = not self.marked, True
        return f"<mark{' id=' + chr(34) + 'at' + chr(34) if first else ''}>{shown}</mark>"
