"""What holds for a section before its words are read: its kind, and the stretch of years it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.figures import timing
from retrieval.figures.timing import Frame
from retrieval.figures.values import Context
from retrieval.lexicon.tense import ahead
from retrieval.model import Document, Outline, Report, Section, SectionKind
from retrieval.passages.kinds import direction
from retrieval.text import View

__all__ = ["AHEAD", "BACK", "Setting", "early", "kinds", "opening", "root"]

AHEAD = frozenset(
    {SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD, SectionKind.CLOSING}
)
BACK = frozenset({SectionKind.REVIEW, SectionKind.TERM_REVIEW})
_UNTOLD = frozenset({SectionKind.OTHER, SectionKind.PREAMBLE})
_TELLING = 60  # characters from which a passage's tense counts
_PLAIN = 1.0  # a mean tense that outweighs a heading
_LEAN = 2  # passages' worth of the section above
_ENOUGH = 6  # passages of a section that are looked at


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a passage: its stretch of years, whether its figures are targets of a list, all estimates, or
    all results, as those of a communiqué are."""

    context: Context
    frame: Frame
    goal: bool = False
    expected: bool = False
    results: bool = False


def root(outline: Outline, number: int) -> int:
    """The main section a section belongs to."""
    parent = outline.sections[number].parent
    while parent is not None:
        number, parent = parent, outline.sections[parent].parent
    return number


def early(report: Report) -> bool:
    """Whether a report was given in the year before the one it plans for."""
    return report.meeting is not None and report.meeting.year < report.year


def opening(outline: Outline, number: int, report: Report, kind: SectionKind) -> Setting:
    """What holds at the beginning of a section."""
    section = outline.sections[number]
    context = Context(report.year, report.place.name, kind, early(report))
    results = report.document is Document.COMMUNIQUE
    return Setting(context, timing.of_section(section.path, kind, report.year), results=results)


def kinds(outline: Outline, views: Sequence[View], document: Document, year: int) -> list[SectionKind]:
    """The kinds of sections, corrected where the tense of their words is plainly another than their heading's.

    Those of a communiqué stand: it tells of nothing to come.
    """
    if document is Document.COMMUNIQUE:
        return [section.kind for section in outline.sections]
    told: list[list[float]] = [[] for _ in outline.sections]
    for passage, seen in zip(outline.passages, views, strict=True):
        if len(seen.text) >= _TELLING and len(told[passage.section]) < _ENOUGH:
            told[passage.section].append(ahead(seen.text))
    pooled = [list(scores) for scores in told]
    for number in range(len(told) - 1, -1, -1):
        parent = outline.sections[number].parent
        if parent is not None:
            pooled[parent].extend(pooled[number])
    found = []
    for number, section in enumerate(outline.sections):
        kind = _settled(outline, section, year)
        mean = _mean(told[number])
        if section.parent is not None and len(pooled[section.parent]) >= _ENOUGH // 2:
            # A section of few passages leans on its neighbours.
            mean = (sum(told[number]) + _LEAN * _mean(pooled[section.parent])) / (len(told[number]) + _LEAN)
        if mean:
            if (kind in BACK or kind in _UNTOLD) and mean > _PLAIN:
                kind = SectionKind.TASKS
            elif (kind in AHEAD or kind in _UNTOLD) and mean < -_PLAIN:
                kind = SectionKind.REVIEW
        found.append(kind)
    return found


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.0


def _settled(outline: Outline, section: Section, year: int) -> SectionKind:
    """A section's kind, a list of good deeds under a review being a review."""
    above, planned = section, _plans(section, year)
    while above.parent is not None:
        above = outline.sections[above.parent]
        planned = planned or _plans(above, year)
    if above.kind in BACK and section.kind in AHEAD and not planned:
        return above.kind
    return section.kind


def _plans(section: Section, year: int) -> bool:
    """Whether a heading inside another says outright that it looks ahead: “十三五”时期的规划构想."""
    looks = direction(section.title, year)
    return section.parent is not None and looks.said and looks.ahead and not looks.back
