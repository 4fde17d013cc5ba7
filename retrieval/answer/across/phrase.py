"""Set phrases (提法): the first and last report that holds one, its years, how often a report says it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from retrieval import tokens
from retrieval.answer.across.gather import Site, sites
from retrieval.answer.citing import clip
from retrieval.answer.library import Library
from retrieval.index import ReportRow
from retrieval.model import (
    Answer,
    Citation,
    Computed,
    Kind,
    Option,
    Outline,
    PhraseFacts,
    Reason,
    Report,
    SectionKind,
    Span,
)
from retrieval.query import Query
from retrieval.query.across import Across
from retrieval.query.phrases import Phrase
from retrieval.text import fold, view

__all__ = ["phrase"]

# Years that are each cited; of more the first and the last ones.
_CITED = 12
_FEW = 4


@dataclass(frozen=True, slots=True)
class _Said:
    """A report with the places in its text where the phrase stands."""

    row: ReportRow
    report: Report
    spans: tuple[Span, ...]


def phrase(asked: Across, query: Query, library: Library) -> Answer:
    """Years, or a count, with a sentence of each report that says the phrase."""
    named = asked.phrase
    assert named is not None  # noqa: S101  for the type checker: this shape has one
    places = sites(query, asked.places, library) if asked.places else ()
    if places and not places[0].rows:
        message = f"地区未收录：没有{places[0].name}的政府工作报告。"
        return Answer(Kind.NONE, Reason.PLACE_MISSING, message=message, topic=named.text)
    place = places[0] if places else None
    rows = list(place.rows) if place else list(_everywhere(named.text, library))
    years = (query.report_year,) if query.report_year and named.wants == "count" else asked.years
    if not years and query.report_year and not (named.since or named.until):
        years = (query.report_year,) if named.wants == "count" else ()
    rows = [row for row in rows if _asked(row.year, years, named)]
    if place and not rows:
        wanted = "、".join(f"{year}年" for year in years)
        message = f"年份未收录：{place.name}没有{wanted}政府工作报告。"
        return Answer(Kind.NONE, Reason.YEAR_MISSING, message=message, topic=named.text)
    found = _search(
        named, sorted(rows, key=lambda r: (r.year, r.meeting or "", r.id)), library, everywhere=place is None
    )
    return _answer(named, place, found, rows, library)


def _asked(year: int, years: Sequence[int], named: Phrase) -> bool:
    if named.since or named.until:
        return (named.since or 0) <= year <= (named.until or 9999)
    return not years or year in years


def _search(named: Phrase, rows: Sequence[ReportRow], library: Library, *, everywhere: bool) -> list[_Said]:
    """The reports that say it, by year; over the whole store only as many as the answer needs."""
    pattern = re.compile(r"\s*".join(map(_either, "".join(fold(named.text).split()))), re.IGNORECASE)
    found: list[_Said] = []
    seen: set[int] = set()
    ordered = reversed(rows) if everywhere and named.wants == "last" else iter(rows)
    for row in ordered:
        if everywhere and row.year in seen and named.wants != "count":
            continue
        report = library.store.report(row.id)
        shown = view(report.text, Span(0, len(report.text)), report.masks, folded=False)
        spans = tuple(shown.span(*m.span()) for m in pattern.finditer(shown.text))
        if spans:
            found.append(_Said(row, report, spans))
            seen.add(row.year)
            if everywhere and named.wants in ("first", "last"):
                break
    return sorted(found, key=lambda said: (said.row.year, said.row.id))


def _either(character: str) -> str:
    """The character as it is, or in full width: folding whole reports would cost more than the search."""
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    return f"[{re.escape(character)}{wide}]" if wide else re.escape(character)


def _answer(
    named: Phrase, place: Site | None, found: Sequence[_Said], rows: Sequence[ReportRow], library: Library
) -> Answer:
    where = place.name if place else "已收录的"
    notes = (f"已收录{place.name}{_stretches(sorted({r.year for r in rows}))}年报告",) if place else ()
    if not found:
        message = f"{where}政府工作报告里没有出现“{named.text}”。"
        facts = PhraseFacts(count=0 if named.wants == "count" else None, years=())
        return Answer(Kind.NONE, Reason.NOT_MENTIONED, notes=notes, message=message, topic=named.text, phrase=facts)
    years = sorted({said.row.year for said in found})
    total = sum(len(said.spans) for said in found)
    cited = _cited(named, found)
    citations = tuple(_quote(said, library) for said in cited)
    computed: tuple[Computed, ...] = ()
    if named.wants == "count":
        facts = PhraseFacts(count=total)
        label = f"“{named.text}”在{where}{_stretches(years)}年政府工作报告中出现"
        computed = (Computed(Decimal(total), "次", label, tuple(range(len(citations)))),)
        message = ""
    elif named.wants == "first":
        facts = PhraseFacts(first_year=years[0])
        message = f"“{named.text}”最早见于{found[0].row.place}{years[0]}年政府工作报告。"
    elif named.wants == "last":
        facts = PhraseFacts(last_year=years[-1])
        message = f"“{named.text}”最后见于{found[-1].row.place}{years[-1]}年政府工作报告。"
    else:
        facts = PhraseFacts(first_year=years[0], last_year=years[-1], years=tuple(years))
        message = f"“{named.text}”见于{where}{_stretches(years)}年政府工作报告。"
    return Answer(
        Kind.PASSAGES,
        citations=citations,
        computed=computed,
        notes=notes,
        options=_options(named, place),
        message=message,
        topic=named.text,
        phrase=facts,
    )


def _cited(named: Phrase, found: Sequence[_Said]) -> list[_Said]:
    if named.wants == "first":
        return [found[0]]
    if named.wants == "last":
        return [found[-1]]
    if len(found) <= _CITED:
        return list(found)
    return [*found[:_FEW], *found[-_FEW:]]


def _options(named: Phrase, place: Site | None) -> tuple[Option, ...]:
    if place is None or named.wants == "years":
        return ()
    return (Option("出现过的年份", f"{place.name}政府工作报告哪些年份出现过“{named.text}”"),)


def _quote(said: _Said, library: Library) -> Citation:
    """The sentence of the first occurrence."""
    outline = library.store.outline(said.row.id)
    number, keep = _passage(outline, said.spans)
    passage = outline.passages[number]
    own = [s for s in passage.sentences if s.start <= keep.start] or [passage.span]
    sentence = max(own, key=lambda s: s.start)
    whole = Span(min(sentence.start, keep.start), max(sentence.end, keep.end))
    span = clip(said.report.text, whole, keep)
    section = outline.sections[passage.section] if outline.sections else None
    return Citation(
        report=said.row.id,
        source=said.report.source,
        span=span,
        quote=span.of(said.report.text),
        place=said.row.place,
        year=said.row.year,
        path=section.path if section else (),
        kind=section.kind if section else SectionKind.OTHER,
        url=said.report.url,
        masks=tuple(
            Span(m.start - span.start, m.end - span.start)
            for m in said.report.masks
            if m.start >= span.start and m.end <= span.end
        ),
        passage=number,
    )


def _passage(outline: Outline, spans: Sequence[Span]) -> tuple[int, Span]:
    """The first passage that holds an occurrence; a heading is in none."""
    starts = [passage.span.start for passage in outline.passages]
    for span in spans:
        number = bisect_right(starts, span.start) - 1
        if number >= 0 and outline.passages[number].span.end >= span.end:
            return number, span
    return max(0, bisect_right(starts, spans[0].start) - 1), spans[0]


def _stretches(years: Sequence[int]) -> str:
    """2015、2018—2020."""
    out: list[str] = []
    start = previous = years[0]
    for year in [*years[1:], 0]:
        if year == previous + 1:
            previous = year
            continue
        out.append(str(start) if start == previous else f"{start}{'、' if previous == start + 1 else '—'}{previous}")
        start = previous = year
    return "、".join(out)


def _everywhere(text: str, library: Library) -> Iterator[ReportRow]:
    """Reports with a passage that holds every pair of the phrase's characters."""
    pairs = tokens.bigrams("".join(fold(text).split()))
    _, numbers = library.store.statistics(pairs)
    if not pairs:
        yield from library.rows.values()
        return
    if len(numbers) < len(set(pairs)):
        return
    held = None
    for number in numbers.values():
        own = library.store.postings(number).passage
        held = own if held is None else np.intersect1d(held, own)
    seen: dict[str, None] = {}
    for passage in held.tolist() if held is not None else ():
        seen.setdefault(library.store.layout.where(passage)[0])
    yield from (library.rows[report] for report in seen)
