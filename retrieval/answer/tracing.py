"""How an answer came about, in words, for `--why`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.answer.scope import Scope
from retrieval.answer.scoring import Action, Decision, fitted
from retrieval.answer.scoring.features import FEATURES
from retrieval.answer.sentences import Hit
from retrieval.model import Trace
from retrieval.query import Query

__all__ = ["query_words", "scope_words", "with_decision", "with_hits"]


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


def with_decision(trace: Trace, decision: Decision) -> Trace:
    """The trace with the readings, and with what speaks for the figures of the likeliest one."""
    terms: list[str] = [f"{action.value} {decision.chances.get(action, 0.0):.2f}" for action in Action]
    best = decision.best
    if best is None:
        return replace(trace, terms=tuple(terms))
    for one in decision.readings[:_READINGS]:
        asked = "; ".join(
            f"[{s.words}]{s.ask.measure.value if s.ask.measure else '?'}{s.ask.unit}" for s in one.reading.slots
        )
        terms.append(f"{one.reading.how} {one.chance:.2f}: {asked}")
    candidates: list[tuple[float, str]] = []
    for ranked, at in zip(best.found.ranked, best.found.chosen, strict=True):
        shown = dict.fromkeys([at, *range(_CANDIDATES)])
        for number in [n for n in shown if n < len(ranked.figures)]:
            figure = ranked.figures[number][1].figure
            said = " ".join(f"{name}{value:+.1f}" for name, value in factors(ranked.rows[number]))
            candidates.append(
                (round(float(ranked.scores[number]), 3), f"{figure.indicator} {figure.surface} {figure.period} {said}")
            )
    return replace(trace, terms=tuple(terms), candidates=tuple(candidates))


# So many readings, figures of each slot and features of each figure are shown.
_READINGS, _CANDIDATES, _FACTORS = 4, 4, 8


def factors(row: NDArray[np.float64]) -> list[tuple[str, float]]:
    """What counts most for or against a figure: features with their weighted values."""
    worth = row * fitted().unary
    order = np.argsort(-np.abs(worth), kind="stable")[:_FACTORS]
    return [(FEATURES[n], float(worth[n])) for n in order if worth[n]]


def with_hits(trace: Trace, hits: Sequence[Hit]) -> Trace:
    """The trace with the best sentences."""
    return replace(trace, candidates=tuple((h.score, h.loaded.sentences[h.sentence].text[:40]) for h in hits[:8]))
