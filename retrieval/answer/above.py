"""Places without reports of their own: what the report of the place they lie in says of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from retrieval.answer.figures import Considering, chosen
from retrieval.answer.library import Library, Loaded, Stated
from retrieval.answer.scope import COUNTRY, Scope, bare, names, narrowed
from retrieval.answer.scoring import Action, decide, fitted
from retrieval.answer.searching import search, speaking
from retrieval.answer.telling import figures, passages
from retrieval.answer.tracing import query_words, scope_words
from retrieval.model import Answer, Trace
from retrieval.query import Query, Slot, slots

__all__ = ["said_above", "said_of_parts", "speaking_of"]


def said_above(
    query: Query, where: Scope, library: Library, trace: Trace, *, last_report: str, today: date
) -> tuple[Answer, str] | None:
    """A place without reports of its own: what the report of the place above says of it, in sentences that name it."""
    over = narrowed(Scope(place=where.above, inner=where.inner), query, library.rows, last_report, today)
    note = f"没有收录{where.missing}的报告，取自{where.above}的报告"
    over = replace(over, notes=(*over.notes, note))
    return _above(query, slots(query), over, (where.inner,), library, trace=trace, last_report=last_report, today=today)


def said_of_parts(query: Query, library: Library, *, last_report: str, today: date) -> tuple[Answer, str] | None:
    """Several places without reports of their own: what the report of the one place they lie in says of them."""
    loaded = library.rows.by_place
    missing = [n for n, places in enumerate(query.places) if not any(place.name in loaded for place in places)]
    above = [[p for place in query.places[n] for p in place.parents if p in loaded and p != COUNTRY] for n in missing]
    common = [parent for parent in above[0] if all(parent in others for others in above)] if above else []
    if not common:
        return None
    words = tuple(query.place_words[n] for n in missing)
    over = narrowed(Scope(place=common[0]), query, library.rows, last_report, today)
    note = f"没有收录{'、'.join(words)}的报告，取自{common[0]}的报告"
    trace = Trace(scope=scope_words(over), query=query_words(query))
    over = replace(over, notes=(*over.notes, note))
    return _above(query, slots(query, missing), over, words, library, trace=trace, last_report=last_report, today=today)


def _above(
    query: Query,
    asked: Sequence[Slot],
    over: Scope,
    inside: Sequence[str],
    library: Library,
    *,
    trace: Trace,
    last_report: str,
    today: date,
) -> tuple[Answer, str] | None:
    """What the reports in scope say of places inside theirs, in sentences that name them."""
    if not over.candidates:
        return None
    fits = speaking_of(asked, inside)
    considering = Considering(query, over, library, last_report=last_report, today=today, fits=fits)
    weighed = considering.weighed(asked)
    searched = search(query, asked, over, library, last_report=last_report, today=today)
    hits = [hit for hit in searched.hits if _named_in(inside, hit.loaded.sentences[hit.sentence].text)]
    decision = decide(query, weighed, speaking(query, hits), fitted())
    best = decision.best
    trace = replace(trace, rule="above")
    if best is not None and decision.action is Action.FIGURES and best.reading.how != "drop":
        return figures(query, chosen(best.reading, best.found, asked), over, trace)
    if decision.action is Action.PASSAGES and hits:
        return passages(query, hits, over, trace)
    return None


def speaking_of(asked: Sequence[Slot], inside: Sequence[str]) -> Callable[[Slot, Loaded, Stated], bool]:
    """Tells of a slot's figure whether it is said of one of the places inside. Where only some of the slots asked name
    one, it is part of their thing's name, and the others are free: 大连港与营口港货物吞吐量."""

    def named(slot: Slot) -> bool:
        return any(bare(inner) in slot.words for inner in inside)

    some = any(map(named, asked))

    def fits(slot: Slot, loaded: Loaded, stated: Stated) -> bool:
        return (some and not named(slot)) or any(speaks(loaded, stated, inner) for inner in inside)

    return fits


def _named_in(inside: Sequence[str], text: str) -> bool:
    """Whether a text speaks of one of the places."""
    return any(names(inner, text) for inner in inside)


def speaks(loaded: Loaded, stated: Stated, inner: str) -> bool:
    """Whether a figure is said of a place: its name stands before the number, and the whole is not named between."""
    figure = stated.figure
    if names(inner, figure.place) or names(inner, stated.indicator):
        return True
    sentence = loaded.sentences[stated.sentence]
    front = loaded.report.text[sentence.span.start : figure.span.start]
    at = front.rfind(bare(inner))
    return at >= 0 and not _WHOLE.search(front, at)


# The place whose report it is.
_WHOLE = re.compile(r"[全我本][省市区州县国]")
