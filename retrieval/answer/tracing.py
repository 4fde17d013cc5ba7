"""How an answer came about, in words, for `--why`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.figures import Found
from retrieval.answer.scope import Scope
from retrieval.answer.sentences import Hit
from retrieval.model import Trace
from retrieval.query import Query

__all__ = ["query_words", "scope_words", "with_figures", "with_hits"]


def scope_words(where: Scope) -> str:
    """The reports looked into, with their weights."""
    reports = "、".join(f"{c.report}×{c.weight:.2f}" for c in where.candidates[:6])
    return f"{where.place or '不限地区'}：{reports or '无'}"


def query_words(query: Query) -> tuple[tuple[str, str], ...]:
    """What the question was understood to ask."""
    return (
        ("form", query.form.value),
        ("content", query.content),
        ("context", query.context),
        ("periods", " ".join(p.surface or str(p) for p in query.periods)),
        ("report_year", str(query.report_year or "")),
        ("status", query.status.value if query.status else ""),
        ("asks", " ".join(f"{a.measure.value if a.measure else '?'}{a.unit}" for a in query.asks)),
        ("several", "yes" if query.several else ""),
    )


def with_figures(trace: Trace, found: Found) -> Trace:
    """The trace with each slot's terms and best figures."""
    terms = [f"[{slot.words}] " + " ".join(f"{g.text}{g.weight:.1f}" for g in weights.grams if g.own)
             for slot, weights in zip(found.slots, found.weights, strict=True)]  # fmt: skip
    candidates = [
        (
            round(m.score, 3),
            f"{m.figure.indicator} {m.figure.surface} {m.figure.period} own={m.own:.2f} named={m.named:.2f}",
        )
        for matches in found.scored.values()
        for m in matches[:5]
    ]
    return replace(trace, terms=tuple(terms), candidates=tuple(candidates))


def with_hits(trace: Trace, hits: Sequence[Hit]) -> Trace:
    """The trace with the best sentences."""
    return replace(trace, candidates=tuple((h.score, h.loaded.sentences[h.sentence].text[:40]) for h in hits[:8]))
