"""Report to Outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Document, Outline, Passage, Report, Section, SectionKind, Span
from retrieval.passages.headings import Heading, Style, bold_run_in, heading
from retrieval.passages.kinds import Headed, annexed, appendix, section_kinds
from retrieval.passages.nesting import Nesting
from retrieval.passages.notes import notes_start
from retrieval.passages.sentences import sentences
from retrieval.reports.wrapping import cut_number
from retrieval.text import Line, lines

__all__ = ["outline"]

_STOPS = "。!?…:;”’」』》)）."
# A line shorter than this that ends without a stop is a title or a name, not a paragraph broken by a page.
_BROKEN = 34
_RUN_IN = 48
# Lines of this length and more may have run into a narrow margin, where so many, and that share of all, are alike.
_NARROW = 14
_MANY = 4
_MOST = 0.3
_SALUTATION = re.compile(r"^(?:各位代表|同志们|代表们)\s*[::!,]?$")
_CLOSING = re.compile(r"^(?:各位代表|同志们|代表们)(?:、同志们)?[,!::]")


# Notes and annexes stand behind this share of a report; a line that looks like their heading before it is none.
_APPENDED = 0.4
# An annex is named within so many characters; one whose first line is no longer than this is only numbered by it.
_NAMED, _NUMBERED = 200, 6
_UNTITLED = Heading("", Style.MAIN, 0, main=True)
_APPENDIX = (SectionKind.NOTES, SectionKind.ANNEX)


@dataclass(slots=True)
class _Open:
    """A section being built; `kind` only where its place rather than its heading tells it."""

    start: int
    title: str
    path: tuple[str, ...]
    kind: SectionKind | None
    level: int
    parent: int | None
    end: int
    number: int


class _Builder:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.sections: list[_Open] = []
        self.stack: list[int] = []
        self.passages: list[Passage] = []
        self.nesting = Nesting()

    def open(self, start: int, end: int, found: Heading, what: SectionKind | None = None) -> None:
        """Begin a section; those at its depth and below end."""
        if what is None and start > len(self.report.text) * _APPENDED:
            what = appendix(found.title)
        if what is not None:
            # Nothing lies in the preamble or the closing; what follows notes or an annex lies in those.
            depth, self.nesting = 0, Nesting()
            if what in _APPENDIX:
                self.nesting.place(_UNTITLED)
        else:
            depth = self.nesting.place(found)
            if depth == 0 and self.stack and self.sections[self.stack[0]].kind in _APPENDIX:
                # What is numbered anew in an annex does not leave it.
                depth = 1
        del self.stack[depth:]
        parent = self.stack[-1] if self.stack else None
        path = (*(self.sections[parent].path if parent is not None else ()), found.title)
        self.sections.append(_Open(start, found.title, path, what, len(self.stack) + 1, parent, end, found.number))
        self.stack.append(len(self.sections) - 1)

    def passage(self, span: Span) -> None:
        tiles = sentences(self.report.text, span, self.report.masks)
        if not tiles:
            return
        if not self.stack:
            self.open(span.start, span.end, _UNTITLED, SectionKind.PREAMBLE)
        self.passages.append(Passage(Span(tiles[0].start, tiles[-1].end), self.stack[-1], tiles))
        for number in self.stack:
            self.sections[number].end = span.end

    def appended(self) -> bool:
        """Whether notes or an annex are open."""
        return bool(self.stack) and self.sections[self.stack[0]].kind in _APPENDIX

    def _headed(self) -> list[Headed]:
        length = max(1, len(self.report.text))
        return [Headed(s.title, s.parent, self._given(s), s.number, s.start / length) for s in self.sections]

    def _given(self, section: _Open) -> SectionKind | None:
        """The kind of a section where its place tells it: an annex is named by its first line, or by the next."""
        if section.kind is not SectionKind.ANNEX:
            return section.kind
        named = [line.text.strip("# *") for line in lines(self.report.text[section.start : section.start + _NAMED])][:2]
        title = named[0] if len(named[0]) > _NUMBERED else "".join(named)
        return annexed(re.sub(r"\s", "", title), self.report.year)

    def build(self) -> Outline:
        kinds = section_kinds(self._headed(), self.report.year)
        if self.report.document is Document.COMMUNIQUE:
            # It plans nothing, whatever its headings sound like.
            kinds = [what if what in (*_APPENDIX, SectionKind.PREAMBLE) else SectionKind.REVIEW for what in kinds]
        sections = tuple(
            Section(Span(s.start, s.end), s.title, tuple(t for t in s.path if t), what, s.level, s.parent)
            for s, what in zip(self.sections, kinds, strict=True)
        )
        return Outline(sections, tuple(self.passages))


def outline(report: Report) -> Outline:
    """Sections, passages and sentences of a report. Every visible word of it stands in one passage or one heading."""
    builder = _Builder(report)
    found = _joined(list(lines(report.text, report.masks)))
    notes = notes_start(found)
    last = _last_closing(found[:notes])
    for number, line in enumerate(found):
        if number == notes and not builder.appended():
            builder.open(line.span.start, line.span.end, _UNTITLED, SectionKind.NOTES)
        bold, marked = _set_off(report.text, line)
        head = heading(line.text, bold=bold, marked=marked) or bold_run_in(line.text, _bold_length(report.text, line))
        if head is None or not _may_head(head, found, number):
            if number == last:
                builder.open(line.span.start, line.span.end, _UNTITLED, SectionKind.CLOSING)
            builder.passage(line.span)
            continue
        builder.open(line.span.start, line.span.end, head)
        if head.end < len(line.text):
            builder.passage(line.span)
    return builder.build()


def _may_head(head: Heading, found: Sequence[Line], number: int) -> bool:
    """Headings begin after the salutation; a numbered line followed by its kind at once is a list."""
    if head.number or number == 0:
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


def _bold_length(text: str, line: Line) -> int:
    """How many characters at a line's beginning are set bold before the rest, which is not."""
    if not text.endswith("**", 0, line.span.start):
        return 0
    end = text.find("**", line.span.start, line.span.start + _RUN_IN)
    return end - line.span.start if 0 < end < line.span.end else 0


def _joined(found: Sequence[Line]) -> list[Line]:
    """Lines with those put together that a page broke in mid-sentence."""
    out: list[Line] = []
    full = _margin(found)
    last = 0
    for line in found:
        before = out[-1] if out else None
        if (
            before is not None
            and (last >= full or cut_number(before.text, line.text))
            and (before.text[-1] not in _STOPS or cut_number(before.text, line.text))
            and not before.text.endswith(("会议上", "会议上)"))
            and not _whole_heading(before.text)
            and heading(line.text) is None
            and not _CLOSING.match(line.text)
        ):
            out[-1] = Line(Span(before.span.start, line.span.end), before.text + line.text)
        else:
            out.append(line)
        # Of lines put together the whole counts, as it did before it was broken.
        last = len(line.text) if full < _BROKEN else len(out[-1].text)
    return out


def _margin(found: Sequence[Line]) -> int:
    """The length from which a line without a stop ran into the margin: less than usual where the whole text was set to
    narrow lines."""
    lengths = Counter(len(line.text) for line in found if len(line.text) > _NARROW)
    width, lines_of_it = lengths.most_common(1)[0] if lengths else (0, 0)
    beside = lines_of_it + lengths[width - 1] + lengths[width + 1]
    narrow = width < _BROKEN and beside >= _MANY and beside > len(found) * _MOST
    return width - 2 if narrow and max(lengths) <= width + 2 else _BROKEN


def _whole_heading(text: str) -> bool:
    found = heading(text)
    return found is not None and found.number > 0 and found.end == len(text)


def _last_closing(found: Sequence[Line]) -> int:
    """The line that opens the closing: the last 各位代表 that no numbered heading follows; -1 where there is none."""
    for number in range(len(found) - 1, len(found) * 2 // 3, -1):
        if _CLOSING.match(found[number].text) and len(found[number].text) > 12:
            after = [heading(line.text) for line in found[number + 1 :]]
            if not any(head and head.style in (Style.PART, Style.CHINESE) for head in after):
                return number
    return -1
