"""Report to Outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.model import Outline, Passage, Report, Section, SectionKind, Span
from retrieval.passages.headings import Heading, heading, kind
from retrieval.passages.sentences import sentences
from retrieval.text import Line, lines

__all__ = ["outline"]

_STOPS = "。!?…:;”’」』》)）."
# A line shorter than this that ends without a stop is a title or a name, not a paragraph broken by a page.
_BROKEN = 34
_SALUTATION = re.compile(r"^(?:各位代表|同志们|代表们)\s*[::!,]?$")
_CLOSING = re.compile(r"^(?:各位代表|同志们|代表们)[,!::]")


@dataclass(slots=True)
class _Open:
    """A section being built."""

    start: int
    title: str
    path: tuple[str, ...]
    kind: SectionKind
    level: int
    parent: int | None
    end: int


class _Builder:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.sections: list[_Open] = []
        self.stack: list[int] = []
        self.passages: list[Passage] = []

    def open(self, start: int, end: int, found: Heading, what: SectionKind | None = None) -> None:
        """Begin a section; those of its level and below end."""
        while self.stack and self.sections[self.stack[-1]].level >= found.level:
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        above = self.sections[parent] if parent is not None else None
        inherited = above.kind if above else None
        if what is None:
            what = kind(found.title, self.report.year, inherited)
            unclear = what is SectionKind.OTHER or (what is SectionKind.TASKS and self._reviewing(found.title))
            if above is None and unclear:
                what = self._after()
        path = (*(above.path if above else ()), found.title)
        self.sections.append(_Open(start, found.title, path, what, found.level, parent, end))
        self.stack.append(len(self.sections) - 1)

    def _after(self) -> SectionKind:
        """A main section whose heading does not tell goes on as the one before it."""
        mains = [s for s in self.sections if s.parent is None and s.kind is not SectionKind.PREAMBLE]
        return mains[-1].kind if mains and mains[-1].kind is not SectionKind.PROBLEMS else SectionKind.TASKS

    def _reviewing(self, title: str) -> bool:
        """Whether a deed is told under a review without number (一、… of a report whose every section reviews)."""
        mains = [s for s in self.sections if s.parent is None and s.kind is not SectionKind.PREAMBLE]
        return (
            bool(mains)
            and bool(re.search(r"了|成效|取得|明显|显著|新(?:突破|成就|进展|台阶)$", title))
            and mains[-1].kind
            in (
                SectionKind.REVIEW,
                SectionKind.TERM_REVIEW,
            )
        )

    def passage(self, span: Span) -> None:
        tiles = sentences(self.report.text, span, self.report.masks)
        if not tiles:
            return
        if not self.stack:
            self.open(span.start, span.end, Heading("", 1, 0, False), SectionKind.PREAMBLE)
        self.passages.append(Passage(Span(tiles[0].start, tiles[-1].end), self.stack[-1], tiles))
        for number in self.stack:
            self.sections[number].end = span.end

    def build(self) -> Outline:
        sections = tuple(
            Section(Span(s.start, s.end), s.title, tuple(t for t in s.path if t), s.kind, s.level, s.parent)
            for s in self.sections
        )
        return Outline(_settle(sections, self.report.year), tuple(self.passages))


def outline(report: Report) -> Outline:
    """Sections, passages and sentences of a report. Every visible word of it stands in one passage or one heading."""
    builder = _Builder(report)
    found = _joined(list(lines(report.text, report.masks)))
    last = _last_closing(found)
    for number, line in enumerate(found):
        bold, marked = _set_off(report.text, line)
        head = heading(line.text, bold=bold, marked=marked)
        if head is None or not _may_head(head, found, number):
            if number == last:
                builder.open(line.span.start, line.span.end, Heading("", 1, 0, False), SectionKind.CLOSING)
            builder.passage(line.span)
            continue
        builder.open(line.span.start, line.span.end, head)
        if head.end < len(line.text):
            builder.passage(line.span)
    return builder.build()


def _may_head(head: Heading, found: Sequence[Line], number: int) -> bool:
    """Headings begin after the salutation; a numbered line followed by its kind at once is a list."""
    if head.numbered or number == 0:
        return True
    return (
        any(_SALUTATION.match(line.text) or line.text.startswith("各位代表") for line in found[:number]) or number > 8
    )


def _set_off(text: str, line: Line) -> tuple[bool, bool]:
    """Whether a line is bold as a whole, or a markup heading."""
    start = text.rfind("\n", 0, line.span.start) + 1
    before = text[start : line.span.start]
    bold = before.rstrip().endswith("**") and text.startswith("**", line.span.end)
    return bold, bool(re.match(r"\s*#{1,6}\s", before))


def _joined(found: Sequence[Line]) -> list[Line]:
    """Lines with those put together that a page broke in mid-sentence."""
    out: list[Line] = []
    for line in found:
        before = out[-1] if out else None
        if (
            before is not None
            and len(before.text) >= _BROKEN
            and before.text[-1] not in _STOPS
            and heading(line.text) is None
            and not _CLOSING.match(line.text)
        ):
            out[-1] = Line(Span(before.span.start, line.span.end), before.text + line.text)
        else:
            out.append(line)
    return out


def _last_closing(found: Sequence[Line]) -> int:
    """The line that opens the closing: the last 各位代表 that no numbered heading follows; -1 where there is none."""
    for number in range(len(found) - 1, len(found) * 2 // 3, -1):
        if _CLOSING.match(found[number].text) and len(found[number].text) > 12:
            after = [heading(line.text) for line in found[number + 1 :]]
            if not any(head and head.numbered and head.level == 1 for head in after):
                return number
    return -1


def _settle(sections: tuple[Section, ...], year: int) -> tuple[Section, ...]:
    """Main sections seen together: before the first that plans, everything reviews."""
    del year
    mains = [n for n, s in enumerate(sections) if s.parent is None]
    planned = next((n for n in mains if sections[n].kind in (SectionKind.TARGETS, SectionKind.TASKS)), None)
    reviews = [n for n in mains if sections[n].kind in (SectionKind.REVIEW, SectionKind.TERM_REVIEW)]
    if planned is None or not reviews or planned > reviews[-1]:
        return sections
    changed = list(sections)
    for n, section in enumerate(sections):
        if n < reviews[-1] and section.kind is SectionKind.TASKS and section.parent is None:
            changed[n] = replace(section, kind=sections[reviews[0]].kind)
    return tuple(changed)
