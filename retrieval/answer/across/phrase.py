"""Set phrases (提法): the first and last report that holds one, its years, how often a report says it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer.across.cells import Site, sites
from retrieval.answer.across.groups import members
from retrieval.answer.citing import clip
from retrieval.answer.library import Library
from retrieval.answer.spread import Spread
from retrieval.index import ReportRow
from retrieval.model import (
    Answer,
    Citation,
    Computed,
    Kind,
    Mentions,
    Option,
    Outline,
    PhraseFacts,
    Reason,
    SectionKind,
    Span,
)
from retrieval.query import Query
from retrieval.query.across import Across
from retrieval.query.phrases import Phrase
from retrieval.text import chinese_count, fold, stretches, view

__all__ = ["phrase"]

# Years that are each cited; of more the first and the last ones.
_CITED = 12
_FEW = 4
# Places whose reports say it: so many are named.
_TOLD = 31
# What is asked of reports as such: a report named is the one to be counted in.
_OF_REPORTS = frozenset(("count", "reports", "places"))


@dataclass(frozen=True, slots=True)
class _Said:
    """A report that says the phrase, and how often."""

    row: ReportRow
    times: int


def phrase(asked: Across, query: Query, library: Library) -> Answer:
    """Years, or a count, with a sentence of each report that says the phrase."""
    named = asked.phrase
    assert named is not None  # noqa: S101  for the type checker: this shape has one
    places = sites(query, asked.places, library) if asked.places else ()
    if places and not places[0].rows:
        message = f"地区未收录：没有{places[0].name}的政府工作报告。"
        return Answer(Kind.NONE, Reason.PLACE_MISSING, message=message, topic=named.text)
    place = places[0] if places else None
    rows = list(place.rows) if place else list(library.rows.values())
    if asked.group is not None:
        held = {site.name for site in members(asked.group, library)}
        rows = [row for row in rows if row.place in held]
    years = (query.report_year,) if query.report_year and named.wants in _OF_REPORTS else asked.years
    if not years and query.report_year and not (named.since or named.until):
        years = (query.report_year,) if named.wants in _OF_REPORTS else ()
    rows = [row for row in rows if _asked(row.year, years, named)]
    if place and not rows:
        wanted = "、".join(f"{year}年" for year in years)
        message = f"年份未收录：{place.name}没有{wanted}政府工作报告。"
        return Answer(Kind.NONE, Reason.YEAR_MISSING, message=message, topic=named.text)
    rows.sort(key=lambda row: (row.year, row.meeting or "", row.id))
    read = rows
    if place is None:
        spread = Spread((named.text,), library)
        likely = {row.id for row in spread.rows(named.text)} | library.store.headed(fold(named.text))
        rows = [row for row in rows if row.id in likely]
    # Of the whole store the first or the last report will do; of a place all are counted.
    stop = place is None and named.wants in ("first", "last")
    found = _search(named, list(reversed(rows)) if stop and named.wants == "last" else rows, library, stop=stop)
    return _answer(named, place, found, read, library)


def _asked(year: int, years: Sequence[int], named: Phrase) -> bool:
    if named.since or named.until:
        return (named.since or 0) <= year <= (named.until or 9999)
    return not years or year in years


def _search(named: Phrase, rows: Sequence[ReportRow], library: Library, *, stop: bool) -> list[_Said]:
    """The reports that say it, in the order of `rows`; with `stop` only those of the first year."""
    pattern = _pattern(named)
    found: list[_Said] = []
    by_id = {row.id: row for row in rows}
    for report, words in library.store.words(list(by_id)):
        if stop and found and by_id[report].year != found[0].row.year:
            break
        times = len(pattern.findall(words))
        if times:
            found.append(_Said(by_id[report], times))
    return found


def _pattern(named: Phrase) -> re.Pattern[str]:
    """The phrase in whatever width and case, line ends inside it."""
    return re.compile(r"\s*".join(map(_either, "".join(fold(named.text).split()))), re.IGNORECASE)


def _either(character: str) -> str:
    """The character as it is, or in full width: folding whole reports would cost more than the search."""
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    return f"[{re.escape(character)}{wide}]" if wide else re.escape(character)


def _answer(
    named: Phrase, place: Site | None, found: Sequence[_Said], rows: Sequence[ReportRow], library: Library
) -> Answer:
    where = place.name if place else "已收录的"
    notes = (f"已收录{place.name}{stretches(sorted({r.year for r in rows}))}年报告",) if place else ()
    if not found:
        message = f"{where}政府工作报告里没有出现“{named.text}”。"
        facts = PhraseFacts(count=0 if named.wants == "count" else None, years=())
        return Answer(Kind.NONE, Reason.NOT_MENTIONED, notes=notes, message=message, topic=named.text, phrase=facts)
    years = sorted({said.row.year for said in found})
    total = sum(said.times for said in found)
    mentions = _mentions(place, found, rows) if named.wants not in ("first", "last") or place else ()
    cited = _cited(named, found)
    citations = tuple(_quote(said, named, library) for said in cited)
    computed: tuple[Computed, ...] = ()
    if named.wants == "count":
        facts = PhraseFacts(count=total, mentions=mentions)
        label = f"“{named.text}”在{where}{stretches(years)}年政府工作报告中出现"
        computed = (Computed(Decimal(total), "次", label, tuple(range(len(citations))), counted=True),)
        message = ""
    elif named.wants == "first":
        facts = PhraseFacts(first_year=years[0], mentions=mentions)
        message = f"“{named.text}”最早见于{_places(found)}{years[0]}年政府工作报告。"
    elif named.wants == "last":
        facts = PhraseFacts(last_year=years[-1], mentions=mentions)
        message = f"“{named.text}”最后见于{_places(found)}{years[-1]}年政府工作报告。"
    elif named.wants in ("reports", "places"):
        facts = PhraseFacts(years=tuple(years), count=len(found), mentions=mentions)
        every = tuple(range(len(citations)))
        computed = (
            Computed(Decimal(len(found)), "份", f"提到“{named.text}”的报告", every, counted=True),
            Computed(Decimal(len(rows)), "份", "查过的报告", (), counted=True),
        )
        message = f"提到“{named.text}”的有{_places(found)}。" if named.wants == "places" else ""
    else:
        facts = PhraseFacts(first_year=years[0], last_year=years[-1], years=tuple(years), mentions=mentions)
        message = f"“{named.text}”见于{where}{stretches(years)}年政府工作报告。"
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


def _places(found: Sequence[_Said]) -> str:
    """Whose reports they are; of many the first, and how many."""
    names = list(dict.fromkeys(said.row.place for said in found))
    more = f"等{chinese_count(len(names), '个地方')}" if len(names) > _TOLD else ""
    return "、".join(names[:_TOLD]) + more


def _mentions(place: Site | None, found: Sequence[_Said], rows: Sequence[ReportRow]) -> tuple[Mentions, ...]:
    """How often each report says it; of a place those too that do not."""
    times = {said.row.id: said.times for said in found}
    return tuple(
        Mentions(row.id, row.place, row.year, times.get(row.id, 0))
        for row in rows
        if place is not None or row.id in times
    )


def _cited(named: Phrase, found: Sequence[_Said]) -> list[_Said]:
    if named.wants == "first":
        return [found[0]]
    if named.wants == "last":
        return [found[-1]]
    # Of each year one, and of many years the first and the last.
    found = list({said.row.year: said for said in reversed(found)}.values())[::-1]
    return found if len(found) <= _CITED else [*found[:_FEW], *found[-_FEW:]]


def _options(named: Phrase, place: Site | None) -> tuple[Option, ...]:
    if place is None or named.wants == "years":
        return ()
    return (Option("出现过的年份", f"{place.name}政府工作报告哪些年份出现过“{named.text}”"),)


def _quote(said: _Said, named: Phrase, library: Library) -> Citation:
    """The sentence of the first occurrence."""
    report, outline = library.store.report(said.row.id), library.store.outline(said.row.id)
    words = view(report.text, Span(0, len(report.text)), report.masks, folded=False)
    number, keep = _passage(outline, [words.span(*match.span()) for match in _pattern(named).finditer(words.text)])
    passage = outline.passages[number]
    own = [s for s in passage.sentences if s.start <= keep.start] or [passage.span]
    sentence = max(own, key=lambda s: s.start)
    whole = Span(min(sentence.start, keep.start), max(sentence.end, keep.end))
    span = clip(report.text, whole, keep)
    section = outline.sections[passage.section] if outline.sections else None
    return Citation(
        report=said.row.id,
        source=report.source,
        span=span,
        quote=span.of(report.text),
        place=said.row.place,
        year=said.row.year,
        path=section.path if section else (),
        kind=section.kind if section else SectionKind.OTHER,
        url=report.url,
        masks=tuple(
            Span(m.start - span.start, m.end - span.start)
            for m in report.masks
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
