"""Fit retrieval/lexicon/asked_ahead.tsv: what in a question tells a year's own report from the next one's.

    python tools/asked_ahead.py QUESTIONS.jsonl...

A logistic regression on questions with known reports (fields `turns` and `reports`) that name one year, or two that
follow each other, and are answered from the report of the last one or of the year after. The strongest weights are
kept.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import BadQuestion
from retrieval.query import parse
from retrieval.query.ahead import grams, marked, single

TABLE = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon" / "asked_ahead.tsv"
HEAD = (
    "# What tells that the report of Y (weight above zero), not that of Y + 1, answers a question about year Y.\n"
    "# Characters and pairs of the question with Y for its years, P for its places, 0 for numbers; in brackets: the\n"
    "# status its words name, two years named. Weights by tools/asked_ahead.py.\n"
    "gram\tweight\n"
)
OFTEN, KEPT, DECAY, ROUNDS = 8, 220, 3.0, 40
_GRAM = re.compile(r"\([a-z]+\)|[一-鿿YP0%,]{1,2}")


def examples(paths: Sequence[Path]) -> Iterator[tuple[frozenset[str], int]]:
    """Grams, and 1 where the report of the last year named answers."""
    for line in (line for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
        question = json.loads(line)
        if len(question["turns"]) > 1 or len(question["reports"]) != 1:
            continue
        try:
            query = parse(question["turns"][0])
        except BadQuestion:
            continue
        years = single(query.periods)
        answered = int(question["reports"][0].rsplit("-", 1)[1])
        if query.report_year is None and years is not None and answered - years[1] in (0, 1):
            seen = marked(query.text, query.rest, query.place_spans)
            yield grams(seen, two=years[0] < years[1]), int(answered == years[1])


def fit(rows: Sequence[tuple[frozenset[str], int]], names: Sequence[str]) -> NDArray[np.float64]:
    """Weights by Newton's method; all but the bias are held small."""
    number = {name: n for n, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for n, (found, _) in enumerate(rows):
        table[n, [number[gram] for gram in found if gram in number]] = 1
    answers = np.array([label for _, label in rows], dtype=float)
    decay = np.full(len(names), DECAY)
    decay[number["(bias)"]] = 1e-6
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (likely - answers) + decay * weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + np.diag(decay)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("questions", type=Path, nargs="+")
    rows = list(examples(parser.parse_args().questions))
    often = Counter(gram for found, _ in rows for gram in found if _GRAM.fullmatch(gram))
    names = sorted(gram for gram, count in often.items() if count >= OFTEN)
    weights = dict(zip(names, fit(rows, names), strict=True))
    strong = sorted(names, key=lambda gram: (-abs(weights[gram]) * np.sqrt(often[gram]), gram))[:KEPT]
    names = sorted({"(bias)", *strong})
    weights = dict(zip(names, fit(rows, names), strict=True))
    lines = [f"{gram}\t{weight:.2f}" for gram, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0]))]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
