"""Makes retrieval/verify/weights.tsv: whether a claim and a report's figure are of one thing, and how sure to be of it.

    PYTHONPATH=. .venv/bin/python tools/fit_verify.py STORE [--seed 11] [--reports 240] [--cases 1600] [--out FILE]

A logistic regression over pairs of a claim and a figure of one frame: the figure the claim was made from, and the
others. Claims are of the places of the half `fit` (tools/verify_cases.py); tools/verify_quality.py tells of the other
half. The limit from which on a figure may deny a claim is the least that keeps false alarms rare where the report's own
sentence is hidden: a text may tell what no report does. Needs the group `fit`. Development only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fitting import logistic
from scipy.sparse import csr_matrix
from verify_cases import Case, Maker

from retrieval import Engine
from retrieval.verify import matter
from retrieval.verify.claims import read
from retrieval.verify.equality import Likeness
from retrieval.verify.evidence import Evidence, Facet, Looking
from retrieval.verify.reports import Shelf
from retrieval.verify.values import Claim

# Of so many figures that no report tells of, at most this share may be called different.
FALSE = 0.0015
HEAD = "# Weights of the check of a text (retrieval/verify), made by tools/fit_verify.py.\n"
_TIME = frozenset({Facet.PERIOD, Facet.STATUS})
# However well a difference is explained, the figure that denies a claim must rather be of its thing than not.
LEAST = 0.5
# Of so many figures whose own sentence is hidden, at most this share may be borne out by another one of their number.
BORNE = 0.01
# All but this share of the figures are at least so likely, beside the likeliest, as the limit asks; it asks for half.
BELOW, ROOM = 0.001, 0.5


@dataclass(frozen=True, slots=True)
class Posed:
    """A claim with the figures of its frame: a row of features each, which is the one it was made from, which tell its
    number, and which may be of the same thing; and the rows of figures of other years or standings that tell its
    number."""

    rows: tuple[tuple[float, ...], ...]
    truth: int
    agrees: tuple[bool, ...]
    alike: tuple[bool, ...]
    elsewhere: tuple[tuple[float, ...], ...]


def posed(cases: Sequence[Case], engine: Engine) -> Iterator[Posed]:
    """The claims of unchanged cases with the figures they may be of."""
    shelf = Shelf(engine.library)
    for case in cases:
        looking = Looking(engine.library)
        for claim in read(case.text, shelf.held, place=case.place, year=case.year).claims:
            scope = shelf.scope(claim)
            every = looking.likely(claim, scope.main, scope.beside)
            framed = [e for e in every if e.framed]
            apart = [e for e in every if e.likeness is Likeness.SAME and e.differs and e.differs <= _TIME]
            truth = _truth(case, claim, framed)
            if truth >= 0:
                own = framed[truth]
                yield Posed(
                    tuple(matter.features(claim, e.loaded, e.stated) for e in framed),
                    truth,
                    tuple(e.agrees for e in framed),
                    tuple(_one_thing(own, e) for e in framed),
                    tuple(matter.features(claim, e.loaded, e.stated) for e in apart),
                )


def _truth(case: Case, claim: Claim, framed: Sequence[Evidence]) -> int:
    """The figure of the case's own sentence that has the claim's number: of several the one with the nearest name."""
    own = [
        (n, e)
        for n, e in enumerate(framed)
        if e.loaded.row.id == case.report and e.stated.sentence == case.sentence and e.likeness is Likeness.SAME
    ]
    named = [n for n, e in own if e.stated.indicator == claim.name.lower()]
    return named[0] if named else own[0][0] if len(own) == 1 else -1


def _one_thing(own: Evidence, other: Evidence) -> bool:
    """Whether a figure may be of the same thing as the one a claim was made from, told once more."""
    known = own.figure.indicator_id is not None and own.figure.indicator_id == other.figure.indicator_id
    return known or own.stated.indicator == other.stated.indicator


def fitted(found: Sequence[Posed]) -> dict[str, float]:
    """The weights of the features."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for one in found:
        for n, row in enumerate(one.rows):
            if n == one.truth or not (one.agrees[n] or one.alike[n]):
                rows.append(row)
                right.append(n == one.truth)
    weights = logistic.fit(matter.FEATURES, csr_matrix(np.array(rows)), np.array(right), np.ones(len(rows)))
    return dict(zip(matter.FEATURES, weights.tolist(), strict=True))


def _each(one: Posed, weights: dict[str, float]) -> np.ndarray:
    """The likelihood of each figure of a claim's frame."""
    return 1.0 / (1.0 + np.exp(-(np.array(one.rows) @ np.array([weights[name] for name in matter.FEATURES]))))


def bearing(found: Sequence[Posed], weights: dict[str, float]) -> tuple[float, float]:
    """How likely a figure of the claim's number must be to bear it out: by itself, and in odds beside the likeliest."""
    chance, odds = [], []
    for one in found:
        each = _each(one, weights)
        others = (each[n] for n in range(len(each)) if n != one.truth and one.agrees[n] and not one.alike[n])
        chance.append(max(others, default=0.0))
        own, best = each[one.truth], each.max()
        odds.append(own * (1.0 - best) / max(1e-9, best * (1.0 - own)))
    coincident = np.array(chance)
    bears = next(float(t) for t in np.arange(0.01, 1.0, 0.01) if (coincident >= t).mean() <= BORNE)
    return bears, float(np.quantile(odds, BELOW)) * ROOM


def chances(
    found: Sequence[Posed], weights: dict[str, float], bears: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each claim the likelihood of the figure it was made from, that of the best other one which would deny it,
    were that figure's sentence not there (0 where one would still bear it out), and that of the best figure of another
    year or standing with its number."""
    values = np.array([weights[name] for name in matter.FEATURES])
    own, other, apart = [], [], []
    for one in found:
        each = _each(one, weights)
        own.append(each[one.truth])
        left = [n for n in range(len(each)) if n != one.truth and not one.alike[n]]
        borne = any(one.agrees[n] and each[n] >= bears for n in range(len(each)) if n != one.truth)
        apart.append(
            max((float(1.0 / (1.0 + np.exp(-(np.array(row) @ values)))) for row in one.elsewhere), default=0.0)
        )
        other.append(0.0 if borne or not left else max(each[n] for n in left))
    return np.array(own), np.array(other), np.array(apart)


def main() -> None:
    """Fit, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("store", type=Path)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--reports", type=int, default=240)
    parser.add_argument("--cases", type=int, default=1600)
    parser.add_argument("--out", type=Path)
    told = parser.parse_args()
    engine = Engine.open(told.store)
    cases = [c for c in Maker(engine, told.seed).make(told.reports, "fit", 0, told.cases) if c.kind == "same"]
    found = list(posed(cases, engine))
    weights = fitted(found)
    bears, beside = bearing(found, weights)
    own, other, apart = chances(found, weights, bears)
    limits = np.arange(0.3, 1.0, 0.01)
    denies = next((float(t) for t in limits if (other >= t).mean() <= FALSE), 0.99)
    explained = next(
        (float(t) for t in limits if t >= LEAST and ((other >= t) & (apart >= denies)).mean() <= FALSE), denies
    )
    for t in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, denies):
        sys.stderr.write(
            f"limit {t:.2f}: changed ones denied {(own >= t).mean():.3f}, false {(other >= t).mean():.4f}\n"
        )
    sys.stderr.write(f"told of another year or standing: {explained:.2f}\n")
    sys.stderr.write(f"{len(cases)} cases, {len(found)} claims\n")
    lines = [f"matter\t{name}\t{weight:.4f}" for name, weight in sorted(weights.items())]
    lines += [f"limit\tbears\t{bears:.2f}", f"limit\tbeside\t{beside:.2f}", f"limit\tdenies\t{denies:.2f}"]
    lines += [f"limit\texplained\t{explained:.2f}"]
    text = HEAD + "\n".join(lines) + "\n"
    if told.out:
        told.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
