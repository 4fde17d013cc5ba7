"""Fit the tables by which a paragraph's words tell its time: characters and pairs of characters with weights.

    python tools/tense.py CORPUS [--hold N]

tense.tsv tells plans from reviews, stretch_reviewed.tsv and stretch_planned.tsv five years from one. Logistic
regressions on passages of reports whose outline tells which they are; the strongest weights are kept. With --hold
nothing is written: the stretches are fitted without N reports and tried on them.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

from retrieval import passages, reports
from retrieval.figures import walk
from retrieval.lexicon import tense
from retrieval.model import SectionKind
from retrieval.text import view

LEXICON = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon"
HEAD = (
    "# Characters and pairs of characters that tell {what}, 0 for any number.\n"
    "# Weights by tools/tense.py: a logistic regression on passages of reports whose sections tell which they are.\n"
    "gram\tweight\n"
)
PLANS = "plans (weight above zero) from reviews"
STRETCHES = {
    "stretch_reviewed.tsv": "a review of five years (weight above zero) from one of a year",
    "stretch_planned.tsv": "plans of five years (weight above zero) from those of a year",
}
AHEAD = {SectionKind.TARGETS, SectionKind.TASKS, SectionKind.GOVERNMENT, SectionKind.LIVELIHOOD}
BACK = {SectionKind.REVIEW, SectionKind.TERM_REVIEW}
SAMPLE, KEPT, ROUNDS, OFTEN, SPREAD = 420, 640, 12, 60, 45
STRETCH_KEPT, STRETCH_LONG = 500, 40
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


def stretches(path: Path) -> list[tuple[str, str, frozenset[str], int]]:
    """Of a report after a term its passages with figures: report, table, grams and 1 for a stretch of years."""
    report = reports.read(path.read_bytes(), path.name)
    if report.year % 5 not in tense.AFTER_TERMS:
        return []
    found = []
    for seen, setting, figures in walk(report, passages.outline(report)):
        kind, frame = setting.context.kind, setting.frame
        planned = kind in AHEAD
        if not figures or len(seen.text) < STRETCH_LONG or kind not in AHEAD | BACK or frame.ahead != planned:
            continue
        table = "stretch_planned.tsv" if planned else "stretch_reviewed.tsv"
        told = grams(seen.text) | frozenset(tense.marks(seen.text, report.year))
        found.append((report.id, table, told, int(frame.long)))
    return found


def kept(rows: Sequence[tuple[str, frozenset[str], int]], count: int) -> tuple[dict[str, float], float]:
    """The `count` strongest weights of passages, each with its report, and the bias."""
    often = Counter(gram for _, found, _ in rows for gram in found)
    # Grams of few reports are names of places and meetings.
    spread = Counter(gram for _, gram in {(report, gram) for report, found, _ in rows for gram in found})
    told = [(found, label) for _, found, label in rows]
    weights, _ = fit(told, [gram for gram, count in often.items() if count >= OFTEN and spread[gram] >= SPREAD])
    strong = sorted(weights, key=lambda gram: -abs(weights[gram]) * math.sqrt(often[gram]))[:count]
    return fit(told, strong)


def write(table: str, what: str, weights: Mapping[str, float], bias: float) -> None:
    """Write a table."""
    lines = [f"(bias)\t{bias:.2f}"]
    lines += [f"{gram}\t{weight:.2f}" for gram, weight in sorted(weights.items(), key=lambda item: -item[1])]
    (LEXICON / table).write_text(HEAD.format(what=what) + "\n".join(lines) + "\n", encoding="utf-8")


def right(rows: Sequence[tuple[str, frozenset[str], int]], weights: Mapping[str, float], bias: float) -> float:
    """The share of passages that weights tell right."""
    hits = 0
    for _, found, label in rows:
        own = [weights[gram] for gram in found if gram in weights]
        hits += (sum(own) / math.sqrt(max(1, len(own))) + bias > 0) == bool(label)
    return hits / max(1, len(rows))


def main() -> None:
    """Write the tables, or tell how well they do on reports that are held out."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--hold", type=int, default=0)
    options = parser.parse_args()
    files = sorted(options.corpus.glob("*.md"))
    with ProcessPoolExecutor() as pool:
        told = [row for some in pool.map(stretches, files, chunksize=8) for row in some]
    names = sorted({report for report, *_ in told})
    random.Random(2).shuffle(names)  # noqa: S311
    held = frozenset(names[: options.hold])
    for table, what in STRETCHES.items():
        own = [(report, found, label) for report, of, found, label in told if of == table]
        weights, bias = kept([row for row in own if row[0] not in held], STRETCH_KEPT)
        if held:
            others = [row for row in own if row[0] in held]
            long = sum(label for *_, label in others) / len(others)
            print(f"{table}: {right(others, weights, bias):.3f} right of {len(others)} held out, {long:.3f} long")
        else:
            write(table, what, weights, bias)
    if not held:
        write("tense.tsv", PLANS, *kept(list(examples(options.corpus)), KEPT))


if __name__ == "__main__":
    main()
