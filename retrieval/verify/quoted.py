"""Words of a text that are checked as words: quoted phrases, and what is said to be a first or a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from retrieval.answer.citing import LONGEST, Quotes, clip, quote
from retrieval.answer.library import Library, Loaded, Sentence
from retrieval.answer.weights import grams
from retrieval.index import ReportRow
from retrieval.model import Citation, Span
from retrieval.text import fold
from retrieval.verify.claims import Read
from retrieval.verify.reports import Shelf
from retrieval.verify.values import Finding, Missing, Said, Verdict
from retrieval.verify.wording import bare

__all__ = ["quoted", "records"]

_QUOTE = re.compile(r"“([^“”\n]{3,40})”|「([^「」\n]{3,40})」")
# What is quoted as a title or a number is no wording: 《…》, “1+3+8”.
_WORDS = re.compile(r"[㐀-鿿]{2}")
# A phrase is nearly there where so much of it and of the report's words agree, and so much of its pairs stand there.
_NEARLY, _PAIRS = 0.75, 0.5
_FIRSTS = re.compile(r"首次|第一次|首个|首家|率先|(?:创|再创)?历史(?:最好|新高|最高|性)|创新高")
# What says the same of a figure: 首次 and 第一次, 创新高 and 历史最高.
_SAME = (re.compile(r"首次|第一次|首个|首家|率先"), re.compile(r"历史|新高|最高|最好"))


def quoted(text: str, read: Read, shelf: Shelf, library: Library, quotes: Quotes) -> Iterator[Finding]:
    """The findings on the quoted phrases of a text: verbatim, nearly so, or not there in the reports of the place for
    the year told of and the years beside it."""
    if not read.place or read.place not in shelf.held.places:
        return
    for paragraph, year in read.paragraphs:
        if not year:
            continue
        rows = shelf.of(read.place, year, year + 1, year - 1)
        for match in _QUOTE.finditer(text, paragraph.start, paragraph.end):
            words = match[1] or match[2]
            if _WORDS.search(words) and rows:
                yield _phrase(Said(Span(*match.span()), match[0], paragraph), words, rows, library, quotes)


def _phrase(said: Said, words: str, rows: Sequence[ReportRow], library: Library, quotes: Quotes) -> Finding:
    sought = bare(words)
    best: tuple[float, Loaded, Sentence, str] | None = None
    for row in rows:
        loaded = library.load(row.id)
        for sentence in loaded.sentences:
            own = bare(sentence.text)
            if sought in own:
                return Finding(said, Verdict.SAME, citations=(quotes.add(cited(loaded, sentence, words)),), chance=1.0)
            alike, part = _nearest(sought, own)
            if alike >= _NEARLY and (best is None or alike > best[0]):
                best = (alike, loaded, sentence, part)
    if best is None:
        return Finding(said, Verdict.UNFOUND, missing=Missing.UNMENTIONED)
    alike, loaded, sentence, part = best
    near = Said(said.span, said.surface, said.sentence, part)
    return Finding(near, Verdict.NEAR, citations=(quotes.add(cited(loaded, sentence, part)),), chance=alike)


def _nearest(sought: str, text: str) -> tuple[float, str]:
    """How much of a phrase and of the likest stretch of a text agrees, and that stretch."""
    pairs = set(grams(sought))
    if not pairs or sum(pair in text for pair in pairs) < _PAIRS * len(pairs):
        return 0.0, ""
    matcher = SequenceMatcher(None, sought, text, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
    if not blocks:
        return 0.0, ""
    longest = max(blocks, key=lambda block: block.size)
    start = max(0, longest.b - longest.a)
    part = text[start : start + len(sought)]
    return SequenceMatcher(None, sought, part, autojunk=False).ratio(), part


def cited(loaded: Loaded, sentence: Sentence, words: str) -> Citation:
    """The sentence as a citation, cut to the bound around the words where it is longer."""
    span = sentence.span
    if len(span) > LONGEST:
        at = max(0, fold(span.of(loaded.report.text)).find(words))
        span = clip(loaded.report.text, span, Span(span.start + at, min(span.end, span.start + at + len(words))))
    return quote(loaded, span, sentence.passage)


def records(text: str, findings: Sequence[Finding], citations: Sequence[Citation]) -> Iterator[Finding]:
    """The findings on what is said to be a first or a record beside a figure that a report bears out: its sentence says
    so too, or does not."""
    borne: dict[Span, list[Finding]] = {}
    for finding in findings:
        if (
            finding.citations
            and finding.verdict in (Verdict.SAME, Verdict.NEAR)
            and not isinstance(finding.claim, Said)
        ):
            borne.setdefault(finding.claim.sentence, []).append(finding)
    for sentence, beside in borne.items():
        for match in _FIRSTS.finditer(text, sentence.start, sentence.end):
            after = [f for f in beside if f.span.end > match.start()]
            nearest = min(after or beside, key=lambda f: abs(f.span.start - match.end()))
            said = citations[nearest.citations[0]].quote
            alike = match[0] in said or any(one.search(match[0]) and one.search(said) for one in _SAME)
            yield Finding(
                Said(Span(*match.span()), match[0], sentence),
                Verdict.SAME if alike else Verdict.UNFOUND,
                missing=None if alike else Missing.UNMENTIONED,
                citations=nearest.citations[:1],
            )
