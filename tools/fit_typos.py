"""Makes retrieval/lexicon/typo_costs.tsv: what a mistyped character costs (retrieval/query/typos.py).

    fit_typos.py PAIRS.jsonl QUESTIONS.jsonl…

PAIRS are questions as typed (`text`) and as `meant`; those count whose `id` begins with the name of one of the sets of
QUESTIONS, so that the others stay to be scored by. The QUESTIONS are taken as they are, where not marked as mistyped:
each must stay so; and with one or two characters typed by sound, which must be mended. The prices are found one by one,
up and down as long as that helps. Development only.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from build_words import questions
from numpy.typing import NDArray

from retrieval import tokens
from retrieval.lexicon import sounds, words
from retrieval.query import typos

TARGET = Path(__file__).resolve().parents[1] / "retrieval" / "lexicon" / "typo_costs.tsv"
HEADER = """\
# Prices of mistyped characters, in bits (retrieval/query/typos.py), fitted by tools/fit_typos.py.
# {fit}.
name\tbits
"""
# Where the search begins, and its steps, by the order of the features.
START = (8, 11, 8, 0.5, 0.5, 0.15, 0.7, 0.1, 0.5, 9, 10)
STEPS = (1, 1, 1, 1, 1, 0.15, 1, 0.5, 0.3, 1, 1)
ROUNDS = 4
# A character mended of typed questions counts 1, of made ones MADE; of a question changed that was right, CHANGED.
MADE, MISTAKEN, CHANGED = 0.5, 0.5, 30.0
# Such a part of the made mistakes sound the same, the others nearly.
SAME = 0.85


@dataclass(frozen=True, slots=True)
class Score:
    """Characters that were mistyped, and mended; characters changed for the worse, and questions with any."""

    wrong: int
    mended: int
    spoilt: int
    changed: int


@dataclass(frozen=True, slots=True)
class Cases:
    """Questions as typed and meant; where the runs of each stand, with all words over them; and of all these words in a
    row the bits and features."""

    questions: tuple[tuple[str, str], ...]
    runs: tuple[tuple[tuple[int, list[typos.Edge]], ...], ...]
    bits: NDArray[np.float64]
    features: NDArray[np.float64]

    @classmethod
    def of(cls, asked: Iterable[tuple[str, str]]) -> Cases:
        """The cases of questions."""
        asked = tuple(asked)
        runs = tuple(tuple((a, typos.edges(typed[a:b])) for a, b in typos.runs(typed)) for typed, _ in asked)
        edges = [edge for found in runs for _, here in found for edge in here]
        features = np.zeros((len(edges), len(typos.FEATURES)))
        for at, edge in enumerate(edges):
            features[at, : len(edge.features)] = edge.features
        return cls(asked, runs, np.array([edge.bits for edge in edges]), features)

    def mended(self, prices: Sequence[float]) -> Iterator[str]:
        """The questions by these prices."""
        priced = (self.bits + self.features @ np.array(prices)).tolist()
        at = 0
        for (typed, _), runs in zip(self.questions, self.runs, strict=True):
            out = list(typed)
            for start, edges in runs:
                length = max(edge.end for edge in edges)
                for edge in typos.best(length, edges, priced[at : at + len(edges)]):
                    if edge.word:
                        out[start + edge.start : start + edge.end] = edge.word
                at += len(edges)
            yield "".join(out)

    def scored(self, prices: Sequence[float]) -> Score:
        """How these prices do."""
        wrong = good = spoilt = changed = 0
        for (typed, meant), mended in zip(self.questions, self.mended(prices), strict=True):
            three = list(zip(typed, meant, mended, strict=True))
            wrong += sum(a != b for a, b, _ in three)
            good += sum(a != b == c for a, b, c in three)
            bad = sum(c not in (a, b) for a, b, c in three)
            spoilt += bad
            changed += bad > 0
        return Score(wrong, good, spoilt, changed)


class Mistyping:
    """Makes mistakes: another character of the same sound, the more usual the likelier."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  the same mistakes every time
        self.same: dict[str, Counter[str]] = {}
        self.near: dict[str, Counter[str]] = {}
        for word, bits in words.load().bits.items():
            for character in word:
                for said in sounds.usual(character):
                    self.same.setdefault(said, Counter())[character] += 2.0**-bits
                    self.near.setdefault(sounds.merged(said), Counter())[character] += 2.0**-bits

    def __call__(self, text: str) -> str:
        """The text with one or two characters of words typed by sound."""
        places = [start + at for start, end in typos.runs(text) for at in _in_words(text[start:end])]
        self.random.shuffle(places)
        out = list(text)
        for at in places[: self.random.choice((1, 1, 2))]:
            said = sounds.usual(text[at])[0]
            alike = self.same[said] if self.random.random() < SAME else self.near[sounds.merged(said)]
            others = {c: math.sqrt(share) for c, share in alike.items() if c != text[at]}
            if others:
                out[at] = self.random.choices(list(others), list(others.values()))[0]
        return "".join(out)


def _in_words(run: str) -> list[int]:
    known = words.load().bits
    return [
        at for start, end in tokens.cut(run) if end - start > 1 and run[start:end] in known for at in range(start, end)
    ]


def fitted(typed: Cases, made: Cases, right: Cases) -> list[float]:
    """The prices that do best."""

    def worth(prices: Sequence[float]) -> float:
        real, other, kept = (cases.scored(prices) for cases in (typed, made, right))
        return (
            (real.mended - MISTAKEN * real.spoilt) / real.wrong
            + MADE * (other.mended - MISTAKEN * other.spoilt) / other.wrong
            - CHANGED * kept.changed / len(right.questions)
        )

    prices, steps = list(map(float, START)), list(STEPS)
    best = worth(prices)
    for _ in range(ROUNDS):
        before = best
        for at, step in enumerate(steps):
            for change in (step, -step):
                while prices[at] + change >= 0:
                    other = [*prices[:at], prices[at] + change, *prices[at + 1 :]]
                    if (found := worth(other)) <= best:
                        break
                    best, prices = found, other
        if best == before:
            steps = [step / 2 for step in steps]
    return prices


def main() -> None:
    """Write the table."""
    pairs, *paths = sys.argv[1:]
    rows = [json.loads(line) for line in Path(pairs).read_text(encoding="utf-8").splitlines()]
    sets = {Path(path).stem for path in paths}
    typed = Cases.of((row["text"], row["meant"]) for row in rows if row["id"].split()[0] in sets)
    asked = list(dict.fromkeys(questions(paths)))
    mistype = Mistyping(seed=5)
    right = Cases.of((text, text) for text in asked)
    made = Cases.of((mistype(text), text) for text in asked[::3])
    prices = fitted(typed, made, right)
    real, other, kept = (cases.scored(prices) for cases in (typed, made, right))
    fit = (
        f"{real.mended} of {real.wrong} characters mended in {len(typed.questions)} typed questions,\n"
        f"# {other.mended} of {other.wrong} in {len(made.questions)} made ones; "
        f"{kept.changed} of {len(right.questions)} right ones changed"
    )
    with TARGET.open("w", encoding="utf-8") as out:
        out.write(HEADER.format(fit=fit))
        out.writelines(f"{name}\t{round(price, 2):g}\n" for name, price in zip(typos.FEATURES, prices, strict=True))


if __name__ == "__main__":
    main()
