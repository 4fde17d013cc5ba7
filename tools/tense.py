"""Fit retrieval/lexicon/tense.tsv: characters and pairs of characters that tell plans from reviews.

    python tools/tense.py CORPUS

A logistic regression on passages of reports whose outline tells which they are; the strongest weights are kept.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from retrieval import passages, reports
from retrieval.model import SectionKind
from retrieval.text import view

TABLE = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon" / "tense.tsv"
HEAD = (
    "# Characters and pairs of characters that tell plans (weight above zero) from reviews, 0 for any number.\n"
    "# Weights by tools/tense.py: a logistic regression on passages of reports whose sections tell which they are.\n"
    "gram\tweight\n"
)
AHEAD = {SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD}
BACK = {SectionKind.REVIEW, SectionKind.TERM_REVIEW}
SAMPLE, KEPT, ROUNDS, OFTEN, SPREAD = 420, 640, 12, 60, 45
RATE, DECAY = 0.1, 1e-3
_NUMBER, _BLANK = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"[\s*]")
_PAIR = re.compile(r"[一-鿿0,。;:%“]{2}")
_ALONE = frozenset("了已将要被")


def grams(text: str) -> frozenset[str]:
    """The grams of a passage."""
    seen = _NUMBER.sub("0", _BLANK.sub("", text))
    pairs = {one + other for one, other in pairwise(seen)}
    return frozenset(pair for pair in pairs if _PAIR.fullmatch(pair)) | (set(seen) & _ALONE)


def examples(corpus: Path) -> Iterator[tuple[str, frozenset[str], int]]:
    """Report, grams and 1 for plans, of passages with numbers."""
    files = sorted(corpus.glob("*.md"))
    random.Random(1).shuffle(files)  # noqa: S311 - a sample, nothing secret
    for path in files[:SAMPLE]:
        report = reports.read(path.read_bytes(), path.name)
        outline = passages.outline(report)
        for passage in outline.passages:
            kind = outline.sections[passage.section].kind
            text = view(report.text, passage.span, report.masks).text
            if kind in AHEAD | BACK and len(text) >= OFTEN and re.search(r"\d", text):
                yield report.id, grams(text), int(kind in AHEAD)


def fit(rows: Sequence[tuple[frozenset[str], int]], names: Sequence[str]) -> tuple[dict[str, float], float]:
    """Weights and bias by stochastic gradients with a step per weight."""
    weights, steps, bias = dict.fromkeys(names, 0.0), dict.fromkeys(names, 1e-6), 0.0
    known = [([gram for gram in found if gram in weights], label) for found, label in rows]
    order = random.Random(0)  # noqa: S311
    for _ in range(ROUNDS):
        order.shuffle(known)
        for found, label in known:
            scale = math.sqrt(max(1, len(found)))
            error = 1 / (1 + math.exp(-(sum(weights[g] for g in found) / scale + bias))) - label
            for gram in found:
                slope = error / scale + DECAY * weights[gram]
                steps[gram] += slope * slope
                weights[gram] -= RATE * slope / math.sqrt(steps[gram])
            bias -= 0.01 * error
    return weights, bias


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    sample = list(examples(parser.parse_args().corpus))
    rows = [(found, label) for _, found, label in sample]
    often = Counter(gram for found, _ in rows for gram in found)
    # Grams of few reports are names of places and meetings.
    spread = Counter(gram for _, gram in {(report, gram) for report, found, _ in sample for gram in found})
    weights, _ = fit(rows, [gram for gram, count in often.items() if count >= OFTEN and spread[gram] >= SPREAD])
    strong = sorted(weights, key=lambda gram: -abs(weights[gram]) * math.sqrt(often[gram]))[:KEPT]
    weights, bias = fit(rows, strong)
    lines = [f"(bias)\t{bias:.2f}"]
    lines += [f"{gram}\t{weight:.2f}" for gram, weight in sorted(weights.items(), key=lambda item: -item[1])]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
