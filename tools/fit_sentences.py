"""Makes retrieval/lexicon/sentence_weights.tsv: what speaks for a sentence, and how much it counts.

    python tools/fit_sentences.py --set dev=QUESTIONS.jsonl:STORE:CORPUS --set … \
        --out retrieval/lexicon/sentence_weights.tsv

A conditional logit: of all sentences in a question's scope, the one that holds the evidence. Sets are named as for
tools/fit_answers.py. How well it ranks is told of the folds it never saw. Needs the group `fit`. Development only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path, PurePath

import numpy as np
from fitting import unary
from fitting.cases import FOLDS, Case, cases, source
from fitting.optimum import Floats, packed
from fitting.posing import pose

from bot.evaluation.gold import Evidence
from bot.evaluation.quantities import bare
from retrieval.answer.fitness import FEATURES
from retrieval.answer.library import Loaded
from retrieval.answer.scoring import fitted
from retrieval.answer.searching import search
from retrieval.answer.sentences import weighed
from retrieval.engine import Engine
from retrieval.errors import GovreportError

HEAD = (
    "# What each feature of a sentence counts (retrieval/answer/fitness.py).\n"
    "# Weights by tools/fit_sentences.py: a quarter of a conditional logit's over the sentences in scope.\n"
    "feature\tweight\n"
)
# A sentence holds the evidence where so much of the shorter of both is in the other.
HELD = 0.6
# Pulls weights towards 0, on features of one standard deviation.
PENALTY = 10.0
_SHORT = 12
# All weights are cut down alike, so that scores lie as far apart as BM25's: the decision between answers knows these.
SCALE = 0.25
_FIRST = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question's sentences: a row of features each, and which of them hold the evidence."""

    case: Case
    rows: Floats
    right: np.ndarray


def gathered(every: Sequence[Case], today: date) -> Iterator[Ranked]:
    """The questions that sentences answer."""
    engines: dict[Path, Engine] = {}
    for case in every:
        question = case.question
        if question.kind not in ("passage", "list") or question.figures:
            continue
        if case.source.store not in engines:
            engines[case.source.store] = Engine.open(case.source.store)
        library = engines[case.source.store].library
        posed = pose(case, engines[case.source.store], fitted(), today)
        if posed is None:
            continue
        found = search(posed.query, posed.slots, posed.where, library, last_report=posed.last_report, today=today)
        main = tuple(c for c in found.where.candidates if not c.strict) or found.where.candidates
        rows = list(weighed(posed.query, found.weights, library, main, found.where.inner))
        right = np.array([_holds(loaded, number, question.evidence) for loaded, number, *_ in rows])
        if right.any():
            yield Ranked(case, np.array([row for _, _, row, *_ in rows]), right)


def _holds(loaded: Loaded, number: int, evidence: Sequence[Evidence]) -> bool:
    own = {loaded.row.id, PurePath(loaded.row.source).stem}
    text = bare(loaded.sentences[number].span.of(loaded.report.text))
    return any(one.report in own and _alike(text, bare(one.quote)) for one in evidence)


def _alike(text: str, quote: str) -> bool:
    shared = SequenceMatcher(None, text, quote, autojunk=False).find_longest_match().size if text and quote else 0
    return shared >= HELD * len(quote) or (len(text) > _SHORT and shared >= HELD * len(text))


def learnt(found: Sequence[Ranked]) -> Floats:
    """The weights that make the right sentences likeliest (the conditional logit of `fitting.unary`)."""
    rows = np.concatenate([one.rows for one in found])
    spread = rows.std(axis=0) + 1e-9
    sizes = np.array([len(one.rows) for one in found])
    block = unary.Block(
        packed((rows - rows.mean(axis=0)) / spread),
        np.concatenate([one.right for one in found]),
        np.cumsum(sizes) - sizes,
        np.ones(len(found)),
    )
    return unary.fit([block], rows.shape[1], l2=PENALTY) / spread


def told(name: str, ranked: Sequence[tuple[Ranked, Floats]]) -> str:
    """How often the evidence is in the first sentence, and in the first three; its mean reciprocal rank."""
    places = []
    for one, weights in ranked:
        order = np.argsort(-(one.rows @ weights), kind="stable")
        places.append(int(np.flatnonzero(one.right[order])[0]))
    at = np.array(places)
    return (
        f"{name} n={len(at)} at1={(at == 0).mean():.3f} at3={(at < _FIRST).mean():.3f} mrr={(1 / (at + 1)).mean():.3f}"
    )


def main() -> int:
    """Fit, write, tell."""
    parser = argparse.ArgumentParser(description="Fit the weights of sentences.")
    parser.add_argument("--set", action="append", required=True, metavar="NAME=QUESTIONS.jsonl:STORE:CORPUS")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 29))
    given = parser.parse_args()
    try:
        every = cases([source(text, held=False) for text in given.set])
        found = list(gathered(every, given.today))
    except GovreportError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    apart = [
        (one, weights)
        for fold in range(FOLDS)
        for weights in (learnt([r for r in found if r.case.fold != fold]),)
        for one in (r for r in found if r.case.fold == fold)
    ]
    for name in dict.fromkeys(r.case.source.name for r in found):
        sys.stdout.write(told(name, [pair for pair in apart if pair[0].case.source.name == name]) + "\n")
    sys.stdout.write(told("all", apart) + "\n")
    weights = dict(zip(FEATURES, (SCALE * learnt(found)).tolist(), strict=True))
    given.out.write_text(HEAD + "".join(f"{n}\t{w:.4f}\n" for n, w in weights.items()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
