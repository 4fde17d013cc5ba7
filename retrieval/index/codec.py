"""The model's values to the store's columns and back."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Any, overload

from retrieval.model import (
    Completeness,
    Document,
    Figure,
    Level,
    Measure,
    Outline,
    Passage,
    Place,
    Report,
    Section,
    SectionKind,
    Span,
    Status,
)

__all__ = [
    "FIGURE_COLUMNS",
    "MEASURES",
    "STATUSES",
    "Passages",
    "Sections",
    "decode_figure",
    "decode_outline",
    "decode_report",
    "decode_sections",
    "decode_words",
    "encode_figure",
    "encode_kinds",
    "encode_outline",
    "encode_report",
    "kind_codes",
]


def _spans(spans: Sequence[Span]) -> list[int]:
    return [n for span in spans for n in (span.start, span.end)]


def _unspans(flat: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in zip(flat[::2], flat[1::2], strict=True))


def decode_words(text: str, masks: str) -> str:
    """A text without what is masked, from the columns of `reports` and `texts`."""
    flat = json.loads(masks)
    return "".join(text[a:b] for a, b in zip([0, *flat[1::2]], [*flat[::2], len(text)], strict=True))


def encode_report(report: Report) -> dict[str, Any]:
    """Columns of the table `reports`, except its number and what ranking adds."""
    return {
        "id": report.id,
        "source": report.source,
        "place": report.place.name,
        "level": report.place.level.value,
        "code": report.place.code,
        "parents": json.dumps(report.place.parents, ensure_ascii=False),
        "aliases": json.dumps(report.place.aliases, ensure_ascii=False),
        "english": report.place.english,
        "year": report.year,
        "meeting": report.meeting.isoformat() if report.meeting else None,
        "sha256": report.sha256,
        "encoding": report.encoding,
        "format": report.format,
        "title": report.title,
        "document": report.document.value,
        "speaker": report.speaker,
        "session": report.session,
        "review_from": report.review[0],
        "review_to": report.review[1],
        "plan_from": report.plan[0],
        "plan_to": report.plan[1],
        "completeness": report.completeness.value,
        "cut_at": report.cut_at,
        "masks": json.dumps(_spans(report.masks)),
        "url": report.url,
        "warnings": json.dumps(report.warnings, ensure_ascii=False),
    }


def decode_report(row: Mapping[str, Any]) -> Report:
    """The report of a row of `reports` with its text."""
    return Report(
        id=row["id"],
        source=row["source"],
        text=row["text"],
        sha256=row["sha256"],
        place=Place(
            row["place"],
            Level(row["level"]),
            row["code"],
            tuple(json.loads(row["parents"])),
            tuple(json.loads(row["aliases"])),
            row["english"],
        ),
        year=row["year"],
        encoding=row["encoding"],
        format=row["format"],
        title=row["title"],
        speaker=row["speaker"],
        session=row["session"],
        meeting=date.fromisoformat(row["meeting"]) if row["meeting"] else None,
        review=(row["review_from"], row["review_to"]),
        plan=(row["plan_from"], row["plan_to"]),
        completeness=Completeness(row["completeness"]),
        cut_at=row["cut_at"],
        masks=_unspans(json.loads(row["masks"])),
        url=row["url"],
        warnings=tuple(json.loads(row["warnings"])),
        # A store of an earlier version tells no kinds.
        document=Document(row["document"]) if "document" in row.keys() else Document.WORK,  # noqa: SIM118  a row, no dict
    )


def encode_outline(outline: Outline) -> str:
    """Sections and passages as compact JSON."""
    sections = [
        [s.span.start, s.span.end, s.title, list(s.path), s.kind.value, s.level, s.parent] for s in outline.sections
    ]
    passages = [[p.span.start, p.span.end, p.section, _spans(p.sentences)] for p in outline.passages]
    return json.dumps([sections, passages], ensure_ascii=False, separators=(",", ":"))


def decode_outline(text: str) -> Outline:
    """The outline of `encode_outline`'s text."""
    sections, passages = decode_sections(text)
    return Outline(tuple(sections), tuple(passages))


class Passages(Sequence[Passage]):
    """The passages of an outline, each made when it is looked at: of most reports few are."""

    def __init__(self, written: list[list[Any]]) -> None:
        self._written = written
        # Of each passage the section it is in.
        self.sections: list[int] = [section for _, _, section, _ in written]

    @cached_property
    def sentences(self) -> list[tuple[int, int, int]]:
        """Passage, start and end of each sentence."""
        return [
            (number, start, end)
            for number, (_, _, _, flat) in enumerate(self._written)
            for start, end in zip(flat[::2], flat[1::2], strict=True)
        ]

    @cached_property
    def _counted(self) -> list[int]:
        """How many sentences stand before each passage, and in all."""
        return [0, *accumulate(len(flat) // 2 for _, _, _, flat in self._written)]

    @property
    def size(self) -> int:
        """How many sentences there are."""
        return self._counted[-1]

    def sentence(self, number: int) -> tuple[int, int, int]:
        """Passage, start and end of one sentence."""
        passage = bisect_right(self._counted, number) - 1
        at = 2 * (number - self._counted[passage])
        flat = self._written[passage][3]
        return passage, flat[at], flat[at + 1]

    def sentence_at(self, offset: int) -> int:
        """The number of the last sentence that begins at an offset or before it; of the first one where none does."""
        passage = bisect_right(self._written, offset, key=lambda written: written[0]) - 1
        if passage < 0:
            return 0
        starts = self._written[passage][3][::2]
        return max(0, self._counted[passage] + bisect_right(starts, offset) - 1)

    def __len__(self) -> int:
        return len(self._written)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Passage]: ...
    def __getitem__(self, index: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(index, slice):
            return Passages(self._written[index])
        start, end, section, flat = self._written[index]
        return Passage(Span(start, end), section, _unspans(flat))


class Sections(Sequence[Section]):
    """The sections of an outline, each made when it is looked at."""

    def __init__(self, written: list[list[Any]]) -> None:
        self._written = written
        self._made: dict[int, Section] = {}
        self.kinds = [_KIND[kind] for _, _, _, _, kind, _, _ in written]

    def __len__(self) -> int:
        return len(self._written)

    @overload
    def __getitem__(self, index: int) -> Section: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Section]: ...
    def __getitem__(self, index: int | slice) -> Section | Sequence[Section]:
        if isinstance(index, slice):
            return Sections(self._written[index])
        found = self._made.get(index)
        if found is None:
            start, end, title, path, kind, level, parent = self._written[index]
            found = Section(Span(start, end), title, tuple(path), _KIND[kind], level, parent)
            self._made[index] = found
        return found


def decode_sections(text: str) -> tuple[Sections, Passages]:
    """The sections and passages of `encode_outline`'s text, still to be made."""
    sections, passages = json.loads(text)
    return Sections(sections), Passages(passages)


_KIND: Mapping[str, SectionKind] = {kind.value: kind for kind in SectionKind}
# A section's kind as a byte: its place here, so that new kinds go last.
_KINDS = tuple(SectionKind)


def encode_kinds(outline: Outline) -> bytes:
    """The kind of each passage's section, a byte each."""
    codes = [_KINDS.index(section.kind) for section in outline.sections] or [_KINDS.index(SectionKind.OTHER)]
    return bytes(codes[p.section] if outline.sections else codes[0] for p in outline.passages)


def kind_codes(kinds: Iterable[SectionKind]) -> list[int]:
    """The bytes of `encode_kinds` that stand for the kinds."""
    return [_KINDS.index(kind) for kind in kinds]


def _number(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else str(value)


def _unnumber(text: str | None) -> Decimal | Fraction | None:
    if text is None:
        return None
    return Fraction(text) if "/" in text else Decimal(text)


# A look-up is several times faster than a call of the enumeration.
MEASURES: Mapping[str, Measure] = {measure.value: measure for measure in Measure}
STATUSES: Mapping[str, Status] = {status.value: status for status in Status}

# Columns of the table `figures`, in the order of `encode_figure`.
FIGURE_COLUMNS = (
    "report",
    "passage",
    "ord",
    "start",
    "end",
    "surface",
    "value",
    "upper",
    "unit",
    "base_unit",
    "scaled",
    "qualifier",
    "measure",
    "direction",
    "status",
    "period",
    "part",
    "place",
    "indicator",
    "indicator_id",
    "basis",
    "scope",
    "wording",
    "clause_start",
    "clause_end",
    "parent",
    "coordination",
)


def encode_figure(report: int, passage: int, order: int, figure: Figure) -> tuple[Any, ...]:
    """A row of the table `figures`. Values are text: SQLite's numbers would lose 1.20 and thirds."""
    clause = figure.clause or figure.span
    return (
        report,
        passage,
        order,
        figure.span.start,
        figure.span.end,
        figure.surface,
        _number(figure.value),
        _number(figure.upper),
        figure.unit,
        figure.base_unit,
        _number(figure.scaled),
        figure.qualifier,
        figure.measure.value,
        figure.direction,
        figure.status.value,
        figure.period,
        figure.part,
        figure.place,
        figure.indicator,
        figure.indicator_id,
        figure.basis,
        figure.scope,
        figure.wording,
        clause.start,
        clause.end,
        figure.parent,
        figure.group,
    )


def decode_figure(row: Sequence[Any]) -> tuple[int, Figure]:
    """The passage and the figure of a row with the columns FIGURE_COLUMNS, in their order."""
    _, passage, _, start, end, surface, value, upper, unit, base_unit, scaled, *rest = row
    qualifier, measure, direction, status, period, part, place, indicator, indicator_id, basis, *rest = rest
    scope, wording, clause_start, clause_end, parent, group = rest
    top = _unnumber(upper)
    return passage, Figure(
        span=Span(start, end),
        surface=surface,
        value=_unnumber(value),
        unit=unit,
        upper=top if isinstance(top, Decimal) else None,
        base_unit=base_unit,
        scaled=_unnumber(scaled),
        qualifier=qualifier,
        measure=MEASURES[measure],
        direction=direction,
        status=STATUSES[status],
        period=period,
        part=part,
        place=place,
        indicator=indicator,
        indicator_id=indicator_id,
        basis=basis,
        scope=scope,
        wording=wording,
        clause=Span(clause_start, clause_end),
        parent=parent,
        group=group,
    )
