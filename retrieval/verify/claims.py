"""A text taken apart into claims: each of its figures in the frame it is held against the reports in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.errors import BadQuestion
from retrieval.figures import Context, extract
from retrieval.lexicon import places
from retrieval.model import Figure, Measure, Place, Span, Status
from retrieval.passages.sentences import sentences
from retrieval.text import Line, fold, lines, plain_lower
from retrieval.verify import dating, tables, whereabouts, wrapping
from retrieval.verify.values import Claim
from retrieval.verify.whereabouts import Held, Spot

__all__ = ["Read", "blanked", "read"]

_ONE_YEAR = 4
_FRONT = 12  # characters a place's name may take
_LONG_SENTENCE = 1_500
_TITLE = 46  # characters of a line that may be a title
_STOP = re.compile(r"[。;!?]")
_CLAUSE = re.compile(r"[,;。:]")
# Names that say nothing of what is measured.
_PLAIN = re.compile(r"同期|增速|全[市省县区州国]|[一-鿿]?")
_LEAD = re.compile(
    r"^(?:(?:19|20)\d\d年|[今去上本当]年|全年|全[市省县区州国]|我[市省县区州]|提出|(?:主要)?(?:预期)?目标[是为]?|预期|计划|预计|力争|其中|[一-鿿]方面|同期|[、,\s])+"
)
# What figures of these measures only say of others: from what size things are counted.
_UNCHECKED = frozenset({Measure.THRESHOLD})


@dataclass(frozen=True, slots=True)
class Read:
    """A text's claims in order, the place and the year (of the data) its sentences leave out (empty and 0 where nothing
    tells them), and each paragraph with the year of the report that would say it."""

    claims: tuple[Claim, ...]
    place: str
    year: int
    paragraphs: tuple[tuple[Span, int], ...] = ()


# 【柳州日报】, （本报讯）: who tells.
_TELLER = re.compile(
    r"(?m)^[ \t\u3000]*"
    r"(?:[【\[（(](?:本[报网台]讯|[^】\]）)\n]{2,14}(?:日报|晚报|新闻|讯|网|电视台|发布|客户端))[】\]）)]"
    r"|本[报网台]讯[ 　:：]?)"
)


def blanked(text: str) -> str:
    """A text of the same length with blanks for what tells who wrote it."""
    return _TELLER.sub(lambda match: " " * len(match[0]), text)


def read(text: str, held: Held, *, place: str = "", year: int = 0) -> Read:
    """The claims of a text. `place` and `year` are what the user said: they hold where the text names none."""
    found = list(lines(text))
    titles = [line for line in found[:3] if len(line.text) <= _TITLE and not _STOP.search(line.text)]
    title = " ".join(line.text for line in titles)
    own = _place(title, text, held, place)
    base = own.name if own else ""
    # The year of the report that would say the text's undated sentences. One that the user told, or that the title of a
    # report tells, holds for all: what other years sentences name is read from there.
    fixed = year + 1 if year else dating.of_report(title)
    tabled = tables.rows(found)
    whole = list(wrapping.paragraphs(text, found, tabled.keys()))
    told = [fixed or dating.context_year(paragraph.text, by_plan=False) for paragraph in whole]
    at = fixed or dating.context_year(title) or next((one for one in told if one), 0)
    at = at or next((one for one in map(dating.context_year, (paragraph.text for paragraph in whole)) if one), 0)
    one_year = len({one for one in (at, *told) if one}) == 1
    claims: list[Claim] = []
    years: list[tuple[Span, int]] = []
    current = at
    for paragraph, stated in zip(whole, told, strict=True):
        current = stated or current
        if (head := tabled.get(paragraph.number)) is not None:
            claims.extend(_told_in(tables.clauses(found[head], found[paragraph.number]), base, current, held))
        else:
            line = Line(Span(0, len(paragraph.source)), paragraph.text)
            said = _claims(paragraph.source, line, base, current, held, dated=one_year or current == at)
            claims.extend(_placed(claim, paragraph) for claim in said)
        years.append((paragraph.span, current))
    return Read(tuple(claims), base, at - 1 if at else 0, tuple(years))


def _placed(claim: Claim, paragraph: wrapping.Paragraph) -> Claim:
    """A claim of a paragraph with its spans counted in the text."""
    figure = claim.figure
    clause = paragraph.placed(figure.clause or figure.span)
    moved = replace(figure, span=paragraph.placed(figure.span), clause=clause)
    return replace(claim, figure=moved, sentence=paragraph.placed(claim.sentence))


def _place(title: str, text: str, held: Held, said: str) -> Place | None:
    """The place of a whole text. Raises BadQuestion where the user said one that there is not."""
    if said:
        units = places.by_name(said)
        if said not in held.places and not units:
            raise BadQuestion(f"没有“{said}”这个地区。")
        return held.places.get(said) or held.one(units)
    return whereabouts.named(title, held) or whereabouts.named(fold(text), held)


def _told_in(clauses: Iterable[tables.Clause], base: str, year: int, held: Held) -> Iterator[Claim]:
    """The claims of a table's row, each read in its clause and moved to where its number stands."""
    for said in clauses:
        line = Line(Span(0, len(said.text)), fold(said.text))
        for claim in _claims(said.text, line, base, year, held, dated=True):
            if claim.figure.span.start <= said.at < claim.figure.span.end:
                figure = replace(claim.figure, span=said.number, clause=said.row)
                yield replace(claim, figure=figure, sentence=said.row, beside=said.beside)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a paragraph: `span` in the text, `text` folded, `offset` of the paragraph in the text; the year of
    the report that would say it, the places it is told of and the one the sentence before was told of."""

    span: Span
    text: str
    offset: int
    year: int
    spots: tuple[Spot, ...]
    carried: Spot | None


def _claims(text: str, line: Line, base: str, year: int, held: Held, *, dated: bool) -> Iterator[Claim]:
    """The claims of a paragraph; `dated`: it is of the year that the whole text is of."""
    source = line.span.of(text)
    figures = extract(source, Context(year or _UNDATED, base))
    if not figures:
        return
    folded, offset = fold(source), line.span.start
    carried: Spot | None = None
    at = 0
    for span in _parts(source, folded):
        words = span.of(folded)
        spots = tuple(whereabouts.spots(words, held, base))
        sentence = _Sentence(Span(span.start + offset, span.end + offset), words, offset, year, spots, carried)
        while at < len(figures) and figures[at].span.start < span.end:
            if figures[at].measure not in _UNCHECKED:
                claim = _claim(_moved(figures[at], offset), sentence, folded, base, held)
                front = words[: claim.figure.span.start - sentence.span.start]
                # 两位数增长的还有…: what grew so stands behind.
                known = (dated or bool(dating.named(front))) and claim.figure.qualifier != "两位数"
                yield claim if known and dating.sure(front, claim.figure.period) else replace(claim, sure=False)
            at += 1
        # What the next sentence is told of, where it names no place: the place this one begins with.
        carried = spots[0] if spots and spots[0].opens else None


def _parts(source: str, folded: str) -> Iterator[Span]:
    """The sentences of a paragraph; one too long to be looked through for each of its figures is cut at commas."""
    for sentence in sentences(source, Span(0, len(source))):
        start = sentence.start
        while sentence.end - start > _LONG_SENTENCE:
            comma = folded.rfind(",", start, start + _LONG_SENTENCE)
            cut = comma + 1 if comma > start else start + _LONG_SENTENCE
            yield Span(start, cut)
            start = cut
        yield Span(start, sentence.end)


# Extraction counts from a year; of a text without one none of its periods are taken.
_UNDATED = 2000


def _moved(figure: Figure, by: int) -> Figure:
    """A figure of a paragraph with its spans counted in the text."""
    clause = figure.clause or figure.span
    return replace(
        figure,
        span=Span(figure.span.start + by, figure.span.end + by),
        clause=Span(clause.start + by, clause.end + by),
    )


def _claim(figure: Figure, sentence: _Sentence, folded: str, base: str, held: Held) -> Claim:
    """The claim of a figure; `folded` is its paragraph."""
    place = _of(figure, sentence, base, held)
    figure, loose = _tensed(figure, sentence)
    clause = figure.clause or figure.span
    lower = plain_lower(folded)
    return Claim(
        replace(figure, place=place),
        sentence.span,
        lower[clause.start - sentence.offset : clause.end - sentence.offset],
        plain_lower(sentence.text),
        bare(figure.indicator),
        place,
        base if base != place else "",
        loose,
        sentence.year,
    )


def _of(figure: Figure, sentence: _Sentence, base: str, held: Held) -> str:
    """The place a figure is of."""
    at = figure.span.start - sentence.span.start
    before = [spot for spot in sentence.spots if spot.start < at]
    own = [spot for spot in before if not _CLAUSE.search(sentence.text, spot.end, at)]
    if own:
        return held.one(own[-1].candidates, base).name
    named = places.mentions_in_prose(figure.indicator[:_FRONT])
    if named and named[0].start == 0:
        return held.one(named[0].candidates, base).name
    if figure.place and figure.place != base:
        return figure.place
    # A place that opens the sentence, or what stands behind a semicolon, is what all of it is told of.
    turn = sentence.text.rfind(";", 0, at) + 1
    opening = [spot for spot in before if spot.opens]
    governing = [spot for spot in opening if spot.start >= turn] or opening
    if governing:
        return held.one(governing[-1].candidates, base).name
    if sentence.carried is not None:
        return held.one(sentence.carried.candidates, base).name
    return base


def _tensed(figure: Figure, sentence: _Sentence) -> tuple[Figure, bool]:
    """A figure with the standing its sentence gives it, and whether the sentence leaves it open. A report's paragraph
    plans by its words as a whole; a sentence alone is of what was done unless it says that it plans."""
    at = figure.span.start - sentence.span.start
    year, words = sentence.year, dating.stretch(sentence.text, at)
    if dating.aimed(sentence.text, at, figure.span.end - sentence.span.start):
        return replace(figure, status=Status.TARGET), False
    own = dating.named(sentence.text[:at])
    if own and len(figure.period) == _ONE_YEAR and figure.period != own and words != sentence.text:
        # 2009年增长12.5%,而2010年目标是11.5%: each is of the year named beside it.
        return replace(figure, period=own, status=Status.TARGET if dating.plans(words) else Status.ACTUAL), False
    if dating.plans(words) or len(figure.period) != _ONE_YEAR or int(figure.period) not in (year - 1, year):
        return figure, False
    dated, done = dating.dates(words), dating.done(words)
    if figure.status is not Status.TARGET:
        return figure, not dated and not done
    if dated and int(figure.period) == year:
        return figure, False
    return replace(figure, status=Status.ACTUAL, period=str(year - 1)), not dated and not done


def bare(indicator: str) -> str:
    """An indicator's name without the place and the time it begins with."""
    name = _LEAD.sub("", indicator)
    named = places.mentions_in_prose(name[:_FRONT])
    if named and named[0].start == 0 and len(name) > named[0].end + 1:
        name = _LEAD.sub("", name[named[0].end :].lstrip("的")) or name
    return name if len(name) > 1 or not _PLAIN.fullmatch(indicator) else ""
